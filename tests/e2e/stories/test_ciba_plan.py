# SPDX-License-Identifier: Apache-2.0
"""The modules of the plan for FAPI-CIBA, each for clients with keys and for clients with certificates, that poll and that are pinged.
Requests are signed, and tokens bound to a certificate, always."""
import json
import secrets
import time

from harness import jwt
from harness.ciba import ASK, GRANT, GRANTS, JOBS, PARTS, Asking, Receiver, wait_over
from harness.mutual import BOUND, PLUGINS, MutualStory, thumbprint
from harness.server import MODULES
from harness.site import TOKEN
from harness.story import Story
from harness.web import wait_until

HOUR = 3600


class FapiCiba(Asking, MutualStory):
    plugins = [*PLUGINS, *PARTS]
    modules = [*MODULES, {"use": "ciba", "most_of_person": 10_000}]
    mode = "poll"
    method = "private_key_jwt"

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver().open()
        cls.addClassCleanup(cls.receiver.close)
        cls.settings = {"jobs": JOBS, "outgoing": {"allow": [cls.receiver.origin], "pause": "200ms"}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.signers = {}
        cls.shop, cls.bank = cls.asking("shop", "ES256"), cls.asking("bank", "PS256")
        cls.desk = cls.client("desk", f"{cls.server.issuer}/approvals/done")

    @classmethod
    def asking(cls, name, algorithm):
        signer = cls.signers[name] = jwt.Signer(algorithm)
        file = cls.server.folder / f"{name}.jwks"
        file.write_text(json.dumps({"keys": [signer.jwk()]}))
        members = {"backchannel_token_delivery_mode": cls.mode, "backchannel_authentication_request_signing_alg": algorithm}
        if cls.mode == "ping":
            members["backchannel_client_notification_endpoint"] = f"{cls.receiver.origin}/{name}"
        if cls.method == "tls_client_auth":
            members["tls_client_auth_subject_dn"] = f"CN={name}"
        options = [*BOUND, "--jwks", str(file)]
        for member, value in members.items():
            options += ["--member", f"{member}={value}"]
        site = cls.mutual_site(name, cls.certificates.issue(name), cls.method, options, grants=GRANTS)
        if cls.method == "private_key_jwt":
            site.method, site.signer = cls.method, signer
        return site

    def setUp(self):
        self.receiver.got.clear()
        self.receiver.answer = lambda body: (204, None)
        self.receiver.headers = {}

    def said(self, site, **claims):
        now = int(time.time())
        said = {"iss": site.id, "aud": self.server.issuer, "iat": now, "nbf": now, "exp": now + 300,
                "jti": secrets.token_urlsafe(16), "scope": "openid offline_access", "login_hint": "ada",
                "client_notification_token": "ping-token-of-128-bits", **claims}
        return {name: value for name, value in said.items() if value is not None}

    def signed(self, site, signer=None, **claims):
        return (signer or self.signers[site.id]).sign(self.said(site, **claims))

    def ask(self, site=None, signer=None, **claims):
        site = site or self.shop
        return site.call(ASK, {"client_id": site.id, "request": self.signed(site, signer, **claims)})

    def assertRefused(self, signer=None, **claims):
        response = self.ask(self.shop, signer, **claims)
        self.assertIn((response.status, response.json()["error"]), ((400, "invalid_request"), (401, "invalid_client")), response)
        self.asked(self.shop)

    def allowed(self, site=None, **claims):
        """Asked, allowed, and redeemed."""
        site = site or self.shop
        asked = self.asked(site, **claims)
        self.decide()
        return asked, self.first_tokens(asked, site)

    def test_discovery_end_point_verification(self):
        told = self.server.metadata
        self.assertTrue(told["backchannel_authentication_endpoint"].startswith("https://"))
        self.assertTrue(told["mtls_endpoint_aliases"]["backchannel_authentication_endpoint"].startswith(self.mutual))
        self.assertIn(self.mode, told["backchannel_token_delivery_modes_supported"])
        self.assertIn(GRANT, told["grant_types_supported"])
        self.assertTrue({"PS256", "ES256"} <= set(told["backchannel_authentication_request_signing_alg_values_supported"]))
        self.assertIsInstance(told["backchannel_user_code_parameter_supported"], bool)

    def test_happy_flow(self):
        for site in (self.shop, self.bank):
            asked = self.asked(site)
            self.assertGreaterEqual(len(asked["auth_req_id"]), 27)  # 160 bits
            self.assertTrue(asked["expires_in"] > 0 and asked["interval"] > 0)
            self.assertPoll("authorization_pending", asked, site)
            self.decide()
            tokens = self.first_tokens(asked, site)
            self.assertIdToken(tokens["id_token"], site)
            self.assertEqual({"x5t#S256": thumbprint(site.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])
            self.assertTokenError(self.poll(asked, site), "invalid_grant", 400)

    def test_user_rejects_authentication(self):
        asked = self.asked()
        self.decide("deny")
        wait_until(lambda: self.poll(asked).json()["error"] == "access_denied", 30, "not denied")

    def test_multiple_call_to_token_endpoint(self):
        asked = self.asked()
        self.assertPoll("authorization_pending", asked)
        self.assertPoll("slow_down", asked)
        self.decide()
        self.first_tokens(asked)

    def test_auth_req_id_expired(self):
        asked = self.asked(requested_expiry=1)
        self.assertEqual(1, asked["expires_in"])
        wait_over(asked)
        self.assertPoll("expired_token", asked)

    def test_requested_expiry_may_be_a_number_or_a_text(self):
        for wish in (30, "30"):
            self.assertEqual(30, self.asked(requested_expiry=wish)["expires_in"])

    def test_ensure_authorization_request_with_binding_message_succeeds(self):
        self.allowed(binding_message="1234")

    def test_ensure_authorization_request_with_potentially_bad_binding_message(self):
        self.assertAskRefused("invalid_binding_message", self.ask(binding_message="一" * 200))

    def test_ensure_request_object_missing_or_bad_aud_fails(self):
        for audience in (None, "https://other.example", [], ["https://other.example"]):
            self.assertRefused(aud=audience)

    def test_ensure_request_object_missing_or_bad_iss_fails(self):
        for issuer in (None, "bank", ""):
            self.assertRefused(iss=issuer)

    def test_ensure_request_object_missing_expired_or_far_exp_fails(self):
        now = int(time.time())
        for moment in (None, now - 300, now + 70 * 60, "soon"):
            self.assertRefused(exp=moment)

    def test_ensure_request_object_missing_iat_fails(self):
        self.assertRefused(iat=None)

    def test_ensure_request_object_missing_future_or_old_nbf_fails(self):
        now = int(time.time())
        for moment in (None, now + 600, now - 70 * 60):
            self.assertRefused(nbf=moment)

    def test_ensure_request_object_missing_jti_fails(self):
        self.assertRefused(jti=None)

    def test_ensure_request_object_is_good_once(self):
        form = {"client_id": "shop", "request": self.signed(self.shop)}
        self.assertEqual(200, self.shop.call(ASK, form).status)
        self.assertAskRefused("invalid_request", self.shop.call(ASK, form))

    def test_ensure_request_object_signature_algorithm_is_none_fails(self):
        said = jwt.b64(json.dumps(self.said(self.shop)).encode())
        for algorithm in ("none", "unknown"):
            header = jwt.b64(json.dumps({"alg": algorithm}).encode())
            self.assertAskRefused("invalid_request", self.shop.call(ASK, {"client_id": "shop", "request": f"{header}.{said}."}))

    def test_ensure_request_object_signature_algorithm_is_RS256_fails(self):
        self.assertRefused(jwt.Signer("RS256"))

    def test_ensure_request_object_signed_by_another_clients_key_fails(self):
        self.assertRefused(self.signers["bank"])
        self.assertRefused(jwt.Signer("ES256"))

    def test_ensure_request_object_with_multiple_hints_fails(self):
        token = self.allowed()[1]["id_token"]
        for more in ({"id_token_hint": token}, {"login_hint_token": "x"}, {"login_hint": None}):
            self.assertRefused(**more)

    def test_id_token_hint(self):
        token = self.allowed()[1]["id_token"]
        self.allowed(login_hint=None, id_token_hint=token)

    def test_ensure_unsigned_request_fails(self):
        form = {name: value for name, value in self.said(self.shop).items() if name in ("scope", "login_hint",
                                                                                          "client_notification_token")}
        self.assertAskRefused("invalid_request", self.shop.call(ASK, {"client_id": "shop", **form}))
        self.assertAskRefused("invalid_request", self.shop.call(ASK, {"client_id": "shop"}))
        beside = self.shop.call(ASK, {"client_id": "shop", "request": self.signed(self.shop, login_hint=None), **form})
        self.assertAskRefused("invalid_request", beside)

    def test_ensure_wrong_auth_req_id_in_token_endpoint_fails(self):
        asked = self.asked(self.bank)
        self.assertTokenError(self.poll(asked, self.shop), "invalid_grant", 400)

    def test_ensure_wrong_client_id_fails(self):
        asked = self.asked()
        self.assertTokenError(self.poll(asked, client_id="bank"), ("invalid_client", "invalid_request"))
        other = self.shop.call(ASK, {"client_id": "bank", "request": self.signed(self.bank)})
        self.assertIn(other.json()["error"], ("invalid_client", "invalid_request"), other)

    def test_ensure_holder_of_key_required(self):
        asked = self.asked()
        self.decide()
        refused = self.shop.by(None).call(TOKEN, {"grant_type": GRANT, "client_id": "shop",
                                                  "auth_req_id": asked["auth_req_id"]})
        self.assertIn(refused.status, (400, 401), refused)
        self.first_tokens(asked)

    def test_refresh_token(self):
        kept = self.allowed()[1]["refresh_token"]
        self.assertTokenError(self.bank.refresh(kept), ("invalid_client", "invalid_grant", "invalid_request"))
        unbound = self.shop.by(None).call(TOKEN, {"grant_type": "refresh_token", "refresh_token": kept, "client_id": "shop"})
        self.assertIn(unbound.status, (400, 401), unbound)
        self.assertTokens(self.shop.refresh(kept))


class WithKeys:
    method = "private_key_jwt"

    def test_ensure_client_assertion_in_backchannel_authorization_request(self):
        form = {"client_id": "shop", "request": self.signed(self.shop)}
        self.assertAskRefused("invalid_client", self.door(self.shop.pair).post(ASK, form, cookies=False), 401)

    def test_ensure_signed_client_assertion_with_RS256_fails(self):
        right, self.shop.signer = self.shop.signer, jwt.Signer("RS256")
        try:
            self.assertAskRefused("invalid_client", self.ask(), 401)
        finally:
            self.shop.signer = right


class WithCertificates:
    method = "tls_client_auth"

    def test_no_certificate_at_the_backchannel_authentication_endpoint_fails(self):
        form = {"client_id": "shop", "request": self.signed(self.shop)}
        self.assertAskRefused("invalid_client", self.shop.by(None).call(ASK, form), 401)


class Pinging:
    mode = "ping"

    def pinged(self, status, said=None):
        self.receiver.answer = lambda body: (status, said)
        asked = self.asked()
        self.decide()
        wait_until(lambda: self.server.command("jobs", "list") == [], 20, self.server.log)
        told = {"auth_req_id": asked["auth_req_id"]}  # that of the story before may come now
        [(path, fields)] = [(path, fields) for path, fields, body in self.receiver.got if body == told]
        self.assertEqual("/shop", path)
        self.assertEqual("Bearer ping-token-of-128-bits", fields["Authorization"])
        self.first_tokens(asked)

    def test_ping_notification_endpoint_response_has_body(self):
        self.pinged(200, {"thanks": True})

    def test_ping_notification_endpoint_response_401(self):
        self.pinged(401, {"error": "unauthorized"})

    def test_ping_notification_endpoint_response_403(self):
        self.pinged(403)

    def test_ping_notification_endpoint_response_redirect_is_not_followed(self):
        self.receiver.headers = {"Location": self.receiver.origin + "/elsewhere"}
        self.pinged(301)


class PollByKey(WithKeys, FapiCiba, Story):
    pass


class PollByCertificate(WithCertificates, FapiCiba, Story):
    pass


class PingByKey(Pinging, WithKeys, FapiCiba, Story):
    pass


class PingByCertificate(Pinging, WithCertificates, FapiCiba, Story):
    pass
