# SPDX-License-Identifier: Apache-2.0
"""The modules of the plan for FAPI 2.0 Message Signing, each for clients with keys and for clients with certificates."""
import time

from harness import jwt
from harness.mutual import PLUGINS
from harness.server import USES
from test_fapi2 import DPOP, PAR, PUSH, SIGNED
from test_fapi2_plan import ALGORITHMS, ByCertificate, ByKey, Flow


class MessageSigning(Flow):
    """fapi2-message-signing-final: fapi_request_method=signed_non_repudiation, fapi_response_mode=jarm."""

    profile = "fapi2_message_signing"

    def signer(self, site):
        return site.signer or self.signers[site.id]

    def signed(self, site, signer=None, **claims):
        now = int(time.time())
        said = {**site.request(), "iss": site.id, "aud": self.server.issuer, "nbf": now, "exp": now + 300, **claims}
        return (signer or self.signer(site)).sign({name: value for name, value in said.items() if value is not None})

    def push(self, site, signer=None, **claims):
        return site.call(PUSH, {"client_id": site.id, "request": self.signed(site, signer, **claims)})

    def assertObjectRefused(self, **claims):
        self.assertPushRefused(self.push(self.shop, **claims), ("invalid_request_object", "invalid_request"))
        self.assertEqual(201, self.push(self.shop).status)

    def answered(self, landing, site):
        """What a JWT in the answer says (JARM section 2.1)."""
        self.assertEqual({"response"}, set(landing.params), landing)
        header, claims = jwt.verify(landing.params["response"], self.keys(), ALGORITHMS)
        self.assertTrue(header["kid"])
        self.assertEqual((self.server.issuer, site.id), (claims["iss"], claims["aud"]))
        self.assertTrue(10 <= claims["exp"] - time.time() <= 600)
        return claims

    def test_happy_flow(self):
        for site in (self.shop, self.bank):
            tokens = self.redeemed(site)
            self.assertEqual(self.cnf(site), jwt.claims_of(tokens["access_token"])["cnf"])

    def test_happy_flow_jarm(self):
        said = self.answered(self.landing(self.shop, self.pushed(self.shop, response_mode="jwt", state="s")), self.shop)
        self.assertEqual("s", said["state"])
        self.assertTokens(self.shop.redeem(said["code"]), kind=self.kind)

    def test_user_rejects_authentication_jarm(self):
        uri = self.pushed(self.shop, response_mode="jwt", state="s", prompt="consent")
        said = self.answered(self.landing(self.shop, uri, "deny"), self.shop)
        self.assertEqual(("access_denied", "s"), (said["error"], said["state"]))

    def test_ensure_request_object_with_multiple_aud_succeeds(self):
        self.assertEqual(201, self.push(self.shop, aud=["https://other.example", self.server.issuer]).status)

    def test_ensure_request_object_without_exp_fails(self):
        self.assertObjectRefused(exp=None)

    def test_ensure_request_object_without_nbf_fails(self):
        self.assertObjectRefused(nbf=None)

    def test_ensure_expired_request_object_fails(self):
        now = int(time.time())
        self.assertObjectRefused(nbf=now - 600, exp=now - 300)

    def test_ensure_request_object_with_bad_aud_fails(self):
        self.assertObjectRefused(aud="https://other.example")

    def test_ensure_request_object_with_exp_over_60_fails(self):
        self.assertObjectRefused(exp=int(time.time()) + 3700)

    def test_ensure_request_object_with_nbf_over_60_fails(self):
        self.assertObjectRefused(nbf=int(time.time()) - 3700)

    def test_ensure_request_object_nbf_8_seconds_in_the_future_is_accepted(self):
        self.assertEqual(201, self.push(self.shop, nbf=int(time.time()) + 8).status)

    def test_ensure_signed_request_object_with_RS256_fails(self):
        weak = jwt.Signer("RS256")
        weak.private = self.signer(self.bank).private
        self.assertPushRefused(self.push(self.bank, weak), ("invalid_request_object", "invalid_request"))
        self.assertEqual(201, self.push(self.bank).status)

    def test_ensure_request_object_signature_algorithm_is_not_none(self):
        body = self.signed(self.shop).split(".")[1]
        unsigned = jwt.encode({"alg": "none"}) + f".{body}."
        refused = self.shop.call(PUSH, {"client_id": "shop", "request": unsigned})
        self.assertPushRefused(refused, ("invalid_request_object", "invalid_request"))

    def test_ensure_request_object_with_invalid_signature_fails(self):
        head, body, _ = self.signed(self.shop).split(".")
        other = self.signed(self.shop).split(".")[2]
        refused = self.shop.call(PUSH, {"client_id": "shop", "request": f"{head}.{body}.{other}"})
        self.assertPushRefused(refused, ("invalid_request_object", "invalid_request"))

    def test_ensure_matching_key_in_authorization_request(self):
        self.assertObjectRefused(signer=jwt.Signer("ES256"))
        self.assertPushRefused(self.push(self.shop, self.signer(self.bank)), ("invalid_request_object", "invalid_request"))

    def test_ensure_unsigned_request_at_par_endpoint_fails(self):
        self.assertPushRefused(self.shop.call(PUSH, self.shop.request()), ("invalid_request_object", "invalid_request"))

    def test_par_authorization_request_containing_request_uri(self):
        self.assertObjectRefused(request_uri=self.pushed(self.shop))


class MessageSigningByKey(MessageSigning, ByKey):
    plugins = [*USES, *PAR, *DPOP, *SIGNED]


class MessageSigningByCertificate(MessageSigning, ByCertificate):
    plugins = [*PLUGINS, *PAR, *SIGNED]
