# SPDX-License-Identifier: Apache-2.0
"""The modules of the RP-initiated logout plan, each by its name (without `oidcc-rp-initiated-logout`), and attackers."""
import json
import time

from harness import jwt
from harness.page import Page
from harness.story import Story
from harness.web import wait_until

BYE = "https://site.example/bye"
LOGOUT = "/logout"


class Logout(Story):
    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.grace = cls.person("grace")
        cls.site = cls.leaving("site", BYE, "https://site.example/bye?from=here")
        cls.other = cls.leaving("other", "https://other.example/bye", redirect="https://other.example/callback")

    @classmethod
    def leaving(cls, identifier, *uris, **options):
        given = [text for uri in uris for text in ("--post-logout-redirect-uri", uri)]
        return cls.client(identifier, options=given, **options)

    def signed_in(self, user=None, site=None):
        """A browser, and the ID token of its login."""
        browser = self.browser()
        tokens = (site or self.site).tokens(browser, user or self.user)
        return browser, tokens["id_token"]

    def isSignedIn(self, browser):
        landing = self.site.journey(browser, prompt="none")
        self.assertTrue(landing.is_back, landing)
        if landing.error:
            self.assertEqual("login_required", landing.error)
        return not landing.error

    def assertLoggedOut(self, response, browser):
        self.assertEqual(200, response.status, response)
        self.assertIsNone(response.location)
        self.assertSafePage(response)
        self.assertTrue(Page(response).has("logged-out"), response)
        self.assertFalse(self.isSignedIn(browser))

    def assertAsked(self, response, browser):
        self.assertEqual(200, response.status, response)
        self.assertIsNone(response.location)
        self.assertSafePage(response)
        page = Page(response)
        self.assertTrue(page.has("logout-confirm") and page.has("logout-cancel"), response)
        self.assertTrue(self.isSignedIn(browser))
        return page

    def assertRefused(self, response, browser):
        self.assertErrorPage(response, "invalid_request")
        self.assertTrue(self.isSignedIn(browser))


class RpInitiatedLogout(Logout):
    def test_discovery_endpoint_verification(self):
        self.assertEqual(self.server.issuer + LOGOUT, self.server.metadata["end_session_endpoint"])

    def test_logout_with_hint_uri_and_state(self):
        browser, hint = self.signed_in()
        state = "s" * 128
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE, state=state)
        self.assertEqual(303, response.status, response)
        self.assertEqual(f"{BYE}?state={state}", response.location)
        self.assertFalse(self.isSignedIn(browser))

    def test_no_state(self):
        browser, hint = self.signed_in()
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE)
        self.assertEqual(BYE, response.location)
        self.assertFalse(self.isSignedIn(browser))

    def test_bad_post_logout_redirect_uri(self):
        browser, hint = self.signed_in()
        for uri in ("https://evil.example/", "https://other.example/bye", "javascript:alert(1)", "//evil.example",
                    "https://site.example/callback", BYE + "#x", BYE.upper()):
            with self.subTest(uri):
                self.assertRefused(browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=uri), browser)

    def test_query_added_to_post_logout_redirect_uri(self):
        browser, hint = self.signed_in()
        self.assertRefused(browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE + "?foo=bar"), browser)

    def test_modified_id_token_hint(self):
        browser, hint = self.signed_in()
        header, claims, _ = jwt.parts(hint)
        unsigned = ".".join((jwt.b64(json.dumps({**header, "alg": "none"}).encode()),
                             jwt.b64(json.dumps(claims).encode()), ""))
        for changed in (unsigned, unsigned[:-1], hint[:-6] + "AAAAAA", hint.rsplit(".", 1)[0] + "."):
            response = browser.get(LOGOUT, id_token_hint=changed, post_logout_redirect_uri=BYE, state="s")
            self.assertRefused(response, browser)

    def test_bad_id_token_hint(self):
        browser, hint = self.signed_in()
        _, claims, _ = jwt.parts(hint)
        stranger = jwt.Signer("RS256", kid=jwt.parts(hint)[0]["kid"])
        for forged in (stranger.sign(claims), "x", "a.b.c.d.e", hint + "." + hint):
            self.assertRefused(browser.get(LOGOUT, id_token_hint=forged, post_logout_redirect_uri=BYE), browser)

    def test_no_id_token_hint(self):
        browser, _ = self.signed_in()
        self.assertAsked(browser.get(LOGOUT, post_logout_redirect_uri=BYE), browser)
        page = self.assertAsked(browser.get(LOGOUT, post_logout_redirect_uri=BYE, client_id="site", state="s"), browser)
        response = page.press(browser, "logout-confirm")
        self.assertTrue(Page(response).has("logged-out"))
        self.assertEqual(BYE + "?state=s", response.location)
        self.assertFalse(self.isSignedIn(browser))

    def test_no_params(self):
        browser, _ = self.signed_in()
        page = self.assertAsked(browser.get(LOGOUT), browser)
        self.assertLoggedOut(page.press(browser, "logout-confirm"), browser)
        self.assertLoggedOut(browser.get(LOGOUT), browser)

    def test_only_state(self):
        browser, _ = self.signed_in()
        page = self.assertAsked(browser.get(LOGOUT, state="s"), browser)
        self.assertLoggedOut(page.press(browser, "logout-confirm"), browser)

    def test_no_post_logout_redirect_uri(self):
        browser, hint = self.signed_in()
        self.assertLoggedOut(browser.get(LOGOUT, id_token_hint=hint, state="s"), browser)

    def test_post_from_another_site_comes_without_cookies_and_works(self):
        browser, hint = self.signed_in()
        response = browser.post(LOGOUT, {"id_token_hint": hint, "post_logout_redirect_uri": BYE, "state": "a b&c"},
                                cookies=False)
        self.assertEqual(303, response.status)
        self.assertTrue(response.location.startswith(self.server.issuer + LOGOUT + "?"))
        self.assertEqual(BYE + "?state=a%20b%26c", browser.get(response.location).location)
        self.assertFalse(self.isSignedIn(browser))


class Hints(Logout):
    settings = {"oauth": {"id_token_ttl_secs": 1}}

    def test_an_expired_hint_is_good(self):
        browser, hint = self.signed_in()
        wait_until(lambda: jwt.claims_of(hint)["exp"] <= time.time(), 30)
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE)
        self.assertEqual(BYE, response.location)
        self.assertFalse(self.isSignedIn(browser))

    def test_a_hint_of_another_session_or_person_leads_to_a_question(self):
        browser, hint = self.signed_in()
        _, elsewhere = self.signed_in()
        _, of_grace = self.signed_in(self.grace)
        for other in (elsewhere, of_grace):
            page = self.assertAsked(browser.get(LOGOUT, id_token_hint=other, post_logout_redirect_uri=BYE), browser)
        self.assertEqual(BYE, page.press(browser, "logout-confirm").location)
        self.assertFalse(self.isSignedIn(browser))
        self.assertEqual(BYE, browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE).location,
                         "who is signed out already goes on")

    def test_a_hint_is_good_for_its_own_site_only(self):
        browser, hint = self.signed_in()
        for changes in ({"client_id": "other"}, {"post_logout_redirect_uri": "https://other.example/bye"},
                        {"client_id": "other", "post_logout_redirect_uri": "https://other.example/bye"}):
            self.assertRefused(browser.get(LOGOUT, id_token_hint=hint, **changes), browser)
        for unknown in ("nobody", "x" * 5000):
            self.assertRefused(browser.get(LOGOUT, client_id=unknown), browser)

    def test_an_access_token_is_no_hint(self):
        browser = self.browser()
        tokens = self.site.tokens(browser, self.user)
        self.assertRefused(browser.get(LOGOUT, id_token_hint=tokens["access_token"]), browser)

    def test_a_hint_of_a_client_that_is_gone_signs_out_and_leads_nowhere(self):
        gone = self.leaving("gone", "https://gone.example/bye", redirect="https://gone.example/callback")
        browser, hint = self.signed_in(site=gone)
        self.server.command("client", "remove", "gone")
        wait_until(lambda: self.get(gone.url()).status == 400, 30, "the server does not hear of it")
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri="https://gone.example/bye")
        self.assertLoggedOut(response, browser)

    def test_a_hint_signed_by_a_key_that_has_retired_is_good(self):
        browser, hint = self.signed_in()
        self.server.command("keys", "rotate")
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE)
        self.assertEqual(BYE, response.location)

    def test_long_and_odd_states_come_back_as_they_were(self):
        for state in ("x" * 4096, "a\r\nSet-Cookie: x=y", "ü \" ' < > & %", "https://evil.example/?a=b#c"):
            browser, hint = self.signed_in()
            response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=BYE, state=state)
            self.assertEqual(state, response.params["state"])
            self.assertEqual([], [value for value in response.all("Set-Cookie") if value.startswith("x=")])

    def test_a_query_of_the_registered_uri_is_kept(self):
        browser, hint = self.signed_in()
        uri = "https://site.example/bye?from=here"
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=uri, state="s")
        self.assertEqual(uri + "&state=s", response.location)

    def test_no_other_site_can_confirm(self):
        browser, _ = self.signed_in()
        stranger = Page(self.signed_in()[0].get(LOGOUT)).forms[0].fields["csrf"]
        for csrf in ("", "x", stranger):
            response = browser.post(LOGOUT, {"decision": "leave", "csrf": csrf})
            self.assertEqual(403, response.status)
            self.assertTrue(self.isSignedIn(browser))

    def test_a_repeated_parameter_is_refused(self):
        browser, hint = self.signed_in()
        self.assertRefused(browser.get(f"{LOGOUT}?state=a&state=b&id_token_hint={hint}"), browser)

    def test_the_page_speaks_the_language_that_the_site_asks_for(self):
        browser, _ = self.signed_in()
        page = Page(browser.get(LOGOUT, ui_locales="xx de", headers={"Accept-Language": "en"}))
        self.assertIn("Abmelden", page.title)

    def test_where_people_go_afterwards_is_checked_when_it_is_registered(self):
        for uri in ("https://site.example/#x", "http://site.example/", "javascript:alert(1)", "/bye", "https://*.example/"):
            done = self.server.run("client", "update", "other", "--post-logout-redirect-uri", uri,
                                   "--config", self.server.config_file)
            self.assertNotEqual(0, done.returncode, uri)
            self.assertIn("post_logout_redirect_uris", done.stderr)
