# SPDX-License-Identifier: Apache-2.0
"""The demo site: a "Log in" button, then the claims and tokens to look at. Off unless it is configured."""
from harness import site
from harness.page import Page
from harness.server import MODULES
from harness.story import Story


class DemoSite(Story):
    modules = MODULES

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        redirect = cls.server.issuer + "/demo/callback"
        made = cls.server.add_client("demo-site", redirect)
        cls.server.config["modules"].append({"use": "demo", "client_id": "demo-site",
                                             "client_secret": made["client_secret"]})
        cls.server.write_config()
        cls.site = site.Site(cls.server, "demo-site", made["client_secret"], redirect)

    def log_in(self, browser, consent="allow"):
        """From the button to where the journey ends."""
        page = Page(browser.get("/demo"))
        response = self.press_button(browser, page)
        for _ in range(12):
            if response.location:
                response = browser.get(response.location)
                continue
            page = Page(response)
            if page.has("login-form"):
                response = page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
            elif page.has("consent-allow"):
                response = page.press(browser, f"consent-{consent}")
            else:
                return page
        self.fail("it goes round in a circle")

    def press_button(self, browser, page):
        form = next((form for form in page.forms if form.buttons), None)
        if form:
            return send(form.action, form.fields) if form.method == "post" else browser.get(form.action, **form.fields)
        return browser.get(next(link for link in page.links if "/demo/" in link))

    def test_log_in_shows_claims_and_tokens(self):
        page = self.log_in(self.browser())
        self.assertEqual(200, page.response.status)
        text = page.response.text
        self.assertIn("Ada King Lovelace", text)
        for word in ("nonce", "aud", "sub", "email_verified"):
            self.assertIn(word, text)
        self.assertSafePage(page.response)

    def test_denied_consent_is_told_in_words(self):
        page = self.log_in(self.browser(), consent="deny")
        self.assertIn("access_denied", page.response.text)

    def test_a_callback_nobody_asked_for_logs_nobody_in(self):
        response = self.get("/demo/callback?code=x&state=y&iss=" + self.server.issuer)
        self.assertGreaterEqual(response.status, 400)
        self.assertNotIn("Ada King Lovelace", response.text)

    def test_a_callback_with_markup_shows_none(self):
        response = self.get("/demo/callback?error=<script>alert(1)</script>&state=<img>")
        self.assertNotIn("<script>alert", response.text)
        self.assertNotIn("<img>", response.text)


class DemoIsOff(Story):
    @classmethod
    def furnish(cls):
        """Nobody needs to be known for this."""

    def test_it_is_not_there_unless_configured(self):
        self.assertEqual(404, self.get("/demo").status)
