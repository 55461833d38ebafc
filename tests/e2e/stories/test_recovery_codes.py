# SPDX-License-Identifier: Apache-2.0
"""Codes on paper for the day when the phone is lost (NIST SP 800-63B section 5.1.2)."""
import json

from harness import jwt
from harness.page import Page
from harness.server import USES
from harness.story import Story
from harness.totp import App
from harness.two_nodes import TwoNodes
from harness.web import at_once, wait_until
from harness.word_card import TWO

STEP = "login_step.recovery_code"


class RecoveryStory(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["plugins"] += [{"use": "login_step.totp", "enrolment": "required"}, {"use": STEP}]
        cls.server.config["login"] = ["password", {"any_of": ["totp", "recovery_code"]}]
        cls.server.write_config()

    def codes(self, login):
        return self.server.command("recovery-code", "add", login)["codes"]

    def page_after_password(self, person, browser=None):
        browser = browser or self.browser()
        return browser, self.site.journey(browser, person).page

    def with_both(self, login):
        """A person with an app and codes, and a browser at the page that asks for a code on paper."""
        person = self.person(login)
        added = self.server.run("totp", "add", login, "--json", "--config", self.server.config_file, check=True)
        return person, App(json.loads(added.stdout)["uri"]), self.codes(login)

    def at_the_page(self, person):
        browser, page = self.page_after_password(person)
        form = page.form("login-ways")
        answer = browser.post(form.action, {**form.fields, "other_way": "recovery_code"})
        return browser, Page(browser.get(answer.location) if answer.status == 303 else answer)

    def type(self, browser, page, code):
        return page.press(browser, "recovery-code-submit", code=code)

    def id_token(self, landing):
        return jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])

    def assertAsksAgain(self, browser, answer):
        page = Page(browser.get(answer.location) if answer.status == 303 else answer)
        self.assertIn("not right, or was used", page.text_of("recovery-code-message"))


class RecoveryCodes(RecoveryStory):
    def test_who_lost_the_phone_gets_in_once_with_each(self):
        person, _, codes = self.with_both("joan")
        self.assertEqual((10, 10), (len(codes), len(set(codes))))
        for typed in (codes[0], codes[1].upper().replace("-", " ")):
            browser, page = self.at_the_page(person)
            self.assertSafePage(page.response)
            claims = self.id_token(self.site.walk(browser, self.type(browser, page, typed)))
            self.assertEqual((TWO, ["pwd", "otp"]), (claims["acr"], claims["amr"]))
        browser, page = self.at_the_page(person)
        self.assertAsksAgain(browser, self.type(browser, page, codes[0]))
        wait_until(lambda: [line["details"].get("left") for line in self.server.log_lines()
                            if line.get("event") == "recovery_code.used"
                            and line["details"]["login"] == "joan"] == [9, 8], 30, "not told")

    def test_of_many_at_once_one_is_in(self):
        person, _, codes = self.with_both("nora")
        pages = [self.at_the_page(person) for _ in range(6)]
        answers = at_once(len(pages), lambda number: self.type(*pages[number], codes[3]))
        goes_on = [number for number, answer in enumerate(answers) if answer.status == 303]
        self.assertEqual(1, len(goes_on), answers)
        self.assertTrue(self.site.walk(pages[goes_on[0]][0], answers[goes_on[0]]).code)

    def test_a_used_code_stays_used_after_a_kill(self):
        person, _, codes = self.with_both("olga")
        browser, page = self.at_the_page(person)
        self.assertTrue(self.site.walk(browser, self.type(browser, page, codes[0])).code)
        self.server.kill()
        self.server.launch()
        browser, page = self.at_the_page(person)
        self.assertAsksAgain(browser, self.type(browser, page, codes[0]))

    def test_who_has_the_password_alone_sets_no_app_up_in_place_of_codes(self):
        person = self.person("pat")
        self.codes("pat")
        _, page = self.page_after_password(person)
        self.assertTrue(page.has("recovery-code-form"))
        self.assertFalse(page.has("totp-uri"))
        self.assertFalse(page.has("login-ways"))

    def test_new_codes_end_the_old_ones(self):
        person, _, old = self.with_both("quin")
        new = self.codes("quin")
        self.assertFalse(set(old) & set(new))
        browser, page = self.at_the_page(person)
        self.assertAsksAgain(browser, self.type(browser, page, old[0]))
        browser, page = self.at_the_page(person)
        self.assertTrue(self.site.walk(browser, self.type(browser, page, new[0])).code)

    def test_another_persons_code_is_none(self):
        _, _, others = self.with_both("rosa")
        person, _, _ = self.with_both("sue")
        browser, page = self.at_the_page(person)
        self.assertAsksAgain(browser, self.type(browser, page, others[0]))

    def test_codes_taken_away_are_not_asked_for(self):
        person, _, _ = self.with_both("tess")
        self.server.command("recovery-code", "remove", "tess")
        _, page = self.page_after_password(person)
        self.assertFalse(page.has("login-ways"))
        for words, told in ((("remove", "tess"), "has no recovery codes"), (("add", "nobody"), "nobody has the login")):
            again = self.server.run("recovery-code", *words, "--config", self.server.config_file)
            self.assertEqual((1, True), (again.returncode, told in again.stderr), again)

    def test_no_code_is_in_a_file_or_the_log(self):
        _, _, codes = self.with_both("una")
        for path in self.server.folder.rglob("*"):
            if path.is_file() and path.suffix in (".db", ".log", ".db-wal"):
                self.assertNotIn(codes[0].encode(), path.read_bytes(), path)


class Guesses(RecoveryStory):
    settings = {"limits": {"password_failures": 3}}

    def test_who_guesses_waits(self):
        person, _, codes = self.with_both("vera")
        browser, page = self.at_the_page(person)
        answers = [self.type(browser, page, "aaaaa-aaaaa") for _ in range(4)]
        self.assertEqual([200, 200, 200, 429], [answer.status for answer in answers])
        self.assertEqual(429, self.type(browser, page, codes[0]).status)


class OnTwoNodes(TwoNodes, RecoveryStory):
    def test_a_code_at_one_node_is_none_at_the_other(self):
        person, _, codes = self.with_both("wilma")
        browser, page = self.at_the_page(person)
        self.assertTrue(self.site.walk(browser, self.type(browser, page, codes[0])).code)  # and allowed the site
        pages = [self.at_the_page(person) for _ in range(6)]
        self.assertOneIsIn(self.post_at_both(pages, {"code": codes[3]}))


class WithoutIt(Story):
    plugins = USES

    def test_there_is_no_command(self):
        self.assertNotEqual(0, self.server.run("recovery-code", "add", "ada", "--config",
                                               self.server.config_file).returncode)
