# SPDX-License-Identifier: Apache-2.0
"""A site's library reads what the server can do (OpenID Connect Discovery 1.0, RFC 8414)."""
import re

from harness import jwt, site
from harness.server import USES, Gatehouse
from harness.story import Story

KNOWN = set("""
issuer authorization_endpoint token_endpoint userinfo_endpoint jwks_uri registration_endpoint scopes_supported
response_types_supported response_modes_supported grant_types_supported acr_values_supported
subject_types_supported id_token_signing_alg_values_supported userinfo_signing_alg_values_supported
request_object_signing_alg_values_supported token_endpoint_auth_methods_supported
token_endpoint_auth_signing_alg_values_supported display_values_supported claim_types_supported claims_supported
service_documentation claims_locales_supported ui_locales_supported claims_parameter_supported
request_parameter_supported request_uri_parameter_supported require_request_uri_registration op_policy_uri op_tos_uri
revocation_endpoint revocation_endpoint_auth_methods_supported
revocation_endpoint_auth_signing_alg_values_supported introspection_endpoint
introspection_endpoint_auth_methods_supported introspection_endpoint_auth_signing_alg_values_supported
code_challenge_methods_supported authorization_response_iss_parameter_supported prompt_values_supported
end_session_endpoint check_session_iframe backchannel_logout_supported backchannel_logout_session_supported
frontchannel_logout_supported frontchannel_logout_session_supported
""".split())
PRIVATE_MEMBERS = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}


class Discovery(Story):
    @classmethod
    def furnish(cls):
        """Nobody needs to be known for this."""

    def document(self):
        response = self.get("/.well-known/openid-configuration")
        self.assertEqual(200, response.status)
        self.assertEqual("application/json", response.media_type)
        return response.json()

    def test_discovery_endpoint_verification_issuer_equals_the_url_used(self):
        self.assertEqual(self.server.issuer, self.document()["issuer"])

    def test_discovery_endpoint_verification_both_locations_give_the_same_document(self):
        self.assertEqual(self.document(), self.get("/.well-known/oauth-authorization-server").json())

    def test_discovery_endpoint_verification_endpoints_belong_to_the_issuer(self):
        document = self.document()
        for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri",
                     "introspection_endpoint", "revocation_endpoint"):
            self.assertTrue(document[name].startswith(self.server.issuer + "/api/oauth/"), document[name])

    def test_discovery_endpoint_verification_response_types_and_modes(self):
        document = self.document()
        self.assertEqual(["code"], document["response_types_supported"])
        self.assertEqual({"query", "form_post"}, set(document["response_modes_supported"]))

    def test_discovery_endpoint_verification_subject_types(self):
        self.assertEqual(["public"], self.document()["subject_types_supported"])

    def test_discovery_endpoint_verification_id_tokens_may_be_rs256_and_never_none(self):
        algorithms = self.document()["id_token_signing_alg_values_supported"]
        self.assertIn("RS256", algorithms)
        self.assertNotIn("none", algorithms)

    def test_discovery_endpoint_verification_scopes(self):
        scopes = self.document()["scopes_supported"]
        self.assertLessEqual({"openid", "profile", "email", "address", "phone", "offline_access"}, set(scopes))
        for scope in scopes:
            self.assertRegex(scope, r"\A[\x21\x23-\x5b\x5d-\x7e]+\Z")

    def test_discovery_endpoint_verification_grant_types(self):
        self.assertEqual({"authorization_code", "refresh_token", "client_credentials"},
                         set(self.document()["grant_types_supported"]))

    def test_discovery_endpoint_verification_code_challenge_methods_is_s256_alone(self):
        self.assertEqual(["S256"], self.document()["code_challenge_methods_supported"])

    def test_discovery_endpoint_verification_switches_are_booleans(self):
        document = self.document()
        self.assertIs(True, document["claims_parameter_supported"])
        self.assertIs(False, document["request_parameter_supported"])
        self.assertIs(False, document["request_uri_parameter_supported"])
        self.assertIs(True, document["authorization_response_iss_parameter_supported"])

    def test_discovery_endpoint_verification_lists_are_lists_and_never_empty(self):
        for name, value in self.document().items():
            if name.endswith("_supported") and not isinstance(value, bool):
                self.assertIsInstance(value, list, name)
                self.assertTrue(value, name)
                self.assertEqual(len(value), len(set(value)), name)
            self.assertIsNotNone(value, name)

    def test_discovery_endpoint_verification_no_member_is_unknown(self):
        self.assertLessEqual(set(self.document()), KNOWN)

    def test_discovery_endpoint_verification_claims_are_listed(self):
        claims = set(self.document()["claims_supported"])
        self.assertLessEqual({"sub", *site.PROFILE, *site.EMAIL, *site.ADDRESS, *site.PHONE}, claims)

    def test_discovery_endpoint_verification_authentication_methods(self):
        methods = set(self.document()["token_endpoint_auth_methods_supported"])
        self.assertLessEqual({"client_secret_basic", "client_secret_post", "private_key_jwt", "client_secret_jwt",
                              "none"}, methods)

    def test_discovery_endpoint_verification_locales_are_canonical(self):
        for name in ("ui_locales_supported", "claims_locales_supported"):
            for tag in self.document().get(name, []):
                self.assertRegex(tag, r"\A[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?\Z")

    def test_jwks_holds_public_keys_alone_each_with_its_own_kid(self):
        keys = self.keys()
        self.assertTrue(keys)
        for key in keys:
            self.assertFalse(PRIVATE_MEMBERS & set(key), key)
            self.assertNotEqual("oct", key["kty"])
            self.assertTrue(key["kid"])
            jwt.pem(key)
            if key["kty"] == "RSA":
                self.assertGreaterEqual(len(jwt.unb64(key["n"])), 256)
        self.assertEqual(len(keys), len({key["kid"] for key in keys}))

    def test_any_origin_may_read_the_documents(self):
        for path in ("/.well-known/openid-configuration", site.JWKS):
            response = self.get(path, headers={"Origin": "https://app.example"})
            self.assertEqual("*", response.header("Access-Control-Allow-Origin"), path)
            self.assertIsNone(response.header("Set-Cookie"))

    def test_jwks_may_be_cached_for_a_while(self):
        policy = self.get(site.JWKS).header("Cache-Control") or ""
        self.assertTrue(re.search(r"max-age=[1-9]", policy), policy)


class GrantsComeAndGo(Story):
    """Removing a `- use: grant.…` line removes that grant, adding it brings it back; no rebuild."""

    @classmethod
    def furnish(cls):
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read")

    def ask(self):
        return self.machine.call(site.TOKEN, {"grant_type": "client_credentials"})

    def supported(self):
        return self.get("/.well-known/openid-configuration").json()["grant_types_supported"]

    def test_removing_a_grants_line_removes_it_and_adding_it_brings_it_back(self):
        self.assertEqual(200, self.ask().status)
        with_it = self.server.config["plugins"]
        self.server.stop()
        self.server.config["plugins"] = [entry for entry in with_it if entry["use"] != "grant.client_credentials"]
        self.server.write_config()
        self.server.launch()
        self.assertNotIn("client_credentials", self.supported())
        self.assertTokenError(self.ask(), "unsupported_grant_type", 400)

        self.server.stop()
        self.server.config["plugins"] = with_it
        self.server.write_config()
        self.server.launch()
        self.assertIn("client_credentials", self.supported())
        self.assertEqual(200, self.ask().status)

    def test_without_the_grant_that_redeems_codes_there_are_none(self):
        uses = [use for use in USES if use != "grant.authorization_code"]
        without = Gatehouse(plugins=uses)
        self.addCleanup(without.remove)
        made = without.add_client("site", "https://site.example/callback")
        without.launch()
        told = site.Site(without, "site", made["client_secret"]).journey(without.browser())
        self.assertEqual("unsupported_response_type", told.error)
        for name in ("authorization_endpoint", "response_types_supported"):
            self.assertNotIn(name, without.metadata)
        self.assertNotIn("authorization_code", without.metadata["grant_types_supported"])

    def test_a_module_that_is_not_named_has_no_urls(self):
        without = Gatehouse(modules=["discovery", "operations"], plugins=USES)
        self.addCleanup(without.remove)
        without.launch()
        self.assertEqual(404, without.browser().post(site.TOKEN).status)
        self.assertNotIn("token_endpoint", without.metadata)
