# SPDX-License-Identifier: Apache-2.0
"""Guesses without end at one account, each from another address: none gets in, and the owner still can.
GATEHOUSE_TEST_GUESSES=100000 makes a hundred thousand of them."""
import http.client
import json
import os
import threading
from collections import Counter
from urllib.parse import urlencode

from harness.server import USES
from harness.story import Story
from harness.totp import App

GUESSES = int(os.environ.get("GATEHOUSE_TEST_GUESSES", "10000"))
GUESSERS = 2  # as many as are looked at at once
EVERY = 100
MOST = 200  # are looked at: a hundred, and one after each wait


class ManyGuesses(Story):
    plugins = [*USES, {"use": "login_step.totp", "enrolment": "by_operator"}]
    settings = {"server": {"trusted_proxies": ["127.0.0.0/8"]}}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config.pop("limits")  # what everybody has
        cls.server.config["login"] = ["password", {"step": "totp", "when": {"enrolled": ["totp"]}}]
        cls.server.write_config()

    def guess(self, page, browser, fields_of, addresses, found, answers):
        """One guesser: the same form over and over, on one connection, from ever new addresses."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        form = page.forms[0]
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": browser.cookie_header("/")}
        def post(number):
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            connection.request("POST", form.action, urlencode({"csrf": form.fields["csrf"], **fields_of(number)}),
                               {**headers, "X-Forwarded-For": address})
            answer = connection.getresponse()
            return answer, answer.read().decode()

        for number in addresses:
            answer, text = post(number)
            while answer.status == 503:  # "try again"
                answer, text = post(number)
            answers[answer.status] += 1
            location = answer.getheader("Location") or ""
            if "code=" in text + location or "consent" in location:
                found.append((number, answer.status, location))
        connection.close()

    def many(self, pages, fields_of):
        found, counts = [], []
        threads = []
        for which, (browser, page) in enumerate(pages):
            counts.append(Counter())
            threads.append(threading.Thread(target=self.guess, args=(
                page, browser, fields_of, range(which + 1, GUESSES, len(pages)), found, counts[-1])))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return found, sum(counts, Counter())

    def assertHeldOff(self, found, answers):
        self.assertEqual([], found)
        self.assertEqual({200, 429}, set(answers), answers)
        self.assertLessEqual(answers[200], MOST, answers)

    def test_the_right_password_among_them_does_not_help_and_the_owner_gets_in(self):
        owner, own = self.person("guarded"), self.browser(headers={"X-Forwarded-For": "192.0.2.7"})
        self.assertTrue(self.site.journey(own, owner).code)
        pages = []
        for number in range(GUESSERS):
            browser = self.browser(headers={"X-Forwarded-For": f"198.51.100.{number}"})
            pages.append((browser, self.site.journey(browser).page))

        def fields_of(number):
            right = number > GUESSES // 2 and number % EVERY == 0
            return {"username": owner.login, "password": owner.password if right else f"guess {number}"}
        self.assertHeldOff(*self.many(pages, fields_of))
        self.assertTrue(self.site.journey(own, owner, prompt="login").code)

    def test_codes_are_guessed_no_better_than_passwords(self):
        owner, own = self.person("coded"), self.browser(headers={"X-Forwarded-For": "192.0.2.8"})
        added = self.server.run("totp", "add", owner.login, "--json", "--config", self.server.config_file, check=True)
        app = App(json.loads(added.stdout)["uri"])
        page = self.site.journey(own, owner).page
        self.assertTrue(self.site.walk(own, page.press(own, "totp-submit", code=app.code(-1))).code)
        pages = []
        for number in range(GUESSERS):
            browser = self.browser(headers={"X-Forwarded-For": f"198.51.100.{100 + number}"})
            pages.append((browser, self.site.journey(browser, owner).page))
        self.assertTrue(all(page.has("totp-form") for _, page in pages))
        right = {app.code(step) for step in range(-2, 6)}

        def fields_of(number):
            code = f"{number * 7 % 1_000_000:06d}"
            return {"code": "000000" if code in right else code}
        self.assertHeldOff(*self.many(pages, fields_of))
        page = self.site.journey(own, owner, prompt="login").page
        self.assertTrue(self.site.walk(own, page.press(own, "totp-submit", code=app.code(1))).code)
