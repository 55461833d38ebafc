# SPDX-License-Identifier: Apache-2.0
"""How a client proves who it is at the token endpoint (RFC 6749 section 2.3, OpenID Connect Core section 9)."""
import base64
import json
import secrets
import time

from harness import jwt, site
from harness.site import Site, authorization
from harness.story import Story
from harness.web import wait_until

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
GRANT = {"grant_type": "client_credentials"}


class Secrets(Story):
    @classmethod
    def furnish(cls):
        cls.basic = cls.client("basic", grants=("client_credentials",), scope="read")
        cls.post = cls.client("post", grants=("client_credentials",), scope="read", method="client_secret_post")
        cls.odd = cls.client("odd%id+with&signs=/?~", grants=("client_credentials",), scope="read")

    def ask(self, headers=None, **form):
        return self.browser().post(site.TOKEN, {**GRANT, **form}, headers=headers)

    def test_basic(self):
        self.assertTokens(self.ask(authorization("basic", self.basic.secret)), openid=False)

    def test_post(self):
        self.assertTokens(self.ask(client_id="post", client_secret=self.post.secret), openid=False)

    def test_basic_with_characters_that_must_be_encoded(self):
        self.assertTokens(self.odd.call(site.TOKEN, GRANT), openid=False)

    def test_a_line_break_behind_a_secret_from_standard_input_is_no_part_of_it(self):
        secret = "a secret that its owner knows, of 40 letters"
        for number, end in enumerate(("", "\n", "\r\n")):
            with self.subTest(end):
                client = f"typed{number}"
                self.server.command("client", "add", "--id", client, "--grant", "client_credentials", "--secret-stdin",
                                    "--scope", "read", stdin=secret + end)
                self.assertTokens(self.ask(authorization(client, secret)), openid=False)

    def test_wrong_secret(self):
        response = self.ask(authorization("basic", "wrong"))
        self.assertTokenError(response, "invalid_client", 401)
        self.assertTrue(response.header("WWW-Authenticate").lower().startswith("basic"))

    def test_wrong_secret_by_post(self):
        self.assertTokenError(self.ask(client_id="post", client_secret="wrong"), "invalid_client", 401)

    def test_unknown_client_is_answered_as_a_wrong_secret(self):
        unknown = self.ask(authorization("nobody", "wrong")).json()
        wrong = self.ask(authorization("basic", "wrong")).json()
        self.assertEqual(wrong, unknown)

    def test_the_method_is_the_registered_one(self):
        self.assertTokenError(self.ask(client_id="basic", client_secret=self.basic.secret), "invalid_client", 401)
        self.assertTokenError(self.ask(authorization("post", self.post.secret)), "invalid_client", 401)

    def test_two_methods_at_once(self):
        response = self.ask(authorization("basic", self.basic.secret), client_id="basic",
                            client_secret=self.basic.secret)
        self.assertTokenError(response, "invalid_request", 400)

    def test_nobody_at_all(self):
        self.assertTokenError(self.ask(), ("invalid_client", "invalid_request"))

    def test_confidential_client_without_its_secret(self):
        self.assertTokenError(self.ask(client_id="basic"), "invalid_client", 401)

    def test_client_id_that_contradicts_the_authenticated_client(self):
        response = self.ask(authorization("basic", self.basic.secret), client_id="post")
        self.assertTokenError(response, ("invalid_client", "invalid_request"))

    def test_authorization_headers_that_are_nonsense(self):
        for value in ("Basic", "Basic !!!", "Basic " + base64.b64encode(b"nocolon").decode(),
                      "Basic " + base64.b64encode(b"a:%zz").decode(), "Bearer x", "Digest username=x", "", ":",
                      "Basic " + base64.b64encode(b"\xff\xfe:\x00").decode(), "Basic " + "A" * 20000):
            with self.subTest(value[:40]):
                self.assertTokenError(self.ask({"Authorization": value}), ("invalid_client", "invalid_request"))
        self.assertAlive()

    def test_a_second_secret_works_beside_the_first(self):
        made = self.server.command("client", "rotate-secret", "post")
        new = Site(self.server, "post", made["client_secret"], method="client_secret_post")
        response = self.eventually(lambda: new.call(site.TOKEN, GRANT), 200)
        self.assertTokens(response, openid=False)
        self.assertTokens(self.post.call(site.TOKEN, GRANT), openid=False)

    def eventually(self, ask, status):
        found = []
        wait_until(lambda: found.append(ask()) or found[-1].status == status, 30, lambda: repr(found[-1]))
        return found[-1]


class Assertions(Story):
    """private_key_jwt and client_secret_jwt (RFC 7523)."""

    @classmethod
    def furnish(cls):
        cls.signer = jwt.Signer("ES256")
        cls.static("keyed", "private_key_jwt", jwks={"keys": [cls.signer.jwk()]})
        cls.keyed = Site(cls.server, "keyed", signer=cls.signer)
        cls.rsa = jwt.Signer("RS256", kid="r")
        cls.static("keyed-rsa", "private_key_jwt", jwks={"keys": [cls.rsa.jwk()]})
        cls.keyed_rsa = Site(cls.server, "keyed-rsa", signer=cls.rsa)
        cls.secret = cls.server.add_client("secretly", grants=("client_credentials",), scope="read",
                                           method="client_secret_jwt")["client_secret"]

    @classmethod
    def static(cls, identifier, method, **metadata):
        """A file of clients.d; JSON is YAML."""
        (cls.server.clients_dir / f"{identifier}.yaml").write_text(json.dumps({
            "client_id": identifier, "token_endpoint_auth_method": method, "grant_types": ["client_credentials"],
            "scope": "read", **metadata}))

    def ask(self, client=None, changes=None, **form):
        client = client or self.keyed
        return self.browser().post(site.TOKEN, {**GRANT, **client.assertion(**(changes or {})), **form})

    def refused(self, changes=None, client=None, **form):
        self.assertTokenError(self.ask(client, changes, **form), "invalid_client")

    def test_private_key_jwt_es256(self):
        self.assertTokens(self.ask(), openid=False)

    def test_private_key_jwt_rs256(self):
        self.assertTokens(self.ask(self.keyed_rsa), openid=False)

    def test_audience_may_be_the_token_endpoint(self):
        self.assertTokens(self.ask(changes={"aud": self.server.issuer + site.TOKEN}), openid=False)

    def test_audience_may_be_a_list(self):
        self.assertTokens(self.ask(changes={"aud": [self.server.issuer]}), openid=False)

    def test_audience_names_nobody_else(self):
        other = self.server.issuer + "/api/oauth/introspect"
        for audience in ([self.server.issuer, "https://elsewhere.example"], [self.server.issuer, other], other):
            self.refused({"aud": audience})

    def test_wrong_audience(self):
        self.refused({"aud": "https://elsewhere.example"})

    def test_no_audience(self):
        self.refused({"aud": None})

    def test_wrong_issuer(self):
        self.refused({"iss": "keyed-rsa"})

    def test_wrong_subject(self):
        self.refused({"sub": "keyed-rsa"})

    def test_expired(self):
        self.refused({"exp": int(time.time()) - 120, "iat": int(time.time()) - 180})

    def test_no_expiry(self):
        self.refused({"exp": None})

    def test_expiry_that_is_a_text(self):
        self.refused({"exp": str(int(time.time()) + 60)})

    def test_not_yet_valid(self):
        self.refused({"nbf": int(time.time()) + 120})

    def test_a_little_in_the_future_is_a_clock(self):
        now = int(time.time())
        self.assertTokens(self.ask(changes={"iat": now + 5, "nbf": now + 5}), openid=False)

    def test_jti_is_used_once(self):
        changes = {"jti": secrets.token_urlsafe(8)}
        self.assertTokens(self.ask(changes=changes), openid=False)
        self.refused(changes)

    def test_no_jti(self):
        self.refused({"jti": None})

    def test_another_clients_key(self):
        stranger = Site(self.server, "keyed", signer=self.rsa)
        self.refused(client=stranger)

    def test_a_key_of_the_same_kid_that_is_not_registered(self):
        self.refused(client=Site(self.server, "keyed", signer=jwt.Signer("ES256")))

    def test_without_a_kid_every_fitting_key_is_tried(self):
        now = int(time.time())
        claims = {"iss": "keyed", "sub": "keyed", "aud": self.server.issuer, "exp": now + 60,
                  "jti": secrets.token_urlsafe(8)}
        head = jwt.encode({"alg": "ES256"}) + "." + jwt.encode(claims)
        token = head + "." + jwt.b64(self.signer.signature(head.encode()))
        self.assertTokens(self.browser().post(site.TOKEN, {
            **GRANT, "client_assertion_type": ASSERTION, "client_assertion": token}), openid=False)

    def test_alg_none(self):
        claims = {"iss": "keyed", "sub": "keyed", "aud": self.server.issuer, "exp": int(time.time()) + 60, "jti": "n"}
        for signature in ("", "AA"):
            token = jwt.encode({"alg": "none"}) + "." + jwt.encode(claims) + "." + signature
            self.refused(client_assertion=token)

    def test_a_public_key_is_no_hmac_secret(self):
        claims = {"iss": "keyed-rsa", "sub": "keyed-rsa", "aud": self.server.issuer, "exp": int(time.time()) + 60,
                  "jti": secrets.token_urlsafe(8)}
        token = jwt.hs256(claims, jwt.pem(self.rsa.jwk()), kid="r")
        self.refused(client=self.keyed_rsa, client_assertion=token)

    def test_wrong_assertion_type(self):
        self.assertTokenError(self.ask(client_assertion_type="urn:example:other"), ("invalid_client", "invalid_request"))

    def test_client_id_beside_it_must_agree(self):
        self.assertTokens(self.ask(client_id="keyed"), openid=False)
        self.assertTokenError(self.ask(client_id="keyed-rsa"), ("invalid_client", "invalid_request"))

    def test_assertions_that_are_nonsense(self):
        for text in ("", "x", "a.b", "a.b.c", "a.b.c.d", "..", "{}", "ü.ü.ü", jwt.encode({}) + ".." , "." * 5000,
                     jwt.encode({"alg": "ES256", "crit": ["x"], "x": 1}) + "." + jwt.encode({}) + ".AA"):
            with self.subTest(text[:40]):
                self.assertTokenError(self.ask(client_assertion=text), ("invalid_client", "invalid_request"))
        self.assertAlive()

    def test_client_secret_jwt(self):
        self.assertTokens(self.by_secret(self.secret), openid=False)

    def test_client_secret_jwt_with_another_secret(self):
        self.assertTokenError(self.by_secret("x" * len(self.secret)), "invalid_client")

    def by_secret(self, secret):
        now = int(time.time())
        claims = {"iss": "secretly", "sub": "secretly", "aud": self.server.issuer, "iat": now, "exp": now + 60,
                  "jti": secrets.token_urlsafe(8)}
        return self.browser().post(site.TOKEN, {**GRANT, "client_assertion_type": ASSERTION,
                                                "client_assertion": jwt.hs256(claims, secret)})


class PublicClients(Story):
    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.app = cls.client("app", method="none")
        cls.site = cls.client("site")

    def test_a_public_client_redeems_by_its_verifier(self):
        tokens = self.app.tokens(self.browser(), self.user)
        self.assertIn("id_token", tokens)

    def test_a_public_client_cannot_act_for_itself(self):
        self.assertTokenError(self.app.call(site.TOKEN, GRANT), "unauthorized_client", 400)

    def test_a_public_client_with_a_secret_is_refused(self):
        response = self.browser().post(site.TOKEN, {**GRANT, "client_id": "app", "client_secret": "x"})
        self.assertTokenError(response, "invalid_client")

    def test_a_public_client_cannot_introspect(self):
        tokens = self.site.tokens(self.browser(), self.user)
        response = self.app.introspect(tokens["access_token"])
        self.assertIn(response.status, (400, 401, 403), response)

    def test_a_public_client_revokes_its_own_token(self):
        tokens = self.app.tokens(self.browser(), self.user)
        self.assertEqual(200, self.app.revoke(tokens["access_token"]).status)
        self.assertDead(self.site, tokens["access_token"])
