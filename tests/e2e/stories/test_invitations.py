# SPDX-License-Identifier: Apache-2.0
"""Only who is invited makes an account: `invitation_only` of login_step.signup."""
import contextlib
import datetime

from harness.page import Page
from harness.server import CommandFailed
from harness.site import Person
from test_signup_confirmed import PASSWORD, Confirmed

date = datetime.datetime.fromisoformat
SIGNUP = {"use": "login_step.signup", "login": "email", "confirm_email": True, "invitation_only": True, "most_per_address": 1000}


class Invited(Confirmed):
    """All that holds of confirmed addresses, for those who are invited."""
    steps = [SIGNUP]

    def ask(self, address, browser=None):
        with contextlib.suppress(CommandFailed):  # what is no address cannot be invited
            self.invite(address)
        return super().ask(address, browser)

    def ask_uninvited(self, address):
        return super().ask(address)

    def invite(self, address, *more):
        return self.server.command("invitation", "create", address, *more)

    def logins(self):
        return [user["login"] for user in self.server.command("user", "list")]

    def invited(self):
        return [invitation["id"] for invitation in self.server.command("invitation", "list")]

    def test_who_is_not_invited_gets_no_mail_and_is_told_nothing(self):
        shapes = []
        for ask, address in ((self.ask_uninvited, "ida@example.org"), (self.ask, "ivo@example.org")):
            browser, answer = ask(address)
            page = self.page_of(browser, answer)
            shapes.append((answer.status, len(answer.location or answer.text), page.text_of("signup-sent").replace(address, "")))
        self.assertEqual(shapes[0], shapes[1])
        self.box.await_letter("ivo@example.org")
        self.await_no_mails()
        self.assertEqual([], self.box.to("ida@example.org"))

    def test_the_page_says_that_an_invitation_is_needed(self):
        browser = self.browser()
        page = Page(browser.get(browser.get(self.site.url(prompt="create")).location))
        self.assertIn("have been invited", page.response.text)
        self.assertSafePage(page.response)

    def test_an_invitation_is_gone_with_its_account(self):
        browser, _ = self.ask("jan@example.org")
        page = self.new_page(browser, self.box.await_letter("jan@example.org"))
        self.assertIn("jan@example.org", self.invited())
        self.assertTrue(self.site.walk(browser, self.make(browser, page)).code)
        self.assertNotIn("jan@example.org", self.invited())
        self.server.command("user", "remove", "jan@example.org")
        self.ask_uninvited("jan@example.org")
        self.ask("kai@example.org")
        self.box.await_letter("kai@example.org")
        self.await_no_mails()
        self.assertEqual(1, len(self.box.to("jan@example.org")))

    def test_one_that_is_taken_back_meanwhile_makes_no_account(self):
        browser, _ = self.ask("lea@example.org")
        page = self.new_page(browser, self.box.await_letter("lea@example.org"))
        self.server.command("invitation", "remove", "lea@example.org")
        answer = self.page_of(browser, self.make(browser, page))
        self.assertIn("no longer good", answer.response.text)
        self.assertNotIn("lea@example.org", self.logins())
        self.assertFalse(self.site.journey(self.browser(), Person("lea@example.org", PASSWORD, {})).is_back)

    def test_capital_letters_are_the_same_address(self):
        self.invite("Mia@Example.org")
        self.ask_uninvited("mia@example.org")
        self.box.await_letter("mia@example.org")
        self.assertEqual(1, self.invited().count("mia@example.org"))

    def test_commands_say_what_is_wrong(self):
        for arguments in (("create", "no address"), ("create", "a@b.example", "--days", "0"), ("create", "a@b.example", "--days", "366"),
                          ("create", "a@b.example", "--days", "x"), ("create", "a@b.example\r\nBcc: x@y.example"), ("remove", "nobody@example.org")):
            with self.assertRaises(CommandFailed, msg=arguments):
                self.server.command("invitation", *arguments)
        told = self.invite("nia@example.org", "--days", "14")
        self.assertEqual("nia@example.org", told["id"])
        self.assertEqual(14, (date(told["expires"]) - date(told["created"])).days)


del Confirmed
