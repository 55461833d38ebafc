# SPDX-License-Identifier: Apache-2.0
"""What a login asks, as the operator plans it."""
import shutil

from harness.page import Page
from harness.server import ROOT
from harness.story import Story
from harness.word_card import WANTS_TWO, WordCardLogin, WordCards

EXAMPLE = "share/examples/word_card"


class BuiltFromSource:
    @classmethod
    def install_step(cls):
        cls.server.build_plugin("login_step.word_card", f"{EXAMPLE}/WordCard.cpp")
        shutil.copytree(ROOT / EXAMPLE / "pages", cls.server.folder / "plugins" / "login_step.word_card")


class TwoFactors(BuiltFromSource, WordCardLogin, Story):
    def test_who_has_no_card_cannot_prove_more(self):
        joan = self.person("joan")
        browser = self.browser()
        self.site.journey(browser, joan)
        self.assertEqual("unmet_authentication_requirements", self.site.journey(browser, claims=WANTS_TWO).error)

    def test_discovery_tells_both_classes(self):
        told = self.get("/.well-known/openid-configuration").json()["acr_values_supported"]
        self.assertEqual(["urn:gatehouse:acr:one-factor", "urn:gatehouse:acr:two-factors"], told)

    def test_a_page_of_a_login_opens_nothing_elsewhere(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, claims=WANTS_TWO)
        stranger = self.browser()
        self.assertEqual(403, stranger.get(landing.response.url).status)


class OtherWays(BuiltFromSource, WordCards, Story):
    """Two cards, of which one is enough."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["plugins"].append(
            {"use": "login_step.word_card", "name": "spare", "cards": {cls.user.login: "1915 note note"}})
        cls.server.write_config()

    @classmethod
    def plan(cls):
        return ["password", {"any_of": ["word_card", "spare"]}]

    def test_the_other_card_will_do(self):
        browser = self.browser()
        page = self.site.journey(browser, self.user).page
        form = next(form for form in page.forms if form.id == "login-ways")
        response = browser.post(form.action, {"csrf": form.fields["csrf"], "other_way": "spare"})
        page = Page(browser.get(response.location))
        response = page.press(browser, "word-card-submit", number="1915")
        response = Page(browser.get(response.location)).press(browser, "word-card-submit", word="note")
        self.assertTrue(self.site.walk(browser, response).code)
