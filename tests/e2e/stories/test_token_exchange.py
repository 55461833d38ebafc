# SPDX-License-Identifier: Apache-2.0
"""Tokens for tokens (RFC 8693): of the same subject, for less, and no longer than what they came from."""
import json

from harness import jwt, registration
from harness.exchange import ACCESS, BOTH, EXCHANGE, GRANT, ID, JWT, MAIL, ORDERS, REFRESH, SCOPE, ExchangeStory, exchange, policy
from harness.server import CommandFailed
from harness.web import at_once, wait_until

class Exchange(ExchangeStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.opaque_site = cls.client("opaque-site", "https://opaque.example/cb", scope=SCOPE,
                                     options=("--access-token-format", "opaque"))
        cls.opaque = cls.service("opaque", policy("--access-token-format", "opaque",
                                                  **{"from": ["site", "opaque-site", "gateway"], "as": BOTH}))
        cls.next = cls.service("next", policy(**{"from": ["gateway", "opaque", "next"], "as": BOTH}))
        cls.narrow = cls.service("narrow", policy(**{"from": ["site"], "as": ["impersonation"], "audience": [ORDERS]}),
                                 scope="orders:read audit")
        cls.delegate = cls.service("delegate", policy(**{"from": ["site"], "as": ["delegation"]}))
        cls.bare = cls.service("bare")

    def test_discovery_names_the_grant(self):
        self.assertIn(EXCHANGE, self.server.metadata["grant_types_supported"])

    def test_impersonation_gives_a_token_of_the_same_subject(self):
        before = self.claims(self.login())
        for client in (self.site, self.opaque_site):
            tokens = self.login(client)
            body = self.assertExchanged(exchange(self.gateway, tokens["access_token"]))
            after = self.claims(body)
            self.assertEqual((before["sub"], "gateway"), (after["sub"], after["client_id"]))
            self.assertEqual({ORDERS, MAIL}, set(after["aud"]))
            self.assertNotIn("act", after)
            self.assertEqual(set(SCOPE.split()), set(body["scope"].split()))
            self.assertEqual(401, self.gateway.userinfo(body["access_token"]).status)

    def test_userinfo_tells_what_its_scopes_say(self):
        tokens = self.login(scope="openid offline_access", resource=[], claims=json.dumps({"userinfo": {"name": None}}))
        self.assertIn("name", self.site.userinfo(tokens["access_token"]).json())
        body = self.assertExchanged(exchange(self.gateway, tokens["access_token"], scope="openid"))
        self.assertEqual({"sub": self.claims(tokens)["sub"]}, self.gateway.userinfo(body["access_token"]).json())

    def test_scopes_and_targets_are_narrowed_and_never_widened(self):
        token = self.login(scope="openid orders:read", resource=ORDERS)["access_token"]
        body = self.assertExchanged(exchange(self.gateway, token, scope="orders:read", resource=ORDERS))
        self.assertEqual(("orders:read", ORDERS), (body["scope"], self.claims(body)["aud"]))
        body = self.assertExchanged(exchange(self.gateway, token, audience=ORDERS))
        self.assertEqual(ORDERS, self.claims(body)["aud"])
        for scope in ("orders:read orders:write", "audit", " ", "profile"):
            with self.subTest(scope):
                self.assertTokenError(exchange(self.gateway, token, scope=scope), "invalid_scope", 400)
        for target in ({"resource": MAIL}, {"resource": [ORDERS, MAIL]}, {"audience": MAIL}, {"audience": "site"},
                       {"resource": self.server.issuer}, {"resource": "not a uri"},
                       {"resource": ORDERS, "audience": MAIL}):
            with self.subTest(target):
                self.assertTokenError(exchange(self.gateway, token, **target), "invalid_target", 400)

    def test_what_was_narrowed_stays_narrow(self):
        token = self.login()["access_token"]
        once = self.assertExchanged(exchange(self.gateway, token, scope="orders:read", resource=ORDERS))
        twice = self.assertExchanged(exchange(self.next, once["access_token"]))
        self.assertEqual(("orders:read", ORDERS), (twice["scope"], self.claims(twice)["aud"]))
        self.assertTokenError(exchange(self.next, once["access_token"], scope="orders:write"), "invalid_scope", 400)
        self.assertTokenError(exchange(self.next, once["access_token"], resource=MAIL), "invalid_target", 400)

    def test_a_client_gets_no_scope_that_it_does_not_have(self):
        body = self.assertExchanged(exchange(self.narrow, self.login()["access_token"]))
        self.assertEqual(("orders:read", ORDERS), (body["scope"], self.claims(body)["aud"]))

    def test_it_lives_no_longer(self):
        tokens = self.login()
        body = self.assertExchanged(exchange(self.gateway, tokens["access_token"]))
        self.assertLessEqual(self.claims(body)["exp"], self.claims(tokens)["exp"])

    def test_delegation_names_who_acts_one_within_the_other(self):
        token = self.login()["access_token"]
        for holder, following in ((self.gateway, self.next), (self.opaque, self.next)):
            actor = self.own(holder)
            once = self.assertExchanged(exchange(holder, token, actor_token=actor, actor_token_type=ACCESS))
            self.assertEqual({"sub": holder.id}, self.auditor.introspect(once["access_token"]).json()["act"])
            twice = self.assertExchanged(exchange(following, once["access_token"], actor_token=self.own(following),
                                                  actor_token_type=ACCESS))
            self.assertEqual({"sub": "next", "act": {"sub": holder.id}}, self.claims(twice)["act"])
            kept = self.assertExchanged(exchange(following, twice["access_token"]))
            self.assertEqual({"sub": "next", "act": {"sub": holder.id}}, self.claims(kept)["act"])

    def test_the_chain_of_actors_ends(self):
        token = self.login()["access_token"]
        token = self.assertExchanged(exchange(self.gateway, token))["access_token"]
        answers = []
        for _ in range(50):
            answers.append(exchange(self.next, token, actor_token=self.own(self.next), actor_token_type=ACCESS))
            if answers[-1].status != 200:
                break
            token = answers[-1].json()["access_token"]
        self.assertTokenError(answers[-1], "invalid_request", 400)
        self.assertLess(len(answers), 6)

    def test_exchanges_of_exchanges_end(self):
        token = self.assertExchanged(exchange(self.gateway, self.login()["access_token"]))["access_token"]
        for _ in range(50):
            answer = exchange(self.next, token)
            if answer.status != 200:
                break
            token = answer.json()["access_token"]
        self.assertTokenError(answer, "invalid_request", 400)

    def test_a_service_is_a_subject_too(self):
        token = self.own(self.gateway, scope="audit")
        claims = self.claims(self.assertExchanged(exchange(self.next, token)))
        self.assertEqual(("gateway", "next", "audit"), (claims["sub"], claims["client_id"], claims["scope"]))

    def test_an_id_token_stands_for_what_it_was_given_for(self):
        shop = self.client("shop", "https://shop.example/cb", grants=("authorization_code", "refresh_token", EXCHANGE),
                           scope=SCOPE, options=policy(**{"from": ["shop"], "as": ["impersonation"]}))
        tokens = self.login(shop, scope="openid offline_access orders:read", resource=ORDERS)
        body = self.assertExchanged(exchange(shop, tokens["id_token"], ID, scope="orders:read"))
        self.assertEqual((self.claims(tokens)["sub"], ORDERS), (self.claims(body)["sub"], self.claims(body)["aud"]))
        self.assertTokenError(exchange(shop, tokens["id_token"], ID, scope="orders:write"), "invalid_scope", 400)
        self.assertTokenError(exchange(self.gateway, tokens["id_token"], ID), "invalid_request", 400)
        self.assertTokenError(exchange(shop, tokens["access_token"], ID), "invalid_request", 400)
        self.assertTokenError(exchange(shop, tokens["id_token"], ACCESS), "invalid_request", 400)
        self.assertTokenError(exchange(shop, tokens["id_token"], JWT), "invalid_request", 400)
        self.assertEqual(200, shop.revoke(tokens["access_token"]).status)
        self.assertActive(shop, body["access_token"])
        self.assertEqual(200, shop.revoke(tokens["refresh_token"]).status)
        self.assertDead(shop, body["access_token"])
        self.assertTokenError(exchange(shop, tokens["id_token"], ID), "invalid_request", 400)

    def test_who_may_not_is_refused(self):
        tokens = self.login()
        mine = self.own(self.gateway)
        self.assertTokenError(exchange(self.bare, tokens["access_token"]), "unauthorized_client", 400)
        self.assertTokenError(exchange(self.site, tokens["access_token"]), "unauthorized_client", 400)
        stranger = self.login(self.other)["access_token"]
        self.assertTokenError(exchange(self.gateway, stranger), "unauthorized_client", 400)
        self.assertTokenError(exchange(self.delegate, tokens["access_token"]), "unauthorized_client", 400)
        self.assertTokenError(exchange(self.narrow, tokens["access_token"], actor_token=self.own(self.narrow),
                                       actor_token_type=ACCESS), "unauthorized_client", 400)
        self.assertTokenError(exchange(self.narrow, tokens["access_token"], resource=MAIL), "invalid_target", 400)
        self.assertTokenError(exchange(self.delegate, tokens["access_token"], actor_token=mine, actor_token_type=ACCESS),
                              "unauthorized_client", 400)
        public = self.client("public", "https://public.example/cb", method="none",
                             grants=("authorization_code", EXCHANGE), options=policy(**{"from": ["site"], "as": BOTH}))
        self.assertTokenError(exchange(public, tokens["access_token"]), "unauthorized_client", 400)

    def test_tokens_that_are_none(self):
        tokens = self.login()
        token = tokens["access_token"]
        header, claims, _ = jwt.parts(token)
        unsigned = jwt.encode({**header, "alg": "none"}) + "." + jwt.encode({**claims, "scope": "audit"}) + "."
        forged = jwt.Signer("RS256", kid=header["kid"]).sign({**claims, "act": {"sub": "root"}}, typ="at+jwt")
        for bad in (unsigned, forged, token[:-4] + "AAAA", token + "=", "x", "x" * 5000, "\x00", tokens["refresh_token"]):
            for kind in (ACCESS, ID, JWT):
                with self.subTest(token=bad[:20], kind=kind):
                    self.assertTokenError(exchange(self.gateway, bad, kind), "invalid_request", 400)
        self.assertTokenError(exchange(self.gateway, tokens["refresh_token"], REFRESH), "invalid_request", 400)

    def test_requests_that_are_none(self):
        token = self.login()["access_token"]
        actor = self.own(self.gateway)
        for change in ({"subject_token_type": None}, {"subject_token_type": "urn:x"}, {"subject_token": ""},
                       {"actor_token": actor}, {"actor_token_type": ACCESS}, {"actor_token": "x", "actor_token_type": ACCESS},
                       {"actor_token": actor, "actor_token_type": "urn:x"}, {"requested_token_type": REFRESH},
                       {"requested_token_type": ID}, {"requested_token_type": "urn:x"},
                       {"subject_token": [token, token]}, {"scope": ["orders:read", "orders:read"]},
                       {"audience": [ORDERS, MAIL]}):
            with self.subTest(change):
                form = {"subject_token": token, "kind": ACCESS, **change}
                kind = form.pop("subject_token_type", form.pop("kind"))
                self.assertTokenError(exchange(self.gateway, form.pop("subject_token"), kind, **form), "invalid_request", 400)
        self.assertExchanged(exchange(self.gateway, token, requested_token_type=ACCESS, unknown="x"))

    def test_revoking_ends_what_came_from_it(self):
        for site in (self.site, self.opaque_site):
            for holder in (self.gateway, self.opaque):
                with self.subTest(site=site.id, holder=holder.id):
                    tokens = self.login(site)
                    once = self.assertExchanged(exchange(holder, tokens["access_token"]))["access_token"]
                    twice = self.assertExchanged(exchange(self.next, once))["access_token"]
                    self.assertActive(self.auditor, twice)
                    site.revoke(tokens["access_token"])
                    self.assertDead(self.auditor, once)
                    self.assertDead(self.auditor, twice)
                    self.assertTokenError(exchange(holder, tokens["access_token"]), "invalid_request", 400)
                    self.assertTokenError(exchange(self.next, once), "invalid_request", 400)

    def test_revoking_the_authorization_ends_it_too(self):
        for site in (self.site, self.opaque_site):
            for holder in (self.gateway, self.opaque):
                tokens = self.login(site)
                once = self.assertExchanged(exchange(holder, tokens["access_token"]))["access_token"]
                site.revoke(tokens["refresh_token"])
                self.assertDead(self.auditor, once)
                self.assertTokenError(exchange(holder, tokens["access_token"]), "invalid_request", 400)

    def test_revoking_the_actors_token_ends_it_too(self):
        for holder in (self.gateway, self.opaque):
            actor = self.own(holder)
            token = self.assertExchanged(exchange(holder, self.login()["access_token"], actor_token=actor,
                                                  actor_token_type=ACCESS))["access_token"]
            holder.revoke(actor)
            self.assertDead(self.auditor, token)

    def test_removing_the_origins_client_ends_it_too(self):
        for form in ("jwt", "opaque"):
            site = self.client("passing", "https://passing.example/cb", scope=SCOPE)
            heir = self.service("heir-" + form, policy("--access-token-format", form,
                                                       **{"from": ["passing", "heir-" + form], "as": BOTH}))
            once = self.assertExchanged(exchange(heir, self.login(site)["access_token"]))["access_token"]
            twice = self.assertExchanged(exchange(heir, once))["access_token"]
            self.assertActive(self.auditor, twice)
            self.server.command("client", "remove", "passing")
            for token in (once, twice):
                wait_until(lambda token=token: not self.auditor.introspect(token).json()["active"], 30, "still alive")

    def test_revoking_what_came_from_it_leaves_the_origin(self):
        tokens = self.login()
        once = self.assertExchanged(exchange(self.gateway, tokens["access_token"]))["access_token"]
        self.gateway.revoke(once)
        self.assertDead(self.auditor, once)
        self.assertActive(self.site, tokens["access_token"])
        self.assertTokens(self.site.refresh(tokens["refresh_token"]))

    def test_no_race_with_a_revocation_leaves_a_token(self):
        for site, end in ((self.site, "access_token"), (self.opaque_site, "access_token"),
                          (self.site, "refresh_token"), (self.opaque_site, "refresh_token")):
            for holder in (self.gateway, self.opaque):
                tokens = self.login(site)

                def call(number, site=site, holder=holder, tokens=tokens, end=end):
                    return site.revoke(tokens[end]) if number == 3 else exchange(holder, tokens["access_token"])
                for answer in at_once(8, call):
                    if answer.text and "access_token" in answer.json():
                        self.assertDead(self.auditor, answer.json()["access_token"])
                self.assertTokenError(exchange(holder, tokens["access_token"]), "invalid_request", 400)

    def test_the_audit_trail_tells_subject_actor_and_origin(self):
        tokens = self.login()
        body = self.assertExchanged(exchange(self.gateway, tokens["access_token"], actor_token=self.own(self.gateway),
                                             actor_token_type=ACCESS))
        claims = self.claims(body)

        def line():
            return next((line for line in self.server.log_lines() if line.get("details", {}).get("jti") == claims["jti"]), None)
        wait_until(line, 20, "no event")
        told = {**line(), **line()["details"]}
        self.assertEqual({"event": "token.issued", "client": "gateway", "subject": claims["sub"], "actor": "gateway",
                          "origin_client_id": "site", "grant": EXCHANGE},
                         {name: told.get(name) for name in ("event", "client", "subject", "actor", "origin_client_id",
                                                            "grant")})

    def test_the_command_line_tells_and_checks_the_policy(self):
        shown = json.dumps(self.server.command("client", "show", "narrow"))
        self.assertIn("token_exchange", shown)
        self.assertIn(ORDERS, shown)
        for wrong in ("yes", "{}", '{"from":["site"]}', '{"from":["site"],"as":["x"]}', '{"from":"","as":["delegation"]}',
                      '{"from":["site"],"as":["delegation"],"scope":["x"]}'):
            with self.subTest(wrong), self.assertRaises(CommandFailed) as failed:
                self.service("wrong", ("--member", "token_exchange=" + wrong))
            self.assertIn("token_exchange: ", failed.exception.output)


class ShortLives(ExchangeStory):
    settings = {"oauth": {"access_token_ttl_secs": 2, "id_token_ttl_secs": 1}}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop = cls.client("shop", "https://shop.example/cb", grants=("authorization_code", EXCHANGE), scope=SCOPE,
                              options=policy(**{"from": ["shop"], "as": BOTH}))

    def test_what_has_expired_is_worth_nothing(self):
        tokens = self.login(self.shop)
        wait_until(lambda: not self.shop.introspect(tokens["access_token"]).json()["active"], 20, "it does not expire")
        self.assertTokenError(exchange(self.shop, tokens["access_token"]), "invalid_request", 400)
        self.assertTokenError(exchange(self.shop, tokens["id_token"], ID), "invalid_request", 400)


class Registering(ExchangeStory):
    modules = registration.modules(access="open")

    def test_no_client_says_of_itself_what_it_may_exchange(self):
        made = registration.register(self.browser(), registration.metadata(token_exchange={"from": ["site"], "as": BOTH}))
        self.assertEqual(201, made.status, made)
        self.assertNotIn("token_exchange", made.json())
        self.assertNotIn("token_exchange", json.dumps(self.server.command("client", "show", made.json()["client_id"])))


class Switch(ExchangeStory):
    def test_its_line_away_and_back(self):
        token = self.login()["access_token"]
        self.assertExchanged(exchange(self.gateway, token))
        before = list(self.server.config["plugins"])

        def load(plugins):
            self.server.config["plugins"] = plugins
            self.server.write_config()
            self.server.reload()

        def names():
            return EXCHANGE in self.get("/.well-known/openid-configuration").json()["grant_types_supported"]
        load([entry for entry in before if entry["use"] != GRANT])
        wait_until(lambda: not names(), 20, "discovery names it still")
        self.assertTokenError(exchange(self.gateway, token), "unsupported_grant_type", 400)
        load(before)
        wait_until(names, 20, "discovery does not name it")
        self.assertExchanged(exchange(self.gateway, token))
