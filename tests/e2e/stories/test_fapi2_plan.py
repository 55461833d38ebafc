# SPDX-License-Identifier: Apache-2.0
"""The modules of the FAPI 2.0 plan, each for clients with keys (private_key_jwt, DPoP) and for clients with certificates (mutual
TLS for both), at a server with one word of configuration."""
import json
import time

from harness import jwt
from harness.mutual import PLUGINS, MutualStory, thumbprint
from harness.server import MODULES
from harness.site import AUTHORIZE, TOKEN, USERINFO
from harness.story import Story
from harness.web import wait_until
from test_fapi2 import PAR, PUSH, ProfileStory

ALGORITHMS = ("PS256", "ES256", "EdDSA")
LIVES = 5
OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}


def shortly(plugins):
    """The same, with pushed requests that live for seconds."""
    return [use if use != "request_source.par" else {"use": use, "expires_in": f"{LIVES}s"} for use in plugins]


class ByKey(ProfileStory):
    """client_auth_type=private_key_jwt, sender_constrain=dpop."""

    kind, scheme, method = "dpop", "DPoP", "private_key_jwt"

    def cnf(self, site):
        return {"jkt": site.key.jkt}

    def unproven(self, site, url, form):
        """Without what binds tokens."""
        return site.call(url, form, proof=False)

    def show(self, site, tokens, scheme=None, **fields):
        token = tokens["access_token"]
        return self.browser().get(USERINFO, headers={"Authorization": f"{scheme or self.scheme} {token}",
                                                     "DPoP": site.key.proof("GET", USERINFO, token), **fields})

    def in_query(self, site, tokens):
        token = tokens["access_token"]
        return self.browser().get(USERINFO, access_token=token, headers={"DPoP": site.key.proof("GET", USERINFO, token)})


class ByCertificate(MutualStory, Story):
    """client_auth_type=mtls, sender_constrain=mtls."""

    kind, scheme, method = "bearer", "Bearer", "tls_client_auth"
    profile = "fapi2"
    lifetimes = {}
    plugins = [*PLUGINS, *PAR]
    modules = [*MODULES, "par"]

    @classmethod
    def setUpClass(cls):
        cls.settings = {"oauth": {"profile": cls.profile, **cls.lifetimes}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop, cls.bank = cls.shown("shop", "ES256"), cls.shown("bank", "PS256")

    @classmethod
    def shown(cls, name, algorithm):
        signer = jwt.Signer(algorithm)
        file = cls.server.folder / f"{name}.jwks"
        file.write_text(json.dumps({"keys": [signer.jwk()]}))
        site = cls.mutual_site(name, cls.certificates.issue(name), options=(
            "--jwks", str(file), "--member", f"tls_client_auth_subject_dn=CN={name}"))
        cls.signers = {**getattr(cls, "signers", {}), name: signer}
        return site

    def cnf(self, site):
        return {"x5t#S256": thumbprint(site.pair)}

    def unproven(self, site, url, form):
        return site.by(None).call(url, {**form, "client_id": site.id})

    def show(self, site, tokens, scheme=None, **fields):
        return self.door(site.pair).get(USERINFO, headers={
            "Authorization": f"{scheme or self.scheme} {tokens['access_token']}", **fields})

    def in_query(self, site, tokens):
        return self.door(site.pair).get(USERINFO, access_token=tokens["access_token"])

    def push(self, site, **changes):
        return site.call(PUSH, site.request(**changes))


class Flow:
    """What a client of the plans does."""

    def pushed(self, site, **changes):
        answer = self.push(site, **changes)
        self.assertEqual(201, answer.status, answer)
        return answer.json()["request_uri"]

    def landing(self, site, uri, consent="allow", browser=None, user=True, **beside):
        browser = browser or self.browser()
        start = browser.get(AUTHORIZE, client_id=site.id, request_uri=uri, **beside)
        return site.walk(browser, start, self.user if user else None, consent)

    def asked(self, site, **changes):
        return self.landing(site, self.pushed(site, **changes))

    def redeemed(self, site, openid=True, **changes):
        return self.assertTokens(site.redeem(self.asked(site, **changes).code), openid, self.kind)

    def assertPushRefused(self, answer, codes=("invalid_request",)):
        self.assertEqual(400, answer.status, answer)
        self.assertIn(answer.json()["error"], codes)


class SecurityProfile(Flow):
    """fapi2-security-profile-final."""

    def test_discovery_end_point_verification(self):
        told = self.server.metadata
        self.assertIs(True, told["authorization_response_iss_parameter_supported"])
        self.assertTrue(told["pushed_authorization_request_endpoint"].startswith(self.server.issuer))
        self.assertIn("S256", told["code_challenge_methods_supported"])
        self.assertIn("code", told["response_types_supported"])
        self.assertIn("authorization_code", told["grant_types_supported"])
        self.assertIn(self.method, told["token_endpoint_auth_methods_supported"])
        self.assertTrue(set(ALGORITHMS) & set(told["id_token_signing_alg_values_supported"]))
        self.assertIsInstance(told["require_pushed_authorization_requests"], bool)
        if self.kind == "dpop":
            self.assertTrue(set(ALGORITHMS) & set(told["dpop_signing_alg_values_supported"]))
            self.assertTrue(set(ALGORITHMS) & set(told["token_endpoint_auth_signing_alg_values_supported"]))
        else:
            self.assertIs(True, told["tls_client_certificate_bound_access_tokens"])

    def test_happy_flow(self):
        for site in (self.shop, self.bank):
            request_nonce = "n" * 43
            answer = self.push(site, nonce=request_nonce)
            self.assertEqual((201, "application/json"), (answer.status, answer.media_type))
            self.assertIn("no-store", answer.header("Cache-Control"))
            self.assertTrue(5 <= answer.json()["expires_in"] <= 600)
            landing = self.landing(site, answer.json()["request_uri"])
            self.assertEqual(self.server.issuer, landing.params["iss"])
            tokens = self.assertTokens(site.redeem(landing.code), kind=self.kind)
            claims = self.assertIdToken(tokens["id_token"], site, request_nonce)
            self.assertIn(jwt.parts(tokens["id_token"])[0]["alg"], ALGORITHMS)
            self.assertEqual(self.cnf(site), jwt.claims_of(tokens["access_token"])["cnf"])
            answer = self.show(site, tokens)
            self.assertEqual((200, claims["sub"]), (answer.status, answer.json()["sub"]))
            self.assertTrue(answer.header("Date"))

    def test_user_rejects_authentication(self):
        landing = self.landing(self.shop, self.pushed(self.shop, state="s", prompt="consent"), "deny")
        self.assertErrorBack(landing, "access_denied", "s")

    def test_ensure_authorization_request_without_state_success(self):
        landing = self.asked(self.shop, state=None)
        self.assertEqual({"code", "iss"}, set(landing.params))
        self.assertTokens(self.shop.redeem(landing.code), kind=self.kind)

    def test_ensure_authorization_request_without_nonce_success(self):
        tokens = self.redeemed(self.shop, nonce=None)
        self.assertNotIn("nonce", jwt.claims_of(tokens["id_token"]))

    def test_ensure_authorization_request_with_64_char_nonce_success(self):
        tokens = self.redeemed(self.shop, nonce="N" * 64)
        self.assertEqual("N" * 64, jwt.claims_of(tokens["id_token"])["nonce"])

    def test_ensure_authorization_request_with_long_nonce(self):
        tokens = self.redeemed(self.shop, nonce="N" * 384)
        self.assertEqual("N" * 384, jwt.claims_of(tokens["id_token"])["nonce"])

    def test_ensure_authorization_request_with_long_state(self):
        self.assertEqual("s" * 384, self.asked(self.shop, state="s" * 384).params["state"])

    def test_ensure_other_scope_order_succeeds(self):
        told = [self.redeemed(self.shop, scope=scope)["scope"] for scope in ("openid email profile", "profile email openid")]
        self.assertEqual(*(set(scope.split()) for scope in told))

    def test_claims_parameter_identity_claims(self):
        tokens = self.redeemed(self.shop, claims=json.dumps({"id_token": {"email": None}, "userinfo": {"name": None}}))
        self.assertEqual(self.user.claims["email"], jwt.claims_of(tokens["id_token"])["email"])
        self.assertEqual(self.user.claims["name"], self.show(self.shop, tokens).json()["name"])

    def test_ensure_different_nonce_inside_and_outside_request_object(self):
        landing = self.landing(self.shop, self.pushed(self.shop, nonce="inside"), nonce="outside")
        tokens = self.assertTokens(self.shop.redeem(landing.code), kind=self.kind)
        self.assertEqual("inside", jwt.claims_of(tokens["id_token"])["nonce"])

    def test_ensure_different_state_inside_and_outside_request_object(self):
        landing = self.landing(self.shop, self.pushed(self.shop, state="inside"), state="outside")
        self.assertEqual("inside", landing.params["state"])

    def test_state_only_outside_request_object_not_used(self):
        self.assertNotIn("state", self.landing(self.shop, self.pushed(self.shop, state=None), state="outside").params)

    def test_par_without_duplicate_parameters(self):
        self.assertTrue(self.landing(self.shop, self.pushed(self.shop)).code)

    def test_ensure_request_object_without_redirect_uri_fails(self):
        self.assertPushRefused(self.push(self.shop, redirect_uri=None))

    def test_ensure_redirect_uri_in_authorization_request(self):
        landing = self.landing(self.shop, self.pushed(self.shop), redirect_uri="https://evil.example/")
        self.assertEqual(self.shop.redirect, landing.uri)

    def test_ensure_registered_redirect_uri(self):
        self.assertPushRefused(self.push(self.shop, redirect_uri="https://shop.example/callback2"))

    def test_ensure_unsigned_authorization_request_without_using_par_fails(self):
        self.assertErrorBack(self.shop.journey(self.browser(), self.user, state="s"), "invalid_request", "s")

    def test_ensure_response_type_code_idtoken_fails(self):
        self.assertPushRefused(self.push(self.shop, response_type="code id_token"),
                               ("unsupported_response_type", "unauthorized_client", "invalid_request"))

    def test_ensure_response_type_token_fails(self):
        self.assertPushRefused(self.push(self.shop, response_type="token"),
                               ("unsupported_response_type", "unauthorized_client", "invalid_request"))

    def test_ensure_client_id_in_token_endpoint(self):
        code = self.asked(self.shop).code
        self.assertTokenError(self.shop.redeem(code, client_id="bank"), ("invalid_client", "invalid_request"))
        self.assertTokens(self.shop.redeem(code), kind=self.kind)

    def test_ensure_holder_of_key_required(self):
        code = self.asked(self.shop).code
        refused = self.unproven(self.shop, TOKEN, {"grant_type": "authorization_code", "code": code, "redirect_uri":
                                                   self.shop.redirect, "code_verifier": self.shop.pkce.verifier})
        self.assertIn(refused.status, (400, 401), refused)
        self.assertTokens(self.shop.redeem(code), kind=self.kind)

    def test_ensure_authorization_code_is_bound_to_client(self):
        code = self.asked(self.shop).code
        refused = self.bank.redeem(code, redirect_uri=self.shop.redirect, code_verifier=self.shop.pkce.verifier)
        self.assertTokenError(refused, "invalid_grant", 400)

    def test_attempt_reuse_authorization_code_after_one_second(self):
        code = self.asked(self.shop).code
        tokens = self.assertTokens(self.shop.redeem(code), kind=self.kind)
        self.assertEqual(200, self.show(self.shop, tokens).status)
        self.assertTokenError(self.shop.redeem(code), "invalid_grant", 400)
        self.assertTokenError(self.shop.redeem(code, code_verifier="w" * 43), "invalid_grant", 400)
        self.assertEqual(401, self.show(self.shop, tokens).status, "who does not know the verifier stole it")

    def test_ensure_client_assertion_in_token_endpoint(self):
        refused = self.browser().post(TOKEN, {"grant_type": "authorization_code", "code": "x", "client_id": "shop",
                                              "redirect_uri": self.shop.redirect}, cookies=False)
        self.assertTokenError(refused, "invalid_client", 401)

    def test_par_ensure_pkce_required(self):
        self.assertPushRefused(self.push(self.shop, code_challenge=None, code_challenge_method=None))

    def test_par_plain_pkce_rejected(self):
        self.assertPushRefused(self.push(self.shop, code_challenge="v" * 43, code_challenge_method="plain"))

    def test_ensure_pkce_code_verifier_required(self):
        self.assertTokenError(self.shop.redeem(self.asked(self.shop).code, code_verifier=None), "invalid_grant", 400)

    def test_incorrect_pkce_code_verifier_rejected(self):
        self.assertTokenError(self.shop.redeem(self.asked(self.shop).code, code_verifier="w" * 43), "invalid_grant", 400)

    def test_par_authorization_request_containing_request_uri_form_param(self):
        self.assertPushRefused(self.push(self.shop, request_uri=self.pushed(self.shop)))

    def test_par_attempt_invalid_http_method(self):
        self.assertEqual(405, self.browser().request("PUT", PUSH, body="").status)

    def test_par_attempt_to_use_request_uri_for_different_client(self):
        uri = self.pushed(self.shop)
        self.assertErrorBack(self.landing(self.bank, uri), ("invalid_request_uri", "invalid_request"))
        self.assertTrue(self.landing(self.shop, uri).code)

    def test_par_attempt_reuse_request_uri(self):
        uri = self.pushed(self.shop)
        self.assertTrue(self.landing(self.shop, uri).code)
        again = self.landing(self.shop, uri)
        self.assertFalse(again.is_back and "code" in again.params, again)

    def test_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds(self):
        uri, browser = self.pushed(self.shop), self.browser()
        self.assertEqual(["login"], self.landing(self.shop, uri, browser=browser, user=False).shown)
        self.assertTokens(self.shop.redeem(self.landing(self.shop, uri, browser=browser).code), kind=self.kind)

    def test_refresh_token(self):
        kept = self.redeemed(self.shop, **OFFLINE)["refresh_token"]
        form = {"grant_type": "refresh_token", "refresh_token": kept}
        nobody = self.browser().post(TOKEN, {**form, "client_id": "shop"}, cookies=False)
        self.assertTokenError(nobody, ("invalid_client", "invalid_grant", "invalid_request"))
        self.assertIn(self.unproven(self.shop, TOKEN, form).status, (400, 401))
        self.assertTokenError(self.bank.refresh(kept), ("invalid_client", "invalid_grant", "invalid_request"))
        for _ in range(2):
            again = self.assertTokens(self.shop.refresh(kept), kind=self.kind)
            self.assertEqual(kept, again.get("refresh_token", kept), "it is not rotated")
            self.assertEqual(200, self.show(self.shop, again).status)

    def test_access_token_type_header_case_sensitivity(self):
        tokens = self.redeemed(self.shop)
        for scheme in (self.scheme, self.scheme.lower(), self.scheme.upper()):
            self.assertEqual(200, self.show(self.shop, tokens, scheme).status)

    def test_resource_with_various_accept_headers(self):
        tokens = self.redeemed(self.shop)
        for accept in ("application/json", "*/*", "text/plain, application/json;q=0.5", "application/json; charset=utf-8"):
            self.assertEqual(200, self.show(self.shop, tokens, Accept=accept).status)

    def test_access_token_in_the_query_is_refused(self):
        self.assertEqual(401, self.in_query(self.shop, self.redeemed(self.shop)).status)


class ShortLives(Flow):
    """What ends by itself, with lives of seconds."""

    def test_ensure_token_endpoint_fails_with_expired_auth_code(self):
        code = self.asked(self.shop).code
        expires = time.time() + LIVES
        wait_until(lambda: time.time() > expires + 1, 30)
        self.assertTokenError(self.shop.redeem(code), "invalid_grant", 400)
        self.assertTokens(self.shop.redeem(self.asked(self.shop).code), kind=self.kind)

    def test_par_attempt_to_use_expired_request_uri(self):
        uri = self.pushed(self.shop)
        wait_until(lambda: not self.landing(self.shop, uri, user=False).shown, 60, "it does not expire")
        refused = self.landing(self.shop, uri)
        self.assertErrorBack(refused, ("invalid_request_uri", "invalid_request"))
        self.assertTrue(self.asked(self.shop).code)


class ShortLivesByKey(ShortLives, ByKey):
    plugins = shortly(ByKey.plugins)
    lifetimes = {"authorization_code_ttl_secs": LIVES}


class ShortLivesByCertificate(ShortLives, ByCertificate):
    plugins = shortly(ByCertificate.plugins)
    lifetimes = {"authorization_code_ttl_secs": LIVES}


class SecurityProfileByKey(SecurityProfile, ByKey):
    def asserted(self, **claims):
        """The answer to a push with an assertion that says this."""
        form = {**self.shop.request(), "client_id": "shop", **self.shop.assertion(**claims)}
        return self.browser().post(PUSH, form, headers={"DPoP": self.shop.key.proof("POST", PUSH)}, cookies=False)

    def test_happy_flow_with_dpop_jkt_and_no_proof(self):
        uri = self.unproven(self.bank, PUSH, self.bank.request(dpop_jkt=self.bank.key.jkt)).json()["request_uri"]
        self.assertTokens(self.bank.redeem(self.landing(self.bank, uri).code), kind="dpop")

    def test_par_ensure_jwt_client_assertions_nbf_8_seconds_in_the_future_is_accepted(self):
        now = int(time.time())
        self.assertEqual(201, self.asserted(nbf=now + 8, iat=now + 8).status)

    def test_par_ensure_jwt_client_assertions_nbf_over_60_seconds_in_the_future_fails(self):
        now = int(time.time())
        self.assertTokenError(self.asserted(nbf=now + 70, iat=now, exp=now + 120), "invalid_client", 401)
        self.assertTokenError(self.asserted(iat=now + 70, exp=now + 120), "invalid_client", 401)
        self.assertEqual(201, self.asserted().status)


class SecurityProfileByCertificate(SecurityProfile, ByCertificate):
    pass
