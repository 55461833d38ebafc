# SPDX-License-Identifier: Apache-2.0
"""ID tokens and UserInfo that only their client can read (OpenID Connect Core sections 5.3.2 and 10), read by libraries
that nobody here wrote."""
import itertools
import json
import secrets

from harness import jwe, jwt
from harness.server import USES, CommandFailed
from harness.story import Story
from harness.web import wait_until

RULE = "client_metadata_rule.jwt_responses"


class JwtResponses(Story):
    plugins = [*USES, RULE]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.pairs = {kind: jwe.LIBRARIES[0].key(alg) for kind, alg in (("RSA", "RSA-OAEP"), ("EC", "ECDH-ES"))}
        jwks = [{**pair["public"], "use": "enc", "kid": kind} for kind, pair in cls.pairs.items()]
        cls.jwks = cls.server.folder / "jwks.json"
        cls.jwks.write_text(json.dumps({"keys": [jwt.Signer("ES256").jwk(), *jwks]}))
        cls.sites = {}
        for alg, enc in zip(jwe.ALGORITHMS, itertools.cycle((None, *jwe.ENCRYPTIONS[1:]))):
            cls.sites[alg, enc] = cls.with_members(
                alg.lower().replace("+", "-"), id_token_encrypted_response_alg=alg, id_token_encrypted_response_enc=enc)
        cls.signed = cls.with_members("signed", userinfo_signed_response_alg="RS256")
        cls.hidden = cls.with_members("hidden", userinfo_encrypted_response_alg="RSA-OAEP-256")
        cls.both = cls.with_members("both", userinfo_signed_response_alg="ES256",
                                    userinfo_encrypted_response_alg="ECDH-ES+A256KW",
                                    userinfo_encrypted_response_enc="A256GCM")

    @classmethod
    def with_members(cls, identifier, jwks=True, **members):
        options = [part for name, value in members.items() if value for part in ("--member", f"{name}={value}")]
        return cls.client(identifier, f"https://{identifier}.example/callback",
                          options=(*(("--jwks", str(cls.jwks)) if jwks else ()), *options))

    def private(self, algorithm):
        return self.pairs["RSA" if algorithm.startswith("RSA") else "EC"]["private"]

    def login(self, client, scope="openid email"):
        """The token answer, and the nonce that was sent."""
        nonce = secrets.token_urlsafe(12)
        landing = client.journey(self.browser(), self.user, scope=scope, nonce=nonce)
        return self.assertTokens(client.redeem(landing.code)), nonce

    def test_every_algorithm_of_id_tokens_is_read_by_other_libraries(self):
        for (alg, enc), client in self.sites.items():
            tokens, nonce = self.login(client)
            for library in jwe.LIBRARIES:
                with self.subTest(f"{alg} {enc} {library.name}"):
                    header, plain = library.decrypt(self.private(alg), tokens["id_token"])
                    self.assertEqual((alg, enc or "A128CBC-HS256", "JWT"), (header["alg"], header["enc"], header["cty"]))
                    claims = self.assertIdToken(plain, client, nonce, tokens["access_token"])
                    self.assertNotIn("email", claims)

    def test_refreshed_id_tokens_are_encrypted_too(self):
        client = self.sites["ECDH-ES", "A128GCM"]
        tokens = client.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        fresh = client.refresh(tokens["refresh_token"]).json()
        _, plain = jwe.LIBRARIES[0].decrypt(self.private("ECDH-ES"), fresh["id_token"])
        self.assertIdToken(plain, client)

    def userinfo(self, client):
        tokens, _ = self.login(client)
        response = client.userinfo(tokens["access_token"])
        self.assertEqual((200, "application/jwt"), (response.status, response.media_type))
        self.assertIn("no-store", response.header("Cache-Control"))
        return response.body.decode()

    def assertSigned(self, token, client, algorithm):
        header, claims = jwt.verify(token, self.keys(), [algorithm])
        self.assertEqual(algorithm, header["alg"])
        self.assertEqual((self.server.issuer, client.id), (claims["iss"], claims["aud"]))
        self.assertEqual(self.user.claims["email"], claims["email"])

    def test_userinfo_rs256(self):
        self.assertSigned(self.userinfo(self.signed), self.signed, "RS256")

    def test_userinfo_that_is_encrypted_and_not_signed(self):
        text = self.userinfo(self.hidden)
        for library in jwe.LIBRARIES:
            header, plain = library.decrypt(self.private("RSA-OAEP-256"), text)
            self.assertNotIn("cty", header)
            self.assertEqual(self.user.claims["email"], json.loads(plain)["email"])

    def test_userinfo_that_is_signed_and_then_encrypted(self):
        text = self.userinfo(self.both)
        for library in jwe.LIBRARIES:
            header, plain = library.decrypt(self.private("ECDH-ES+A256KW"), text)
            self.assertEqual("JWT", header["cty"])
            self.assertSigned(plain, self.both, "ES256")

    def test_other_clients_get_what_they_got(self):
        tokens, nonce = self.login(self.site)
        self.assertIdToken(tokens["id_token"], self.site, nonce, tokens["access_token"])
        response = self.site.userinfo(tokens["access_token"])
        self.assertEqual("application/json", response.media_type)
        self.assertNotIn("iss", response.json())

    def test_discovery_names_the_algorithms(self):
        document = self.get("/.well-known/openid-configuration").json()
        for kind in ("id_token", "userinfo"):
            self.assertEqual(set(jwe.ALGORITHMS), set(document[kind + "_encryption_alg_values_supported"]))
            self.assertEqual(set(jwe.ENCRYPTIONS), set(document[kind + "_encryption_enc_values_supported"]))
        self.assertEqual(document["id_token_signing_alg_values_supported"],
                         document["userinfo_signing_alg_values_supported"])

    def test_what_cannot_be_done_is_not_registered(self):
        for members, told in (({"id_token_encrypted_response_alg": "dir"}, "id_token_encrypted_response_alg: must be one of"),
                              ({"id_token_encrypted_response_alg": "RSA1_5"}, "must be one of RSA-OAEP, RSA-OAEP-256"),
                              ({"id_token_encrypted_response_enc": "A256GCM"}, "needs id_token_encrypted_response_alg"),
                              ({"userinfo_encrypted_response_enc": "A256GCM"}, "needs userinfo_encrypted_response_alg"),
                              ({"userinfo_encrypted_response_alg": "ECDH-ES", "userinfo_encrypted_response_enc": "A192GCM"},
                               "userinfo_encrypted_response_enc: must be one of A128CBC-HS256"),
                              ({"userinfo_signed_response_alg": "none"}, "userinfo_signed_response_alg: must be one of RS256"),
                              ({"userinfo_signed_response_alg": "HS256"}, "userinfo_signed_response_alg: must be one of")):
            with self.subTest(members), self.assertRaises(CommandFailed) as failed:
                self.with_members("refused", **members)
            self.assertIn(told, failed.exception.output)

    def test_a_client_without_a_key_that_fits_is_not_registered(self):
        with self.assertRaises(CommandFailed) as failed:
            self.with_members("keyless", jwks=False, id_token_encrypted_response_alg="ECDH-ES")
        self.assertIn("id_token_encrypted_response_alg: needs a key in jwks with kty EC", failed.exception.output)
        with self.assertRaises(CommandFailed) as failed:
            self.server.command("client", "update", "both", "--clear", "jwks")
        self.assertIn("userinfo_encrypted_response_alg: needs a key in jwks", failed.exception.output)


class WithoutThePlugin(Story):
    """Who was registered for encryption is never told anything in the clear."""
    plugins = [*USES, RULE]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.key = jwe.LIBRARIES[0].key("ECDH-ES")
        file = cls.server.folder / "jwks.json"
        file.write_text(json.dumps({"keys": [{**cls.key["public"], "use": "enc", "kid": "one"}]}))
        cls.hidden = cls.client("hidden", "https://hidden.example/callback", options=(
            "--jwks", str(file), "--member", "id_token_encrypted_response_alg=ECDH-ES",
            "--member", "userinfo_encrypted_response_alg=ECDH-ES"))

    def restart(self, plugins):
        self.server.stop()
        self.server.config["plugins"] = [{"use": use} for use in plugins]
        self.server.write_config()
        self.server.launch()

    def test_nothing_is_sent_in_the_clear_unless_an_operator_says_so(self):
        before = self.hidden.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        waiting = self.hidden.journey(self.browser(), self.user)
        self.restart(USES)
        self.assertErrorPage(self.hidden.journey(self.browser(), self.user).response)
        for response in (self.hidden.refresh(before["refresh_token"]), self.hidden.redeem(waiting.code)):
            self.assertTokenError(response, "invalid_client", 401)
        self.assertEqual(401, self.hidden.userinfo(before["access_token"]).status)
        wait_until(lambda: "no plugin understands its member id_token_encrypted_response_alg" in self.server.log(), 30,
                   "the log does not say why")
        self.site.tokens(self.browser(), self.user)
        self.restart([*USES, RULE])
        tokens = self.assertTokens(self.hidden.refresh(before["refresh_token"]))
        self.assertEqual(4, tokens["id_token"].count("."))

        self.restart(USES)  # and the operator takes the promise back
        self.server.command("client", "update", "hidden", "--clear", "id_token_encrypted_response_alg",
                            "--clear", "userinfo_encrypted_response_alg")
        self.assertEqual(2, self.hidden.tokens(self.browser(), self.user)["id_token"].count("."))
