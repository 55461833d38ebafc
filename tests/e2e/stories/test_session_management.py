# SPDX-License-Identifier: Apache-2.0
"""Sites ask by a frame whether somebody is still signed in (OpenID Connect Session Management)."""
import hashlib
import json
import re
import subprocess

from harness.logout_site import LogoutSite
from harness.page import Page
from harness.port import free_port
from harness.server import MODULES, OUTPUT, USES, Gatehouse, clean_environment
from harness.story import Story
from test_browser import SCENARIOS
from test_real_clients import NODE

FRAME = "/api/oauth/session"


class SessionManagement(Story):
    modules = [*MODULES, "session_management"]
    plugins = [*USES, "answer_member.session_state"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.grace = cls.person("grace")
        cls.place = LogoutSite().open()
        cls.addClassCleanup(cls.place.close)
        cls.site = cls.client("site", cls.place.origin + "/callback", options=("--consent", "implicit"))
        cls.app = cls.client("app", "com.example.app:/callback", method="none")

    def cookie(self, browser):
        found = [cookie for (name, _), cookie in browser.cookies.items() if name.endswith("session_state.state")]
        return found[0].value if found else ""

    def assertStateOf(self, browser, landing):
        """As the frame computes it."""
        state = landing.params["session_state"]
        self.assertNotIn(" ", state)
        digest, salt = state.split(".")
        text = f"site {self.place.origin} {self.cookie(browser)} {salt}"
        self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), digest)

    def test_discovery_endpoint_verification(self):
        self.assertEqual(self.server.issuer + FRAME, self.server.metadata["check_session_iframe"])

    def test_session_management_rp_initiated_logout(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user)
        self.assertTrue(self.cookie(browser))
        self.assertStateOf(browser, landing)
        known = self.cookie(browser)
        self.assertStateOf(browser, self.site.journey(browser, prompt="none"))
        self.assertEqual(known, self.cookie(browser), "nothing has changed")
        Page(browser.get("/logout")).press(browser, "logout-confirm")
        self.assertEqual("", self.cookie(browser))
        landing = self.site.journey(browser, prompt="none")
        self.assertErrorBack(landing, "login_required")
        self.assertStateOf(browser, landing)

    def test_another_person_has_another_state(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        known = self.cookie(browser)
        landing = self.site.journey(browser, self.grace, prompt="login")
        self.assertNotIn(self.cookie(browser), ("", known))
        self.assertStateOf(browser, landing)

    def test_no_state_stays_of_a_session_that_an_operator_ended(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        self.server.command("user", "logout", "ada")
        self.assertTrue(Page(browser.get("/logout")).has("logged-out"))
        self.assertEqual("", self.cookie(browser))

    def test_the_cookie_is_for_scripts_and_opens_nothing(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        cookie = next(cookie for (name, _), cookie in browser.cookies.items() if name.endswith(".state"))
        self.assertNotIn("httponly", cookie.attributes)
        thief = self.browser()
        thief.cookies = {key: value for key, value in browser.cookies.items() if value is cookie}
        self.assertErrorBack(self.site.journey(thief, prompt="none"), "login_required")

    def test_an_app_is_told_none(self):
        landing = self.app.journey(self.browser(), self.user)
        self.assertNotIn("session_state", landing.params)

    def test_only_this_page_may_be_framed(self):
        response = self.get(FRAME)
        self.assertEqual(200, response.status)
        policy = response.header("Content-Security-Policy")
        self.assertNotIn("frame-ancestors", policy)
        self.assertRegex(policy, r"^default-src 'none'; script-src 'sha256-[^']+'; ")
        self.assertIsNone(response.header("X-Frame-Options"))
        self.assertEqual([], re.findall(r"crypto\.subtle|=>|`|\blet\b|\bconst\b", response.text), "old browsers read it")
        browser = self.browser()
        self.site.journey(browser, self.user)
        self.assertSafePage(browser.get("/logout"))

    def test_in_a_real_browser(self):
        given = {"issuer": self.server.issuer, "screenshots": str(OUTPUT / "screenshots"),
                 "sites": [{"client_id": "x", "redirect_uri": f"http://127.0.0.1:{free_port()}/x"} for _ in range(2)],
                 "user": {"username": self.user.login, "password": self.user.password}, "client": "site",
                 "start": self.server.issuer + self.site.url(), "back": self.place.origin + "/callback",
                 "frame": self.server.issuer + FRAME, "logout": self.server.issuer + "/logout"}
        done = subprocess.run([NODE, str(SCENARIOS), "session-management", json.dumps(given)], env=clean_environment(),
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)


class Without(Story):
    def test_nothing_of_it_is_there_unless_it_is_configured(self):
        self.assertNotIn("check_session_iframe", self.server.metadata)
        self.assertEqual(404, self.get(FRAME).status)
        self.assertNotIn("session_state", self.site.journey(self.browser(), self.user).params)

    def test_the_frame_without_the_state_says_what_is_missing(self):
        server = Gatehouse(modules=[*MODULES, "session_management"])
        self.addCleanup(server.remove)
        done = server.run("check", "--config", server.config_file)
        self.assertEqual(78, done.returncode)
        self.assertIn("module.session_management: needs answer_member.session_state", done.stdout + done.stderr)
