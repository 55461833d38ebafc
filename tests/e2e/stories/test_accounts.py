# SPDX-License-Identifier: Apache-2.0
"""Several people signed in beside each other in one browser (OpenID Connect Core section 3.1.2.1, `select_account`)."""
import json
import time

from harness import jwt
from harness.logout_site import LogoutSite
from harness.page import Page
from harness.server import MODULES, USES
from harness.story import Story
from harness.web import wait_until

MOST = 5


class AccountStory(Story):
    modules = [*MODULES, "account", "session_management"]
    plugins = [*USES, "answer_member.session_state", "client_metadata_rule.backchannel_logout"]

    @classmethod
    def setUpClass(cls):
        cls.place = LogoutSite().open()
        cls.addClassCleanup(cls.place.close)
        cls.settings = {"outgoing": {"allow": [cls.place.origin]}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.grace = cls.person("grace")
        cls.site = cls.client("site", cls.place.origin + "/callback", options=(
            "--consent", "implicit", "--post-logout-redirect-uri", "https://site.example/bye",
            "--member", f"backchannel_logout_uri={cls.place.origin}/site"))
        cls.other = cls.client("other", redirect="https://other.example/callback", options=("--consent", "implicit"))
        cls.careful = cls.client("careful", redirect="https://careful.example/callback")

    def both(self):
        """A browser with Ada and, in use, Grace; and their ID tokens."""
        browser = self.browser()
        ada = self.site.tokens(browser, self.user)["id_token"]
        landing = self.site.journey(browser, self.grace, prompt="select_account")
        self.assertEqual(["account", "login"], landing.shown)
        return browser, ada, self.site.redeem(landing.code).json()["id_token"]

    def sub(self, token):
        return jwt.claims_of(token)["sub"]

    def outcome(self, browser, user=None, site=None, **changes):
        """Whose `sub` the answer has; or its error, or the page that asks."""
        site = site or self.site
        landing = site.journey(browser, user, **changes)
        if not landing.is_back:
            return landing.page
        return landing.error or self.sub(site.redeem(landing.code).json()["id_token"])

    def state(self, browser):
        found = [cookie for (name, _), cookie in browser.cookies.items() if name.endswith("session_state.state")]
        return found[0].value if found else ""

    def cookie(self, browser, purpose):
        return browser.cookies.get((f"gatehouse_{purpose}", "/"))

    def choosing(self, browser, **changes):
        page = self.site.journey(browser, prompt="select_account", **changes).page
        self.assertTrue(page.has("account-form"), page.response)
        return page


class ChoosingAnAccount(AccountStory):
    def test_nobody_is_asked_who_is_the_first(self):
        landing = self.site.journey(self.browser(), self.user, prompt="select_account")
        self.assertEqual(["login"], landing.shown)
        self.assertTrue(landing.is_back)

    def test_the_page_shows_name_and_login_of_each(self):
        browser, _, _ = self.both()
        page = self.choosing(browser)
        self.assertSafePage(page.response)
        self.assertEqual(["Ada King Lovelace grace", "Ada King Lovelace ada"],
                         [page.text_of("account-1"), page.text_of("account-2")])
        self.assertTrue(page.has("account-another") and page.has("login-cancel"))
        for secret in [cookie.value for cookie in browser.cookies.values()]:
            self.assertNotIn(secret, page.response.text)
        german = Page(browser.get(page.response.url, headers={"Accept-Language": "de"}))
        self.assertIn("Konto", german.title)

    def test_who_is_chosen_is_answered_for(self):
        browser, ada, grace = self.both()
        for token, person in ((ada, self.user), (grace, self.grace), (grace, self.grace), (ada, self.user)):
            self.assertEqual(self.sub(token), self.outcome(browser, person, prompt="select_account"))
            self.assertEqual(self.sub(token), self.outcome(browser, prompt="none"))

    def test_who_is_chosen_agrees_by_themselves(self):
        browser, _, _ = self.both()
        self.careful.journey(browser, self.grace)
        landing = self.careful.journey(browser, self.user, prompt="select_account")
        self.assertEqual(["account", "consent"], landing.shown)
        self.assertTrue(landing.is_back)

    def test_cancelled(self):
        browser, _, _ = self.both()
        page = Page(self.choosing(browser).press(browser, "login-cancel"))
        self.assertIn("error=access_denied", page.response.location)

    def test_hints_choose_without_a_page(self):
        browser, ada, grace = self.both()
        for hint in ({"login_hint": "ada"}, {"id_token_hint": ada}):
            self.assertEqual(self.sub(ada), self.outcome(browser, prompt="none", **hint))
            self.assertEqual(self.sub(ada), self.outcome(browser, **hint))
            self.assertEqual(self.sub(grace), self.outcome(browser, prompt="none"), "nothing else has changed")
        stranger = self.person("stranger" + str(time.time_ns()))
        hint = self.site.tokens(self.browser(), stranger)["id_token"]
        self.assertEqual("login_required", self.outcome(browser, prompt="none", id_token_hint=hint))

    def test_whoever_is_left_is_asked(self):
        browser, ada, grace = self.both()
        browser.get("/logout", id_token_hint=grace)
        self.assertEqual("account_selection_required", self.outcome(browser, prompt="none"))
        self.assertEqual(self.sub(ada), self.outcome(browser, prompt="none", login_hint="ada"))
        landing = self.site.journey(browser, self.user)
        self.assertEqual(["account"], landing.shown)
        self.assertEqual(self.sub(ada), self.outcome(browser, prompt="none"))

    def test_the_chosen_one_logs_in_where_that_is_asked(self):
        browser, ada, _ = self.both()
        begun = int(time.time())
        for asked in ({"prompt": "login select_account"}, {"prompt": "select_account", "max_age": "0"}):
            landing = self.site.journey(browser, self.user, stop_at="login", **asked)
            self.assertEqual(["account", "login"], landing.shown)
            self.assertEqual("ada", landing.page.form("login-form").fields["username"])
            landing = self.site.walk(browser, landing.response, self.user)
            claims = jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])
            self.assertGreaterEqual(claims["auth_time"], begun)
            self.assertEqual(jwt.claims_of(ada)["sid"], claims["sid"], "it is the same session still")

    def test_no_more_than_a_few(self):
        browser, _, _ = self.both()
        people = [self.person(f"p{number}") for number in range(MOST)]
        for person in people:
            self.site.journey(browser, person, prompt="select_account")
        page = self.choosing(browser)
        self.assertEqual([person.login for person in reversed(people)],
                         [page.text_of(f"account-{number + 1}").split()[-1] for number in range(MOST)])
        self.assertFalse(page.has(f"account-{MOST + 1}"))

    def test_who_is_forgotten_is_signed_out(self):
        """Nobody could end a session that no browser names any more."""
        browser, ada, _ = self.both()
        sid = jwt.claims_of(ada)["sid"]
        copy = self.browser()
        copy.cookies.update(browser.cookies)
        people = [self.person(f"q{number}") for number in range(MOST - 1)]
        for person in people[:-1]:
            self.site.journey(browser, person, prompt="select_account")
        self.assertNotIn(sid, self.place.sids("/site"))
        self.site.journey(browser, people[-1], prompt="select_account")
        wait_until(lambda: sid in self.place.sids("/site"), 30, lambda: str(self.place.posts))
        self.assertEqual("login_required", self.outcome(copy, prompt="none", id_token_hint=ada))

    def test_the_cookies(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        self.assertIsNone(self.cookie(browser, "sessions"), "one person needs none")
        browser, _, _ = self.both()
        for purpose in ("session", "sessions"):
            attributes = self.cookie(browser, purpose).attributes
            self.assertIn("httponly", attributes)
            self.assertEqual(("Lax", "/"), (attributes["samesite"], attributes["path"]))
            self.assertNotIn("domain", attributes)


class Logout(AccountStory):
    def test_the_one_that_is_meant_ends(self):
        browser, ada, grace = self.both()
        self.place.posts.clear()
        response = browser.get("/logout", id_token_hint=ada, post_logout_redirect_uri="https://site.example/bye")
        self.assertEqual("https://site.example/bye", response.location)
        wait_until(lambda: self.place.sids("/site") == [jwt.claims_of(ada)["sid"]], 30, lambda: str(self.place.posts))
        self.assertEqual(self.sub(grace), self.outcome(browser, prompt="none"))
        self.assertEqual("login_required", self.outcome(browser, prompt="none", id_token_hint=ada))
        self.assertIsNone(self.cookie(browser, "sessions"))

    def test_the_person_says_who(self):
        browser, ada, grace = self.both()
        page = Page(browser.get("/logout"))
        self.assertEqual("Ada King Lovelace grace", page.text_of("logout-1"))
        self.assertTrue(Page(page.press(browser, "logout-cancel")).has("message"))
        self.assertTrue(Page(page.press(browser, "logout-2")).has("logged-out"))
        self.assertEqual("login_required", self.outcome(browser, prompt="none", id_token_hint=ada))
        self.assertEqual(self.sub(grace), self.outcome(browser, prompt="none"))
        again = Page(page.press(browser, "logout-2"))
        self.assertTrue(again.has("message"), "it has ended already: nothing else does")
        self.assertEqual(self.sub(grace), self.outcome(browser, prompt="none"))

    def test_or_everybody(self):
        browser, _, _ = self.both()
        page = Page(browser.get("/logout"))
        self.assertTrue(Page(page.press(browser, "logout-confirm")).has("logged-out"))
        for hint in ("ada", "grace"):
            self.assertEqual("login_required", self.outcome(browser, prompt="none", login_hint=hint))
        self.assertIsNone(self.cookie(browser, "session"))
        self.assertIsNone(self.cookie(browser, "sessions"))

    def test_another_browsers_session_is_not_ended(self):
        browser, _, _ = self.both()
        theirs, ada, _ = self.both()
        page = Page(browser.get("/logout"))
        form = {**page.forms[0].fields, "decision": Page(theirs.get("/logout")).ids["logout-2"].attributes["value"]}
        self.assertTrue(Page(browser.post("/logout", form)).has("message"))
        self.assertEqual(self.sub(ada), self.outcome(theirs, prompt="none", login_hint="ada"))

    def test_session_state_is_another_one_when_somebody_comes_or_goes(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        alone = self.state(browser)
        ada = self.site.tokens(browser, prompt="none", user=None)["id_token"]
        self.site.journey(browser, self.grace, prompt="select_account")
        both = self.state(browser)
        self.assertNotIn(both, ("", alone))
        for person in (self.user, self.grace):
            self.site.journey(browser, person, prompt="select_account")
            self.assertEqual(both, self.state(browser), "both are there still")
        self.site.journey(browser, prompt="none", login_hint="ada")
        self.assertEqual(both, self.state(browser))
        browser.get("/logout", id_token_hint=ada)
        self.assertNotIn(self.state(browser), ("", alone, both))

    def test_consents_are_those_of_who_was_chosen(self):
        browser, _, _ = self.both()
        for person, has_allowed in ((self.user, True), (self.grace, False)):
            self.site.journey(browser, person, prompt="select_account")
            if has_allowed:
                self.careful.journey(browser, person)
            page = Page(browser.get("/account/sites"))
            self.assertEqual(has_allowed, "careful" in page.response.text)
            self.assertIn(f"Ada King Lovelace {person.login}", page.text_of("account-person"))


class Attackers(AccountStory):
    def choose(self, browser, page, account):
        """What comes of a form of the page with another choice."""
        form = page.form("account-form")
        return self.site.walk(browser, browser.post(form.action, {**form.fields, "account": account}))

    def value(self, page, identifier):
        return page.ids[identifier].attributes["value"]

    def assertNotChosen(self, browser, landing, in_use):
        self.assertFalse(landing.is_back, landing)
        self.assertEqual(self.sub(in_use), self.outcome(browser, prompt="none"))

    def test_a_forged_choice(self):
        browser, ada, grace = self.both()
        page = self.choosing(browser)
        for forged in ("", "1", self.sub(ada), jwt.claims_of(ada)["sid"], self.cookie(browser, "sessions").value,
                       self.value(page, "account-2")[:-2], "x" * 5000):
            self.assertNotChosen(browser, self.choose(browser, page, forged), grace)

    def test_a_choice_of_another_login(self):
        browser, _, grace = self.both()
        first, second = self.choosing(browser), self.choosing(browser)
        self.assertNotChosen(browser, self.choose(browser, second, self.value(first, "account-2")), grace)

    def test_a_choice_of_another_browser(self):
        browser, _, grace = self.both()
        victim, _, _ = self.both()
        theirs = self.value(self.choosing(victim), "account-2")
        self.assertNotChosen(browser, self.choose(browser, self.choosing(browser), theirs), grace)
        stolen = self.choosing(victim)
        form = stolen.form("account-form")
        answer = browser.post(form.action, {**form.fields, "account": self.value(stolen, "account-2")})
        self.assertEqual(403, answer.status)

    def test_a_choice_after_its_session_ended(self):
        browser, ada, grace = self.both()
        page = self.choosing(browser)
        browser.get("/logout", id_token_hint=ada)
        landing = self.choose(browser, page, self.value(page, "account-2"))
        self.assertNotChosen(browser, landing, grace)
        self.assertFalse(landing.page.has("account-2"))

    def test_a_choice_that_is_sent_again(self):
        browser, ada, grace = self.both()
        page = self.choosing(browser)
        account = self.value(page, "account-2")
        first = self.choose(browser, page, account)
        self.site.redeem(first.code)
        self.outcome(browser, self.grace, prompt="select_account")
        again = self.choose(browser, page, account)
        self.assertEqual(first.code, again.code, "one login has one answer")
        self.assertEqual("invalid_grant", self.site.redeem(again.code).json()["error"])

    def test_another_sites_form(self):
        browser, _, grace = self.both()
        page = self.choosing(browser)
        form = page.form("account-form")
        answer = browser.post(form.action, {"account": self.value(page, "account-2")})
        self.assertEqual(403, answer.status)
        self.assertEqual(self.sub(grace), self.outcome(browser, prompt="none"))

    def test_a_site_cannot_ask_who_else_is_here(self):
        """Ada never allowed it anything: it hears the same whether she is signed in beside Grace or not."""
        browser, ada, _ = self.both()
        self.careful.journey(browser, self.grace)
        grace = self.outcome(browser, site=self.careful, prompt="none")
        told = [self.outcome(browser, site=self.careful, prompt="none", login_hint=hint) for hint in ("nobody", "ada")]
        self.assertEqual([grace, grace], told)
        self.assertEqual("login_required", self.outcome(
            browser, site=self.careful, prompt="none",
            claims=json.dumps({"id_token": {"sub": {"value": self.sub(ada)}}})))
        self.careful.journey(browser, self.user, login_hint="ada")
        self.assertEqual(self.sub(ada), self.outcome(browser, site=self.careful, prompt="none", login_hint="ada"))

    def test_handles_of_somebody_else(self):
        """A handle opens what it always does, in whatever cookie; what is none opens nothing."""
        browser, _, grace = self.both()
        cookie = self.cookie(browser, "sessions")
        good = cookie.value
        for value in ("x", good[:-2] + "AA", ".".join(["x"] * 500), "." * 3000, good[:20] + "." + good[20:]):
            cookie.value = value
            page = self.choosing(browser)
            self.assertEqual("Ada King Lovelace grace", page.text_of("account-1"))
            self.assertFalse(page.has("account-2"))
            self.assertEqual(self.sub(grace), self.outcome(browser, prompt="none", login_hint="ada"))
        cookie.value = ".".join([good] * 20)
        self.assertFalse(self.choosing(browser).has("account-3"), "nobody is there twice")
