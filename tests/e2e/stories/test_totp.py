# SPDX-License-Identifier: Apache-2.0
"""Codes of an authenticator app (RFC 6238)."""
import json

from harness import jwt
from harness.page import Page
from harness.server import USES
from harness.story import Story
from harness.totp import App
from harness.two_nodes import TwoNodes
from harness.web import at_once, wait_until
from harness.word_card import TWO, WANTS_TWO

TOTP = "login_step.totp"


class TotpStory(Story):
    enrolment = "required"
    plan = None

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["plugins"].append({"use": TOTP, "enrolment": cls.enrolment})
        if cls.plan:
            cls.server.config["login"] = cls.plan
        cls.server.write_config()

    def page_after_password(self, person, browser=None, **changes):
        browser = browser or self.browser()
        return browser, self.site.journey(browser, person, **changes).page

    @staticmethod
    def uri(page):
        return page.ids["totp-uri"].attributes["href"]

    def type(self, browser, page, code):
        return page.press(browser, "totp-submit", code=code)

    def enrol(self, person):
        """The app of a person who has just set it up, by the code of the step before."""
        browser, page = self.page_after_password(person)
        app = App(self.uri(page))
        landing = self.site.walk(browser, self.type(browser, page, app.code(-1)))
        self.assertTrue(landing.code, landing)
        return app, landing

    @staticmethod
    def page_of(browser, response):
        return Page(browser.get(response.location) if response.status == 303 else response)

    def assertAsksAgain(self, browser, response, words):
        page = self.page_of(browser, response)
        self.assertIn(words, page.text_of("totp-message"))
        return page

    def id_token(self, landing):
        return jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])


class Required(TotpStory):
    def test_the_first_login_sets_the_app_up_and_the_next_asks_for_its_code(self):
        ada = self.person("joan")
        browser, page = self.page_after_password(ada)
        self.assertSafePage(page.response)
        app = App(self.uri(page))
        self.assertEqual("127.0.0.1:joan", app.label)
        typed = page.text_of("totp-key").replace(" ", "")
        self.assertIn(f"secret={typed}&", self.uri(page))
        self.assertIn("data:image/svg+xml;base64,", page.response.text)
        landing = self.site.walk(browser, self.type(browser, page, app.code(-1)))
        claims = self.id_token(landing)
        self.assertEqual((TWO, ["pwd", "otp"]), (claims["acr"], claims["amr"]))
        browser, page = self.page_after_password(ada)
        self.assertFalse(page.has("totp-uri"))
        self.assertSafePage(page.response)
        code = app.code(0)
        landing = self.site.walk(browser, self.type(browser, page, f" {code[:3]} {code[3:]} "))
        self.assertEqual(["pwd", "otp"], self.id_token(landing)["amr"])

    def test_setting_up_is_told_to_the_audit_trail(self):
        self.enrol(self.person("kay"))
        wait_until(lambda: any(line.get("event") == "totp.enrolled" and line["details"]["login"] == "kay"
                               for line in self.server.log_lines()))

    def test_a_wrong_code_sets_nothing_up(self):
        person = self.person("lin")
        browser, page = self.page_after_password(person)
        app = App(self.uri(page))
        page = self.assertAsksAgain(browser, self.type(browser, page, app.wrong()), "not right")
        self.assertEqual(app.secret, App(self.uri(page)).secret, "the picture has changed after a typing error")
        _, page = self.page_after_password(person)
        self.assertNotEqual(app.secret, App(self.uri(page)).secret)

    def test_a_code_is_good_once(self):
        person = self.person("mary")
        app, _ = self.enrol(person)
        code = app.code(1)
        first, page = self.page_after_password(person)
        second, other = self.page_after_password(person)
        self.assertTrue(self.site.walk(first, self.type(first, page, code)).code)
        self.assertAsksAgain(second, self.type(second, other, code), "used already")

    def test_of_many_at_once_one_is_in(self):
        person = self.person("nora")
        app, _ = self.enrol(person)
        code = app.code(1)
        pages = [self.page_after_password(person) for _ in range(6)]
        answers = at_once(len(pages), lambda number: self.type(*pages[number], code))
        ways_on = [answer for answer in answers if answer.status == 200 and Page(answer).has("go-on")]
        self.assertEqual(1, len(ways_on), [answer.status for answer in answers])

    def test_a_used_code_stays_used_after_a_kill(self):
        person = self.person("olga")
        app, _ = self.enrol(person)
        code = app.code(1)
        browser, page = self.page_after_password(person)
        self.assertTrue(self.site.walk(browser, self.type(browser, page, code)).code)
        self.server.kill()
        self.server.launch()
        browser, page = self.page_after_password(person)
        self.assertAsksAgain(browser, self.type(browser, page, code), "used already")

    def test_two_who_set_up_at_once_have_one_key(self):
        person = self.person("pat")
        first, page = self.page_after_password(person)
        second, other = self.page_after_password(person)
        app = App(self.uri(page))
        late = App(self.uri(other))
        self.assertTrue(self.site.walk(first, self.type(first, page, app.code(-1))).code)
        self.assertAsksAgain(second, self.type(second, other, late.code(0)), "not right")
        second, page = self.page_after_password(person)
        self.assertTrue(self.site.walk(second, self.type(second, page, app.code(0))).code)

    def test_neither_key_nor_code_is_in_a_file_or_the_log(self):
        person = self.person("quin")
        app, _ = self.enrol(person)
        for path in self.server.folder.rglob("*"):
            if path.is_file() and path.suffix in (".db", ".log", ".db-wal"):
                self.assertNotIn(app.secret, path.read_bytes(), path)

    def test_an_operator_takes_a_key_away(self):
        person = self.person("sue")
        self.enrol(person)
        self.assertEqual(0, self.server.run("totp", "remove", "sue", "--config", self.server.config_file).returncode)
        _, page = self.page_after_password(person)
        self.assertTrue(page.has("totp-uri"))
        again = self.server.run("totp", "remove", "sue", "--config", self.server.config_file)
        self.assertEqual(1, again.returncode)
        self.assertIn("has no key", again.stderr)


class Guesses(TotpStory):
    settings = {"limits": {"password_failures": 3}}

    def test_who_guesses_waits_and_the_owner_does_not(self):
        person = self.person("tess")
        app, _ = self.enrol(person)
        own = self.browser()
        own, page = self.page_after_password(person, own)
        self.assertTrue(self.site.walk(own, self.type(own, page, app.code(0))).code)
        guesser, page = self.page_after_password(person, self.browser(source="127.0.0.8"))
        answers = [self.type(guesser, page, app.wrong()) for _ in range(4)]
        self.assertEqual([200, 200, 200, 429], [answer.status for answer in answers])
        self.assertTrue(answers[-1].header("retry-after"))
        again = self.site.journey(own, person, prompt="login").page
        self.assertTrue(self.site.walk(own, self.type(own, again, app.code(1))).code)


class Offered(TotpStory):
    enrolment = "offered"

    def test_who_does_not_want_to_may_go_on(self):
        person = self.person("ann")
        browser, page = self.page_after_password(person)
        landing = self.site.walk(browser, page.press(browser, "login-later"))
        self.assertEqual(["pwd"], self.id_token(landing)["amr"])

    def test_who_has_set_it_up_may_not_leave_it_out(self):
        person = self.person("bea")
        self.enrol(person)
        browser, page = self.page_after_password(person)
        self.assertFalse(page.has("login-later"))
        self.assertTrue(page.has("code"))
        form = next(form for form in page.forms if form.id == "totp-form")
        answer = browser.post(form.action, {"csrf": form.fields["csrf"], "later": "yes"})
        self.assertTrue(self.page_of(browser, answer).has("code"), answer.status)


class ByOperator(TotpStory):
    enrolment = "by_operator"
    plan = ["password", {"step": "totp", "when": {"enrolled": ["totp"]}}]

    def add(self, login):
        return self.server.run("totp", "add", login, "--json", "--config", self.server.config_file)

    def test_who_has_a_key_is_asked_and_nobody_else(self):
        person, other = self.person("cat"), self.person("dot")
        added = self.add("cat")
        self.assertEqual(0, added.returncode, added.stderr)
        app = App(json.loads(added.stdout)["uri"])
        browser, page = self.page_after_password(person)
        landing = self.site.walk(browser, self.type(browser, page, app.code()))
        self.assertEqual(["pwd", "otp"], self.id_token(landing)["amr"])
        self.assertEqual(["pwd"], self.id_token(self.site.journey(self.browser(), other))["amr"])

    def test_a_key_is_not_replaced(self):
        self.person("eve")
        self.assertEqual(0, self.add("eve").returncode)
        again = self.add("eve")
        self.assertEqual(1, again.returncode)
        self.assertIn("totp remove", again.stderr)

    def test_nobody_has_no_key(self):
        added = self.add("nobody")
        self.assertEqual(1, added.returncode)
        self.assertIn("nobody has the login", added.stderr)


class StepUp(TotpStory):
    plan = ["password", {"step": "totp", "when": {"acr": TWO}}]

    def test_a_site_that_wants_two_factors_gets_them(self):
        person = self.person("fay")
        browser = self.browser()
        one = self.id_token(self.site.journey(browser, person))
        self.assertEqual(["pwd"], one["amr"])
        page = self.site.journey(browser, claims=WANTS_TWO).page
        app = App(self.uri(page))
        two = self.id_token(self.site.walk(browser, self.type(browser, page, app.code(-1))))
        self.assertEqual((TWO, ["pwd", "otp"], one["auth_time"]), (two["acr"], two["amr"], two["auth_time"]))


class WithoutIt(Story):
    plugins = USES

    def test_there_is_no_command(self):
        self.assertNotEqual(0, self.server.run("totp", "add", "ada", "--config", self.server.config_file).returncode)


class OnTwoNodes(TwoNodes, TotpStory):
    def test_a_code_at_one_node_is_none_at_the_other(self):
        person = self.person("vic")
        app, _ = self.enrol(person)
        pages = [self.page_after_password(person) for _ in range(6)]
        self.assertOneIsIn(self.post_at_both(pages, {"code": app.code(1)}))
