# SPDX-License-Identifier: Apache-2.0
"""The modules of the Dynamic certification plan, each by its name (without `oidcc-`), at the issuer of
etc/examples/conformance.yaml."""
import json

from harness import jwt, registration
from harness.conformance import CALLBACK, ConformanceStory
from harness.site import TOKEN
from harness.web import query_of, wait_until


def in_order(response_type):
    return " ".join(sorted(response_type.split()))


class DynamicCertification(ConformanceStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.made = None

    @property
    def site(self):
        """A client of the plan without anything of its own."""
        cls = type(self)
        cls.made = cls.made or self.site_of(self.registered())
        return cls.made

    def page_of(self, **members):
        return self.site_of(self.registered(**members)).journey(self.browser()).page

    def refused(self, code, **members):
        response = registration.register(self.browser(), registration.metadata(**members))
        self.assertEqual(400, response.status, response)
        self.assertEqual("application/json", response.media_type)
        self.assertEqual(code, response.json()["error"])

    def shown_an_error(self, site, **changes):
        landing = site.journey(self.browser(), **changes)
        self.assertFalse(landing.is_back, landing)
        self.assertErrorPage(landing.response)

    def test_discovery_endpoint_verification(self):
        told = self.server.metadata
        self.assertEqual(self.server.issuer, told["issuer"])
        for name, value in told.items():
            if name.endswith(("_endpoint", "_uri")):
                self.assertTrue(value.startswith(f"{self.server.issuer}/"), (name, value))
        self.assertIn("registration_endpoint", told)
        self.assertIn("RS256", told["request_object_signing_alg_values_supported"])
        self.assertNotIn("none", told["request_object_signing_alg_values_supported"])
        for name in ("claims", "request", "request_uri"):
            self.assertIs(True, told[f"{name}_parameter_supported"])
        self.assertLessEqual({"authorization_code", "implicit"}, set(told["grant_types_supported"]))
        self.assertLessEqual({"code", "id_token", "id_token token"}, set(map(in_order, told["response_types_supported"])))
        self.assertLessEqual({"public", "pairwise"}, set(told["subject_types_supported"]))

    def test_server(self):
        _, claims, tokens = self.login(self.site, scope="openid profile")
        told = self.site.userinfo(tokens["access_token"]).json()
        self.assertEqual(claims["sub"], told["sub"])

    def test_idtoken_rs256(self):
        header, _, _ = self.login(self.site_of(self.registered(id_token_signed_response_alg="RS256")))
        self.assertEqual("RS256", header["alg"])

    def test_userinfo_rs256(self):
        site = self.site_of(self.registered(userinfo_signed_response_alg="RS256"))
        _, claims, tokens = self.login(site)
        response = site.userinfo(tokens["access_token"])
        self.assertEqual("application/jwt", response.media_type)
        _, told = jwt.verify(response.text, self.keys(), ["RS256"])
        self.assertEqual((self.server.issuer, site.id, claims["sub"]), (told["iss"], told["aud"], told["sub"]))

    def test_idtoken_unsigned(self):
        self.assertNotIn("none", self.server.metadata["id_token_signing_alg_values_supported"])
        self.refused("invalid_client_metadata", id_token_signed_response_alg="none")

    def test_ensure_redirect_uri_in_authorization_request(self):
        site = self.site_of(self.registered(redirect_uris=[CALLBACK, CALLBACK + "/second"]))
        self.shown_an_error(site, redirect_uri=None)

    def test_redirect_uri_query_OK(self):
        site = self.site_of(self.registered(redirect_uris=[CALLBACK + "?foo=bar"]))
        landing = site.journey(self.browser(), self.user)
        self.assertEqual("bar", query_of(landing.response.location)["foo"])
        self.assertTokens(site.redeem(landing.code))

    def test_redirect_uri_query_mismatch(self):
        site = self.site_of(self.registered(redirect_uris=[CALLBACK + "?foo=bar"]))
        self.shown_an_error(site, redirect_uri=CALLBACK + "?foo=wrong")

    def test_redirect_uri_query_added(self):
        self.shown_an_error(self.site, redirect_uri=CALLBACK + "?foo=bar")

    def test_redirect_uri_regfrag(self):
        self.refused("invalid_redirect_uri", redirect_uris=[CALLBACK + "#fragment"])

    def test_registration_logo_uri(self):
        logo = "https://localhost.emobix.co.uk:8443/images/openid.png"
        images = [each.attributes.get("src") for each in self.page_of(logo_uri=logo).elements if each.tag == "img"]
        self.assertIn(logo, images)

    def test_registration_policy_uri(self):
        policy = "https://openid.net/about/privacy/"
        self.assertIn(policy, self.page_of(policy_uri=policy).links)

    def test_registration_tos_uri(self):
        terms = "https://openid.net/policies/terms/"
        self.assertIn(terms, self.page_of(tos_uri=terms).links)

    def test_registration_jwks_uri(self):
        self.shelf.put("/jwks", json.dumps({"keys": [self.signer.jwk()]}))
        self.login(self.site_of(self.registered(jwks_uri=self.shelf.origin + "/jwks")))

    def test_refresh_token_rp_key_rotation(self):
        self.shelf.put("/rotating", json.dumps({"keys": [self.signer.jwk()]}))
        site = self.site_of(self.registered(jwks_uri=self.shelf.origin + "/rotating"))
        _, claims, tokens = self.login(site, scope="openid offline_access", prompt="consent")
        site.signer = jwt.Signer("RS256", kid="rotated")
        self.shelf.put("/rotating", json.dumps({"keys": [site.signer.jwk()]}))
        refreshed = wait_until(lambda: self.taken(site.refresh(tokens["refresh_token"])), 60, "the new key is not taken")
        self.assertEqual(claims["sub"], jwt.claims_of(self.assertTokens(refreshed)["id_token"])["sub"])

    @staticmethod
    def taken(response):
        return response if response.status == 200 else None

    def sector(self, uris):
        self.shelf.put("/sector", json.dumps(uris))
        return registration.register(self.browser(), registration.metadata(
            redirect_uris=[CALLBACK], subject_type="pairwise", sector_identifier_uri=self.shelf.origin + "/sector"))

    def test_registration_sector_uri(self):
        response = self.sector([CALLBACK, "https://other.example/callback"])
        self.assertEqual(201, response.status, response)
        site = registration.Registered(self.server, response.json()).site()
        _, claims, tokens = self.login(site)
        self.assertEqual(claims["sub"], site.userinfo(tokens["access_token"]).json()["sub"])
        self.assertNotEqual(claims["sub"], self.login(self.site)[1]["sub"])

    def test_registration_sector_bad(self):
        response = self.sector(["https://other.example/callback"])
        self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]))

    def test_server_rotate_keys(self):
        browser = self.browser()
        before, _, tokens = self.login(self.site, browser)
        self.server.command("keys", "rotate")
        wait_until(lambda: self.login(self.site, browser)[0]["kid"] != before["kid"], 30, "the old key signs on")
        self.assertIn(before["kid"], [key["kid"] for key in self.keys()])
        jwt.verify(tokens["id_token"], self.keys())

    def test_request_uri_unsigned(self):
        self.assertNotIn("none", self.server.metadata["request_object_signing_alg_values_supported"])
        uri = self.shelf.origin + "/unsigned"
        site = self.site_of(self.registered(request_uris=[uri]))
        self.shelf.put("/unsigned", f"{jwt.encode({'alg': 'none'})}.{jwt.encode(site.request())}.",
                       Content_Type="application/jwt")
        landing = site.journey(self.browser(), self.user, request_uri=uri, state="s")
        self.assertErrorBack(landing, ("invalid_request_object", "invalid_request_uri"), "s")

    def test_request_uri_signed_rs256(self):
        uri = self.shelf.origin + "/signed"
        site = self.site_of(self.registered(request_uris=[uri], request_object_signing_alg="RS256"))
        request = site.request(scope="openid email")
        self.shelf.put("/signed", self.signer.sign({"iss": site.id, "aud": self.server.issuer, **request}),
                       Content_Type="application/jwt")
        landing = site.journey(self.browser(), self.user, request_uri=uri, scope="openid",
                               state=request["state"], nonce=request["nonce"])
        self.assertEqual("openid email", self.assertTokens(site.redeem(landing.code))["scope"])

    def test_ensure_request_object_with_redirect_uri(self):
        inside = self.signer.sign({"iss": self.site.id, "aud": self.server.issuer, **self.site.request(state="in")})
        landing = self.site.journey(self.browser(), self.user, request=inside, redirect_uri=CALLBACK + "/wrong")
        self.assertEqual((CALLBACK, "in"), (landing.uri, landing.params["state"]))
        self.assertTokens(self.site.redeem(landing.code))

    def test_refresh_token(self):
        _, claims, tokens = self.login(self.site, scope="openid offline_access", prompt="consent")
        stranger = self.site_of(self.registered())
        self.assertTokenError(stranger.refresh(tokens["refresh_token"]), "invalid_grant", 400)
        again = self.assertTokens(self.site.refresh(tokens["refresh_token"]))
        self.assertNotEqual(tokens["access_token"], again["access_token"])
        fresh = self.assertIdToken(again["id_token"], self.site, None, again["access_token"])
        for name in ("iss", "sub", "aud", "auth_time"):
            self.assertEqual(claims.get(name), fresh.get(name))

    def test_ensure_client_assertion_with_iss_aud_succeeds(self):
        landing = self.site.journey(self.browser(), self.user)
        self.assertTokens(self.site.redeem(landing.code, **self.site.assertion(aud=self.server.issuer)))
        landing = self.site.journey(self.browser(), self.user)
        endpoint = self.server.metadata["token_endpoint"]
        self.assertTrue(endpoint.endswith(TOKEN))
        self.assertTokens(self.site.redeem(landing.code, **self.site.assertion(aud=endpoint)))


class ThirdPartyInitiatedLogin(ConformanceStory):
    """The plan `oidcc-3rdparty-init-login-certification-test-plan`."""

    def test_third_party_initiated_login(self):
        uri = "https://localhost.emobix.co.uk:8443/test/a/gatehouse/initiate"
        answer = self.registered(initiate_login_uri=uri).ask("GET")
        self.assertEqual((200, "application/json"), (answer.status, answer.media_type))
        self.assertEqual(uri, answer.json()["initiate_login_uri"])

    def test_third_party_initiated_login_bad_uri(self):
        response = registration.register(self.browser(), registration.metadata(
            initiate_login_uri="http://localhost.emobix.co.uk:8443/test/a/gatehouse/initiate"))
        self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]))
