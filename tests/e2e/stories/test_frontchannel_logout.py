# SPDX-License-Identifier: Apache-2.0
"""Sites hear by the browser that its session has ended."""
import json
import subprocess

from harness import jwt
from harness.logout_site import LogoutSite
from harness.page import Page
from harness.port import free_port
from harness.server import OUTPUT, USES, clean_environment
from harness.story import Story
from harness.web import wait_until
from test_browser import SCENARIOS
from test_real_clients import NODE

LOGOUT = "/logout"


class FrontchannelStory(Story):
    plugins = [*USES, "client_metadata_rule.frontchannel_logout", "client_metadata_rule.pairwise"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.sites = {}
        for name in ("site", "other"):
            cls.sites[name] = LogoutSite().open()
            cls.addClassCleanup(cls.sites[name].close)
        cls.site = cls.told("site", "/out?a=b")
        cls.other = cls.told("other", "/out")
        cls.silent = cls.client("silent", "https://silent.example/callback", options=(
            "--post-logout-redirect-uri", "https://silent.example/bye"))

    @classmethod
    def told(cls, identifier, path):
        origin = cls.sites[identifier].origin
        return cls.client(identifier, origin + "/callback", options=(
            "--consent", "implicit", "--post-logout-redirect-uri", origin + "/bye", "--member", f"frontchannel_logout_uri={origin}{path}"))

    def framed(self, response):
        return [element.attributes["src"] for element in Page(response).elements if element.tag == "iframe"]


class FrontchannelLogout(FrontchannelStory):
    def test_sites_of_two_sectors_know_the_session_by_two_sids(self):
        browser = self.browser()
        hidden = {}
        for name, host in {"shop": "shop.example", "bank": "bank.example", "sister": "shop.example"}.items():
            hidden[name] = self.client(name, f"https://{host}/callback", options=(
                "--consent", "implicit", "--subject-type", "pairwise", "--member", f"frontchannel_logout_uri=https://{host}/{name}"))
        hints = {name: client.tokens(browser, self.user)["id_token"] for name, client in {**hidden, "site": self.site}.items()}
        sids = {name: jwt.claims_of(hint)["sid"] for name, hint in hints.items()}
        self.assertEqual(sids["shop"], sids["sister"])
        self.assertEqual(3, len(set(sids.values())), sids)
        again = self.assertTokens(hidden["shop"].redeem(hidden["shop"].journey(browser, prompt="none").code))
        self.assertEqual(sids["shop"], jwt.claims_of(again["id_token"])["sid"])
        forged = self.browser()
        self.site.tokens(forged, self.user)
        self.assertTrue(Page(forged.get(LOGOUT, id_token_hint=hints["shop"])).has("logout-confirm"))
        frames = self.framed(browser.get(LOGOUT, id_token_hint=hints["shop"]))
        told = {url.partition("?")[0].rpartition("/")[2]: url.rpartition("&sid=")[2] for url in frames}
        self.assertEqual({**{name: sids[name] for name in hidden}, "out": sids["site"]}, told)

    def test_discovery_endpoint_verification(self):
        self.assertIs(True, self.server.metadata["frontchannel_logout_supported"])
        self.assertIs(True, self.server.metadata["frontchannel_logout_session_supported"])

    def test_frontchannel_rp_initiated_logout(self):
        browser = self.browser()
        hint = self.site.tokens(browser, self.user)["id_token"]
        self.other.tokens(browser, self.user)
        self.silent.tokens(browser, self.user)
        sid = jwt.claims_of(hint)["sid"]
        origin, other = self.sites["site"].origin, self.sites["other"].origin
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=origin + "/bye", state="s")
        self.assertEqual(200, response.status)
        self.assertSafePage(response)
        query = f"iss={self.server.issuer.replace(':', '%3A').replace('/', '%2F')}&sid={sid}"
        self.assertEqual([f"{origin}/out?a=b&{query}", f"{other}/out?{query}"], self.framed(response))
        policy = dict(part.strip().partition(" ")[::2]
                      for part in response.header("Content-Security-Policy").split(";"))
        self.assertEqual({origin, other}, set(policy["frame-src"].split()))
        self.assertEqual(f"5;url={origin}/bye?state=s", response.header("Refresh"), "without a script too")
        self.assertErrorBack(self.site.journey(browser, prompt="none"), "login_required")

    def test_who_confirms_sees_the_frames_too(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        response = Page(browser.get(LOGOUT)).press(browser, "logout-confirm")
        self.assertEqual(1, len(self.framed(response)))
        self.assertIsNone(response.header("Refresh"))
        self.assertTrue(Page(response).has("logged-out"))

    def test_without_such_sites_the_browser_goes_on_at_once(self):
        browser = self.browser()
        hint = self.silent.tokens(browser, self.user)["id_token"]
        uri = "https://silent.example/bye"
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri=uri)
        self.assertEqual((303, uri), (response.status, response.location))

    def test_only_an_address_of_its_own_can_be_registered(self):
        for uri in ("https://evil.example/out", self.sites["other"].origin + "/out",
                    self.sites["site"].origin + "/out#x", "javascript:alert(1)"):
            done = self.server.run("client", "update", "site", "--member", f"frontchannel_logout_uri={uri}",
                                   "--config", self.server.config_file)
            self.assertNotEqual(0, done.returncode, uri)
            self.assertIn("frontchannel_logout_uri", done.stderr)


class InARealBrowser(FrontchannelStory):
    def play(self, scenario, site):
        origin = self.sites["site"].origin
        given = {"issuer": self.server.issuer, "screenshots": str(OUTPUT / "screenshots"),
                 "sites": [{"client_id": "x", "redirect_uri": f"http://127.0.0.1:{free_port()}/x"} for _ in range(2)],
                 "user": {"username": self.user.login, "password": self.user.password},
                 "start": self.server.issuer + site.url(), "back": origin + "/callback",
                 "logout": f"{self.server.issuer}{LOGOUT}?client_id=site&post_logout_redirect_uri={origin}/bye",
                 "bye": origin + "/bye"}
        done = subprocess.run([NODE, str(SCENARIOS), scenario, json.dumps(given)], env=clean_environment(),
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)

    def test_the_frames_are_loaded_before_it_goes_on(self):
        for scenario in ("frontchannel-logout", "frontchannel-logout-without-script"):
            with self.subTest(scenario):
                seen = self.sites["site"].gets
                seen.clear()
                self.play(scenario, self.site)
                paths = [path for path, _ in seen if path in ("/callback", "/out", "/bye")]
                self.assertEqual(["/callback", "/out", "/bye"], paths)
                told = dict(next(query for path, query in seen if path == "/out"))
                sid = told.pop("sid")
                self.assertEqual({"a": "b", "iss": self.server.issuer}, told)
                wait_until(lambda: sid in self.ended(), 30, lambda: f"{sid} is not one of {self.ended()}")

    def ended(self):
        return [line["details"]["sid"] for line in self.server.log_lines() if line.get("event") == "session.ended"]
