# SPDX-License-Identifier: Apache-2.0
"""People make accounts with an address that they have shown to be theirs."""
from harness import jwt
from harness.page import Page
from harness.post_office import MailStory
from harness.site import Person

PASSWORD = "a good long password"


class Confirmed(MailStory):
    steps = [{"use": "login_step.signup", "login": "email", "confirm_email": True, "most_per_address": 1000}]

    def ask(self, address, browser=None):
        browser = browser or self.browser()
        page = Page(browser.get(browser.get(self.site.url(prompt="create", scope="openid profile email")).location))
        return browser, page.press(browser, "signup-submit", username=address)

    def new_page(self, browser, letter):
        answer = browser.get(letter.link)
        self.assertEqual(303, answer.status, answer)
        return Page(browser.get(answer.location))

    def make(self, browser, page, **fields):
        return page.press(browser, "signup-submit", **{"name": "Ann", "password": PASSWORD, "password_again": PASSWORD, **fields})

    def test_the_account_is_there_after_the_link_and_its_address_confirmed(self):
        browser, answer = self.ask("ann@example.org")
        page = self.page_of(browser, answer)
        self.assertIn("ann@example.org", page.text_of("signup-sent"))
        self.assertSafePage(page.response)
        letter = self.box.await_letter("ann@example.org")
        self.assertFalse(any(user["login"] == "ann@example.org" for user in self.server.command("user", "list")))
        landing = self.site.walk(browser, self.make(browser, self.new_page(browser, letter)))
        token = self.site.redeem(landing.code).json()
        claims = self.site.userinfo(token["access_token"]).json()
        self.assertEqual(("ann@example.org", True, "Ann"), (claims["email"], claims["email_verified"], claims["name"]))
        self.assertEqual(["pwd"], jwt.claims_of(token["id_token"])["amr"])
        self.assertTrue(self.site.journey(self.browser(), Person("ann@example.org", PASSWORD)).code)

    def test_another_address_than_the_confirmed_one_is_not_taken(self):
        browser, _ = self.ask("bea@example.org")
        page = self.new_page(browser, self.box.await_letter("bea@example.org"))
        self.assertTrue(self.site.walk(browser, self.make(browser, page, username="boss@example.org")).code)
        logins = [user["login"] for user in self.server.command("user", "list")]
        self.assertIn("bea@example.org", logins)
        self.assertNotIn("boss@example.org", logins)

    def test_a_mistake_in_the_form_keeps_the_confirmed_address(self):
        browser, _ = self.ask("cat@example.org")
        page = self.new_page(browser, self.box.await_letter("cat@example.org"))
        page = self.page_of(browser, self.make(browser, page, password_again="x"))
        self.assertTrue(page.has("signup-message"))
        self.assertTrue(self.site.walk(browser, self.make(browser, page, username="boss@example.org")).code)

    def test_nobody_can_tell_who_exists(self):
        self.server.add_user("dot@example.org", PASSWORD, {"email": "dot@example.org"})
        shapes = []
        for address in ("dot@example.org", "eve@example.org"):
            browser, answer = self.ask(address)
            page = self.page_of(browser, answer)
            shapes.append((answer.status, len(answer.location or answer.text), page.response.status,
                           page.text_of("signup-sent").replace(address, "")))
        self.assertEqual(shapes[0], shapes[1])
        self.assertIn("have an account already", self.box.await_letter("dot@example.org").subject)
        self.assertNotIn("http", self.box.await_letter("dot@example.org").text)
        self.assertEqual("Your new account", self.box.await_letter("eve@example.org").subject)

    def test_in_another_browser_and_twice_a_link_is_none(self):
        browser, _ = self.ask("fay@example.org")
        letter = self.box.await_letter("fay@example.org")
        self.assertEqual(403, self.browser().get(letter.link).status)
        self.assertTrue(self.site.walk(browser, self.make(browser, self.new_page(browser, letter))).code)
        self.assertEqual(400, browser.get(letter.link).status)

    def test_what_is_no_address_gets_no_mail(self):
        for address in ("", "gil", "gil@example.org\r\nBcc: x@example.org", "a@b, c@d", "gil@exämple.org"):
            browser, answer = self.ask(address)
            self.assertIn("no email address", self.page_of(browser, answer).text_of("signup-message"))
        self.assertFalse([letter for letter in self.box.letters if "gil" in letter.to])

    def test_a_page_that_skips_the_link_makes_nothing(self):
        browser, answer = self.ask("hal@example.org")
        page = self.page_of(browser, answer)
        for button in ("signup-again", "signup-submit"):
            form = page.ids[button].form
            answer = browser.post(form.action, {**form.fields, "username": "hal@example.org", "name": "Hal", "password": PASSWORD,
                                                "password_again": PASSWORD, "confirmed": "hal@example.org"})
            page = self.page_of(browser, answer)
        self.assertTrue(page.has("signup-sent"))
        self.assertFalse(any(user["login"] == "hal@example.org" for user in self.server.command("user", "list")))

    def test_without_a_mailer_it_is_not_offered(self):
        plugins = self.server.config["plugins"]
        self.server.config["plugins"] = [plugin for plugin in plugins if plugin["use"] != "mailer.smtp"]
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.server.config["plugins"] = plugins
        self.server.write_config()
        self.assertEqual(0, done.returncode, done)
        self.assertIn("login_step.signup: no mailer is configured", done.stdout + done.stderr)

    def test_it_goes_with_addresses_as_logins(self):
        plugins = self.server.config["plugins"]
        self.server.config["plugins"] = [{**plugin, "login": "name"} if plugin["use"] == "login_step.signup" else plugin
                                         for plugin in plugins]
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.server.config["plugins"] = plugins
        self.server.write_config()
        self.assertEqual(78, done.returncode)
        self.assertIn("goes with \"login: email\"", done.stdout + done.stderr)
