# SPDX-License-Identifier: Apache-2.0
"""The examples for writers of plugins, built outside the tree against an installed prefix.

GATEHOUSE_EXAMPLES_BUILD names the folder in which each has its build folder.
"""
import os
import re
from pathlib import Path

from harness import jwt
from harness.story import Story
from harness.word_card import WordCardLogin

EXAMPLES = Path(os.environ.get("GATEHOUSE_EXAMPLES_BUILD", "/nonexistent"))


class TokenDesk(Story):
    """A module with an endpoint for clients and a page with a form."""

    @classmethod
    def furnish(cls):
        super().furnish()
        library = next((EXAMPLES / "token_desk").rglob("module.token_desk.so"))
        cls.server.config["plugin_dirs"].append(str(library.parent))
        cls.server.config["modules"].append({"use": "module.token_desk"})
        cls.server.write_config()

    def test_clients_are_told_what_a_token_says(self):
        token = self.site.tokens(self.browser(), self.user, scope="openid email")["access_token"]
        told = self.site.call("/api/token-desk", {"token": token}).json()
        self.assertEqual({"active": True, "client": self.site.id, "scope": "openid email"}, told)
        self.assertEqual({"active": False}, self.site.call("/api/token-desk", {"token": "x" + token}).json())

    def test_a_stranger_is_not_told(self):
        answer = self.browser().post("/api/token-desk", {"token": "x"})
        self.assertEqual((401, "invalid_client"), (answer.status, answer.json()["error"]))

    def test_who_is_signed_in_is_shown_it(self):
        browser = self.browser()
        token = self.site.tokens(browser, self.user, scope="openid email")["access_token"]
        page = browser.get("/token-desk")
        self.assertIn("What does this token say?", page.text)
        csrf = re.search(r'name="csrf" value="([^"]+)"', page.text).group(1)
        told = browser.post("/token-desk", {"csrf": csrf, "token": token})
        self.assertIn("It is good.", told.text)
        self.assertIn("openid email", told.text)
        told = browser.post("/token-desk", {"csrf": csrf, "token": "nonsense"})
        self.assertIn("It is not good", told.text)

    def test_it_speaks_the_persons_language(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        page = browser.get("/token-desk", headers={"Accept-Language": "de"})
        self.assertIn("Was sagt dieses Token?", page.text)

    def test_nobody_else_is(self):
        self.assertEqual(403, self.get("/token-desk").status)

    def test_another_site_cannot_post_its_form(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        self.assertEqual(403, browser.post("/token-desk", {"csrf": "guessed", "token": "x"}).status)


class Loyalty(Story):
    """A parameter of an authorization request that ends as a claim in the access token."""

    @classmethod
    def furnish(cls):
        super().furnish()
        for plugin in ("authorization_rule.loyalty", "claims_source.loyalty"):
            library = next((EXAMPLES / "loyalty").rglob(plugin + ".so"))
            cls.server.config["plugin_dirs"].append(str(library.parent))
            cls.server.config["plugins"].append({"use": plugin})
        cls.server.write_config()

    def card(self, tokens):
        return jwt.verify(tokens["access_token"], self.keys(), ["RS256"])[1].get("loyalty_card")

    def test_the_parameter_ends_as_a_claim(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent",
                                  loyalty_card="4711")
        self.assertEqual("4711", self.card(tokens))
        self.assertEqual("4711", self.card(self.site.refresh(tokens["refresh_token"]).json()))

    def test_without_it_there_is_none(self):
        self.assertIsNone(self.card(self.site.tokens(self.browser(), self.user)))

    def test_what_is_no_card_is_refused(self):
        self.assertErrorBack(self.site.journey(self.browser(), self.user, loyalty_card="x"), "invalid_request")


class WordCard(WordCardLogin, Story):
    """A login step with two pages, built and installed by itself."""

    @classmethod
    def install_step(cls):
        library = next((EXAMPLES / "word_card").rglob("login_step.word_card.so"))
        cls.server.config["plugin_dirs"].append(str(library.parent))
