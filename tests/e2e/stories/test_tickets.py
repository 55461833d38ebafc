# SPDX-License-Identifier: Apache-2.0
"""Tickets of a third party's grant, polling, an actor, and members of the token answer, compiled against the SDK alone."""
from harness import jwt
from harness.server import USES
from harness.site import TOKEN
from harness.story import Story

TICKET = "urn:example:ticket"


class Tickets(Story):
    plugins = [*USES, "grant.ticket", {"use": "grant.ticket_twin", "name": "twin"}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("grant.ticket", "tests/e2e/plugins/ticket_grant.cpp")
        cls.server.build_plugin("grant.ticket_twin", "tests/e2e/plugins/ticket_twin.cpp")
        grants = ("authorization_code", "refresh_token", TICKET, TICKET + ":twin")
        cls.shop = cls.client("shop", grants=grants, scope="openid profile")
        cls.another = cls.client("another", grants=grants, scope="openid profile")
        cls.ada = cls.server.command("user", "show", "ada")

    def ask(self, client=None, grant=TICKET, **form):
        return (client or self.shop).call(TOKEN, {"grant_type": grant, **form})

    def assertError(self, response, code, status):
        self.assertEqual((status, code), (response.status, response.json()["error"]))

    def ticket(self):
        return self.ask(issue=self.ada["id"]).json()["ticket"]

    def test_a_ticket_is_good_once(self):
        ticket = self.ticket()
        tokens = self.assertTokens(self.ask(ticket=ticket))
        self.assertEqual(self.ada["sub"], self.shop.userinfo(tokens["access_token"]).json()["sub"])
        self.assertTokens(self.shop.refresh(tokens["refresh_token"]))
        self.assertTokenError(self.ask(ticket=ticket), "invalid_grant")

    def test_tickets_of_another_plugin_or_client_and_codes_do_not_open(self):
        self.assertTokenError(self.ask(grant=TICKET + ":twin", ticket=self.ticket()), "invalid_grant")
        self.assertTokenError(self.ask(self.another, ticket=self.ticket()), "invalid_grant")
        landing = self.shop.journey(self.browser(), self.user)
        self.assertTokenError(self.ask(kind="authorization_code", ticket=landing.code), "invalid_grant")
        self.assertTokens(self.shop.redeem(landing.code))

    def test_polling_uses_nothing_up(self):
        ticket = self.ticket()
        for code in ("authorization_pending", "slow_down", "authorization_pending"):
            self.assertError(self.ask(ticket=ticket, say=code), code, 400)
        self.assertTokens(self.ask(ticket=ticket))

    def test_two_tickets_are_used_up_together(self):
        first, second = self.ticket(), self.ticket()
        self.assertTokenError(self.ask(second=second, ticket=first + "x"), "invalid_grant")
        self.assertTokens(self.ask(second=second, ticket=first))
        for ticket in (first, second):
            self.assertTokenError(self.ask(ticket=ticket), "invalid_grant")

    def test_who_acts_is_told_in_the_token_and_after_a_refresh(self):
        tokens = self.assertTokens(self.ask(ticket=self.ticket()))
        for _ in range(2):
            told = self.shop.introspect(tokens["access_token"]).json()
            self.assertEqual({"sub": "shop"}, told["act"])
            self.assertEqual({"sub": "shop"}, jwt.claims_of(tokens["access_token"])["act"])
            tokens = self.assertTokens(self.shop.refresh(tokens["refresh_token"]))

    def test_a_ticket_may_be_used_for_somebody_else(self):
        self.person("bob")
        bob = self.server.command("user", "show", "bob")
        ticket = self.ticket()
        tokens = self.assertTokens(self.ask(ticket=ticket, person=bob["id"]))
        self.assertEqual(bob["sub"], self.shop.userinfo(tokens["access_token"]).json()["sub"])
        self.server.command("user", "disable", "bob")
        self.assertTokenError(self.ask(ticket=self.ticket(), person=bob["id"]), "invalid_grant")

    def test_the_answer_may_have_more_members(self):
        answer = self.assertTokens(self.ask(ticket=self.ticket()))
        self.assertEqual("urn:ietf:params:oauth:token-type:access_token", answer["issued_token_type"])
        self.assertEqual("Bearer", answer["token_type"])

    def test_but_none_that_is_the_servers(self):
        for member in ("access_token", "token_type", "refresh_token", "error"):
            ticket = self.ticket()
            self.assertError(self.ask(ticket=ticket, member=member), "server_error", 500)
            self.assertTokens(self.ask(ticket=ticket))

    def test_an_error_code_of_other_characters_does_not_leave(self):
        self.assertError(self.ask(ticket=self.ticket(), say='a"b'), "server_error", 500)
        self.assertError(self.ask(ticket=self.ticket(), say="own_error"), "own_error", 400)
