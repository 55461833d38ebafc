# SPDX-License-Identifier: Apache-2.0
"""A third party's response mode, compiled against the SDK alone."""
from urllib.parse import parse_qsl

from harness.server import USES
from harness.story import Story
from harness.web import wait_until


class ResponseModes(Story):
    plugins = [*USES, "response_mode.hash"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("response_mode.hash", "tests/e2e/plugins/hash_mode.cpp")

    def fragment(self, landing):
        """What came behind the # of the redirect URI."""
        uri, _, fragment = landing.response.location.partition("#")
        self.assertEqual(self.site.redirect, uri)
        return dict(parse_qsl(fragment))

    def test_a_code_comes_as_the_mode_writes_it(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        back = self.fragment(self.site.journey(browser, self.user, response_mode="hash", state="a&b #c"))
        self.assertEqual(("a&b #c", self.server.issuer), (back["state"], back["iss"]))
        self.assertTokens(self.site.redeem(back["code"]))

    def test_an_error_comes_the_same_way(self):
        for changes in ({"prompt": "none"}, {"scope": "no-such-scope"}, {"prompt": "pigeon"}):
            back = self.fragment(self.site.journey(self.browser(), None, response_mode="hash", **changes))
            self.assertIn(back["error"], ("login_required", "invalid_scope", "invalid_request"))
            self.assertEqual(self.server.issuer, back["iss"])

    def test_discovery_names_it(self):
        self.assertEqual(["query", "form_post", "hash"], self.server.metadata["response_modes_supported"])

    def test_a_mode_that_there_is_not_is_refused_in_the_query(self):
        landing = self.site.journey(self.browser(), self.user, response_mode="jwt")
        self.assertErrorBack(landing, "invalid_request")
        self.assertEqual("query", landing.mode)

    def test_a_broken_mode_leads_nowhere(self):
        for trouble, why in (("throws", "no ink"), ("astray", "leads elsewhere")):
            browser = self.browser()
            response = browser.get(self.site.url(response_mode="hash", prompt="none", state=f"break: {trouble}"))
            self.assertIsNone(response.location)
            self.assertEqual(500, response.status)
            self.assertNotIn("evil", response.text)
            self.assertNotIn("no ink", response.text)
            wait_until(lambda why=why: [line for line in self.server.log_lines() if line["level"] == "error" and
                                        "response_mode.hash: " in str(line) and why in str(line)], 30, why)
