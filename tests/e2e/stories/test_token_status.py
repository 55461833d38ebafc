# SPDX-License-Identifier: Apache-2.0
"""Introspection (RFC 7662), revocation (RFC 7009) and UserInfo, with good and with forged tokens."""
from harness import jwt, site
from harness.site import authorization
from harness.story import Story
from harness.web import wait_until

OFFLINE = {"scope": "openid email offline_access", "prompt": "consent"}


class Introspection(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.dark = cls.client("dark", "https://dark.example/cb", options=("--access-token-format", "opaque"))

    def test_an_access_token(self):
        for client in (self.site, self.dark):
            with self.subTest(client.id):
                tokens = client.tokens(self.browser(), self.user, scope="openid email")
                told = self.assertActive(client, tokens["access_token"])
                self.assertEqual(client.id, told["client_id"])
                self.assertEqual({"openid", "email"}, set(told["scope"].split()))
                self.assertEqual(jwt.claims_of(tokens["id_token"])["sub"], told["sub"])
                self.assertEqual(self.server.issuer, told["iss"])
                self.assertEqual("Bearer", told["token_type"])
                self.assertIsInstance(told["exp"], int)
                self.assertNotIn(None, told.values())

    def test_a_refresh_token(self):
        tokens = self.site.tokens(self.browser(), self.user, **OFFLINE)
        told = self.assertActive(self.site, tokens["refresh_token"])
        self.assertEqual("site", told["client_id"])

    def test_a_wrong_hint_changes_nothing(self):
        tokens = self.site.tokens(self.browser(), self.user, **OFFLINE)
        for token in (tokens["access_token"], tokens["refresh_token"]):
            for hint in ("access_token", "refresh_token", "pigeon"):
                self.assertIs(True, self.site.introspect(token, token_type_hint=hint).json()["active"])

    def test_what_is_no_token_is_not_active(self):
        for text in ("x", "a.b.c", "A" * 10000, "é"):
            with self.subTest(text[:10]):
                self.assertDead(self.site, text)

    def test_no_token(self):
        self.assertTokenError(self.site.call(site.INTROSPECT, {}), "invalid_request", 400)

    def test_nobody_may_ask(self):
        response = self.browser().post(site.INTROSPECT, {"token": "x"})
        self.assertEqual(401, response.status, response)

    def test_a_wrong_secret_may_not_ask(self):
        response = self.browser().post(site.INTROSPECT, {"token": "x"}, headers=authorization("site", "wrong"))
        self.assertTokenError(response, "invalid_client", 401)

    def test_the_answer_is_not_kept(self):
        self.assertIn("no-store", self.site.introspect("x").header("Cache-Control"))

    def test_get_is_not_allowed(self):
        self.assertEqual(405, self.get(site.INTROSPECT + "?token=x").status)


class Revocation(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.dark = cls.client("dark", "https://dark.example/cb", options=("--access-token-format", "opaque"))

    def test_an_access_token_dies_at_once(self):
        for client in (self.site, self.dark):
            with self.subTest(client.id):
                tokens = client.tokens(self.browser(), self.user)
                self.assertEqual(200, client.revoke(tokens["access_token"]).status)
                self.assertDead(client, tokens["access_token"])
                self.assertEqual(401, client.userinfo(tokens["access_token"]).status)

    def test_a_refresh_token_takes_its_access_tokens_along(self):
        for client in (self.site, self.dark):
            with self.subTest(client.id):
                tokens = client.tokens(self.browser(), self.user, **OFFLINE)
                self.assertEqual(200, client.revoke(tokens["refresh_token"]).status)
                self.assertTokenError(client.refresh(tokens["refresh_token"]), "invalid_grant", 400)
                self.assertDead(client, tokens["access_token"])

    def test_a_revoked_access_token_leaves_the_refresh_token(self):
        tokens = self.site.tokens(self.browser(), self.user, **OFFLINE)
        self.site.revoke(tokens["access_token"])
        self.assertEqual(200, self.site.refresh(tokens["refresh_token"]).status)

    def test_twice_is_no_error(self):
        tokens = self.site.tokens(self.browser(), self.user)
        for _ in range(2):
            self.assertEqual(200, self.site.revoke(tokens["access_token"]).status)

    def test_what_is_no_token_is_no_error(self):
        for text in ("x", "a.b.c", "A" * 10000):
            self.assertEqual(200, self.site.revoke(text).status)

    def test_another_clients_token_stays(self):
        tokens = self.site.tokens(self.browser(), self.user, **OFFLINE)
        for token in (tokens["access_token"], tokens["refresh_token"]):
            self.assertIn(self.other.revoke(token).status, (200, 400))
        self.assertActive(self.site, tokens["access_token"])
        self.assertEqual(200, self.site.refresh(tokens["refresh_token"]).status)

    def test_a_revocation_outlives_a_restart(self):
        tokens = self.site.tokens(self.browser(), self.user)
        self.site.revoke(tokens["access_token"])
        self.assertEqual(0, self.server.stop())
        self.server.launch()
        self.assertDead(self.site, tokens["access_token"])

    def test_no_token(self):
        self.assertTokenError(self.site.call(site.REVOKE, {}), "invalid_request", 400)


class UserInfo(Story):
    def bearer(self, token, **headers):
        return self.get(site.USERINFO, headers={"Authorization": f"Bearer {token}", **headers})

    def assertChallenge(self, response, error=None):
        self.assertEqual(401, response.status, response)
        challenge = response.header("WWW-Authenticate")
        self.assertTrue(challenge.startswith("Bearer"), challenge)
        if error:
            self.assertIn(f'error="{error}"', challenge)
        else:
            self.assertNotIn("error=", challenge)

    def test_without_a_token(self):
        response = self.get(site.USERINFO)
        self.assertChallenge(response)
        self.assertNotIn("error", response.text)

    def test_with_what_is_no_token(self):
        for text in ("x", "a.b.c", "A" * 10000):
            with self.subTest(text[:10]):
                self.assertChallenge(self.bearer(text), "invalid_token")

    def test_token_in_header_and_body_at_once(self):
        token = self.site.tokens(self.browser(), self.user)["access_token"]
        response = self.browser().post(site.USERINFO, {"access_token": token},
                                       headers={"Authorization": f"Bearer {token}"})
        self.assertEqual(400, response.status, response)

    def test_token_in_the_query_is_not_read(self):
        token = self.site.tokens(self.browser(), self.user)["access_token"]
        self.assertIn(self.get(site.USERINFO, access_token=token).status, (400, 401))

    def test_the_scheme_is_case_insensitive(self):
        token = self.site.tokens(self.browser(), self.user)["access_token"]
        self.assertEqual(200, self.get(site.USERINFO, headers={"Authorization": f"bearer {token}"}).status)

    def test_a_web_app_of_any_origin_may_ask(self):
        token = self.site.tokens(self.browser(), self.user)["access_token"]
        asked = self.browser().request("OPTIONS", site.USERINFO, headers={
            "Origin": "https://app.example", "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization"})
        self.assertIn(asked.status, (200, 204), asked)
        self.assertIn("authorization", asked.header("Access-Control-Allow-Headers").lower())
        answer = self.bearer(token, Origin="https://app.example")
        self.assertEqual("*", answer.header("Access-Control-Allow-Origin"))

    def test_a_removed_user_is_told_of_no_more(self):
        self.server.add_user("gone", "a sufficiently long password")
        gone = site.Person("gone", "a sufficiently long password")
        token = self.site.tokens(self.browser(), gone)["access_token"]
        self.assertEqual(200, self.bearer(token).status)
        self.server.command("user", "remove", "gone")
        wait_until(lambda: self.bearer(token).status == 401, 30, "still told of")


class PeopleWhoLeave(Story):
    def test_what_was_given_before_a_user_is_disabled_or_gone_is_worth_nothing(self):
        for number, command in enumerate(("disable", "remove")):
            with self.subTest(command):
                user = self.person(f"leaver-{number}")
                client = self.client(f"left-{number}")
                browser = self.browser()
                tokens = client.tokens(browser, user)
                code = client.journey(browser, user).code
                self.server.command("user", command, user.login)
                self.assertTokenError(client.redeem(code), "invalid_grant", 400)
                self.assertTokenError(client.refresh(tokens["refresh_token"]), "invalid_grant", 400)

    def test_a_new_password_ends_what_the_old_one_opened(self):
        user = self.person("careless")
        client = self.client("open-door")
        thief = self.browser()
        tokens = client.tokens(thief, user)
        self.server.command("user", "passwd", user.login, "--password-stdin", stdin="another long password")
        self.assertTokenError(client.refresh(tokens["refresh_token"]), "invalid_grant", 400)
        self.assertEqual(["login"], client.journey(thief, None).shown)


class ClientsThatLeave(Story):
    def test_a_client_made_again_under_its_id_inherits_nothing(self):
        for kind in ("jwt", "opaque"):
            with self.subTest(kind):
                options = ("--access-token-format", kind)
                old = self.client(f"again-{kind}", options=options)
                browser = self.browser()
                tokens = old.tokens(browser, self.user, **OFFLINE)
                code = old.journey(browser, self.user, **OFFLINE).code
                self.server.command("client", "remove", old.id)
                new = self.client(old.id, options=options)
                new.pkce = old.pkce
                wait_until(lambda: new.introspect("x").status == 200, 30, "the new client is not known")
                self.assertTokenError(new.redeem(code), "invalid_grant", 400)
                self.assertTokenError(new.refresh(tokens["refresh_token"]), "invalid_grant", 400)
                self.assertDead(new, tokens["refresh_token"])
                self.assertDead(new, tokens["access_token"])
                self.assertEqual(401, new.userinfo(tokens["access_token"]).status)
                self.assertEqual(["consent"], new.journey(browser, self.user, **OFFLINE).shown)
                self.assertActive(new, new.tokens(browser, self.user)["access_token"])


class ForgedTokens(Story):
    """JWTs that we did not sign, or signed for something else, or long ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        token = cls.site.tokens(cls.server.browser(), cls.user)["access_token"]
        cls.header, cls.claims, _ = jwt.parts(token)
        cls.token = token

    def refused(self, token):
        response = self.get(site.USERINFO, headers={"Authorization": f"Bearer {token}"})
        self.assertEqual(401, response.status, response)
        self.assertIn('error="invalid_token"', response.header("WWW-Authenticate"))
        self.assertDead(self.site, token)
        self.assertAlive()

    def test_the_real_one_works(self):
        self.assertEqual(200, self.site.userinfo(self.token).status)

    def test_alg_none(self):
        for name in ("none", "None", "NONE", "nOnE", ""):
            with self.subTest(name):
                self.refused(jwt.encode({**self.header, "alg": name}) + "." + jwt.encode(self.claims) + ".")

    def test_alg_none_with_the_old_signature(self):
        signature = self.token.split(".")[2]
        self.refused(jwt.encode({**self.header, "alg": "none"}) + "." + jwt.encode(self.claims) + "." + signature)

    def test_another_key_under_our_kid(self):
        for algorithm in ("RS256", "PS256", "ES256", "EdDSA"):
            with self.subTest(algorithm):
                self.refused(jwt.Signer(algorithm, self.header["kid"]).sign(self.claims, typ="at+jwt"))

    def test_an_embedded_key(self):
        signer = jwt.Signer("RS256", "mine")
        self.refused(signer.sign(self.claims, typ="at+jwt", jwk=signer.jwk()))

    def test_our_public_key_as_an_hmac_secret(self):
        for key in self.keys():
            self.refused(jwt.hs256(self.claims, jwt.pem(key), kid=key["kid"], typ="at+jwt"))

    def test_changed_claims(self):
        head, _, signature = self.token.split(".")
        self.refused(head + "." + jwt.encode({**self.claims, "sub": "admin"}) + "." + signature)

    def test_a_changed_or_missing_signature(self):
        head, body, signature = self.token.split(".")
        flipped = ("B" if signature[0] == "A" else "A") + signature[1:]
        for wrong in (flipped, "", signature[:-4], signature + "AAAA", signature + "=", signature + ".x"):
            with self.subTest(wrong[:20]):
                self.refused(f"{head}.{body}.{wrong}")

    def test_an_unknown_kid(self):
        head = jwt.encode({**self.header, "kid": "nobody"})
        self.refused(".".join([head, *self.token.split(".")[1:]]))

    def test_a_critical_header_nobody_understands(self):
        head = jwt.encode({**self.header, "crit": ["exp"], "exp": 1})
        self.refused(".".join([head, *self.token.split(".")[1:]]))

    def test_nested_to_death(self):
        deep = jwt.b64(b"[" * 5000)
        self.refused(f"{deep}.{deep}.AA")
