# SPDX-License-Identifier: Apache-2.0
"""Answers of the authorization endpoint that are a JWT (JARM)."""
import json
import time

from harness import jwe, jwt
from harness.server import USES, CommandFailed
from harness.story import Story

MODES = ["response_mode.jwt", "response_mode.query_jwt", "response_mode.fragment_jwt", "response_mode.form_post_jwt"]
CARRIERS = {"jwt": "query", "query.jwt": "query", "fragment.jwt": "fragment", "form_post.jwt": "form_post"}
MEMBERS = "client_metadata_rule.jarm"


class JarmStory(Story):
    plugins = [*[use for use in USES if use != "key_store.local"],
               {"use": "key_store.local", "algorithms": ["RS256", "ES256", "PS256", "EdDSA"]}, *MODES, MEMBERS]

    def assertJwt(self, landing, site=None, mode="query", algorithm="RS256", key=None):
        """Nothing but `response`, and a JWT in it; what it says beside iss, aud and exp."""
        site = site or self.site
        self.assertTrue(landing.is_back, landing)
        self.assertEqual(mode, landing.mode)
        self.assertEqual({"response"}, set(landing.params), landing)
        text = landing.params["response"]
        if key:
            _, text = jwe.LIBRARIES[0].decrypt(key["private"], text)
        header, claims = jwt.verify(text, self.keys(), [algorithm])
        self.assertEqual(algorithm, header["alg"])
        self.assertEqual((self.server.issuer, site.id), (claims.pop("iss"), claims.pop("aud")))
        left = claims.pop("exp") - time.time()
        self.assertTrue(10 <= left <= 600, left)
        return claims


class Jarm(JarmStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.by_algorithm = {name: cls.client(name.lower(), f"https://{name.lower()}.example/cb",
                                             options=("--member", f"authorization_signed_response_alg={name}"))
                            for name in ("ES256", "PS256", "EdDSA")}
        cls.key = jwe.LIBRARIES[0].key("ECDH-ES")
        jwks = cls.server.folder / "enc.json"
        jwks.write_text(json.dumps({"keys": [{**cls.key["public"], "use": "enc", "kid": "enc"}]}))
        cls.secretive = cls.client("secretive", "https://secretive.example/cb", options=(
            "--jwks", str(jwks), "--member", "authorization_signed_response_alg=ES256",
            "--member", "authorization_encrypted_response_alg=ECDH-ES",
            "--member", "authorization_encrypted_response_enc=A256GCM"))

    def test_happy_flow_jarm(self):
        browser = self.browser()
        for mode, carrier in CARRIERS.items():
            with self.subTest(mode):
                landing = self.site.journey(browser, self.user, response_mode=mode, state="a&b #c")
                said = self.assertJwt(landing, mode=carrier)
                self.assertEqual({"code", "state"}, set(said))
                self.assertEqual("a&b #c", said["state"])
                self.assertTokens(self.site.redeem(said["code"]))

    def test_without_state_nothing_is_made_up(self):
        said = self.assertJwt(self.site.journey(self.browser(), self.user, response_mode="jwt", state=None))
        self.assertEqual({"code"}, set(said))

    def test_every_algorithm(self):
        for name, site in self.by_algorithm.items():
            with self.subTest(name):
                said = self.assertJwt(site.journey(self.browser(), self.user, response_mode="jwt"), site, algorithm=name)
                self.assertTokens(site.redeem(said["code"]))

    def test_encrypted_for_the_client_alone(self):
        landing = self.secretive.journey(self.browser(), self.user, response_mode="jwt")
        self.assertEqual(4, landing.params["response"].count("."))
        said = self.assertJwt(landing, self.secretive, algorithm="ES256", key=self.key)
        self.assertTokens(self.secretive.redeem(said["code"]))

    def test_errors_come_in_the_same_mode(self):
        for changes, code in (({"prompt": "none"}, "login_required"), ({"scope": "nothing"}, "invalid_scope"),
                              ({"code_challenge": None}, "invalid_request"), ({"prompt": "pigeon"}, "invalid_request")):
            for mode, carrier in CARRIERS.items():
                with self.subTest(changes=changes, mode=mode):
                    landing = self.site.journey(self.browser(), None, response_mode=mode, state="s", **changes)
                    said = self.assertJwt(landing, mode=carrier)
                    self.assertEqual((code, "s"), (said["error"], said["state"]))

    def test_user_rejects_authentication(self):
        landing = self.site.journey(self.browser(), self.user, "deny", response_mode="jwt", prompt="consent", state="s")
        said = self.assertJwt(landing)
        self.assertEqual(("access_denied", "s"), (said["error"], said["state"]))

    def test_an_error_before_the_request_is_trusted_is_a_page(self):
        landing = self.site.journey(self.browser(), None, response_mode="jwt", redirect_uri="https://evil.example/")
        self.assertErrorPage(landing.response)

    def test_the_query_of_a_redirect_uri_is_kept(self):
        site = self.client("asking", "https://asking.example/cb?kept=1")
        landing = site.journey(self.browser(), self.user, response_mode="jwt")
        self.assertEqual({"kept", "response"}, set(landing.params))

    def test_who_does_not_ask_gets_plain_answers(self):
        landing = self.site.journey(self.browser(), self.user)
        self.assertIn("code", landing.params)

    def test_discovery_names_it(self):
        document = self.server.metadata
        self.assertEqual(["query", "form_post", *CARRIERS], document["response_modes_supported"])
        self.assertEqual(["RS256", "ES256", "PS256", "EdDSA"], document["authorization_signing_alg_values_supported"])
        self.assertIn("ECDH-ES", document["authorization_encryption_alg_values_supported"])
        self.assertIn("A256GCM", document["authorization_encryption_enc_values_supported"])

    def test_what_cannot_be_done_is_not_registered(self):
        for member, value, told in (
                ("authorization_signed_response_alg", "none", "must be one of RS256"),
                ("authorization_signed_response_alg", "HS256", "must be one of RS256"),
                ("authorization_signed_response_alg", "ES512", "must be one of RS256"),
                ("authorization_encrypted_response_alg", "RSA-OAEP", "needs a key in jwks"),
                ("authorization_encrypted_response_enc", "A256GCM", "needs authorization_encrypted_response_alg")):
            with self.subTest(member), self.assertRaises(CommandFailed) as failed:
                self.client("refused", options=("--member", f"{member}={value}"))
            self.assertIn(f"{member}: {told}", failed.exception.output)


class HybridJarm(JarmStory):
    settings = {"oauth": {"legacy_response_types": True}}
    plugins = [*JarmStory.plugins, "response_type.id_token", "response_type.token", "response_mode.fragment"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.hybrid = cls.client("hybrid", "https://hybrid.example/cb", grants=("authorization_code", "implicit"),
                                options=("--response-type", "code id_token", "--response-type", "code"))

    def ask(self, mode, user=None, **changes):
        return self.hybrid.journey(self.browser(), user, response_type="code id_token", response_mode=mode, **changes)

    def test_more_than_a_code_comes_in_the_fragment(self):
        for mode, carrier in (("jwt", "fragment"), ("fragment.jwt", "fragment"), ("form_post.jwt", "form_post")):
            with self.subTest(mode):
                said = self.assertJwt(self.ask(mode, self.user), self.hybrid, carrier)
                self.assertLessEqual({"code", "id_token", "state"}, set(said))
                self.assertTokens(self.hybrid.redeem(said["code"]))
        said = self.assertJwt(self.ask("jwt", prompt="none"), self.hybrid, "fragment")
        self.assertEqual("login_required", said["error"])

    def test_it_does_not_come_in_the_query(self):
        landing = self.ask("query.jwt", self.user, state="s")
        self.assertErrorBack(landing, "invalid_request", "s")
        self.assertEqual("fragment", landing.mode)


class WithoutTheKey(JarmStory):
    """JARM's default is RS256; an issuer without such a key says nothing rather than something else."""
    plugins = [*[use for use in USES if use not in ("key_store.local", "token_format.jwt")],
               {"use": "token_format.jwt", "signing_alg": "ES256"}, {"use": "key_store.local", "algorithms": ["ES256"]},
               "response_mode.jwt", MEMBERS]

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.client("site", options=("--id-token-alg", "ES256"))
        cls.able = cls.client("able", "https://able.example/cb", options=(
            "--id-token-alg", "ES256", "--member", "authorization_signed_response_alg=ES256"))

    def test_a_client_that_can_verify_it_gets_its_answer(self):
        self.assertJwt(self.able.journey(self.browser(), self.user, response_mode="jwt"), self.able, algorithm="ES256")
        landing = self.site.journey(self.browser(), self.user, response_mode="jwt")
        self.assertFalse(landing.is_back, landing)
        self.assertGreaterEqual(landing.response.status, 500)
