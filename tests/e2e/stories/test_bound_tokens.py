# SPDX-License-Identifier: Apache-2.0
"""Tokens bound by a third party's plugin, compiled against the SDK alone: with the proof, a wrong one, none, another's."""
import hashlib

from harness import jwt
from harness.server import USES
from harness.site import TOKEN, USERINFO
from harness.story import Story


def confirmation(key):
    return {"key#S256": hashlib.sha256(key.encode()).hexdigest()}


class BoundTokens(Story):
    plugins = [*USES, "token_binding.key"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("token_binding.key", "tests/e2e/plugins/key_binding.cpp")
        cls.shop = cls.client("shop", scope="openid profile")
        cls.app = cls.client("app", scope="openid profile", method="none")
        cls.opaque = cls.client("opaque", scope="openid profile", options=("--access-token-format", "opaque"))

    def call(self, client, key, **form):
        headers, fields = client.credentials()
        headers = {**headers, **({"X-Key": key} if key else {})}
        return self.server.browser().post(TOKEN, {**fields, **form}, headers=headers, cookies=False)

    def redeem(self, client, key):
        landing = client.journey(self.browser(), self.user)
        return self.call(client, key, grant_type="authorization_code", code=landing.code, redirect_uri=client.redirect,
                         code_verifier=client.pkce.verifier)

    def tokens(self, client, key):
        response = self.redeem(client, key)
        self.assertEqual(200, response.status, response)
        return response.json()

    def refresh(self, client, tokens, key):
        return self.call(client, key, grant_type="refresh_token", refresh_token=tokens["refresh_token"])

    def userinfo(self, tokens, key=None, scheme="Keyed"):
        headers = {"Authorization": f"{scheme} {tokens['access_token']}", **({"X-Key": key} if key else {})}
        return self.server.browser().get(USERINFO, headers=headers)

    def test_the_answer_and_the_token_say_that_it_is_bound(self):
        tokens = self.tokens(self.shop, "k1")
        self.assertEqual("Keyed", tokens["token_type"])
        self.assertEqual(confirmation("k1"), jwt.claims_of(tokens["access_token"])["cnf"])
        told = self.shop.introspect(tokens["access_token"]).json()
        self.assertEqual((True, "Keyed", confirmation("k1")), (told["active"], told["token_type"], told["cnf"]))

    def test_an_opaque_token_keeps_what_it_is_bound_to(self):
        tokens = self.tokens(self.opaque, "k1")
        self.assertEqual(confirmation("k1"), self.opaque.introspect(tokens["access_token"]).json()["cnf"])
        self.assertEqual([200, 401, 401], [self.userinfo(tokens, key).status for key in ("k1", "k2", None)])

    def test_without_a_proof_it_is_a_bearer_token(self):
        tokens = self.assertTokens(self.redeem(self.shop, None))
        self.assertEqual("Bearer", tokens["token_type"])
        self.assertNotIn("cnf", self.shop.introspect(tokens["access_token"]).json())
        self.assertEqual(200, self.userinfo(tokens, scheme="Bearer").status)
        self.assertEqual(200, self.userinfo(tokens, "k1", scheme="Bearer").status)
        self.assertEqual(401, self.userinfo(tokens, "k1").status)

    def test_userinfo_wants_the_proof(self):
        tokens = self.tokens(self.shop, "k1")
        self.assertEqual(200, self.userinfo(tokens, "k1").status)
        for key in ("k2", None):
            refused = self.userinfo(tokens, key)
            self.assertEqual(401, refused.status)
            self.assertEqual('Keyed error="invalid_token"', refused.header("WWW-Authenticate"))
        self.assertEqual(401, self.userinfo(tokens, "k1", scheme="Bearer").status)
        self.assertEqual(200, self.userinfo(tokens, "k1", scheme="keyed").status)

    def test_a_bound_token_in_a_form_is_no_bearer_token(self):
        tokens = self.tokens(self.shop, "k1")
        browser = self.server.browser()
        self.assertEqual(401, browser.post(USERINFO, {"access_token": tokens["access_token"]},
                                           headers={"X-Key": "k1"}, cookies=False).status)

    def test_the_refresh_token_of_a_public_client_is_bound_too(self):
        tokens = self.tokens(self.app, "k1")
        for key in ("k2", None):
            self.assertTokenError(self.refresh(self.app, tokens, key), "invalid_grant")
        again = self.refresh(self.app, tokens, "k1")
        self.assertEqual("Keyed", again.json()["token_type"])
        self.assertTokenError(self.refresh(self.app, again.json(), None), "invalid_grant")

    def test_a_client_that_proves_who_it_is_may_change_its_key(self):
        tokens = self.tokens(self.shop, "k1")
        again = self.refresh(self.shop, tokens, "k2").json()
        self.assertEqual(confirmation("k2"), jwt.claims_of(again["access_token"])["cnf"])
        self.assertEqual(200, self.userinfo(again, "k2").status)

    def test_an_error_of_the_binding_uses_nothing_up(self):
        landing = self.shop.journey(self.browser(), self.user)
        form = {"grant_type": "authorization_code", "code": landing.code, "redirect_uri": self.shop.redirect,
                "code_verifier": self.shop.pkce.verifier}
        asked = self.call(self.shop, "old", **form)
        self.assertEqual((400, "use_key_nonce"), (asked.status, asked.json()["error"]))
        self.assertEqual("n-1", asked.header("Key-Nonce"))
        for key in ("throws", "null"):
            self.assertEqual(500, self.call(self.shop, key, **form).status)
        self.assertEqual(200, self.call(self.shop, "k1", **form).status)

    def test_a_binding_that_throws_at_a_resource_opens_nothing(self):
        self.assertEqual(500, self.userinfo(self.tokens(self.shop, "k1"), "throws").status)


class BindingThatIsGone(Story):
    plugins = [*USES, "token_binding.key"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("token_binding.key", "tests/e2e/plugins/key_binding.cpp")
        cls.app = cls.client("app", scope="openid profile", method="none")
        cls.shop = cls.client("shop", scope="openid profile")

    call, redeem, tokens, refresh, userinfo = (getattr(BoundTokens, name)
                                               for name in ("call", "redeem", "tokens", "refresh", "userinfo"))

    def test_what_it_bound_is_refused_never_bearer(self):
        tokens = self.tokens(self.app, "k1")
        bearer = self.tokens(self.app, None)
        self.server.config["plugins"] = [entry for entry in self.server.config["plugins"]
                                         if entry["use"] != "token_binding.key"]
        self.server.write_config()
        self.server.stop()
        self.server.launch()
        for scheme in ("Keyed", "Bearer"):
            self.assertEqual(401, self.userinfo(tokens, "k1", scheme).status)
        self.assertEqual({"active": False}, self.shop.introspect(tokens["access_token"]).json())
        self.assertTokenError(self.refresh(self.app, tokens, "k1"), "invalid_grant")
        self.assertEqual(200, self.userinfo(bearer, scheme="Bearer").status)
        self.assertEqual(200, self.refresh(self.app, bearer, None).status)
