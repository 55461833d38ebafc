# SPDX-License-Identifier: Apache-2.0
"""Requests that clients push before a browser brings them (RFC 9126), and what strangers make of them."""
import json
import secrets
import time
from urllib.parse import urlencode

from harness import jwt
from harness.server import MODULES, USES, CommandFailed
from harness.shelf import Shelf
from harness.site import AUTHORIZE
from harness.story import Story
from harness.web import at_once, wait_until

PUSH = "/api/oauth/par"
URN = "urn:ietf:params:oauth:request_uri:"
USES_PAR = [*USES, "request_source.par", "client_metadata_rule.par"]
WITH_PAR = [*MODULES, "par"]


class PushedStory(Story):
    plugins = USES_PAR
    modules = WITH_PAR

    def push(self, site=None, **changes):
        site = site or self.site
        return site.call(PUSH, site.request(**changes))

    def pushed(self, site=None, **changes):
        response = self.push(site, **changes)
        self.assertEqual(201, response.status, response)
        return response.json()["request_uri"]

    def ask(self, uri, site=None, user=None, browser=None, **query):
        site = site or self.site
        browser = browser or self.browser()
        return site.walk(browser, browser.get(AUTHORIZE, client_id=site.id, request_uri=uri, **query), user)

    def assertLoggedIn(self, landing, site=None, nonce=None):
        site = site or self.site
        tokens = self.assertTokens(site.redeem(landing.code))
        nonce = nonce or jwt.claims_of(tokens["id_token"])["nonce"]
        self.assertIdToken(tokens["id_token"], site, nonce, tokens["access_token"])
        return tokens

    def assertPushError(self, response, code="invalid_request", status=400):
        self.assertEqual(status, response.status, response)
        self.assertEqual("application/json", response.media_type)
        self.assertEqual(code, response.json()["error"], response)
        self.assertIn("no-store", response.header("Cache-Control") or "")

    def assertRefused(self, landing):
        """Not the request's own answer: an error page, or the error at the client's only redirect URI."""
        if landing.is_back:
            self.assertErrorBack(landing, "invalid_request_uri")
        else:
            self.assertErrorPage(landing.response, "invalid_request_uri")


class PushedRequests(PushedStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.public = cls.client("public", "https://public.example/cb", method="none")
        cls.posting = cls.client("posting", "https://posting.example/cb", method="client_secret_post")
        cls.bound = cls.client("bound", "https://bound.example/cb",
                               options=("--member", "require_pushed_authorization_requests=true"))

    def test_happy_flow(self):
        nonce = secrets.token_urlsafe(32)
        response = self.push(scope="openid email", state="inside", nonce=nonce)
        self.assertEqual(201, response.status, response)
        self.assertEqual("application/json", response.media_type)
        self.assertIn("no-store", response.header("Cache-Control"))
        answer = response.json()
        self.assertEqual({"request_uri", "expires_in"}, set(answer))
        self.assertEqual(60, answer["expires_in"])
        self.assertTrue(answer["request_uri"].startswith(URN))
        self.assertEqual(43, len(answer["request_uri"]) - len(URN))
        landing = self.ask(answer["request_uri"], user=self.user)
        self.assertEqual("inside", landing.params["state"])
        self.assertEqual(self.server.issuer, landing.params["iss"])
        self.assertEqual("openid email", self.assertLoggedIn(landing, nonce=nonce)["scope"])

    def test_discovery_end_point_verification(self):
        document = self.server.metadata
        self.assertEqual(self.server.issuer + PUSH, document["pushed_authorization_request_endpoint"])
        self.assertIs(False, document["require_pushed_authorization_requests"])
        self.assertIs(True, document["authorization_response_iss_parameter_supported"])
        self.assertIs(False, document["request_uri_parameter_supported"])

    def test_user_rejects_authentication(self):
        browser = self.browser()
        uri = self.pushed(state="kept", prompt="consent")
        page = self.site.walk(browser, browser.get(AUTHORIZE, client_id="site", request_uri=uri), self.user,
                              stop_at=("consent",)).page
        self.assertErrorBack(self.site.walk(browser, page.press(browser, "consent-deny")), "access_denied", "kept")
        self.assertRefused(self.ask(uri, user=self.user, browser=browser))

    def test_ensure_authorization_request_without_state_and_without_nonce_success(self):
        landing = self.ask(self.pushed(state=None, nonce=None), user=self.user)
        self.assertEqual({"code", "iss"}, set(landing.params))
        self.assertNotIn("nonce", jwt.claims_of(self.assertTokens(self.site.redeem(landing.code))["id_token"]))

    def test_ensure_authorization_request_with_64_and_384_char_nonce_and_long_state(self):
        for length in 64, 384:
            nonce, state = "n" * length, "s" * 1000
            landing = self.ask(self.pushed(nonce=nonce, state=state), user=self.user)
            self.assertEqual(state, landing.params["state"])
            self.assertLoggedIn(landing, nonce=nonce)

    def test_state_only_outside_request_object_not_used(self):
        landing = self.ask(self.pushed(state=None), user=self.user, state="outside")
        self.assertNotIn("state", landing.params)
        self.assertLoggedIn(landing)

    def test_what_is_beside_the_request_uri_does_not_count(self):
        landing = self.ask(self.pushed(state="inside", scope="openid email", nonce="n" * 20), user=self.user,
                           state="outside", scope="openid phone", nonce="outside", response_mode="form_post",
                           redirect_uri="https://evil.example/", prompt="none", response_type="token")
        self.assertEqual(("inside", "query"), (landing.params["state"], landing.mode))
        self.assertEqual("openid email", self.assertLoggedIn(landing, nonce="n" * 20)["scope"])

    def test_par_without_duplicate_parameters(self):
        browser = self.browser()
        uri = self.pushed()
        self.assertLoggedIn(self.ask(uri, user=self.user, browser=browser))
        response = browser.post(AUTHORIZE, {"client_id": "site", "request_uri": self.pushed()})
        self.assertLoggedIn(self.site.walk(browser, response))

    def test_ensure_request_object_without_redirect_uri_fails(self):
        self.assertPushError(self.push(redirect_uri=None))
        self.assertPushError(self.push(redirect_uri=None, scope="email"))

    def test_ensure_registered_redirect_uri(self):
        for uri in ("https://site.example/callback/..", "https://evil.example/", "x"):
            self.assertPushError(self.push(redirect_uri=uri))

    def test_ensure_unsigned_authorization_request_without_using_par_fails(self):
        landing = self.bound.journey(self.browser(), self.user, state="s")
        self.assertErrorBack(landing, "invalid_request", "s")
        self.assertLoggedIn(self.ask(self.pushed(self.bound), self.bound, self.user), self.bound)
        self.assertLoggedIn(self.site.journey(self.browser(), self.user))

    def test_ensure_response_type_code_idtoken_and_token_fails(self):
        for wanted in ("code id_token", "token", "none"):
            self.assertPushError(self.push(response_type=wanted), "unsupported_response_type")
        self.assertPushError(self.push(response_type=None))

    def test_ensure_client_id_is_that_of_who_authenticated(self):
        self.assertPushError(self.push(client_id="other"), "invalid_client", 401)

    def test_par_ensure_pkce_required_and_plain_rejected(self):
        self.assertPushError(self.push(code_challenge=None, code_challenge_method=None))
        self.assertPushError(self.push(code_challenge_method="plain"))

    def test_what_a_browser_may_not_ask_for_is_not_pushed(self):
        for changes, code in (({"scope": "nothing"}, "invalid_scope"), ({"response_mode": "smoke"}, "invalid_request"),
                              ({"prompt": "none login"}, "invalid_request"), ({"max_age": "soon"}, "invalid_request"),
                              ({"claims": "{"}, "invalid_request"), ({"id_token_hint": "x"}, "invalid_request"),
                              ({"request": "a.b.c"}, "request_not_supported"),
                              ({"registration": "{}"}, "registration_not_supported")):
            with self.subTest(changes):
                self.assertPushError(self.push(**changes), code)

    def test_par_authorization_request_containing_request_uri_form_param(self):
        for uri in (self.pushed(), "https://site.example/object", "x"):
            self.assertPushError(self.push(request_uri=uri))

    def test_par_attempt_invalid_http_method(self):
        for method in ("PUT", "GET", "DELETE", "PATCH"):
            response = self.browser().request(method, PUSH)
            self.assertEqual(405, response.status, response)
            self.assertIn("POST", response.header("Allow"))

    def test_repeated_parameters_are_refused(self):
        request = self.site.request()
        headers, _ = self.site.credentials()
        for name, value in request.items():
            body = urlencode(request) + "&" + urlencode({name: value})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.assertPushError(self.browser().post(PUSH, body=body.encode(), headers=headers))

    def test_par_attempt_to_use_request_uri_for_different_client(self):
        uri = self.pushed()
        self.assertRefused(self.ask(uri, self.other, self.user))
        self.assertErrorPage(self.browser().get(AUTHORIZE, request_uri=uri), "invalid_request")
        self.assertErrorPage(self.browser().get(AUTHORIZE, request_uri=uri, client_id="nobody"))
        self.assertLoggedIn(self.ask(uri, user=self.user))

    def test_par_attempt_to_use_a_request_uri_that_was_never_given(self):
        uri = self.pushed()
        odd = [URN, URN + "x", uri + "x", uri[:-1], uri.upper(), URN + "A" * 43, URN + "A" * 5000,
               uri + "\n", uri + " ", URN + "'; --", URN + "../../etc/passwd"]
        for name in odd:
            with self.subTest(name[:80]):
                landing = self.ask(name, user=self.user)
                self.assertNotIn("code", landing.params or {})
        self.assertLoggedIn(self.ask(uri, user=self.user))

    def test_par_attempt_reuse_request_uri(self):
        browser = self.browser()
        uri = self.pushed()
        self.assertLoggedIn(self.ask(uri, user=self.user, browser=browser))
        self.assertRefused(self.ask(uri, user=self.user, browser=browser))
        self.assertRefused(self.ask(uri, user=self.user))

    def test_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds(self):
        browser = self.browser()
        uri = self.pushed()
        self.assertEqual(["login"], self.ask(uri, browser=browser).shown)
        self.assertEqual(["login"], self.ask(uri).shown)
        self.assertLoggedIn(self.ask(uri, user=self.user, browser=browser))

    def test_of_many_tabs_one_is_answered(self):
        browser = self.browser()
        self.assertLoggedIn(self.site.journey(browser, self.user))
        uri = self.pushed()
        landings = at_once(8, lambda _: self.ask(uri, browser=browser))
        self.assertEqual(1, sum("code" in landing.params for landing in landings))

    def test_public_clients_push_too(self):
        self.assertLoggedIn(self.ask(self.pushed(self.public), self.public, self.user), self.public)
        self.assertPushError(self.browser().post(PUSH, self.site.request()), "invalid_client", 401)

    def test_secrets_in_the_form_are_not_kept(self):
        response = self.push(self.posting)
        self.assertEqual(201, response.status)
        self.assertNotIn(self.posting.secret.encode(), self.server.stored())
        self.assertLoggedIn(self.ask(response.json()["request_uri"], self.posting, self.user), self.posting)

    def test_what_is_stored_opens_nothing_and_tells_nothing(self):
        uri = self.pushed(login_hint="someone@people.example")
        stored = self.server.stored()
        self.assertNotIn(uri[len(URN):].encode(), stored)
        self.assertNotIn(b"someone@people.example", stored)

    def test_no_client_or_a_wrong_one_pushes_nothing(self):
        self.assertPushError(self.browser().post(PUSH, {"response_type": "code"}), "invalid_client", 401)
        headers, _ = self.site.credentials()
        wrong = {"Authorization": headers["Authorization"][:-6] + "AAAA=="}
        self.assertPushError(self.browser().post(PUSH, self.site.request(), headers=wrong), "invalid_client", 401)
        self.assertPushError(self.browser().post(PUSH, headers=headers, body=b"{}"))

    def test_a_request_larger_than_any_address_has_short_addresses(self):
        browser = self.browser()
        large = secrets.token_urlsafe(12_000)
        self.assertEqual(16_000, len(large))
        uri = self.pushed(extension=large, login_hint="h" * 5000, prompt="login consent", state="s" * 30)
        shown = browser.get(AUTHORIZE, client_id="site", request_uri=uri)
        self.assertLess(len(shown.location), 1000)
        page = self.site.walk(browser, shown, self.user, stop_at=("consent",))
        self.assertEqual(["login", "consent"], page.shown)
        self.assertLess(len(page.response.url), 1200)
        landing = self.site.walk(browser, page.response)
        self.assertEqual("s" * 30, landing.params["state"])
        self.assertLoggedIn(landing)

    def test_what_is_too_large_is_refused(self):
        response = self.push(extension="x" * 70_000)
        self.assertEqual(413, response.status, response)
        self.assertAlive()

    def test_a_login_survives_a_reload_and_is_told_when_its_request_is_gone(self):
        browser = self.browser()
        page = self.ask(self.pushed(), browser=browser)
        self.server.reload()
        self.assertLoggedIn(self.site.walk(browser, page.response, self.user))

    def test_a_page_can_be_started_again(self):
        browser = self.browser()
        page = self.ask(self.pushed(), browser=browser)
        again = browser.get(page.response.url.replace("/login", "/restart"))
        self.assertLoggedIn(self.site.walk(browser, again, self.user))

    def test_another_registration_of_the_client_inherits_nothing(self):
        client = self.client("short", "https://short.example/cb")
        uri = self.pushed(client)
        self.server.command("client", "remove", "short")
        again = self.client("short", "https://short.example/cb")
        wait_until(lambda: self.push(again).status == 201, 30, "the new client is not known")
        self.assertRefused(self.ask(uri, again, self.user))

    def test_what_cannot_be_done_is_not_registered(self):
        with self.assertRaises(CommandFailed) as failed:
            self.client("refused", options=("--member", 'require_pushed_authorization_requests="yes"'))
        self.assertIn("require_pushed_authorization_requests: must be true or false", failed.exception.output)

    def test_sites_in_browsers_may_push(self):
        response = self.browser().post(PUSH, self.public.request(), headers={"Origin": "https://public.example"})
        self.assertEqual(201, response.status)
        self.assertEqual("*", response.header("Access-Control-Allow-Origin"))

    def test_the_log_says_why(self):
        self.assertPushError(self.push(redirect_uri="https://evil.example/why"))
        wait_until(lambda: [line for line in self.server.log_lines() if "evil.example/why" in json.dumps(line)],
                   30, "not told")


class ShortLived(PushedStory):
    plugins = [*USES, {"use": "request_source.par", "expires_in": "5s"}]

    def test_par_attempt_to_use_expired_request_uri(self):
        browser = self.browser()
        response = self.push(state="inside")
        self.assertEqual(5, response.json()["expires_in"])
        uri = response.json()["request_uri"]
        opened = self.ask(uri, browser=browser)
        self.assertEqual(["login"], opened.shown)
        wait_until(lambda: not self.ask(uri).shown, 60, "it does not expire")
        self.assertRefused(self.ask(uri))
        landing = self.site.walk(browser, opened.response, self.user)
        self.assertEqual("inside", landing.params["state"])
        self.assertLoggedIn(landing)


class ForAll(PushedStory):
    plugins = [*USES, {"use": "request_source.par", "required": True}]

    def test_ensure_unsigned_authorization_request_without_using_par_fails(self):
        self.assertIs(True, self.server.metadata["require_pushed_authorization_requests"])
        landing = self.site.journey(self.browser(), self.user, state="s")
        self.assertErrorBack(landing, "invalid_request", "s")
        self.assertLoggedIn(self.ask(self.pushed(), user=self.user))


class Limited(PushedStory):
    settings = {"limits": {"requests": 5, "requests_window": "1h"}}

    def test_pushes_of_a_client_are_limited_as_its_other_requests(self):
        answers = [self.push() for _ in range(8)]
        self.assertEqual({201, 429}, {answer.status for answer in answers})
        self.assertTrue(int(answers[-1].header("Retry-After")) > 0)
        self.assertEqual(201, self.push(self.other).status)


class LimitedByDefault(PushedStory):
    """What is pushed is stored: nobody who proves nothing fills the storage."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.public = cls.client("public", "https://public.example/cb", method="none")

    def test_what_anybody_could_push_is_limited(self):
        answers = [self.push(self.public) for _ in range(120)]
        self.assertEqual({201, 429}, {answer.status for answer in answers})
        self.assertEqual(100, sum(answer.status == 201 for answer in answers))
        self.assertTrue(0 < int(answers[-1].header("Retry-After")) <= 60)
        self.assertEqual({201}, {self.push().status for _ in range(20)})


class SignedAndPushed(PushedStory):
    """Request objects inside pushed requests (RFC 9126 section 3)."""

    plugins = [*USES_PAR, {"use": "request_source.request_object", "longest_life": "1h"},
               "client_metadata_rule.request_object"]

    @classmethod
    def setUpClass(cls):
        cls.shelf = Shelf("application/oauth-authz-req+jwt")
        cls.addClassCleanup(cls.shelf.close)
        cls.settings = {"outgoing": {"allow": [cls.shelf.origin], "timeout": "2s"}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.signer = jwt.Signer("ES256")
        jwks = cls.server.folder / "keys.json"
        jwks.write_text(json.dumps({"keys": [cls.signer.jwk()]}))
        cls.signing = cls.keyed("signing", jwks, request_object_signing_alg="ES256",
                                request_uris=json.dumps([cls.shelf.origin + "/object"]))
        cls.strict = cls.keyed("strict", jwks, require_signed_request_object="true",
                               require_pushed_authorization_requests="true")

    @classmethod
    def keyed(cls, identifier, jwks, **members):
        options = [part for name, value in members.items() for part in ("--member", f"{name}={value}")]
        return cls.client(identifier, f"https://{identifier}.example/callback", options=("--jwks", str(jwks), *options))

    def object(self, site=None, signer=None, **changes):
        site = site or self.signing
        now = int(time.time())
        claims = {"iss": site.id, "aud": self.server.issuer, "nbf": now, "exp": now + 300,
                  **site.request(scope="openid email"), **changes}
        return (signer or self.signer).sign({name: value for name, value in claims.items() if value is not None})

    def push_object(self, made, site=None, **beside):
        site = site or self.signing
        return site.call(PUSH, {"client_id": site.id, "request": made, **beside})

    def pushed_object(self, site=None, beside=None, **changes):
        response = self.push_object(self.object(site, **changes), site, **(beside or {}))
        self.assertEqual(201, response.status, response)
        return response.json()["request_uri"]

    def test_signed_non_repudiation_happy_flow(self):
        uri = self.pushed_object(self.strict, state="inside")
        landing = self.ask(uri, self.strict, self.user, state="outside")
        self.assertEqual("inside", landing.params["state"])
        self.assertEqual("openid email", self.assertLoggedIn(landing, self.strict)["scope"])

    def test_ensure_different_nonce_and_state_inside_and_outside_request_object(self):
        uri = self.pushed_object(state="inside", nonce="n" * 20, beside={"state": "beside", "nonce": "beside"})
        landing = self.ask(uri, self.signing, self.user, state="outside", nonce="outside")
        self.assertEqual("inside", landing.params["state"])
        self.assertLoggedIn(landing, self.signing, "n" * 20)

    def test_ensure_request_object_with_multiple_aud_succeeds(self):
        self.pushed_object(aud=["https://else.example", self.server.issuer])

    def test_ensure_request_object_nbf_8_seconds_in_the_future_is_accepted(self):
        self.pushed_object(nbf=int(time.time()) + 8)

    def test_every_bad_request_object_is_refused_when_it_is_pushed(self):
        now = int(time.time())
        for name, changes in {"without exp": {"exp": None}, "without nbf": {"nbf": None},
                              "expired": {"nbf": now - 600, "exp": now - 300}, "bad aud": {"aud": "https://else.example"},
                              "aud is the endpoint": {"aud": self.server.issuer + PUSH},
                              "exp over 60": {"exp": now + 4000}, "nbf over 60": {"nbf": now - 4000},
                              "request_uri inside": {"request_uri": URN + "x"}, "request inside": {"request": "x"},
                              "another client": {"client_id": "other"}, "another issuer": {"iss": "other"}}.items():
            with self.subTest(name):
                self.assertPushError(self.push_object(self.object(**changes)), "invalid_request_object")
        self.assertPushError(self.push_object(self.object(signer=jwt.Signer("ES256"))), "invalid_request_object")
        self.assertPushError(self.push_object(self.object(signer=jwt.Signer("RS256"))), "invalid_request_object")
        unsigned = jwt.encode({"alg": "none"}) + "." + self.object().split(".")[1] + "."
        self.assertPushError(self.push_object(unsigned), "invalid_request_object")

    def test_what_is_inside_is_checked_like_what_is_pushed_plainly(self):
        self.assertPushError(self.push_object(self.object(redirect_uri=None)))
        self.assertPushError(self.push_object(self.object(code_challenge=None)))
        self.assertPushError(self.push_object(self.object(response_type="token")), "unsupported_response_type")

    def test_ensure_unsigned_request_at_par_endpoint_fails(self):
        self.assertPushError(self.push(self.strict))

    def test_a_signed_request_in_the_front_channel_is_not_pushed(self):
        browser = self.browser()
        response = browser.get(AUTHORIZE, client_id="strict", request=self.object(self.strict),
                               redirect_uri=self.strict.redirect, state="s")
        self.assertErrorBack(self.strict.walk(browser, response, self.user), "invalid_request", "s")

    def test_an_object_with_an_id_has_one_answer_however_it_comes(self):
        made = self.object(jti=secrets.token_urlsafe(8))
        first, second = (self.push_object(made).json()["request_uri"] for _ in range(2))
        browser = self.browser()
        self.assertLoggedIn(self.ask(first, self.signing, self.user, browser), self.signing)
        for query in {"request_uri": first}, {"request_uri": second}, {"request": made}:
            landing = self.signing.walk(browser, browser.get(AUTHORIZE, client_id="signing", **query), self.user)
            self.assertErrorBack(landing, "invalid_request_uri")

    def test_both_kinds_of_request_uri_are_read_by_who_has_them(self):
        self.assertIs(True, self.server.metadata["request_uri_parameter_supported"])
        self.shelf.put("/object", self.object(state="fetched"))
        landing = self.ask(self.shelf.origin + "/object", self.signing, self.user)
        self.assertEqual("fetched", landing.params["state"])
        self.assertLoggedIn(landing, self.signing)
        self.assertLoggedIn(self.ask(self.pushed_object(), self.signing, self.user), self.signing)
        self.assertErrorBack(self.ask(self.pushed_object(), self.signing, self.user, request=self.object()),
                             "invalid_request")
