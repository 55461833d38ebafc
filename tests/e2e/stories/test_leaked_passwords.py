# SPDX-License-Identifier: Apache-2.0
"""`password_rule.leaked`: nobody chooses a password that is on the operator's list of leaked ones."""
import hashlib

from harness.page import Page
from harness.server import USES
from harness.site import Person
from harness.story import Story
from harness.web import wait_until

LEAKED = "trustno1 trustno1"
GOOD = "a sentence that nobody has said"
ALERT = "This password is known from a leak"


def list_of(*passwords):
    hashes = sorted(hashlib.sha1(password.encode()).hexdigest().upper() for password in passwords)
    return "".join(f"{one}:{number + 1}\r\n" for number, one in enumerate(hashes))


class LeakedPasswords(Story):
    plugins = [*USES, {"use": "login_step.signup"}]

    @classmethod
    def furnish(cls):
        cls.file = cls.server.folder / "leaked.txt"
        cls.put(cls.file, list_of(LEAKED, *(f"leaked {number}" for number in range(500))))
        cls.server.config["plugins"].append({"use": "password_rule.leaked", "path": str(cls.file)})
        cls.server.write_config()
        cls.site = cls.client("site")

    @staticmethod
    def put(path, text):
        fresh = path.with_name("fresh.txt")
        fresh.write_text(text)
        fresh.chmod(0o600)
        fresh.rename(path)

    def sign_up(self, browser, login, password):
        page = self.site.journey(browser, prompt="create").page
        return page.press(browser, "signup-submit", username=login, name="Joan", password=password,
                          password_again=password)

    def assertRefused(self, browser, answer, alert):
        self.assertEqual(303, answer.status, answer)
        self.assertIn(ALERT, Page(browser.get(answer.location)).text_of(alert))

    def test_nobody_signs_up_with_one(self):
        browser = self.browser()
        self.assertRefused(browser, self.sign_up(browser, "joan", LEAKED), "signup-message")
        shown = self.server.run("user", "show", "joan", "--config", self.server.config_file)
        self.assertNotEqual(0, shown.returncode, shown.stdout)
        self.assertTrue(self.site.walk(browser, self.sign_up(browser, "joan", GOOD), Person("joan", GOOD)).code)

    def test_nobody_takes_one_as_their_new_password(self):
        person = self.person("renewing")
        self.server.command("user", "require-new-password", person.login)
        browser = self.browser()
        page = self.site.journey(browser, person).page
        press = {"password": person.password, "new_password": LEAKED, "new_password_again": LEAKED}
        page = self.site.walk(browser, page.press(browser, "new-password-submit", **press)).page
        self.assertIn(ALERT, page.text_of("new-password-message"))
        press |= {"new_password": GOOD, "new_password_again": GOOD}
        self.assertTrue(self.site.walk(browser, page.press(browser, "new-password-submit", **press), person).code)
        self.assertTrue(self.site.journey(self.browser(), Person(person.login, GOOD)).code)

    def test_operators_give_none(self):
        person = self.person("given")
        for command in (("add", "fresh"), ("passwd", person.login)):
            answer = self.server.run("user", *command, "--password-stdin", "--config", self.server.config_file,
                                     stdin=LEAKED + "\n")
            self.assertNotEqual(0, answer.returncode)
            self.assertIn("refuses this password: password.leaked", answer.stderr)
            self.assertNotIn(LEAKED, answer.stderr)
        self.assertTrue(self.site.journey(self.browser(), person).code)

    def test_who_has_one_already_still_gets_in(self):
        person = self.person("old")
        before = self.file.read_text()
        self.addCleanup(self.put, self.file, before)
        self.put(self.file, list_of(LEAKED, person.password))
        self.assertTrue(self.site.journey(self.browser(), person).code)

    def test_another_list_counts_at_once_and_a_broken_one_lets_none_through(self):
        before = self.file.read_text()
        self.addCleanup(self.put, self.file, before)
        browser = self.browser()
        self.put(self.file, list_of(GOOD))
        self.assertRefused(browser, self.sign_up(browser, "later", GOOD), "signup-message")
        self.put(self.file, "no list\n")
        answer = self.sign_up(browser, "later", "another fine sentence")
        self.assertEqual(503, answer.status)
        self.assertTrue(answer.header("Retry-After"))
        wait_until(lambda: "leaked.txt has, near byte 0, a line" in self.server.log(), 30, "not told")
        self.assertNotIn("no list", self.server.log())
        check = self.server.run("check", "--config", self.server.config_file)
        self.assertNotEqual(0, check.returncode)
        self.assertIn("leaked.txt", check.stdout + check.stderr)
