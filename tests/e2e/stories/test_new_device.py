# SPDX-License-Identifier: Apache-2.0
"""People are written to after a login in a browser in which they never signed in, by event_sink.new_device_notice."""
from harness.post_office import MailStory
from harness.web import Cookie, wait_until

from test_account import FIREFOX


class NewDevice(MailStory):
    steps = ["event_sink.new_device_notice"]

    def signs_in(self, person, browser=None):
        """Again and again, whoever is signed in there."""
        browser = browser or self.browser(headers=FIREFOX)
        self.assertTrue(self.site.journey(browser, person, prompt="login").is_back)
        return browser

    def settle(self, *people):
        """Until what was to be said of their logins so far is said."""
        def told():
            lines = [line for line in self.server.log_lines() if line.get("event") == "login.succeeded"]
            return {person.login for person in people} <= {line["details"]["login"] for line in lines}
        wait_until(told)
        self.await_no_mails()

    def letters(self, person):
        return len(self.box.to(f"{person.login}@example.org"))

    def test_a_new_browser_is_told_and_how_to_undo_it(self):
        person = self.person("ann")
        self.signs_in(person)
        letter = self.box.await_letter("ann@example.org")
        self.assertEqual("Signed in with a new browser", letter.subject)
        for word in ("ann", "Firefox, Linux", "127.0.0.1"):
            self.assertIn(word, letter.text)
        self.assertEqual(self.server.issuer + "/account/sessions", letter.link)

    def test_a_known_browser_is_not_also_when_others_signed_in_there_meanwhile(self):
        bea, cid = self.person("bea"), self.person("cid")
        browser = self.signs_in(bea)
        self.signs_in(cid, browser)
        self.box.await_letter("cid@example.org")
        for _ in range(2):
            self.signs_in(bea, browser)
            self.signs_in(cid, browser)
        self.signs_in(bea)
        self.box.await_letter("bea@example.org", 2)
        self.settle(bea, cid)
        self.assertEqual((2, 1), (self.letters(bea), self.letters(cid)))

    def test_an_address_that_is_not_confirmed_is_not_written_to(self):
        dan, eve = self.person("dan", email_verified=False), self.person("eve")
        self.signs_in(dan)
        self.signs_in(eve)
        self.box.await_letter("eve@example.org")
        self.settle(dan, eve)
        self.assertEqual(0, self.letters(dan))

    def test_it_speaks_the_persons_language(self):
        person = self.person("fay", locale="de_DE")
        self.signs_in(person)
        self.assertEqual("Anmeldung in einem neuen Browser", self.box.await_letter("fay@example.org").subject)

    def test_a_mailbox_is_not_filled(self):
        person = self.person("gus")
        for _ in range(12):
            self.signs_in(person)
        self.box.await_letter("gus@example.org", 10)
        self.settle(person)
        self.assertEqual(10, self.letters(person))

    def test_a_cookie_that_is_forged_makes_no_browser_known(self):
        person = self.person("hal")
        browser = self.signs_in(person)
        self.box.await_letter("hal@example.org")
        key, cookie = next((key, cookie) for key, cookie in browser.cookies.items() if "known" in key[0])
        other = self.browser(headers=FIREFOX)
        name, _, proof = cookie.value.partition(".")
        other.cookies[key] = Cookie(cookie.name, name + "." + proof[::-1], cookie.path, cookie.attributes)
        self.signs_in(person, other)
        self.box.await_letter("hal@example.org", 2)
