# SPDX-License-Identifier: Apache-2.0
"""Claims that third parties' plugins add, compiled against the SDK alone."""
from harness import jwt
from harness.server import USES
from harness.site import TOKEN
from harness.story import Story
from harness.web import wait_until

SCOPE = "openid profile email offline_access odd throws forges long away"


class ClaimsSources(Story):
    plugins = [*USES, "authorization_rule.loyalty", "claims_source.loyalty", "claims_source.odd"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.client("site", scope=SCOPE)
        cls.other = cls.client("other", redirect="https://other.example/callback", scope=SCOPE)
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="odd")
        cls.server.build_plugin("authorization_rule.loyalty", "share/examples/loyalty/LoyaltyRule.cpp")
        cls.server.build_plugin("claims_source.loyalty", "share/examples/loyalty/LoyaltyClaims.cpp")
        cls.server.build_plugin("claims_source.odd", "tests/e2e/plugins/odd_source.cpp")

    def claims(self, token):
        return jwt.verify(token, self.keys(), ["RS256"])[1]

    def test_a_parameter_ends_as_a_claim_in_the_access_token(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent",
                                  loyalty_card="4711")
        for _ in range(2):
            self.assertEqual("4711", self.claims(tokens["access_token"])["loyalty_card"])
            self.assertEqual("4711", self.site.introspect(tokens["access_token"]).json()["loyalty_card"])
            self.assertNotIn("loyalty_card", self.claims(tokens["id_token"]))
            self.assertNotIn("loyalty_card", self.site.userinfo(tokens["access_token"]).json())
            tokens = self.assertTokens(self.site.refresh(tokens["refresh_token"]))

    def test_without_the_parameter_there_is_no_claim(self):
        browser = self.browser()
        self.site.tokens(browser, self.user, loyalty_card="4711")
        for client in (self.site, self.other):
            tokens = client.tokens(browser, self.user)
            self.assertNotIn("loyalty_card", self.claims(tokens["access_token"]))

    def test_what_is_no_card_is_refused(self):
        for card in ("x", "1" * 17, "4711 ", "\u0664"):
            landing = self.site.journey(self.browser(), self.user, loyalty_card=card)
            self.assertErrorBack(landing, "invalid_request")

    def test_a_source_is_asked_for_each_place(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid odd")
        self.assertEqual("access_token", self.claims(tokens["access_token"])["odd"])
        self.assertEqual("id_token", self.claims(tokens["id_token"])["odd"])
        self.assertEqual("userinfo", self.site.userinfo(tokens["access_token"]).json()["odd"])
        alone = self.machine.call(TOKEN, {"grant_type": "client_credentials"}).json()
        self.assertEqual("access_token", self.claims(alone["access_token"])["odd"])
        self.assertLessEqual({"odd", "loyalty_card", "email"}, set(self.server.metadata["claims_supported"]))

    def test_a_broken_source_is_named_in_the_log_and_gives_no_token(self):
        for scope, why in (("throws", "lost my head"), ("forges", "did not declare"), ("long", "too long")):
            landing = self.site.journey(self.browser(), self.user, scope=f"openid {scope}")
            answer = self.site.redeem(landing.code)
            self.assertEqual((500, "server_error"), (answer.status, answer.json()["error"]))
            self.assertNotIn("odd", answer.text)
            wait_until(lambda why=why: [line for line in self.server.log_lines() if line["level"] == "error" and
                                        "claims_source.odd: " in str(line) and why in str(line)], 30, why)

    def test_one_that_waits_for_something_lets_the_client_try_again(self):
        landing = self.site.journey(self.browser(), self.user, scope="openid away")
        answer = self.site.redeem(landing.code)
        self.assertEqual((503, "temporarily_unavailable"), (answer.status, answer.json()["error"]))
        self.assertTrue(answer.header("Retry-After"))

    def test_a_claim_of_the_configuration_is_no_sources(self):
        self.server.config["oauth"]["claims"] = {"odd": {"scope": "profile"}}
        self.server.write_config()
        self.addCleanup(self.server.write_config)
        self.addCleanup(self.server.config["oauth"].pop, "claims")
        refused = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(78, refused.returncode)
        self.assertIn('claims_source.odd: gives the claim "odd", as does oauth.claims', refused.stderr)
