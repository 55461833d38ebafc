# SPDX-License-Identifier: Apache-2.0
"""A third party's grant, compiled against the SDK alone, entitles a person as a login does."""
from harness.server import USES
from harness.site import TOKEN
from harness.story import Story

VOUCHER = "urn:example:voucher"


class OwnGrant(Story):
    plugins = [*USES, "grant.voucher"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("grant.voucher", "share/examples/voucher/Voucher.cpp")
        cls.shop = cls.client("shop", grants=("authorization_code", "refresh_token", VOUCHER), scope="openid profile orders")
        cls.ada = cls.server.command("user", "show", "ada")

    def voucher(self, scope="openid profile", **more):
        return self.shop.call(TOKEN, {"grant_type": VOUCHER, "id": self.ada["id"], "scope": scope, **more})

    def test_its_tokens_live_like_those_of_a_login(self):
        tokens = self.assertTokens(self.voucher())
        login = self.shop.tokens(self.browser(), self.user, scope="openid profile")
        told = self.shop.userinfo(tokens["access_token"]).json()
        self.assertEqual(self.shop.userinfo(login["access_token"]).json(), told)
        self.assertEqual(told["sub"], self.assertIdToken(tokens["id_token"], self.shop)["sub"])
        self.assertActive(self.shop, tokens["access_token"])
        for _ in range(2):
            tokens = self.assertTokens(self.shop.refresh(tokens["refresh_token"]))
            self.assertEqual(told, self.shop.userinfo(tokens["access_token"]).json())

    def test_each_is_an_authorization_of_its_own(self):
        first, second = (self.assertTokens(self.voucher()) for _ in range(2))
        self.assertEqual(200, self.shop.revoke(first["refresh_token"]).status)
        self.assertTokenError(self.shop.refresh(first["refresh_token"]), "invalid_grant")
        self.assertTokens(self.shop.refresh(second["refresh_token"]))

    def test_it_can_ask_for_the_sub_of_a_person(self):
        self.assertTokens(self.voucher(sub=self.ada["sub"]))
        self.assertTokenError(self.voucher(sub="somebody else's"), "invalid_grant")

    def test_a_scope_the_client_may_not_have_is_refused(self):
        self.assertTokenError(self.voucher("openid email"), "invalid_scope")

    def test_nobody_gets_tokens_for_who_is_not_there(self):
        self.assertTokenError(self.voucher(id="no such person"), "invalid_grant")

    def test_who_is_disabled_gets_none(self):
        self.person("bob")
        bob = self.server.command("user", "disable", "bob")
        self.assertTokenError(self.voucher(id=bob["id"]), "invalid_grant")
