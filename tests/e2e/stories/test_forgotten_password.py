# SPDX-License-Identifier: Apache-2.0
"""Who has forgotten their password sets a new one, by a link that is sent to them."""
from harness import jwt
from harness.page import Page
from harness.post_office import MailStory
from harness.site import Person
from harness.totp import App
from harness.web import at_once, wait_until
from harness.word_card import TWO

NEW = "another good long password"


class ForgottenStory(MailStory):
    steps = ["login_step.forgotten_password"]

    def ask(self, login, browser=None):
        browser = browser or self.browser()
        page = Page(browser.get(browser.get(self.site.url()).location))
        page = self.page_of(browser, browser.post(page.form("login-ways").action, {
            **page.form("login-ways").fields, "other_way": "forgotten_password"}))
        answer = page.press(browser, "forgotten-password-submit", username=login)
        return browser, answer

    def link_for(self, login, number=1, browser=None):
        browser, _ = self.ask(login, browser)
        return browser, self.box.await_letter(f"{login}@example.org", number)

    def new_page(self, browser, letter):
        answer = browser.get(letter.link)
        self.assertEqual(303, answer.status, answer)
        return Page(browser.get(answer.location))

    def set(self, browser, page, password=NEW, again=None):
        return page.press(browser, "forgotten-password-submit", new_password=password,
                          new_password_again=password if again is None else again)

    def signs_in(self, person):
        return self.site.journey(self.browser(), person).is_back


class Forgotten(ForgottenStory):
    def test_a_new_password_by_a_link(self):
        person = self.person("ann")
        old = self.browser()
        before = self.site.journey(old, person)
        tokens = self.site.redeem(before.code).json()
        browser, letter = self.link_for("ann")
        self.assertEqual("Set a new password", letter.subject)
        page = self.new_page(browser, letter)
        self.assertSafePage(page.response)
        landing = self.site.walk(browser, self.set(browser, page))
        claims = jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])
        self.assertEqual(["pwd"], claims["amr"])
        self.assertFalse(self.signs_in(person))
        self.assertTrue(self.signs_in(Person("ann", NEW)))
        self.assertDead(self.site, tokens["access_token"])
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant")
        self.assertIn("login", self.site.journey(old).shown)
        self.assertIn("Your password was changed", self.box.await_letter("ann@example.org", 2).subject)
        wait_until(lambda: any(line.get("event") == "password.changed" and line["details"]["login"] == "ann"
                               for line in self.server.log_lines()))

    def test_nobody_can_tell_who_exists(self):
        self.person("bea")
        self.person("unsure", email_verified=False)
        self.server.command("user", "disable", self.person("gone").login)
        answers = {}
        for login in ("bea", "unsure", "gone", "nobody", "bea@example.org\r\nBcc: x@example.org", "' OR '1'='1", "x" * 255):
            browser, answer = self.ask(login)
            page = self.page_of(browser, answer)
            self.assertTrue(page.has("forgotten-password-sent"), login)
            text = page.text_of("forgotten-password-sent").replace(login, "")
            answers[login] = (answer.status, page.response.status, tuple(sorted(name for name, _ in page.response.headers)))
            if login.isalnum():
                answers[login] += (text,)
        self.assertEqual(1, len({answers[login] for login in ("bea", "unsure", "gone", "nobody")}), answers)
        self.box.await_letter("bea@example.org")
        self.await_no_mails()
        self.assertEqual(1, len(self.box.to("bea@example.org")))
        self.assertEqual({"bea@example.org"}, {letter.to for letter in self.box.letters if letter.to.startswith(("bea", "uns", "gon"))})

    def test_a_link_is_good_once(self):
        self.person("cat")
        browser, letter = self.link_for("cat")
        page = self.new_page(browser, letter)
        self.assertTrue(self.site.walk(browser, self.set(browser, page)).code)
        self.assertEqual(400, browser.get(letter.link).status)
        self.set(browser, page, "a third password, of a thief")
        self.assertTrue(self.signs_in(Person("cat", NEW)))

    def test_of_many_at_once_one_sets_a_password(self):
        self.person("dot")
        browser, letter = self.link_for("dot")
        page = self.new_page(browser, letter)
        at_once(5, lambda number: self.set(browser, page, f"a good long password {number}"))
        good = [number for number in range(5) if self.signs_in(Person("dot", f"a good long password {number}"))]
        self.assertEqual(1, len(good))
        self.box.await_letter("dot@example.org", 2)
        self.await_no_mails()
        self.assertEqual(["Set a new password", "Your password was changed"],
                         [letter.subject for letter in self.box.to("dot@example.org")])

    def test_no_other_browser_can_use_it(self):
        person = self.person("eve")
        _, letter = self.link_for("eve")
        thief = self.browser()
        answer = thief.get(letter.link)
        self.assertEqual(403, answer.status)
        self.assertIn("works only in the browser", answer.text)
        thief, _ = self.ask("nobody", thief)
        self.assertEqual(403, thief.get(letter.link).status)
        self.assertTrue(self.signs_in(person))

    def test_of_two_links_the_other_ends_with_the_first(self):
        self.person("fay")
        browser, first = self.link_for("fay")
        other, second = self.link_for("fay", 2)
        page = self.new_page(other, second)
        self.assertTrue(self.site.walk(browser, self.set(browser, self.new_page(browser, first))).code)
        answer = self.page_of(other, self.set(other, page, "a third password, of a thief"))
        self.assertIn("no longer good", answer.text_of("forgotten-password-message"))
        self.assertTrue(self.signs_in(Person("fay", NEW)))

    def test_mistakes_are_said_and_use_nothing_up(self):
        self.person("gil")
        browser, letter = self.link_for("gil")
        page = self.new_page(browser, letter)
        page = self.page_of(browser, self.set(browser, page, NEW, "something else"))
        self.assertTrue(page.has("forgotten-password-message"))
        page = self.page_of(browser, self.set(browser, page, "\u202e\x07"))
        self.assertTrue(page.has("forgotten-password-message"))
        self.assertTrue(self.site.walk(browser, self.set(browser, page)).code)

    def test_somebody_who_was_removed_or_disabled_meanwhile_is_nobody(self):
        self.person("hal")
        browser, letter = self.link_for("hal")
        self.server.command("user", "disable", "hal")
        page = self.new_page(browser, letter)
        self.assertIn("no longer good", page.text_of("forgotten-password-message"))

    def test_neither_link_nor_password_is_in_a_file_or_the_log(self):
        self.person("ivy")
        browser, letter = self.link_for("ivy")
        self.site.walk(browser, self.set(browser, self.new_page(browser, letter)))
        for secret in (letter.link.split("state=")[1], NEW):
            self.assertNotIn(secret.encode(), self.server.stored())
            self.assertNotIn(secret, self.server.log())

    def test_nobody_fills_a_strangers_mailbox_and_nobody_is_told(self):
        self.person("jon")
        for number in range(12):
            browser, answer = self.ask("jon", self.browser(source=f"127.0.1.{number + 1}"))
            self.assertTrue(self.page_of(browser, answer).has("forgotten-password-sent"))
        self.await_no_mails()
        self.assertEqual(10, len(self.box.to("jon@example.org")))

    def test_one_address_asks_so_often(self):
        source = {"source": "127.0.2.1"}
        for _ in range(20):
            browser, answer = self.ask("nobody", self.browser(**source))
            self.assertTrue(self.page_of(browser, answer).has("forgotten-password-sent"))
        _, answer = self.ask("nobody", self.browser(**source))
        self.assertEqual(429, answer.status)
        self.assertTrue(answer.header("Retry-After"))


class WithSecondFactor(ForgottenStory):
    steps = ["login_step.forgotten_password", {"use": "login_step.totp", "enrolment": "required"}]

    def test_it_is_no_way_around_the_second_factor(self):
        person = self.person("ann")
        browser, page = self.page_after_password(person)
        app = App(page.ids["totp-uri"].attributes["href"])
        self.assertTrue(self.site.walk(browser, page.press(browser, "totp-submit", code=app.code(-1))).code)
        browser, letter = self.link_for("ann")
        landing = self.site.walk(browser, self.set(browser, self.new_page(browser, letter)))
        self.assertTrue(landing.page.has("totp-form"))
        self.assertFalse(landing.page.has("totp-uri"))
        landing = self.site.walk(browser, landing.page.press(browser, "totp-submit", code=app.code(0)))
        claims = jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])
        self.assertEqual((TWO, ["pwd", "otp"]), (claims["acr"], claims["amr"]))
