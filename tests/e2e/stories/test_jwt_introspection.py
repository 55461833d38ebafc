# SPDX-License-Identifier: Apache-2.0
"""Introspection answers that are a JWT (RFC 9701), read by libraries that nobody here wrote."""
import json

from harness import jwe, jwt, site
from harness.server import USES, CommandFailed
from harness.story import Story

RULE = "client_metadata_rule.jwt_introspection"
JWT = "application/token-introspection+jwt"
API = "https://api.example/"
KEYS = {"use": "key_store.local", "algorithms": ["RS256", "ES256", "PS256", "EdDSA"]}


class JwtIntrospection(Story):
    plugins = [*[use for use in USES if use != "key_store.local"], KEYS, RULE,
               {"use": "resource_registry.local", "resources": {"api": {"identifier": API, "introspected_by": [
                   "api", "es256", "ps256", "eddsa", "secretive"]}}}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.public = cls.client("public", "https://public.example/cb", method="none")
        cls.api = cls.server_of("api")
        cls.by_algorithm = {name: cls.server_of(name.lower(), introspection_signed_response_alg=name)
                            for name in ("ES256", "PS256", "EdDSA")}
        cls.key = jwe.LIBRARIES[0].key("ECDH-ES")
        cls.jwks = cls.server.folder / "enc.json"
        cls.jwks.write_text(json.dumps({"keys": [{**cls.key["public"], "use": "enc", "kid": "enc"}]}))
        cls.secretive = cls.server_of("secretive", options=("--jwks", str(cls.jwks)),
                                      introspection_signed_response_alg="ES256",
                                      introspection_encrypted_response_alg="ECDH-ES",
                                      introspection_encrypted_response_enc="A256GCM")

    @classmethod
    def server_of(cls, identifier, options=(), **members):
        """A resource server, registered with these members."""
        said = [part for name, value in members.items() for part in ("--member", f"{name}={value}")]
        return cls.client(identifier, grants=("client_credentials",), options=(*options, *said))

    def token(self, **changes):
        return self.site.tokens(self.browser(), self.user, resource=API, **changes)["access_token"]

    def ask(self, who, token, accept=JWT, again=None):
        """`again`: a second Accept field."""
        headers, fields = who.credentials()
        sent = {name: value for name, value in (("Accept", accept), ("accept", again)) if value is not None}
        return self.browser().post(site.INTROSPECT, {**fields, "token": token}, headers={**headers, **sent}, cookies=False)

    def assertSigned(self, response, who, algorithm="RS256", key=None):
        """An answer with what RFC 9701 section 5 wants, and nothing by which it could be a token; what it says."""
        self.assertEqual((200, JWT), (response.status, response.media_type), response)
        self.assertIn("no-store", response.header("Cache-Control"))
        text = response.body.decode()
        if key:
            outside, text = jwe.LIBRARIES[0].decrypt(key["private"], text)
            self.assertEqual(("ECDH-ES", "A256GCM", "JWT"), (outside["alg"], outside["enc"], outside["cty"]))
        header, claims = jwt.verify(text, self.keys(), [algorithm])
        self.assertEqual((algorithm, "token-introspection+jwt"), (header["alg"], header["typ"]))
        self.assertEqual({"iss", "aud", "iat", "token_introspection"}, set(claims))
        self.assertEqual((self.server.issuer, who.id), (claims["iss"], claims["aud"]))
        self.assertAboutNow(claims["iat"])
        return claims["token_introspection"]

    def test_it_says_what_the_json_says(self):
        token = self.token(scope="openid email")
        plain = self.ask(self.api, token, None)
        self.assertEqual("application/json", plain.media_type)
        told = self.assertSigned(self.ask(self.api, token), self.api)
        self.assertEqual(plain.json(), told)
        self.assertEqual((True, "site", API), (told["active"], told["client_id"], told["aud"]))
        self.assertIn("acr", told)

    def test_every_algorithm(self):
        token = self.token()
        for name, who in self.by_algorithm.items():
            with self.subTest(name):
                self.assertIs(True, self.assertSigned(self.ask(who, token), who, name)["active"])

    def test_signed_and_then_encrypted(self):
        told = self.assertSigned(self.ask(self.secretive, self.token()), self.secretive, "ES256", self.key)
        self.assertIs(True, told["active"])
        told = self.assertSigned(self.ask(self.secretive, "x"), self.secretive, "ES256", self.key)
        self.assertEqual({"active": False}, told)

    def test_what_is_not_active_is_signed_and_no_more(self):
        revoked = self.token()
        self.site.revoke(revoked)
        foreign = self.site.tokens(self.browser(), self.user)["access_token"]
        for token in ("x", "a.b.c", "A" * 10000, revoked, foreign):
            with self.subTest(token[:10]):
                self.assertEqual({"active": False}, self.assertSigned(self.ask(self.api, token), self.api))

    def test_who_is_not_to_know_a_token_learns_nothing(self):
        self.assertEqual({"active": False}, self.assertSigned(self.ask(self.other, self.token()), self.other))

    def test_a_refresh_token_of_ones_own(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        told = self.assertSigned(self.ask(self.site, tokens["refresh_token"]), self.site)
        self.assertEqual((True, "site"), (told["active"], told["client_id"]))

    def test_who_wants_it(self):
        token = self.token()
        for accept in (f"{JWT};q=0.001", JWT.upper(), f"text/html, {JWT}", f"{JWT}, application/json", f"*/*, {JWT}",
                       f"{JWT};q=0.5, application/json;q=0.4", f"{JWT}; charset=utf-8;q=1.000",
                       f"{JWT};q=0.2, application/json;q=0.1, */*"):
            with self.subTest(accept):
                self.assertSigned(self.ask(self.api, token, accept), self.api)

    def test_who_does_not_want_it_gets_json(self):
        token = self.token()
        for accept in (None, "", "*/*", "application/*", "application/json", "application/jwt", "text/html", ",", ";q=1",
                       f"{JWT};q=0", f"{JWT};q=0.4, application/json;q=0.5", f"{JWT};q=0.9, */*", f"{JWT};q=2",
                       f"{JWT};q=", f"{JWT};q=1.001", f"{JWT};q=-1", f"{JWT}x", f"x{JWT}", "," * 4000):
            with self.subTest(accept):
                response = self.ask(self.api, token, accept)
                self.assertEqual((200, "application/json"), (response.status, response.media_type))
                self.assertIs(True, response.json()["active"])

    def test_two_fields_are_one_list(self):
        token = self.token()
        self.assertSigned(self.ask(self.api, token, "text/html", JWT), self.api)
        for two in ((f"{JWT};q=0.1", "application/json"), ("application/json", f"{JWT};q=0.1")):
            self.assertEqual("application/json", self.ask(self.api, token, *two).media_type)

    def test_who_is_nobody_gets_no_jwt(self):
        token = self.token()
        for headers, fields in (({}, {}), ({}, {"client_id": "public"}), (site.authorization("api", "wrong"), {}),
                                (site.authorization("nobody", "x"), {})):
            with self.subTest(headers=headers, fields=fields):
                response = self.browser().post(site.INTROSPECT, {**fields, "token": token},
                                               headers={**headers, "Accept": JWT}, cookies=False)
                self.assertTokenError(response, "invalid_client", 401)

    def test_errors_are_json(self):
        headers, fields = self.api.credentials()
        response = self.browser().post(site.INTROSPECT, fields, headers={**headers, "Accept": JWT})
        self.assertTokenError(response, "invalid_request", 400)

    def test_it_is_no_token_itself(self):
        answer = self.ask(self.api, self.token()).body.decode()
        self.assertEqual(401, self.site.userinfo(answer).status)
        self.assertEqual({"active": False}, self.assertSigned(self.ask(self.api, answer), self.api))

    def test_discovery_names_the_algorithms(self):
        document = self.server.metadata
        self.assertEqual(KEYS["algorithms"], document["introspection_signing_alg_values_supported"])
        self.assertEqual(set(jwe.ALGORITHMS), set(document["introspection_encryption_alg_values_supported"]))
        self.assertEqual(set(jwe.ENCRYPTIONS), set(document["introspection_encryption_enc_values_supported"]))

    def test_what_cannot_be_done_is_not_registered(self):
        for member, value, told in (
                ("introspection_signed_response_alg", "none", "must be one of RS256"),
                ("introspection_signed_response_alg", "HS256", "must be one of RS256"),
                ("introspection_signed_response_alg", "ES512", "must be one of RS256"),
                ("introspection_encrypted_response_alg", "RSA1_5", "must be one of RSA-OAEP"),
                ("introspection_encrypted_response_alg", "RSA-OAEP", "needs a key in jwks"),
                ("introspection_encrypted_response_enc", "A256GCM", "needs introspection_encrypted_response_alg")):
            with self.subTest(member=member, value=value), self.assertRaises(CommandFailed) as failed:
                self.server_of("refused", **{member: value})
            self.assertIn(f"{member}: {told}", failed.exception.output)


class WithoutTheKey(Story):
    """The default is RS256; an issuer without such a key says nothing rather than something else."""
    plugins = [*[use for use in USES if use not in ("key_store.local", "token_format.jwt")],
               {"use": "token_format.jwt", "signing_alg": "ES256"}, {"use": "key_store.local", "algorithms": ["ES256"]}, RULE]

    @classmethod
    def furnish(cls):
        cls.site = cls.client("site", options=("--id-token-alg", "ES256"))

    def test_it_says_nothing_and_the_log_says_why(self):
        headers, fields = self.site.credentials()
        for accept, status in ((JWT, 503), ("application/json", 200)):
            response = self.browser().post(site.INTROSPECT, {**fields, "token": "x"}, headers={**headers, "Accept": accept})
            self.assertEqual(status, response.status, response)
        self.assertIn("introspection refused", self.server.settled_log())


class WithoutThePlugin(Story):
    def test_everybody_gets_json(self):
        headers, fields = self.site.credentials()
        response = self.browser().post(site.INTROSPECT, {**fields, "token": "x"}, headers={**headers, "Accept": JWT})
        self.assertEqual("application/json", response.media_type)
        self.assertEqual({"active": False}, response.json())
        self.assertFalse([name for name in self.server.metadata if name.startswith("introspection_signing")])
