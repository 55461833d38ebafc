# SPDX-License-Identifier: Apache-2.0
"""The modules of the basic certification plan, each by its name (without `oidcc-`)."""
import json
import secrets
import time

from harness import jwt, site
from harness.page import Page
from harness.story import Story
from harness.web import wait_until

ALL = "openid profile email address phone"


class BasicCertification(Story):
    def login(self, browser=None, client=None, **changes):
        """A whole login; (browser, tokens, ID token claims)."""
        browser = browser or self.browser()
        client = client or self.site
        request = client.request(**changes)
        landing = client.walk(browser, browser.get(site.AUTHORIZE, **request), self.user)
        code = self.assertBack(landing, request)
        tokens = self.assertTokens(client.redeem(code))
        claims = self.assertIdToken(tokens["id_token"], client, request.get("nonce"), tokens["access_token"])
        return browser, tokens, claims

    def userinfo(self, tokens, claims):
        response = self.site.userinfo(tokens["access_token"])
        self.assertEqual(200, response.status, response)
        self.assertEqual("application/json", response.media_type)
        told = response.json()
        self.assertEqual(claims["sub"], told["sub"])
        self.assertNotIn(None, told.values())
        self.assertNotIn("", told.values())
        return told

    def test_server(self):
        _, tokens, claims = self.login()
        self.assertEqual({"sub"}, set(self.userinfo(tokens, claims)))

    def test_response_type_missing(self):
        landing = self.site.journey(self.browser(), self.user, response_type=None, state="s")
        if landing.is_back:
            self.assertErrorBack(landing, ("invalid_request", "unsupported_response_type"), "s")
        else:
            self.assertErrorPage(landing.response)

    def test_idtoken_signature_is_rs256_unless_agreed_otherwise(self):
        _, tokens, _ = self.login()
        self.assertEqual("RS256", jwt.parts(tokens["id_token"])[0]["alg"])

    def test_userinfo_get(self):
        _, tokens, claims = self.login()
        self.userinfo(tokens, claims)

    def test_userinfo_post_header(self):
        _, tokens, claims = self.login()
        response = self.browser().post(site.USERINFO, body=b"",
                                       headers={"Authorization": "Bearer " + tokens["access_token"]})
        self.assertEqual(200, response.status, response)
        self.assertEqual(claims["sub"], response.json()["sub"])

    def test_userinfo_post_body(self):
        _, tokens, claims = self.login()
        response = self.browser().post(site.USERINFO, {"access_token": tokens["access_token"]})
        self.assertEqual(200, response.status, response)
        self.assertEqual(claims["sub"], response.json()["sub"])

    def test_ensure_request_without_nonce_succeeds_for_code_flow(self):
        _, _, claims = self.login(nonce=None)
        self.assertNotIn("nonce", claims)

    def scope_gives(self, scope, expected):
        _, tokens, claims = self.login(scope=scope)
        told = self.userinfo(tokens, claims)
        told.pop("sub")
        self.assertEqual(expected, told)
        self.assertFalse(set(expected) & set(claims), "scope claims belong to userinfo, not to the ID token")

    def test_scope_profile(self):
        self.scope_gives("openid profile", site.PROFILE)

    def test_scope_email(self):
        self.scope_gives("openid email", site.EMAIL)

    def test_scope_address(self):
        self.scope_gives("openid address", site.ADDRESS)

    def test_scope_phone(self):
        self.scope_gives("openid phone", site.PHONE)

    def test_scope_all(self):
        self.scope_gives(ALL, self.user.claims)

    def test_alternate_happy_flow(self):
        request = self.site.request(scope="phone email openid profile address")
        browser = self.browser()
        backwards = dict(reversed(request.items()))
        landing = self.site.walk(browser, browser.get(site.AUTHORIZE, **backwards), self.user)
        self.assertTokens(self.site.redeem(self.assertBack(landing, request)))

    def test_display_page(self):
        self.login(display="page")

    def test_display_popup(self):
        self.login(display="popup")

    def test_prompt_login(self):
        browser, _, first = self.login(max_age=10000)
        time.sleep(1.1)  # auth_time has whole seconds; a later one must be told apart
        landing = self.site.journey(browser, self.user, prompt="login", max_age=10000)
        self.assertEqual(["login"], landing.shown)
        second = jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"])
        self.assertEqual(first["sub"], second["sub"])
        self.assertGreater(second["auth_time"], first["auth_time"])

    def test_prompt_none_not_logged_in(self):
        landing = self.site.journey(self.browser(), self.user, prompt="none", state="s")
        self.assertEqual([], landing.shown)
        self.assertErrorBack(landing, "login_required", "s")

    def test_prompt_none_logged_in(self):
        browser, _, first = self.login(max_age=10000)
        landing = self.site.journey(browser, None, prompt="none", max_age=10000)
        self.assertEqual([], landing.shown)
        second = jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"])
        self.assertEqual((first["sub"], first["auth_time"]), (second["sub"], second["auth_time"]))

    def test_prompt_none_without_consent_is_consent_required(self):
        browser, _, _ = self.login()
        stranger = self.client("no-consent-yet")
        self.wait_known(stranger)
        landing = stranger.journey(browser, None, prompt="none", state="s")
        self.assertEqual([], landing.shown)
        self.assertErrorBack(landing, ("consent_required", "interaction_required"), "s")

    def wait_known(self, client):
        wait_until(lambda: client.journey(self.browser(), None).shown == ["login"], 30,
                   "a client made beside the server was not seen")

    def test_max_age_1(self):
        browser, _, first = self.login(max_age=10000)
        time.sleep(2.1)  # the session must be older than max_age
        landing = self.site.journey(browser, self.user, max_age=1)
        self.assertEqual(["login"], landing.shown)
        second = jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"])
        self.assertGreater(second["auth_time"], first["auth_time"])

    def test_max_age_10000(self):
        browser, _, first = self.login(max_age=15000)
        landing = self.site.journey(browser, None, max_age=10000)
        self.assertEqual([], landing.shown)
        second = jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"])
        self.assertEqual(first["auth_time"], second["auth_time"])

    def test_ensure_request_with_unknown_parameter_succeeds(self):
        self.login(extra="foobar")

    def test_id_token_hint(self):
        browser, tokens, first = self.login()
        landing = self.site.journey(browser, None, prompt="none", id_token_hint=tokens["id_token"])
        self.assertEqual([], landing.shown)
        second = jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"])
        self.assertEqual(first["sub"], second["sub"])

    def test_id_token_hint_for_somebody_else_with_prompt_none_is_login_required(self):
        _, tokens, _ = self.login()
        browser = self.browser()
        landing = self.site.journey(browser, self.friend)
        self.site.redeem(landing.code)
        landing = self.site.journey(browser, None, prompt="none", id_token_hint=tokens["id_token"], state="s")
        self.assertErrorBack(landing, "login_required", "s")

    def test_id_token_hint_that_we_did_not_sign_is_refused(self):
        browser, _, claims = self.login()
        forged = jwt.Signer("RS256", kid=self.keys()[0]["kid"]).sign(claims)
        landing = self.site.journey(browser, None, prompt="none", id_token_hint=forged, state="s")
        self.assertErrorBack(landing, ("invalid_request", "login_required"), "s")

    def test_login_hint(self):
        browser = self.browser()
        landing = self.site.journey(browser, None, login_hint="ada")
        self.assertEqual("ada", landing.page.form("login-form").fields["username"])
        self.login(login_hint="nobody@nowhere.example")

    def test_ui_locales(self):
        self.login(ui_locales="se")

    def test_claims_locales(self):
        self.login(claims_locales="se")

    def test_ensure_request_with_acr_values_succeeds(self):
        values = self.server.metadata.get("acr_values_supported", ["1", "2"])
        self.login(acr_values=" ".join(values))

    def test_codereuse(self):
        landing = self.site.journey(self.browser(), self.user)
        self.assertTokens(self.site.redeem(landing.code))
        self.assertTokenError(self.site.redeem(landing.code), "invalid_grant", 400)

    def test_codereuse_30seconds_revokes_the_tokens_already_given(self):
        landing = self.site.journey(self.browser(), self.user)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.assertTokenError(self.site.redeem(landing.code), "invalid_grant", 400)
        self.assertEqual(200, self.site.userinfo(tokens["access_token"]).status)

        def is_revoked():
            self.assertTokenError(self.site.redeem(landing.code), "invalid_grant", 400)
            return self.site.userinfo(tokens["access_token"]).status == 401
        wait_until(is_revoked, 60)

    def test_ensure_registered_redirect_uri(self):
        landing = self.site.journey(self.browser(), self.user, redirect_uri="https://evil.example/callback")
        self.assertErrorPage(landing.response, "invalid_request")

    def test_ensure_post_request_succeeds(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, post=True)
        self.assertEqual("login", landing.shown[0])
        self.assertTokens(self.site.redeem(landing.code))

    def test_a_posted_request_from_another_site_finds_the_session(self):
        """Lax cookies stay away from a cross-site POST, so the session is read after a same-site redirect."""
        browser, _, _ = self.login()
        answer = browser.request("POST", site.AUTHORIZE, body=self.site.url().split("?")[1], cookies=False,
                                 headers={"Content-Type": "application/x-www-form-urlencoded",
                                          "Origin": "https://site.example"})
        self.assertIn(answer.status, (302, 303), answer)
        self.assertTrue(self.site.is_own(answer.location), answer)
        landing = self.site.walk(browser, answer, None)
        self.assertEqual([], landing.shown)
        self.assertTrue(landing.is_back, landing)

    def test_server_client_secret_post(self):
        _, tokens, claims = self.login(client=self.posting)
        self.assertEqual(claims["sub"], self.posting.userinfo(tokens["access_token"]).json()["sub"])

    def test_request_uri_unsigned_supported_correctly_or_rejected_as_unsupported(self):
        landing = self.site.journey(self.browser(), self.user, request_uri="https://site.example/request.jwt", state="s")
        self.assertErrorBack(landing, "request_uri_not_supported", "s")

    def test_unsigned_request_object_supported_correctly_or_rejected_as_unsupported(self):
        request = jwt.encode({"alg": "none"}) + "." + jwt.encode({"state": "inner"}) + "."
        landing = self.site.journey(self.browser(), self.user, request=request, state="s")
        self.assertErrorBack(landing, "request_not_supported", "s")

    def test_claims_essential(self):
        wish = json.dumps({"userinfo": {"name": {"essential": True}}})
        _, tokens, claims = self.login(claims=wish)
        self.assertEqual("Ada King Lovelace", self.userinfo(tokens, claims)["name"])

    def test_claims_essential_without_a_value_is_no_error(self):
        wish = json.dumps({"userinfo": {"name": {"essential": True}, "no_such_claim": {"essential": True}}})
        browser = self.browser()
        landing = self.site.journey(browser, self.friend, claims=wish)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.assertEqual({"sub"}, set(self.site.userinfo(tokens["access_token"]).json()))

    def test_claims_for_the_id_token_are_in_the_id_token(self):
        wish = json.dumps({"id_token": {"email": None, "auth_time": {"essential": True}}})
        _, _, claims = self.login(claims=wish)
        self.assertEqual("ada@people.example", claims["email"])
        self.assertIsInstance(claims["auth_time"], int)

    def test_a_claim_is_asked_for_like_its_scope(self):
        """OpenID Connect Core section 3.1.2.4: nothing is given that the person did not allow."""
        asking = self.client("asks-for-claims")
        browser = self.browser()
        asking.tokens(browser, self.user, scope="openid")
        wish = json.dumps({"userinfo": {"phone_number": None}, "id_token": {"email": None}})
        landing = asking.journey(browser, scope="openid", claims=wish, prompt="none", state="s")
        self.assertErrorBack(landing, "consent_required", "s")
        consent = asking.journey(browser, scope="openid", claims=wish, stop_at=("consent",)).response
        self.assertIn("phone number", consent.text.lower())
        self.assertIn("email address", consent.text.lower())
        tokens = asking.tokens(browser, None, scope="openid", claims=wish)
        self.assertEqual("openid", tokens["scope"])
        self.assertEqual({"sub", "phone_number"}, set(asking.userinfo(tokens["access_token"]).json()))
        landing = asking.journey(browser, scope="openid", claims=wish, prompt="none")
        self.assertIn("email", jwt.claims_of(asking.redeem(landing.code).json()["id_token"]))

    def test_claims_of_a_scope_that_the_client_may_not_have_are_left_out(self):
        modest = self.client("modest", scope="openid profile")
        wish = json.dumps({"userinfo": {"phone_number": None, "name": None}, "id_token": {"email": None}})
        tokens = modest.tokens(self.browser(), self.user, scope="openid", claims=wish)
        self.assertNotIn("email", jwt.claims_of(tokens["id_token"]))
        self.assertEqual({"sub", "name"}, set(modest.userinfo(tokens["access_token"]).json()))

    def test_claims_that_are_no_json_are_an_invalid_request(self):
        landing = self.site.journey(self.browser(), self.user, claims="{", state="s")
        self.assertErrorBack(landing, "invalid_request", "s")

    def test_ensure_request_object_with_redirect_uri(self):
        request = jwt.encode({"alg": "none"}) + "." + jwt.encode({"redirect_uri": self.site.redirect}) + "."
        landing = self.site.journey(self.browser(), self.user, redirect_uri="https://evil.example/", request=request)
        self.assertErrorPage(landing.response)

    def test_refresh_token(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, scope="openid offline_access", prompt="consent")
        first = self.assertTokens(self.site.redeem(landing.code))
        before = jwt.claims_of(first["id_token"])
        response = self.site.refresh(first["refresh_token"])
        second = self.assertTokens(response, openid="id_token" in response.json())
        self.assertEqual(200, self.site.userinfo(second["access_token"]).status)
        if "id_token" in second:
            after = jwt.verify(second["id_token"], self.keys())[1]
            for name in ("iss", "sub", "aud", "azp", "auth_time"):
                self.assertEqual(before.get(name), after.get(name), name)
            self.assertGreaterEqual(after["iat"], before["iat"])
            self.assertIn(after.get("nonce"), (None, before["nonce"]))

    def test_refresh_token_of_another_client_is_an_invalid_grant(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        self.assertTokenError(self.other.refresh(tokens["refresh_token"]), "invalid_grant", 400)
        self.assertEqual(200, self.site.refresh(tokens["refresh_token"]).status)

    def test_ensure_request_with_valid_pkce_succeeds(self):
        request = self.site.request()
        self.assertEqual("S256", request["code_challenge_method"])
        self.login()

    def test_long_values(self):
        """State and nonce of 1,000 characters and more come back whole."""
        state, nonce = secrets.token_urlsafe(900), secrets.token_urlsafe(900)
        browser = self.browser()
        request = self.site.request(state=state, nonce=nonce)
        landing = self.site.walk(browser, browser.get(site.AUTHORIZE, **request), self.user)
        self.assertEqual(state, landing.params["state"])
        self.assertEqual(nonce, jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"])["nonce"])

    def test_a_request_of_20_kilobytes(self):
        state = secrets.token_urlsafe(15000)
        landing = self.site.journey(self.browser(), self.user, state=state)
        self.assertEqual(state, landing.params["state"])

    def test_prompt_login_asks_once_and_not_in_a_circle(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, prompt="login")
        self.assertEqual(["login"], [shown for shown in landing.shown if shown == "login"])
        self.assertTrue(landing.is_back)

    def test_state_is_echoed_exactly_whatever_it_holds(self):
        state = "a b+c%20&=?#/\\\"'<script>ü€😀"
        landing = self.site.journey(self.browser(), self.user, state=state)
        self.assertEqual(state, landing.params["state"])

    def test_without_state_none_comes_back(self):
        landing = self.site.journey(self.browser(), self.user, state=None)
        self.assertNotIn("state", landing.params)

    def test_codes_are_long_and_never_alike(self):
        browser, _, _ = self.login()
        codes = {self.site.journey(browser, None).code for _ in range(20)}
        self.assertEqual(20, len(codes))
        self.assertGreaterEqual(min(len(code) for code in codes), 43)

    def test_without_openid_there_is_no_id_token_and_no_userinfo(self):
        tokens = self.assertTokens(self.site.redeem(
            self.site.journey(self.browser(), self.user, scope="email", nonce=None).code), openid=False)
        self.assertIn(self.site.userinfo(tokens["access_token"]).status, (401, 403))

    def test_auth_time_is_told_when_max_age_was_asked(self):
        _, _, claims = self.login(max_age=600)
        self.assertAboutNow(claims["auth_time"])

    def test_amr_tells_of_the_password(self):
        _, _, claims = self.login()
        if "amr" in claims:
            self.assertIn("pwd", claims["amr"])

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.posting = cls.client("posting", method="client_secret_post")
        cls.friend = site.Person("grace", "a sufficiently long password")
        cls.server.add_user(cls.friend.login, cls.friend.password)


class FormPost(Story):
    """`response_mode=form_post` (OAuth 2.0 Form Post Response Mode): success and error answers alike."""

    def test_a_success_answer_is_a_form_for_the_site(self):
        browser = self.browser()
        request = self.site.request(response_mode="form_post", state="a\"b<c>")
        landing = self.site.walk(browser, browser.get(site.AUTHORIZE, **request), self.user)
        code = self.assertBack(landing, request, "form_post")
        self.assertEqual(self.site.redirect, landing.uri)
        form = next(form for form in Page(landing.response).forms if form.action == self.site.redirect)
        self.assertEqual("post", form.method)
        self.assertTrue(form.buttons, "a person without scripts needs a button")
        self.assertTokens(self.site.redeem(code))

    def test_an_error_answer_is_a_form_too(self):
        landing = self.site.journey(self.browser(), None, prompt="none", response_mode="form_post", state="s")
        self.assertEqual("form_post", landing.mode)
        self.assertErrorBack(landing, "login_required", "s")

    def test_the_page_is_not_kept_and_lets_the_form_go_to_the_site(self):
        landing = self.site.journey(self.browser(), None, prompt="none", response_mode="form_post")
        self.assertIn("no-store", landing.response.header("Cache-Control"))
        policy = landing.response.header("Content-Security-Policy")
        self.assertNotIn("form-action", policy)
        self.assertNotIn("unsafe-inline", policy)

    def test_a_refused_request_object_is_answered_in_the_mode_it_asks_for(self):
        request = jwt.encode({"alg": "none"}) + "." + jwt.encode({"response_mode": "form_post"}) + "."
        landing = self.site.journey(self.browser(), None, request=request, state="s")
        self.assertEqual("form_post", landing.mode)
        self.assertErrorBack(landing, "request_not_supported", "s")

    def test_a_form_of_ours_leads_nowhere_but_here(self):
        """What comes after a callback must not be held against it, so the answer is a page that goes on."""
        browser = self.browser()
        page = self.site.journey(browser, None).page
        self.assertIn("form-action 'self';", page.response.header("Content-Security-Policy"))
        response = page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        if not response.header("Refresh"):
            response = Page(browser.get(response.location)).press(browser, "consent-allow")
        self.assertEqual(200, response.status)
        self.assertTrue(response.location.startswith(self.site.redirect))
        self.assertEqual(response.location, Page(response).ids["go-on"].attributes["href"])

    def test_an_unknown_mode_is_an_invalid_request(self):
        landing = self.site.journey(self.browser(), None, response_mode="pigeon", state="s")
        self.assertErrorBack(landing, "invalid_request", "s")
