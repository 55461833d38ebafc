# SPDX-License-Identifier: Apache-2.0
"""Codes and links that are sent by mail, as a second factor."""
from harness import jwt
from harness.page import Page
from harness.post_office import MailStory
from harness.web import at_once
from harness.word_card import TWO


class CodeStory(MailStory):
    def begin(self, login, number=1, browser=None):
        """The page that asks for the code, and the mail."""
        person = self.person(login) if number == 1 else self.people[login]
        self.people[login] = person
        browser, page = self.page_after_password(person, browser)
        return browser, page, self.box.await_letter(f"{login}@example.org", number)

    def type(self, browser, page, code, **more):
        return page.press(browser, "email-code-submit", code=code, **more)

    def assertAsksAgain(self, browser, response, words):
        page = self.page_of(browser, response)
        self.assertIn(words, page.text_of("email-code-message"))
        return page

    def open_link(self, browser, letter):
        return self.site.walk(browser, browser.get(letter.link))

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.people = {}


class Codes(CodeStory):
    def test_a_code_is_the_second_factor(self):
        browser, page, letter = self.begin("ann")
        self.assertIn("a…@example.org", page.response.text)
        self.assertNotIn("ann@example.org", page.response.text)
        code = self.code_in(letter)
        self.assertRegex(code, r"^\d{6}$")
        landing = self.site.walk(browser, self.type(browser, page, f" {code[:3]} {code[3:]} "))
        claims = jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])
        self.assertEqual((TWO, ["pwd", "otp"]), (claims["acr"], claims["amr"]))

    def test_a_page_that_is_loaded_again_sends_no_second_mail(self):
        browser, page, letter = self.begin("bea")
        again = Page(browser.get(page.response.url))
        self.assertTrue(again.has("email-code-form"))
        landing = self.site.walk(browser, self.type(browser, again, self.code_in(letter)))
        self.assertTrue(landing.code)
        self.assertEqual(1, len(self.box.to("bea@example.org")))

    def test_a_wrong_code_is_none_and_after_five_there_is_another(self):
        browser, page, letter = self.begin("cat")
        wrong = f"{(int(self.code_in(letter)) + 1) % 1_000_000:06}"
        for _ in range(4):
            page = self.assertAsksAgain(browser, self.type(browser, page, wrong), "not right")
        page = self.assertAsksAgain(browser, self.type(browser, page, wrong), "another code")
        newer = self.box.await_letter("cat@example.org", 2)
        page = self.assertAsksAgain(browser, self.type(browser, page, self.code_in(letter)), "not right")
        self.assertTrue(self.site.walk(browser, self.type(browser, page, self.code_in(newer))).code)

    def test_going_back_gives_no_new_guesses(self):
        browser, page, letter = self.begin("dot")
        wrong = f"{(int(self.code_in(letter)) + 1) % 1_000_000:06}"
        for _ in range(5):
            self.type(browser, page, wrong)
        newer = self.box.await_letter("dot@example.org", 2)
        self.assertAsksAgain(browser, self.type(browser, page, self.code_in(letter)), "not right")
        self.assertTrue(self.site.walk(browser, self.type(browser, page, self.code_in(newer))).code)

    def test_a_code_is_good_in_its_own_login_only(self):
        first, page, letter = self.begin("eve")
        second, other, newer = self.begin("eve", 2)
        self.assertAsksAgain(second, self.type(second, other, self.code_in(letter)), "not right")
        self.assertAsksAgain(first, self.type(first, page, self.code_in(newer)), "not right")

    def test_a_code_of_somebody_else_is_none(self):
        _, _, letter = self.begin("fay")
        browser, page, _ = self.begin("gil")
        self.assertAsksAgain(browser, self.type(browser, page, self.code_in(letter)), "not right")

    def test_of_many_at_once_one_is_in(self):
        browser, page, letter = self.begin("hal")
        answers = at_once(6, lambda _: self.type(browser, page, self.code_in(letter)))
        landings = [self.site.walk(browser, answer) for answer in answers]
        self.assertEqual(1, len([landing.code for landing in landings if landing.is_back]), landings)

    def test_another_code_can_be_had_but_not_at_once(self):
        browser, page, letter = self.begin("ivy")
        page = self.page_of(browser, page.press(browser, "email-code-resend"))
        self.assertTrue(page.has("email-code-form"))
        self.assertTrue(self.site.walk(browser, self.type(browser, page, self.code_in(letter))).code)
        self.assertEqual(1, len(self.box.to("ivy@example.org")))

    def test_whose_address_nobody_confirmed_is_not_asked(self):
        for login, claims in (("jon", {"email_verified": False}), ("kim", {"email_verified": None}), ("lin", {"email": None})):
            person = self.person(login, **claims)
            landing = self.site.journey(self.browser(), person)
            self.assertEqual(403, landing.response.status)
            self.assertIn("You cannot sign in this way", landing.response.text)

    def test_nothing_of_it_is_in_the_database(self):
        _, _, letter = self.begin("mia")
        for secret in (self.code_in(letter), letter.link.split("state=")[1]):
            self.assertNotIn(b'"' + secret.encode(), self.server.stored())
            self.assertNotRegex(self.server.settled_log(), rf"(?<![\w-]){secret}(?![\w-])")


class Links(CodeStory):
    def test_a_link_is_as_good_as_the_code(self):
        browser, _, letter = self.begin("ann")
        landing = self.open_link(browser, letter)
        self.assertTrue(landing.code, landing.response)
        self.assertEqual(["pwd", "otp"], jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])["amr"])

    def test_in_another_browser_it_says_to_type_the_code(self):
        browser, page, letter = self.begin("bea")
        for stranger in (self.browser(), self.browser()):
            answer = stranger.get(letter.link)
            self.assertEqual(403, answer.status)
            self.assertIn("type the code", answer.text)
            self.assertSafePage(answer)
        self.assertTrue(self.site.walk(browser, self.type(browser, page, self.code_in(letter))).code)

    def test_it_is_good_once(self):
        browser, page, letter = self.begin("cat")
        self.assertTrue(self.open_link(browser, letter).code)
        again = browser.get(letter.link)
        self.assertEqual(400, again.status)
        self.assertIn("expired", again.text)
        self.assertAsksAgain(browser, self.type(browser, page, self.code_in(letter)), "no longer good")

    def test_not_after_the_code(self):
        browser, page, letter = self.begin("dot")
        self.assertTrue(self.site.walk(browser, self.type(browser, page, self.code_in(letter))).code)
        self.assertEqual(400, browser.get(letter.link).status)

    def test_a_link_that_nobody_sent(self):
        browser, _, letter = self.begin("eve")
        base, _, reference = letter.link.partition("state=")
        for state in ("", "x", reference[:-1], reference + "x", reference.swapcase(), "a" * 100, "a" * 5000, "%00", "../"):
            answer = browser.get(base + "state=" + state)
            self.assertIn(answer.status, (400, 403), state)
        self.assertTrue(self.open_link(browser, letter).code)

    def test_a_link_lets_nobody_else_in(self):
        """Who has the mails of one person, and the password of another, goes back and signs in as the other."""
        browser, people = self.browser(), [self.person(login) for login in ("fay", "gil")]
        login = Page(browser.get(browser.get(self.site.url()).location))
        other = [self.page_of(browser, login.press(browser, "login-submit", username=person.login, password=person.password))
                 for person in people][1]
        letter = self.box.await_letter("fay@example.org")
        self.box.await_letter("gil@example.org")
        self.assertAsksAgain(browser, self.type(browser, other, self.code_in(letter)), "not right")
        landing = self.open_link(browser, letter)
        self.assertFalse(landing.is_back, landing)
        self.assertIn("no longer good", landing.page.text_of("email-code-message"))


class Settings(CodeStory):
    steps = [{"use": "login_step.email_code", "digits": 8}]

    def test_eight_digits(self):
        _, _, letter = self.begin("ann")
        self.assertRegex(self.code_in(letter), r"^\d{8}$")

    def test_without_a_mailer_the_check_says_so(self):
        plugins = self.server.config["plugins"]
        self.server.config["plugins"] = [plugin for plugin in plugins if plugin["use"] != "mailer.smtp"]
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.server.config["plugins"] = plugins
        self.server.write_config()
        self.assertEqual(78, done.returncode)
        self.assertIn("login_step.email_code: needs a mailer", done.stdout + done.stderr)
