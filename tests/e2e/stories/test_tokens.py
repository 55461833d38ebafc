# SPDX-License-Identifier: Apache-2.0
"""What the token endpoint gives and refuses: codes, PKCE, refresh tokens, client credentials, formats."""
import hashlib
import time

from harness import jwt, site
from harness.server import USES, Gatehouse
from harness.site import Pkce
from harness.story import Story
from harness.web import wait_until

OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}

ANY_RESOURCE = {"oauth": {"unregistered_resources": "allow"}}


class Codes(Story):
    def code(self, client=None, **changes):
        return (client or self.site).journey(self.browser(), self.user, **changes).code

    def refused(self, response):
        self.assertTokenError(response, "invalid_grant", 400)

    def test_wrong_verifier(self):
        self.refused(self.site.redeem(self.code(), code_verifier=Pkce().verifier))

    def test_missing_verifier(self):
        self.refused(self.site.redeem(self.code(), code_verifier=None))

    def test_a_wrong_verifier_does_not_use_up_the_code_of_the_honest_client(self):
        code = self.code()
        self.refused(self.site.redeem(code, code_verifier=Pkce().verifier))
        self.assertIn(self.site.redeem(code).status, (200, 400))
        self.assertAlive()

    def test_verifier_of_the_wrong_form(self):
        for wrong in ("x", "a" * 42, "a" * 129, "a" * 42 + "ü", "a" * 42 + "+"):
            with self.subTest(wrong):
                response = self.site.redeem(self.code(), code_verifier=wrong)
                self.assertTokenError(response, ("invalid_grant", "invalid_request"), 400)

    def test_another_redirect_uri(self):
        self.refused(self.site.redeem(self.code(), redirect_uri="https://site.example/other"))

    def test_no_redirect_uri(self):
        """OpenID Connect Core section 3.1.3.2."""
        self.refused(self.site.redeem(self.code(), redirect_uri=None))

    def test_no_redirect_uri_without_openid(self):
        """OAuth 2.1 section 10.2: a client of 2.1 does not send it."""
        code = self.code(scope="email")
        self.refused(self.site.redeem(code, redirect_uri="https://site.example/other"))
        self.assertTokens(self.site.redeem(code, redirect_uri=None), openid=False)

    def test_code_of_another_client(self):
        code = self.code()
        self.refused(self.other.redeem(code, code_verifier=self.site.pkce.verifier))
        self.refused(self.other.redeem(code, code_verifier=self.site.pkce.verifier, redirect_uri=self.other.redirect))

    def test_no_code(self):
        self.assertTokenError(self.site.redeem(None), "invalid_request", 400)

    def test_codes_nobody_gave(self):
        for code in ("x", "A" * 60, "A" * 5000, "%00", "a b", "é", "../../etc/passwd", "' OR 1=1 --"):
            with self.subTest(code[:20]):
                self.refused(self.site.redeem(code))

    def test_a_changed_code(self):
        code = self.code()
        self.refused(self.site.redeem(code[:-1] + ("A" if code[-1] != "A" else "B")))
        self.refused(self.site.redeem(code + "A"))

    def test_unknown_grant_type(self):
        self.assertTokenError(self.site.call(site.TOKEN, {"grant_type": "password"}), "unsupported_grant_type", 400)

    def test_no_grant_type(self):
        self.assertTokenError(self.site.call(site.TOKEN, {}), "invalid_request", 400)

    def test_grant_the_client_may_not_use(self):
        response = self.site.call(site.TOKEN, {"grant_type": "client_credentials"})
        self.assertTokenError(response, "unauthorized_client", 400)

    def test_reuse_revokes_the_refresh_token_too(self):
        landing = self.site.journey(self.browser(), self.user, **OFFLINE)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.refused(self.site.redeem(landing.code, code_verifier="v" * 43))
        self.refused(self.site.refresh(tokens["refresh_token"]))
        self.assertDead(self.site, tokens["access_token"])

    def test_who_asks_again_at_once_gets_nothing_and_loses_nothing(self):
        landing = self.site.journey(self.browser(), self.user, **OFFLINE)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.refused(self.site.redeem(landing.code))
        self.assertEqual(200, self.site.refresh(tokens["refresh_token"]).status)

    def test_reuse_with_a_wrong_verifier_by_a_thief_changes_nothing_for_the_site(self):
        landing = self.site.journey(self.browser(), self.user, **OFFLINE)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.refused(self.other.redeem(landing.code))
        self.assertEqual(200, self.site.refresh(tokens["refresh_token"]).status)


class PkceByClient(Story):
    """PKCE is required unless a confidential client is registered with `--pkce optional`."""

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.old = cls.client("old", use_pkce=False, options=("--pkce", "optional"))
        cls.new = cls.client("new", "https://new.example/cb", use_pkce=False)

    def test_optional_for_the_client_that_says_so(self):
        self.assertIn("id_token", self.old.tokens(self.browser(), self.user))

    def test_required_otherwise(self):
        landing = self.new.journey(self.browser(), None, state="s")
        self.assertErrorBack(landing, "invalid_request", "s")

    def test_a_verifier_without_a_challenge_is_a_downgrade(self):
        landing = self.old.journey(self.browser(), self.user)
        self.assertTokenError(self.old.redeem(landing.code, code_verifier=Pkce().verifier), "invalid_grant", 400)

    def test_a_challenge_once_sent_must_be_met(self):
        pkce = Pkce()
        landing = self.old.journey(self.browser(), self.user, code_challenge=pkce.challenge,
                                   code_challenge_method="S256")
        self.assertTokenError(self.old.redeem(landing.code), "invalid_grant", 400)

    def test_a_public_client_cannot_be_registered_so(self):
        done = self.server.run("client", "add", "--id", "pub", "--auth-method", "none", "--pkce", "optional",
                               "--redirect-uri", "https://p.example/cb", "--config", self.server.config_file)
        self.assertNotEqual(0, done.returncode)
        self.assertIn("pkce", (done.stdout + done.stderr).lower())


class ShortLives(Story):
    """Codes, tokens and their ends, with lifetimes of seconds."""

    settings = {"oauth": {"authorization_code_ttl_secs": 5, "access_token_ttl_secs": 6, "refresh_token_ttl_secs": 8,
                          "id_token_ttl_secs": 1}}

    def test_expired_id_token_is_still_a_good_hint(self):
        browser = self.browser()
        tokens = self.site.tokens(browser, self.user)
        expires = jwt.claims_of(tokens["id_token"])["exp"]
        wait_until(lambda: time.time() > expires + 1, 30)
        landing = self.site.journey(browser, None, prompt="none", id_token_hint=tokens["id_token"])
        self.assertTrue(landing.code)

    def test_expired_code(self):
        landing = self.site.journey(self.browser(), self.user)
        expires = time.time() + 5
        wait_until(lambda: time.time() > expires + 1, 30)
        self.assertTokenError(self.site.redeem(landing.code), "invalid_grant", 400)

    def test_expired_access_token(self):
        tokens = self.site.tokens(self.browser(), self.user)
        self.assertLessEqual(tokens["expires_in"], 6)
        self.assertEqual(200, self.site.userinfo(tokens["access_token"]).status)
        wait_until(lambda: self.site.userinfo(tokens["access_token"]).status == 401, 20)
        self.assertDead(self.site, tokens["access_token"])

    def test_expired_refresh_token(self):
        tokens = self.site.tokens(self.browser(), self.user, **OFFLINE)
        self.assertTrue(self.site.introspect(tokens["refresh_token"]).json()["active"])
        wait_until(lambda: not self.site.introspect(tokens["refresh_token"]).json()["active"], 30)
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant", 400)


class RefreshTokens(Story):
    """Rotation, reuse detection by family, grace with the same successor."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.app = cls.client("app", "https://app.example/cb", method="none")

    def tokens(self, client=None, **changes):
        return (client or self.app).tokens(self.browser(), self.user, **{**OFFLINE, **changes})

    def test_rotation_gives_a_new_one(self):
        first = self.tokens()
        second = self.assertTokens(self.app.refresh(first["refresh_token"]), openid="id_token" in first)
        self.assertNotEqual(first["refresh_token"], second["refresh_token"])
        self.assertNotEqual(first["access_token"], second["access_token"])

    def test_a_retry_inside_the_grace_window_gets_the_same_successor(self):
        first = self.tokens()["refresh_token"]
        second = self.app.refresh(first).json()["refresh_token"]
        self.assertEqual(second, self.app.refresh(first).json()["refresh_token"])

    def test_two_generations_old_is_reuse_and_revokes_the_family(self):
        first = self.tokens()["refresh_token"]
        second = self.app.refresh(first).json()["refresh_token"]
        newest = self.app.refresh(second).json()
        self.assertTokenError(self.app.refresh(first), "invalid_grant", 400)
        self.assertTokenError(self.app.refresh(newest["refresh_token"]), "invalid_grant", 400)
        self.assertDead(self.site, newest["access_token"])

    def test_reuse_at_one_site_leaves_another_alone(self):
        other = self.tokens(self.other)
        first = self.tokens()["refresh_token"]
        second = self.app.refresh(first).json()["refresh_token"]
        self.app.refresh(second)
        self.assertTokenError(self.app.refresh(first), "invalid_grant", 400)
        self.assertEqual(200, self.other.refresh(other["refresh_token"]).status)

    def test_scope_may_narrow(self):
        first = self.tokens(scope="openid email offline_access")
        narrow = self.assertTokens(self.app.refresh(first["refresh_token"], scope="openid"),
                                   openid="id_token" in first)
        self.assertNotIn("email", self.app.userinfo(narrow["access_token"]).json())

    def test_scope_narrowed_once_can_be_whole_again(self):
        """The refresh token keeps what was granted (RFC 6749 section 6)."""
        first = self.tokens(scope="openid email offline_access")
        second = self.app.refresh(first["refresh_token"], scope="openid").json()
        third = self.app.refresh(second["refresh_token"]).json()
        self.assertIn("email", self.app.userinfo(third["access_token"]).json())

    def test_scope_may_not_widen(self):
        first = self.tokens(scope="openid offline_access")
        self.assertTokenError(self.app.refresh(first["refresh_token"], scope="openid email"), "invalid_scope", 400)

    def test_another_client(self):
        first = self.tokens()
        self.assertTokenError(self.other.refresh(first["refresh_token"]), "invalid_grant", 400)
        self.assertEqual(200, self.app.refresh(first["refresh_token"]).status)

    def test_tokens_nobody_gave(self):
        real = self.tokens()["refresh_token"]
        for wrong in ("x", real[:-2], real + "AA", real[::-1], "A" * len(real), "é", "A" * 20000):
            with self.subTest(wrong[:20]):
                self.assertTokenError(self.app.refresh(wrong), "invalid_grant", 400)
        self.assertEqual(200, self.app.refresh(real).status)

    def test_no_refresh_token(self):
        self.assertTokenError(self.app.call(site.TOKEN, {"grant_type": "refresh_token"}), "invalid_request", 400)

    def test_an_access_token_is_no_refresh_token(self):
        self.assertTokenError(self.app.refresh(self.tokens()["access_token"]), "invalid_grant", 400)

    def test_offline_access_needs_consent_prompt_or_a_stored_consent(self):
        self.assertIn("refresh_token", self.tokens())

    def test_a_disabled_user_refreshes_no_more(self):
        self.server.add_user("leaver", "a sufficiently long password")
        leaver = site.Person("leaver", "a sufficiently long password")
        tokens = self.app.tokens(self.browser(), leaver, **OFFLINE)
        self.server.command("user", "disable", "leaver")
        wait_until(lambda: self.app.refresh(tokens["refresh_token"]).status == 400, 30, "still refreshed")
        wait_until(lambda: not self.site.introspect(tokens["access_token"]).json()["active"], 30, "still active")


class NoGrace(Story):
    """`grace: 0s`: the generation before is reuse at once."""

    plugins = ["grant.authorization_code", {"use": "grant.refresh_token", "grace": "0s"}, "token_format.jwt",
               "client_auth.none", "user_store.local", "login_step.password", "key_store.local"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.app = cls.client("app", method="none")

    def test_the_generation_before_is_reuse(self):
        first = self.app.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]
        second = self.app.refresh(first).json()["refresh_token"]
        self.assertTokenError(self.app.refresh(first), "invalid_grant", 400)
        self.assertTokenError(self.app.refresh(second), "invalid_grant", 400)


class ClientCredentials(Story):
    settings = ANY_RESOURCE

    @classmethod
    def furnish(cls):
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read write")

    def ask(self, **form):
        return self.machine.call(site.TOKEN, {"grant_type": "client_credentials", **form})

    def test_no_refresh_token_and_no_id_token(self):
        tokens = self.assertTokens(self.ask(), openid=False)
        self.assertNotIn("refresh_token", tokens)

    def test_scope_as_asked(self):
        tokens = self.assertTokens(self.ask(scope="read"), openid=False)
        self.assertEqual("read", tokens.get("scope", "read"))
        self.assertEqual("read", self.machine.introspect(tokens["access_token"]).json()["scope"])

    def test_scope_it_may_not_have(self):
        self.assertTokenError(self.ask(scope="read admin"), "invalid_scope", 400)

    def test_a_blank_is_no_scope(self):
        self.assertTokenError(self.ask(scope=" "), "invalid_scope", 400)

    def test_it_names_the_resources_it_needs(self):
        named = ["https://api.example/", "https://mail.example/"]
        claims = jwt.verify(self.ask(resource=named).json()["access_token"], self.keys())[1]
        self.assertEqual(named, claims["aud"])

    def test_userinfo_has_nobody_to_tell_of(self):
        token = self.ask().json()["access_token"]
        self.assertIn(self.machine.userinfo(token).status, (401, 403))


class Formats(Story):
    """RFC 9068 tokens and opaque ones; per client which; every algorithm."""

    settings = ANY_RESOURCE

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.client("site")
        cls.dark = cls.client("dark", "https://dark.example/cb", options=("--access-token-format", "opaque"))
        cls.curved = cls.client("curved", "https://curved.example/cb",
                                options=("--id-token-alg", "ES256", "--access-token-alg", "EdDSA"))

    def test_jwt_is_an_rfc_9068_token(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid email")
        header, claims = jwt.verify(tokens["access_token"], self.keys())
        self.assertEqual("at+jwt", header["typ"].lower())
        self.assertEqual(self.server.issuer, claims["iss"])
        self.assertEqual("site", claims["client_id"])
        self.assertEqual({"openid", "email"}, set(claims["scope"].split()))
        self.assertEqual(jwt.claims_of(tokens["id_token"])["sub"], claims["sub"])
        self.assertTrue(claims["jti"] and claims["aud"])
        self.assertAboutNow(claims["iat"])
        self.assertEqual(tokens["expires_in"], claims["exp"] - claims["iat"])
        self.assertNotIn("email", claims)

    def test_resources_of_the_authorization_request_are_the_audience(self):
        """RFC 8707 section 2."""
        tokens = self.site.tokens(self.browser(), self.user, resource="https://api.example/", prompt="consent",
                                  scope="openid offline_access")
        self.assertEqual("https://api.example/", self.audience(tokens))
        fresh = self.assertTokens(self.site.refresh(tokens["refresh_token"]))
        self.assertEqual("https://api.example/", self.audience(fresh))

    def test_the_token_endpoint_narrows_the_audience_of_one_token(self):
        """RFC 8707 section 2.2: a subset of what was granted; what was granted stays."""
        both = ["https://api.example/", "https://mail.example/"]
        code = self.site.journey(self.browser(), self.user, resource=both, prompt="consent",
                                 scope="openid offline_access").code
        self.assertTokenError(self.site.redeem(code, resource="https://elsewhere.example/"), "invalid_target", 400)
        self.assertTokenError(self.site.redeem(code, resource="no-uri"), "invalid_target", 400)
        tokens = self.assertTokens(self.site.redeem(code, resource=both))
        self.assertEqual(both, self.audience(tokens))
        narrow = self.assertTokens(self.site.refresh(tokens["refresh_token"], resource=both[1]))
        self.assertEqual(both[1], self.audience(narrow))
        response = self.site.refresh(narrow["refresh_token"], resource=[both[0], "https://elsewhere.example/"])
        self.assertTokenError(response, "invalid_target", 400)
        self.assertEqual(both, self.audience(self.assertTokens(self.site.refresh(narrow["refresh_token"]))))

    def test_userinfo_is_for_no_token_that_was_narrowed_to_another_resource(self):
        for client in (self.site, self.dark):
            with self.subTest(client=client.id):
                both = ["https://api.example/", self.server.issuer]
                code = client.journey(self.browser(), self.user, resource=both).code
                tokens = self.assertTokens(client.redeem(code, resource=both[0]))
                self.assertEqual(401, client.userinfo(tokens["access_token"]).status)

    def audience(self, tokens):
        return jwt.verify(tokens["access_token"], self.keys())[1]["aud"]

    def test_userinfo_is_for_tokens_of_no_other_resource(self):
        """RFC 9068 section 4: an API that was shown a token does not learn of the person with it."""
        for client in (self.site, self.dark):
            with self.subTest(client=client.id):
                tokens = client.tokens(self.browser(), self.user, resource="https://api.example/")
                response = client.userinfo(tokens["access_token"])
                self.assertEqual(401, response.status)
                self.assertIn('error="invalid_token"', response.header("WWW-Authenticate"))
                tokens = client.tokens(self.browser(), self.user,
                                       resource=["https://api.example/", self.server.issuer])
                self.assertEqual(200, client.userinfo(tokens["access_token"]).status)

    def test_opaque_tells_nothing(self):
        tokens = self.dark.tokens(self.browser(), self.user)
        self.assertNotIn(".", tokens["access_token"])
        self.assertEqual(200, self.dark.userinfo(tokens["access_token"]).status)
        self.assertActive(self.dark, tokens["access_token"])

    def test_each_client_may_have_its_own_algorithms(self):
        client = self.curved
        tokens = client.tokens(self.browser(), self.user)
        self.assertEqual("ES256", jwt.verify(tokens["id_token"], self.keys())[0]["alg"])
        self.assertEqual("EdDSA", jwt.verify(tokens["access_token"], self.keys())[0]["alg"])
        self.assertEqual(200, client.userinfo(tokens["access_token"]).status)

    def test_an_id_token_is_no_access_token(self):
        tokens = self.site.tokens(self.browser(), self.user)
        self.assertEqual(401, self.site.userinfo(tokens["id_token"]).status)
        self.assertDead(self.site, tokens["id_token"])


class Algorithms(Story):
    @classmethod
    def setUpClass(cls):
        """Each test starts a server of its own."""

    def try_algorithm(self, algorithm):
        self.start(algorithm)
        tokens = self.site.tokens(self.browser(), self.user)
        self.assertEqual(algorithm, jwt.parts(tokens["access_token"])[0]["alg"])
        if algorithm == "HS256":
            self.assertActive(self.site, tokens["access_token"])
        else:
            jwt.verify(tokens["access_token"], self.keys(), [algorithm])
        self.assertEqual(200, self.site.userinfo(tokens["access_token"]).status)
        self.assertFalse([key for key in self.keys() if key["kty"] == "oct"])

    def start(self, algorithm):
        cls = type(self)
        uses = [{"use": use, "signing_alg": algorithm} if use == "token_format.jwt" else use for use in USES]
        cls.server = Gatehouse({"security": {"jwt_secret": hashlib.sha256(b"x").hexdigest()}}, plugins=uses)
        self.addCleanup(cls.server.remove)
        cls.user = cls.person()
        cls.site = cls.client("site")
        cls.server.launch()

    def test_rs256(self):
        self.try_algorithm("RS256")

    def test_ps256(self):
        self.try_algorithm("PS256")

    def test_es256(self):
        self.try_algorithm("ES256")

    def test_eddsa(self):
        self.try_algorithm("EdDSA")

    def test_hs256(self):
        self.try_algorithm("HS256")
