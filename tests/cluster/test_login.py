# SPDX-License-Identifier: Apache-2.0
"""Clients that nobody here wrote, and a walk through everything, with each request at the other node."""
import itertools

from cluster import KNOWN_WITHIN
from cluster_story import ClusterStory
from harness.page import Page
from harness.real_client import NODE, VENV, run_client
from harness.web import seconds_until, wait_until

# What the balancer asks by itself.
CHECK = "/api/readyz"


class Login(ClusterStory):
    def setUp(self):
        self.before = [len(node.log_lines()) for node in self.cluster.nodes]
        self.user = self.cluster.people[0]

    def requests(self):
        """What each node was asked since the beginning of the test: when, and for what."""
        return [[(line["time"], line["path"]) for line in node.log_lines()[before:]
                 if line["message"] == "request" and line["path"] != CHECK]
                for node, before in zip(self.cluster.nodes, self.before)]

    def assertAlternated(self, least):
        """Every request was answered by another node than the one before."""
        def logged():  # a log is written a moment after the answer
            first, second = sorted(self.requests(), key=lambda asked: asked[0])
            return (first, second) if len(first) + len(second) >= least and len(first) - len(second) in (0, 1) else None
        first, second = wait_until(logged, 30, lambda: f"not in turn: {self.requests()}")
        in_turn = [asked for pair in itertools.zip_longest(first, second) for asked in pair if asked]
        times = [time for time, _ in in_turn]
        self.assertEqual(sorted(times), times, in_turn)
        print(f"{len(first)} requests at one node, {len(second)} at the other, in turn ... ", end="", flush=True)

    def test_openid_client(self):
        run_client([NODE, "--import", "./close_connections.mjs", "openid-client.mjs"], self.cluster.site, self.user,
                   knownWithin=KNOWN_WITHIN)
        self.assertAlternated(12)

    def test_authlib(self):
        run_client([str(VENV / "bin/python"), "authlib_login.py"], self.cluster.posting, self.user,
                   headers={"Connection": "close"}, knownWithin=KNOWN_WITHIN)
        self.assertAlternated(12)

    def test_single_sign_on_refresh_and_sign_out(self):
        site, other, browser = self.cluster.site, self.cluster.other, self.cluster.door.browser()
        tokens = site.tokens(browser, self.user, scope="openid email offline_access", prompt="consent")
        self.assertEqual(self.user.claims["email"], site.userinfo(tokens["access_token"]).json()["email"])
        self.assertTrue(site.introspect(tokens["access_token"]).json()["active"])
        for _ in range(3):
            tokens = site.refresh(tokens["refresh_token"]).json()

        landing = other.journey(browser, None)  # nobody types a password
        self.assertEqual(["consent"], landing.shown)
        self.assertEqual(200, other.redeem(landing.code).status)

        self.assertEqual(200, site.revoke(tokens["refresh_token"]).status)
        seconds_until(lambda: site.introspect(tokens["access_token"]).json() == {"active": False}, KNOWN_WITHIN)
        seconds_until(lambda: site.userinfo(tokens["access_token"]).status == 401, KNOWN_WITHIN)
        self.assertEqual(400, site.refresh(tokens["refresh_token"]).status)

        Page(browser.get("/logout")).press(browser, "logout-confirm")
        self.assertEqual(["login"], other.journey(browser, None).shown)
        self.assertAlternated(20)
