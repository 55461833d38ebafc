# SPDX-License-Identifier: Apache-2.0
"""Exchanging tokens (RFC 8693) that are bound, and those of another issuer."""
from harness import jwt
from harness.dpop import Prover
from harness.exchange import ACCESS, BOTH, JWT, MAIL, ORDERS, SCOPE, Elsewhere, ExchangeStory, exchange, policy
from harness.site import TOKEN


class Bound(ExchangeStory):
    more = ["token_binding.dpop"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.mine, cls.theirs = Prover(cls.server.issuer), Prover(cls.server.issuer)

    def proof(self, key):
        return {"DPoP": key.proof("POST", TOKEN)}

    def test_a_bound_token_is_exchanged_by_who_proves_the_key_alone(self):
        code = self.site.journey(self.browser(), self.user, scope=SCOPE, resource=[ORDERS, MAIL], prompt="consent").code
        headers, fields = self.site.credentials()
        tokens = self.browser().post(TOKEN, {**fields, "grant_type": "authorization_code", "code": code,
                                             "redirect_uri": self.site.redirect, "code_verifier": self.site.pkce.verifier},
                                     headers={**headers, **self.proof(self.mine)}, cookies=False).json()
        token = tokens["access_token"]
        self.assertTokenError(exchange(self.gateway, token), "invalid_grant", 400)
        self.assertTokenError(exchange(self.gateway, token, headers=self.proof(self.theirs)), "invalid_grant", 400)
        body = self.assertExchanged(exchange(self.gateway, token, headers=self.proof(self.mine)), kind="dpop")
        self.assertEqual({"jkt": self.mine.jkt}, self.claims(body)["cnf"])

    def test_a_token_may_be_bound_by_its_exchange(self):
        body = self.assertExchanged(exchange(self.gateway, self.login()["access_token"], headers=self.proof(self.mine)),
                                    kind="dpop")
        self.assertEqual({"jkt": self.mine.jkt}, self.claims(body)["cnf"])


class Elsewheres(ExchangeStory):
    """JWTs of another issuer."""

    @classmethod
    def setUpClass(cls):
        cls.elsewhere = Elsewhere()
        cls.addClassCleanup(cls.elsewhere.close)
        cls.settings = {"outgoing": {"allow": [cls.elsewhere.shelf.origin]}}
        clients = ["frontier", "doubter"]
        cls.more = [{"use": "trusted_issuer.jwt", "issuer": cls.elsewhere.url, "jwks_uri": cls.elsewhere.jwks_uri,
                     "subjects": {
                         "robots": {"when": {"kind": "robot"}, "clients": clients, "scopes": ["audit"]},
                         "people": {"clients": clients, "person": {"by": "login"}, "audience": [ORDERS],
                                    "scopes": ["openid", "orders:read"]}}}]
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.frontier = cls.service("frontier", policy(**{"from": [cls.elsewhere.url, "site"], "as": BOTH}))
        cls.doubter = cls.service("doubter", policy(**{"from": ["site"], "as": BOTH}))

    def jwt(self, **claims):
        return self.elsewhere.assertion(self.server.issuer, **claims)

    def test_a_person_of_elsewhere_is_one_of_ours(self):
        assertion = self.jwt(life=100)
        body = self.assertExchanged(exchange(self.frontier, assertion, JWT))
        claims = self.claims(body)
        self.assertEqual(self.claims(self.login())["sub"], claims["sub"])
        self.assertEqual(("frontier", ORDERS, "openid orders:read"), (claims["client_id"], claims["aud"], claims["scope"]))
        self.assertLessEqual(claims["exp"], jwt.claims_of(assertion)["exp"])
        self.assertTokenError(exchange(self.frontier, assertion, JWT), "invalid_grant", 400)

    def test_no_more_than_the_operator_says(self):
        for wide in ({"scope": "orders:write"}, {"scope": "openid profile"}):
            self.assertTokenError(exchange(self.frontier, self.jwt(), JWT, **wide), "invalid_scope", 400)
        self.assertTokenError(exchange(self.frontier, self.jwt(), JWT, resource=MAIL), "invalid_target", 400)
        self.assertTokenError(exchange(self.frontier, self.jwt(kind="robot"), JWT, resource=ORDERS), "invalid_target", 400)
        self.assertTokenError(exchange(self.doubter, self.jwt(), JWT), "unauthorized_client", 400)
        self.assertTokenError(exchange(self.gateway, self.jwt(), JWT), "invalid_request", 400)

    def test_forged_actors_and_unfit_ones_are_refused(self):
        act = {"sub": "root"}
        for _ in range(49):
            act = {"sub": "root", "act": act}
        for claims in ({"act": {"sub": "root"}}, {"act": act}, {"act": "root"}, {"may_act": {"sub": "other"}},
                       {"may_act": {}}, {"may_act": "frontier"}, {"may_act": {"sub": "frontier", "iss": "https://x.example"}},
                       {"cnf": {"jkt": "x"}}):
            with self.subTest(claims):
                self.assertTokenError(exchange(self.frontier, self.jwt(**claims), JWT), "invalid_request", 400)

    def test_who_may_act_acts(self):
        self.assertExchanged(exchange(self.frontier, self.jwt(may_act={"sub": "frontier"}), JWT))
        body = self.assertExchanged(exchange(self.frontier, self.jwt(may_act={"sub": "frontier"}), JWT,
                                             actor_token=self.own(self.frontier), actor_token_type=ACCESS))
        self.assertEqual({"sub": "frontier"}, self.claims(body)["act"])

    def test_an_actor_of_elsewhere_is_named_with_its_issuer(self):
        body = self.assertExchanged(exchange(self.frontier, self.login()["access_token"],
                                             actor_token=self.jwt(sub="robot-7", kind="robot"), actor_token_type=JWT))
        self.assertEqual({"sub": "robot-7", "iss": self.elsewhere.url}, self.claims(body)["act"])

    def test_jwts_that_are_not_good(self):
        stranger = jwt.Signer("ES256", kid="e1")
        claims = self.elsewhere.claims(self.server.issuer)
        unsigned = jwt.encode({"alg": "none"}) + "." + jwt.encode(claims) + "."
        for bad in (unsigned, stranger.sign(claims), self.jwt(iss="https://nobody.example"), self.jwt(life=-10),
                    self.jwt(life=86_400), self.jwt(exp=None), self.elsewhere.assertion("https://other.example"),
                    self.elsewhere.assertion([self.server.issuer, "https://other.example"]),
                    self.elsewhere.assertion(None), self.jwt(sub="nobody"), self.jwt(sub=None)):
            with self.subTest(bad[-40:]):
                self.assertTokenError(exchange(self.frontier, bad, JWT), "invalid_request", 400)
