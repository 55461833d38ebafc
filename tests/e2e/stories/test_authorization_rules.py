# SPDX-License-Identifier: Apache-2.0
"""Authorization rules of third parties, compiled against the SDK alone."""
import json

from harness.server import USES
from harness.site import AUTHORIZE
from harness.story import Story
from harness.web import wait_until


class AuthorizationRules(Story):
    plugins = [*USES, "authorization_rule.card", "authorization_rule.greeting"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("authorization_rule.card", "tests/e2e/plugins/card_rule.cpp")
        cls.server.build_plugin("authorization_rule.greeting", "tests/e2e/plugins/greeting_rule.cpp")
        cls.server.build_plugin("module.notes", "tests/e2e/plugins/notes.cpp")
        cls.server.config["modules"].append({"use": "module.notes"})
        cls.server.write_config()

    def notes(self, tokens):
        return self.browser().post("/notes", {"token": tokens["access_token"]}).json()

    def test_a_note_goes_through_login_code_and_refresh(self):
        browser = self.browser()
        tokens = self.site.tokens(browser, self.user, scope="openid offline_access", prompt="consent", card="4711")
        noted = self.notes(tokens)
        self.assertEqual(({"client": "site"}, "4711"), (noted["greeting"], noted["card"]["card"]))
        for _ in range(2):
            tokens = self.assertTokens(self.site.refresh(tokens["refresh_token"]))
            self.assertEqual(noted, self.notes(tokens))

    def test_who_is_signed_in_gives_each_authorization_its_own(self):
        browser = self.browser()
        self.site.tokens(browser, self.user, card="1")
        self.assertEqual("2", self.notes(self.site.tokens(browser, self.user, card="2"))["card"]["card"])

    def test_a_rule_whose_parameter_is_not_there_is_not_asked(self):
        for absent in ({}, {"card": ""}):
            tokens = self.site.tokens(self.browser(), self.user, **absent)
            self.assertEqual({"greeting": {"client": "site"}}, self.notes(tokens))

    def test_what_one_client_asked_with_is_nothing_to_another(self):
        browser = self.browser()
        self.site.tokens(browser, self.user, card="4711")
        tokens = self.other.tokens(browser, self.user)
        self.assertEqual({"greeting": {"client": "other"}}, self.notes(tokens))

    def test_parameters_may_come_in_a_form(self):
        landing = self.site.journey(self.browser(), self.user, post=True, card="4711", response_mode="form_post")
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.assertEqual("4711", self.notes(tokens)["card"]["card"])

    def test_a_refusal_reaches_the_site(self):
        for mode in ("query", "form_post"):
            landing = self.site.journey(self.browser(), self.user, card="x", response_mode=mode, state="s")
            self.assertErrorBack(landing, "access_denied", "s")
            self.assertEqual(("The card is not a number", mode), (landing.params["error_description"], landing.mode))

    def test_the_kernels_rules_come_first(self):
        landing = self.site.journey(self.browser(), self.user, card="x", scope="no-such-scope")
        self.assertErrorBack(landing, "invalid_scope")

    def test_a_stranger_reaches_no_rule(self):
        page = self.browser().get(AUTHORIZE + "?client_id=site&redirect_uri=https://evil.example&trouble=throws")
        self.assertErrorPage(page, "invalid_request")

    def test_a_doubled_parameter_is_refused(self):
        self.assertErrorBack(self.site.journey(self.browser(), self.user, card=["1", "2"]), "invalid_request")

    def test_a_broken_rule_is_named_in_the_log_and_not_to_the_person(self):
        for trouble, why in (("throws", "lost my head"), ("throws oddly", "no std::exception"), ("too deep", "cannot be read")):
            landing = self.site.journey(self.browser(), self.user, trouble=trouble)
            self.assertErrorBack(landing, "server_error")
            self.assertNotIn("card", landing.params["error_description"])
            wait_until(lambda why=why: [line for line in self.server.log_lines() if line["level"] == "error" and
                                        line.get("detail", "").startswith("authorization_rule.card: ") and
                                        why in line["detail"]], 30, f"not logged: {why}")

    def test_what_can_be_noted_can_be_read(self):
        tokens = self.site.tokens(self.browser(), self.user, trouble="deep")
        self.assertIn("in", self.notes(tokens)["card"])

    def test_a_value_that_is_too_long_is_the_senders_fault(self):
        self.assertErrorBack(self.site.journey(self.browser(), self.user, trouble="long"), "invalid_request")
        self.assertErrorBack(self.site.journey(self.browser(), self.user, card="1" * 6000), "invalid_request")

    def test_the_order_can_be_read(self):
        listed = self.server.run("plugins", "--order", "--config", self.server.config_file, "--json", check=True)
        rules = [rule["rule"] for rule in json.loads(listed.stdout)]
        self.assertEqual(["authorization_rule.greeting", "authorization_rule.card"], rules[-2:])
        self.assertEqual("doubled", rules[0])
        table = self.server.run("plugins", "--order", "--config", self.server.config_file, check=True).stdout
        self.assertIn("code_challenge, code_challenge_method", table)
