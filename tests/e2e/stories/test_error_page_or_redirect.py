# SPDX-License-Identifier: Apache-2.0
"""Who is told of an error: the person, on a page, while the site is not proven; otherwise the site."""
from urllib.parse import urlencode

from harness import site
from harness.story import Story


class ErrorPageOrRedirect(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.two = cls.client("two", "https://two.example/a", more=("https://two.example/b",))
        cls.query = cls.client("query", "https://query.example/cb?kept=1&x=a%20b")
        cls.machine = cls.client("machine", "https://machine.example/cb", grants=("client_credentials",))
        cls.narrow = cls.client("narrow", "https://narrow.example/cb", scope="openid email")

    def page(self, client=None, **changes):
        client = client or self.site
        landing = client.journey(self.browser(), None, **changes)
        return self.assertErrorPage(landing.response)

    def back(self, code, client=None, **changes):
        client = client or self.site
        landing = client.journey(self.browser(), None, state="st", **changes)
        self.assertEqual([], landing.shown)
        self.assertErrorBack(landing, code, "st")

    # Never a redirect

    def test_unknown_client(self):
        self.page(client_id="nobody")

    def test_no_client(self):
        self.page(client_id=None)

    def test_no_redirect_uri_with_several_registered(self):
        self.page(self.two, redirect_uri=None)

    def test_no_redirect_uri_with_one_registered_is_a_page_or_that_one(self):
        """OpenID Connect asks for it always; OAuth lets a single one be left out."""
        landing = self.site.journey(self.browser(), None, redirect_uri=None)
        if landing.shown != ["login"]:
            self.assertErrorPage(landing.response)

    def test_redirect_uris_that_are_nearly_registered(self):
        for wrong in ("https://site.example/callback/", "https://site.example/callback?x=1",
                      "https://site.example/Callback", "https://SITE.example/callback",
                      "http://site.example/callback", "https://site.example:443/callback",
                      "https://site.example/callback#f", "https://site.example/callback%20",
                      "https://site.example/x/../callback", "https://site.example.evil.example/callback",
                      "https://site.example@evil.example/callback", "//site.example/callback", "/callback",
                      "javascript:alert(1)", "https://site.example/callback\r\nX: y", " https://site.example/callback"):
            with self.subTest(wrong):
                self.page(redirect_uri=wrong)

    def test_redirect_uri_query_ok(self):
        landing = self.query.journey(self.browser(), self.user)
        self.assertTrue(landing.response.location.startswith("https://query.example/cb?kept=1&x=a%20b&"),
                        landing.response.location)
        self.assertTokens(self.query.redeem(landing.code))

    def test_redirect_uri_query_mismatch(self):
        self.page(self.query, redirect_uri="https://query.example/cb?kept=2&x=a%20b")

    def test_redirect_uri_query_added(self):
        self.page(self.query, redirect_uri="https://query.example/cb?kept=1&x=a%20b&more=1")

    def test_redirect_uri_query_left_out(self):
        self.page(self.query, redirect_uri="https://query.example/cb")

    def test_doubled_redirect_uri(self):
        self.assertErrorPage(self.get(self.site.url() + "&" + urlencode({"redirect_uri": "https://evil.example"})))

    def test_doubled_client_id(self):
        self.assertErrorPage(self.get(self.site.url() + "&client_id=other"))

    def test_the_page_never_shows_what_was_sent_as_markup(self):
        response = self.get(self.site.url(client_id="<script>alert(1)</script>", redirect_uri="\"><img src=x>"))
        self.assertErrorPage(response)
        self.assertNotIn("<script>alert", response.text)
        self.assertNotIn("<img src=x", response.text)

    # Always a redirect

    def test_unknown_response_type(self):
        self.back("unsupported_response_type", response_type="token")

    def test_response_types_of_the_hybrid_flow_are_off(self):
        self.back("unsupported_response_type", response_type="code id_token")

    def test_prompt_none_beside_another(self):
        self.back("invalid_request", prompt="none login")

    def test_unknown_prompt(self):
        self.back("invalid_request", prompt="pigeon")

    def test_max_age_that_is_no_number(self):
        for wrong in ("-1", "ten", "1.5", "99999999999999999999999"):
            with self.subTest(wrong):
                self.back("invalid_request", max_age=wrong)

    def test_doubled_state(self):
        landing = self.site.walk(self.browser(), self.get(self.site.url(state="a") + "&state=b"))
        self.assertErrorBack(landing, "invalid_request")

    def test_doubled_parameter_of_any_name(self):
        for name in ("scope", "nonce", "prompt", "response_type", "code_challenge"):
            with self.subTest(name):
                landing = self.site.walk(self.browser(), self.get(self.site.url(state="a", prompt="consent") + f"&{name}=openid"))
                self.assertErrorBack(landing, "invalid_request", "a")

    def test_missing_code_challenge(self):
        self.back("invalid_request", code_challenge=None, code_challenge_method=None)

    def test_plain_challenge(self):
        self.back("invalid_request", code_challenge_method="plain")

    def test_challenge_without_a_method_means_plain_and_is_refused(self):
        self.back("invalid_request", code_challenge_method=None)

    def test_unknown_challenge_method(self):
        self.back("invalid_request", code_challenge_method="S512")

    def test_challenge_of_the_wrong_form(self):
        for wrong in ("short", "a" * 129, "ü" * 43, "a" * 42 + "="):
            with self.subTest(wrong):
                self.back("invalid_request", code_challenge=wrong)

    def test_client_that_may_not_use_codes(self):
        self.back("unauthorized_client", self.machine)

    def test_scope_the_client_may_not_ask_for(self):
        """Unknown and forbidden values are dropped or refused, the same way each time."""
        outcomes = set()
        for scope in ("openid no-such-scope", "openid address"):
            landing = self.narrow.journey(self.browser(), self.user, scope=scope, state="st")
            if "error" in landing.params:
                self.assertErrorBack(landing, "invalid_scope", "st")
                outcomes.add("refused")
            else:
                tokens = self.assertTokens(self.narrow.redeem(landing.code))
                self.assertEqual("openid", tokens.get("scope", "openid"))
                outcomes.add("dropped")
        self.assertEqual(1, len(outcomes), outcomes)

    def test_scope_of_the_wrong_form(self):
        self.back("invalid_scope", scope="openid \"x\"")

    def test_registration_parameter_is_not_supported(self):
        self.back("registration_not_supported", registration="{}")

    # Deny

    def test_denied_consent_is_access_denied(self):
        landing = self.two.journey(self.browser(), self.user, consent="deny", state="st")
        self.assertEqual(["login", "consent"], landing.shown)
        self.assertErrorBack(landing, "access_denied", "st")

    def test_cancelled_login_is_access_denied(self):
        browser = self.browser()
        landing = self.site.journey(browser, None, state="st")
        answer = landing.page.press(browser, "login-cancel")
        self.assertErrorBack(self.site.walk(browser, answer), "access_denied", "st")

    def test_denied_in_form_post_is_posted(self):
        landing = self.two.journey(self.browser(), self.user, consent="deny", state="st", response_mode="form_post")
        self.assertEqual("form_post", landing.mode)
        self.assertErrorBack(landing, "access_denied", "st")


class LoopbackRedirects(Story):
    """A native app on a loopback address may use any port (RFC 8252 section 7.3); nothing else may differ."""

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.app = cls.client("app", "http://127.0.0.1/done", method="none")

    def test_any_port_of_a_loopback_address(self):
        landing = self.app.journey(self.browser(), self.user, redirect_uri="http://127.0.0.1:51004/done")
        self.assertEqual("http://127.0.0.1:51004/done", landing.uri)
        self.assertTokens(self.app.redeem(landing.code, redirect_uri="http://127.0.0.1:51004/done"))

    def test_another_path_is_refused(self):
        landing = self.app.journey(self.browser(), None, redirect_uri="http://127.0.0.1:51004/other")
        self.assertErrorPage(landing.response)

    def test_another_address_is_refused(self):
        landing = self.app.journey(self.browser(), None, redirect_uri="http://127.0.0.2:51004/done")
        self.assertErrorPage(landing.response)


class PostedRequests(Story):
    """POST at the authorization endpoint (OpenID Connect Core section 3.1.2.1)."""

    def test_a_wrong_content_type_is_refused(self):
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
            with self.subTest(kind):
                response = self.browser().post(site.AUTHORIZE, body=urlencode(self.site.request()),
                                               headers={"Content-Type": kind})
                self.assertIn(response.status, (400, 415), response)

    def test_a_wrong_method_is_refused_with_those_that_are_right(self):
        response = self.browser().request("PUT", site.AUTHORIZE)
        self.assertEqual(405, response.status)
        allowed = {name.strip() for name in response.header("Allow").split(",")}
        self.assertLessEqual({"GET", "POST"}, allowed)
