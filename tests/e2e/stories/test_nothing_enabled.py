# SPDX-License-Identifier: Apache-2.0
"""Whoever enables nothing but a password has no route, no page and no byte of script of anything else that people prove who they are with."""
import re
import shutil

from harness.page import Page
from harness.server import PLUGINS
from harness.story import Story

# What is neither in `plugins` nor in `modules` of a story that says nothing.
OTHERS = ("module.account", "login_step.passkey", "login_step.totp", "login_step.recovery_code", "login_step.email_code",
          "login_step.forgotten_password", "login_step.signup", "login_step.upstream", "mailer.smtp", "password_rule.leaked")
PLACES = ("/account", "/account/", "/account/profile", "/account/password", "/account/ways", "/account/ways/passkey", "/account/sessions",
          "/account/sites", "/signup", "/passkey", "/totp", "/recovery-code", "/forgotten-password", "/upstream")
DISCOVERY = "/.well-known/openid-configuration"


def plain(response):
    """The bytes but for what differs each time."""
    text = re.sub(r"127\.0\.0\.1(:|%3A)\d+", "HERE", response.text)
    text = re.sub(r"/interaction/[^/\"]+", "/interaction/ID", text)
    text = re.sub(r"this number: <code>[^<]*", "NUMBER", text)
    text = re.sub(r'name="(csrf|account)" value="[^"]*"', "NAMED", text)
    return re.sub(r'(code|state|code_challenge|client_id)=[^&"]*', "CODE", text)


class NothingEnabled(Story):
    def pages(self):
        """(name, response) of all that a person meets on the way in and out."""
        browser = self.browser()
        yield "home", browser.get("/", headers={"Accept": "text/html"})
        page = self.site.journey(browser).page
        yield "login", page.response
        yield "refused", page.press(browser, "login-submit", username="ada", password="wrong")
        yield "consent", self.site.journey(browser, self.user, consent=None, prompt="consent").response
        self.site.journey(browser, self.user)
        yield "accounts", self.site.journey(browser, prompt="select_account").response
        yield "logout", browser.get("/logout")
        yield "error", browser.get(self.site.url(redirect_uri="https://evil.example/"))
        yield "style", browser.get("/style.css")

    def test_no_page_has_a_script_or_another_way(self):
        for name, response in self.pages():
            with self.subTest(name):
                self.assertNotIn("<script", response.text)
                self.assertNotIn("script-src", response.header("Content-Security-Policy") or "")
                self.assertFalse({"login-ways", "passkey-form", "totp-form", "home-account"} & Page(response).ids.keys())

    def test_there_is_no_route(self):
        nothing = self.get("/there-is-no-such-place")
        for place in PLACES:
            for answer in (self.get(place), self.browser().post(place, {"a": "b"})):
                self.assertEqual((404, nothing.media_type), (answer.status, answer.media_type), place)

    def test_discovery_says_nothing_of_it(self):
        metadata = self.server.metadata
        self.assertEqual(["urn:gatehouse:acr:one-factor"], metadata["acr_values_supported"])
        self.assertNotIn("create", metadata["prompt_values_supported"])

    def test_every_byte_is_that_of_a_server_without_the_files(self):
        before = {name: plain(response) for name, response in self.pages()}
        discovery = plain(self.get(DISCOVERY))
        folder = self.server.folder / "fewer-plugins"
        shutil.copytree(PLUGINS, folder, ignore=lambda _, names: [
            name for name in names if name.removesuffix(".so") in OTHERS])
        self.assertFalse(any((folder / f"{name}.so").exists() for name in OTHERS))
        self.server.config["plugin_dirs"] = [str(folder)]
        self.server.write_config()
        self.server.stop()
        self.server.launch()
        for name, response in self.pages():
            self.assertEqual(before[name], plain(response), name)
        self.assertEqual(discovery, plain(self.get(DISCOVERY)))
