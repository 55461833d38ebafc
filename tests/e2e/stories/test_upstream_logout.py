# SPDX-License-Identifier: Apache-2.0
"""Who signs out at the provider is signed out here (OpenID Connect Back-Channel Logout 1.0), and the other way round."""
import secrets
import time

from harness import jwt
from harness.page import Page
from harness.provider import CLIENT, OpenIdProvider
from harness.server import MODULES
from harness.web import query_of
from test_clocks import clock
from test_upstream import UpstreamStory

BYE = "https://site.example/bye"
LOGOUT = "/upstream/logout"
EVENT = "http://schemas.openid.net/event/backchannel-logout"


class LogoutTokens(UpstreamStory):
    modules = [*MODULES, "upstream_logout"]

    def claims(self, person, **changes):
        now = int(time.time())
        said = {"iss": self.provider.issuer, "aud": CLIENT[0], "sub": person, "iat": now, "exp": now + 120,
                "jti": secrets.token_urlsafe(16), "sid": "s", "events": {EVENT: {}}, **changes}
        return {name: value for name, value in said.items() if value is not None}

    def tell(self, token):
        return self.browser().post(LOGOUT, {"logout_token": token})

    def sign(self, person, **changes):
        return self.provider.signer.sign(self.claims(person, **changes))

    def is_here(self, browser):
        return self.site.journey(browser).is_back


class SignedOutThere(LogoutTokens):
    more = {"creates_accounts": True}

    def come_as(self, login):
        """A browser in which they are signed in."""
        browser = self.browser()
        self.enter(self.newcomer(login), browser)
        self.assertTrue(self.is_here(browser))
        return browser

    def assertNotGood(self, answer):
        self.assertEqual((400, "invalid_request"), (answer.status, answer.json()["error"]), answer)

    def test_all_their_sessions_end_and_nobody_elses(self):
        ones, others = [self.come_as("ina"), self.come_as("ina")], self.come_as("ole")
        answer = self.tell(self.sign("id-of-ina"))
        self.assertEqual((200, "no-store", ""), (answer.status, answer.header("Cache-Control"), answer.text))
        self.assertEqual([False, False], [self.is_here(one) for one in ones])
        self.assertTrue(self.is_here(others))

    def test_a_session_by_password_stays(self):
        browser = self.browser()
        self.assertTrue(self.site.journey(browser, self.user).is_back)
        self.assertEqual(200, self.tell(self.sign("id-of-nobody")).status)
        self.assertTrue(self.is_here(browser))

    def test_tokens_of_these_sessions_end(self):
        browser = self.browser()
        landing = self.site.walk(browser, self.come(browser, self.newcomer("uma")), self.user)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.assertEqual(200, self.tell(self.sign("id-of-uma")).status)
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant")

    def test_a_token_is_good_once(self):
        self.come_as("eva")
        token = self.sign("id-of-eva")
        self.assertEqual(200, self.tell(token).status)
        browser = self.come_as("eva")
        self.assertNotGood(self.tell(token))
        self.assertTrue(self.is_here(browser))

    def test_tokens_that_are_none_end_nothing(self):
        browser = self.come_as("max")
        now = int(time.time())
        stranger = jwt.Signer("RS256", "key-1")
        good = self.claims("id-of-max")
        wrong = [self.sign("id-of-max", **change) for change in (
            {"iss": "https://elsewhere.example"}, {"aud": "another"}, {"aud": None}, {"nonce": "n"}, {"events": None}, {"events": {}},
            {"events": {EVENT: None}}, {"jti": None}, {"sub": None}, {"iat": None}, {"iat": now - 3600}, {"iat": now + 3600}, {"exp": now - 3600})]
        wrong += [stranger.sign(good), self.provider.signer.sign(good)[:-8] + "AAAAAAAA", "", "x", "a.b.c", "." * 4000,
                  jwt.b64(b'{"alg":"none"}') + "." + self.sign("id-of-max").split(".")[1] + "."]
        for token in wrong:
            self.assertNotGood(self.tell(token))
        self.assertNotGood(self.browser().post(LOGOUT, {}))
        self.assertTrue(self.is_here(browser))

    def test_an_id_token_is_no_logout_token(self):
        browser = self.come_as("kim")
        now = int(time.time())
        self.assertNotGood(self.tell(self.provider.signer.sign(
            {"iss": self.provider.issuer, "aud": CLIENT[0], "sub": "id-of-kim", "nonce": "n", "iat": now, "exp": now + 300})))
        self.assertTrue(self.is_here(browser))

    def test_a_page_or_a_doubled_token_is_not_taken(self):
        self.assertEqual(405, self.browser().get(LOGOUT).status)
        sent = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(400, self.browser().post(LOGOUT, body="logout_token=a&logout_token=b", headers=sent).status)


class Linked(OpenIdProvider):
    def settings(self, name, **more):
        return super().settings(name, link="login", logout=True, **more)


class OfTwoProviders(LogoutTokens):
    """Somebody who is known to both."""
    more = {"link": "login", "logout": True}

    @classmethod
    def more_providers(cls):
        other = Linked().open()
        cls.addClassCleanup(other.close)
        return {"other": other}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.twin = cls.person("twin")

    def come_by(self, name, provider):
        browser = self.browser()
        back = browser.get(provider.back(self.leave(browser, name), self.newcomer("twin"), provider.issuer))
        self.assertTrue(self.site.walk(browser, back, self.twin).code)
        return browser

    def test_each_hears_and_says_of_what_it_opened(self):
        by_work, by_other = self.come_by("work", self.provider), self.come_by("other", self.others["other"])
        self.assertEqual(200, self.tell(self.sign("id-of-twin")).status)
        self.assertEqual((False, True), (self.is_here(by_work), self.is_here(by_other)))
        answer = Page(by_other.get("/logout")).press(by_other, "logout-confirm")
        self.assertIn(self.others["other"].document["end_session_endpoint"], answer.header("Refresh") or answer.location)


class NotLoaded(UpstreamStory):
    def test_without_the_module_there_is_no_route(self):
        self.assertEqual(404, self.browser().post(LOGOUT, {"logout_token": "x"}).status)


class LeavingStory(UpstreamStory):
    more = {"creates_accounts": True, "logout": True}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.site = cls.client("leaving", options=["--post-logout-redirect-uri", BYE])

    def signed_in(self, login):
        """A browser, and the ID token of its login."""
        browser = self.browser()
        landing = self.site.walk(browser, self.come(browser, self.newcomer(login)), self.user)
        return browser, self.site.redeem(landing.code).json()["id_token"]

    def leave_by(self, browser, token, **more):
        return browser.get("/logout", id_token_hint=token, **more)


class SignedOutHere(LeavingStory):
    """Who signs out here is sent to the provider to do so there (OpenID Connect RP-Initiated Logout 1.0)."""

    def assertSentThere(self, response):
        """What is asked there."""
        location = response.location or response.header("Refresh").partition("url=")[2]
        self.assertEqual(self.provider.document["end_session_endpoint"], location.partition("?")[0], response)
        asked = query_of(location)
        self.assertEqual((CLIENT[0], self.server.issuer + "/logout/back"), (asked["client_id"], asked["post_logout_redirect_uri"]))
        return asked

    def test_by_a_site_which_gets_its_person_back(self):
        browser, token = self.signed_in("ida")
        asked = self.assertSentThere(self.leave_by(browser, token, post_logout_redirect_uri=BYE, state="of the site"))
        self.assertNotIn("site", asked["state"])
        self.assertFalse(self.site.journey(browser).is_back, "it has ended before anybody comes back")
        back = browser.get("/logout/back", state=asked["state"])
        self.assertEqual(BYE + "?state=of%20the%20site", back.location.replace("+", "%20"))

    def test_by_themselves(self):
        browser, _ = self.signed_in("ivo")
        answer = Page(browser.get("/logout")).press(browser, "logout-confirm")
        self.assertNotIn("state", self.assertSentThere(answer))
        self.assertTrue(Page(answer).has("logged-out"))
        back = browser.get("/logout/back")
        self.assertTrue(Page(back).has("logged-out"))
        self.assertIsNone(back.location)
        self.assertSafePage(back)

    def test_who_came_by_password_is_sent_nowhere(self):
        browser = self.browser()
        token = self.site.tokens(browser, self.user)["id_token"]
        self.assertEqual(BYE, self.leave_by(browser, token, post_logout_redirect_uri=BYE).location)

    def test_a_state_that_is_forged_leads_nowhere(self):
        browser, token = self.signed_in("una")
        good = self.assertSentThere(self.leave_by(browser, token, post_logout_redirect_uri=BYE))["state"]
        for forged in (good[:-4] + "AAAA", "x", "https://evil.example", jwt.b64(b"https://evil.example"), "", "x" * 8000):
            back = browser.get("/logout/back", state=forged)
            self.assertEqual((200, None), (back.status, back.location), forged[:30])
            self.assertNotIn("evil", back.text)


class LongAway(LeavingStory):
    def test_the_way_back_ends_after_an_hour(self):
        browser, token = self.signed_in("udo")
        location = self.leave_by(browser, token, post_logout_redirect_uri=BYE).location
        state = query_of(location)["state"]
        self.server.stop()
        self.server.environment = clock("+61m")
        self.server.launch()
        back = browser.get("/logout/back", state=state)
        self.assertEqual((200, None), (back.status, back.location))


class NowhereToSignOut(LeavingStory):
    """A provider whose document says nothing of it."""

    @classmethod
    def furnish(cls):
        del cls.provider.document["end_session_endpoint"]
        super().furnish()

    def test_here_people_are_signed_out_all_the_same(self):
        browser, token = self.signed_in("per")
        self.assertEqual(BYE, self.leave_by(browser, token, post_logout_redirect_uri=BYE).location)
        self.assertFalse(self.site.journey(browser).is_back)


class NotThere(UpstreamStory):
    more = {"creates_accounts": True}

    def test_without_the_setting_nobody_is_sent_there(self):
        browser = self.browser()
        self.enter(self.newcomer("max"), browser)
        answer = Page(browser.get("/logout")).press(browser, "logout-confirm")
        self.assertEqual((200, None, None), (answer.status, answer.location, answer.header("Refresh")))
