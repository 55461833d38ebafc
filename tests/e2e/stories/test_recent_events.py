# SPDX-License-Identifier: Apache-2.0
"""People see what happened to their account lately, by event_sink.recent_events."""
from harness.page import Page
from harness.site import Person
from harness.web import wait_until

from test_account import ACCOUNT, FIREFOX, NEW, AccountStory

EVENTS = ACCOUNT + "/events"


class RecentEvents(AccountStory):
    most = 30

    @classmethod
    def furnish(cls):
        cls.server.config["plugins"].append({"use": "event_sink.recent_events", "most": cls.most})
        super().furnish()

    def rows(self, browser, wanted):
        """Once there are so many."""
        def found():
            page = Page(browser.get(EVENTS))
            rows = [element.text for element in page.elements if element.tag == "li"]
            return rows if len(rows) >= wanted else None
        return wait_until(found, 30, f"not {wanted} events")

    def fail(self, login, browser=None):
        self.site.journey(browser or self.browser(), Person(login, "wrong", {}))


class Shown(RecentEvents):
    def test_a_login_says_when_where_and_in_which_browser(self):
        self.site.journey(self.browser(headers=FIREFOX), self.me)
        browser, page = self.enter()
        self.assertTrue(page.has("account-events"))
        rows = self.rows(browser, 2)
        for word in ("Signed in", "UTC", "Firefox on Linux", "from the address 127.0.0.1", "Site site"):
            self.assertTrue(any(word in row for row in rows), (word, rows))
        self.assertSafePage(browser.get(EVENTS))

    def test_a_strangers_guesses_are_one_entry_that_counts(self):
        browser, _ = self.enter()
        for _ in range(3):
            self.fail(self.me.login)
        wait_until(lambda: any("3 times" in row for row in self.rows(browser, 2)))
        rows = self.rows(browser, 2)
        self.assertEqual(2, len(rows), rows)
        self.assertIn("failed", rows[0])

    def test_what_people_do_on_their_account_page_is_there(self):
        browser, page = self.enter(path=ACCOUNT + "/profile")
        self.press(browser, page, name="Ada Byron")
        page = Page(browser.get(ACCOUNT + "/password"))
        self.press(browser, page, new_password=NEW, new_password_again=NEW)
        rows = self.rows(browser, 3)
        self.assertIn("password was changed", rows[0])
        self.assertIn("Name or email", rows[1])

    def test_nobody_sees_those_of_others(self):
        other = self.person("other" + self.me.login)
        self.site.journey(self.browser(headers=FIREFOX), other)
        browser, _ = self.enter()
        self.assertFalse(any("Firefox" in row for row in self.rows(browser, 1)))

    def test_who_is_not_signed_in_signs_in_first(self):
        browser = self.browser()
        self.assertIn("/interaction/", browser.get(EVENTS).location)
        self.assertEqual(EVENTS, self.path_of(self.follow(browser, browser.get(EVENTS), self.me).page))

    def test_what_a_browser_says_of_itself_is_not_shown(self):
        self.site.journey(self.browser(headers={"User-Agent": "<script>alert(1)</script>"}), self.me)
        browser, _ = self.enter()
        self.rows(browser, 2)
        self.assertNotIn("script>alert", browser.get(EVENTS).text)

    def test_it_speaks_the_persons_language(self):
        browser, _ = self.enter()
        self.rows(browser, 1)
        page = browser.get(EVENTS, headers={"Accept-Language": "de"})
        self.assertIn("Angemeldet", page.text)

    def test_unknown_logins_leave_nothing_and_break_nothing(self):
        for login in ("nobody", "", "x" * 300, "' OR '1'='1"):
            self.fail(login)
        browser, _ = self.enter()
        self.assertEqual(1, len(self.rows(browser, 1)))


class Few(RecentEvents):
    most = 3

    def test_so_many_are_kept(self):
        browser, _ = self.enter()
        for _ in range(4):
            self.site.journey(self.browser(headers=FIREFOX), self.me)
        wait_until(lambda: all("Firefox" in row for row in self.rows(browser, 3)))
        self.assertEqual(3, len(self.rows(browser, 3)))


class NotKept(AccountStory):
    def test_without_the_sink_there_is_no_such_section(self):
        browser, page = self.enter()
        self.assertFalse(page.has("account-events"))
        self.assertEqual([], [element for element in Page(browser.get(EVENTS)).elements if element.tag == "li"])
