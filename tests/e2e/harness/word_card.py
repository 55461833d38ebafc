# SPDX-License-Identifier: Apache-2.0
"""A login whose plan asks for a word card where a site wants two factors."""
import json

from harness import jwt
from harness.page import Page

TWO = "urn:gatehouse:acr:two-factors"
WANTS_TWO = json.dumps({"id_token": {"acr": {"essential": True, "value": TWO}}})


class WordCards:
    """Mixed into a story that says how the step is installed."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.install_step()
        cls.server.config["plugins"].append(
            {"use": "login_step.word_card", "cards": {cls.user.login: "1815 engine engine engine"}})
        cls.server.config["login"] = cls.plan()
        cls.server.write_config()

    @classmethod
    def plan(cls):
        return ["password", {"step": "word_card", "when": {"acr": TWO}}]

    def answer_card(self, browser, page, word="engine"):
        """From the page that asks for the number to what follows the word."""
        response = page.press(browser, "word-card-submit", number="1815")
        self.assertEqual(303, response.status, response)
        return Page(browser.get(response.location)).press(browser, "word-card-submit", word=word)

    def id_token(self, landing):
        return jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])


class WordCardLogin(WordCards):
    """What such a login does."""

    def test_both_pages_lead_to_two_factors(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, claims=WANTS_TWO)
        landing = self.site.walk(browser, self.answer_card(browser, landing.page))
        claims = self.id_token(landing)
        self.assertEqual((TWO, ["pwd", "otp"]), (claims["acr"], claims["amr"]))

    def test_a_wrong_word_begins_with_the_number_again(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, claims=WANTS_TWO)
        page = Page(self.answer_card(browser, landing.page, word="wrong"))
        self.assertTrue(page.has("number"))
        self.assertIn("not what your card says", page.response.text)

    def test_who_is_signed_in_is_asked_for_the_card_only(self):
        browser = self.browser()
        one = self.id_token(self.site.journey(browser, self.user))
        self.assertEqual(["pwd"], one["amr"])
        landing = self.site.journey(browser, claims=WANTS_TWO)
        self.assertTrue(landing.page.has("number"))
        two = self.id_token(self.site.walk(browser, self.answer_card(browser, landing.page)))
        self.assertEqual((TWO, one["auth_time"]), (two["acr"], two["auth_time"]))
        self.assertEqual(["pwd", "otp"], self.id_token(self.site.journey(browser))["amr"])
