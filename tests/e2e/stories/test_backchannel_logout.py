# SPDX-License-Identifier: Apache-2.0
"""Sites hear by a call that a session has ended, whoever is down or killed meanwhile."""
import collections
import re
import threading
import time
import unittest

from harness import jwt, site
from harness.logout_site import LogoutSite
from harness.server import USES, Gatehouse
from harness.story import Story
from harness.web import at_once, wait_until

LOGOUT = "/logout"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
PLUGINS = [*USES, "client_metadata_rule.backchannel_logout", "client_metadata_rule.pairwise"]
JOBS = {"lease": "3s", "first_retry": "80ms", "longest_retry": "1s", "poll": "50ms"}


class BackchannelStory(Story):
    plugins = PLUGINS

    @classmethod
    def setUpClass(cls):
        cls.sites = LogoutSite().open()
        cls.addClassCleanup(cls.sites.close)
        cls.settings = {"jobs": JOBS, "outgoing": {"allow": [cls.sites.origin], "timeout": "30s", "pause": "200ms"}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.grace = cls.person("grace")
        cls.site = cls.told("site")
        cls.other = cls.told("other", redirect="https://other.example/callback")

    @classmethod
    def told(cls, identifier, more=(), **options):
        return cls.client(identifier, options=(
            "--post-logout-redirect-uri", f"https://{identifier}.example/bye",
            "--member", f"backchannel_logout_uri={cls.sites.origin}/{identifier}", *more), **options)

    def setUp(self):
        self.sites.posts.clear()
        self.sites.headers = {}

    def tearDown(self):
        """No call of one story comes in the next."""
        self.sites.answer = lambda path: 200
        self.sites.body = b""
        wait_until(lambda: all(job["state"] == "dead" for job in self.server.command("jobs", "list")), 60, self.server.log)

    def login(self, browser, client=None, user=None, **changes):
        return (client or self.site).tokens(browser, user or self.user, **changes)

    def await_told(self, count, path=None):
        wait_until(lambda: len(self.sites.tokens(path)) >= count, 60,
                   lambda: f"{self.sites.posts}\n{self.server.log()[-3000:]}")
        return self.sites.tokens(path)


class BackchannelLogout(BackchannelStory):
    def test_discovery_endpoint_verification(self):
        self.assertIs(True, self.server.metadata["backchannel_logout_supported"])
        self.assertIs(True, self.server.metadata["backchannel_logout_session_supported"])

    def test_backchannel_rp_initiated_logout(self):
        browser = self.browser()
        tokens = self.login(browser)
        known = jwt.claims_of(tokens["id_token"])
        response = browser.get(LOGOUT, id_token_hint=tokens["id_token"], state="s",
                               post_logout_redirect_uri="https://site.example/bye")
        self.await_told(1)
        self.assertEqual("https://site.example/bye?state=s", response.location)
        path, media_type, form = self.sites.posts[0]
        self.assertEqual("/site", path)
        self.assertEqual("application/x-www-form-urlencoded", media_type)
        self.assertEqual(["logout_token"], [name for name, _ in form])
        header, claims = jwt.verify(form[0][1], self.keys(), ["RS256"])
        self.assertEqual("logout+jwt", header["typ"])
        self.assertEqual({"iss", "sub", "aud", "iat", "exp", "jti", "sid", "events"}, set(claims))
        for name in ("iss", "sub", "aud", "sid"):
            self.assertEqual(known[name], claims[name])
        self.assertEqual({EVENT: {}}, claims["events"])
        self.assertAboutNow(claims["iat"])
        self.assertEqual(120, claims["exp"] - claims["iat"])
        self.assertErrorBack(self.site.journey(browser, prompt="none"), "login_required")

    def test_it_is_signed_as_the_id_tokens_are(self):
        client = self.told("curved", ("--id-token-alg", "ES256"), redirect="https://curved.example/callback")
        browser = self.browser()
        tokens = self.login(browser, client)
        browser.get(LOGOUT, id_token_hint=tokens["id_token"])
        self.await_told(1)
        jwt.verify(self.sites.posts[0][2][0][1], self.keys(), ["ES256"])

    def test_a_site_that_knows_people_by_another_name_is_told_that(self):
        client = self.told("apart", ("--subject-type", "pairwise"), redirect="https://apart.example/callback")
        browser = self.browser()
        known = jwt.claims_of(self.login(browser, client)["id_token"])
        hint = self.login(browser)["id_token"]
        browser.get(LOGOUT, id_token_hint=hint)
        self.assertEqual(known["sub"], self.await_told(1, "/apart")[0]["sub"])
        self.assertNotEqual(known["sub"], self.await_told(1, "/site")[0]["sub"])

    def test_every_site_of_the_session_is_told_and_no_other(self):
        browser = self.browser()
        hint = self.login(browser)["id_token"]
        self.login(browser, self.other)
        elsewhere = self.browser()
        self.login(elsewhere, self.other)
        browser.get(LOGOUT, id_token_hint=hint)
        self.await_told(1, "/site")
        self.await_told(1, "/other")
        self.assertEqual({jwt.claims_of(hint)["sid"]}, set(self.sites.sids()))
        self.assertEqual({"/site", "/other"}, {path for path, _, _ in self.sites.posts})

    def test_who_signs_in_again_is_known_by_the_same_sid(self):
        browser = self.browser()
        first = jwt.claims_of(self.login(browser)["id_token"])["sid"]
        hint = self.login(browser, prompt="login")["id_token"]
        self.assertEqual(first, jwt.claims_of(hint)["sid"])
        self.assertEqual([], self.sites.posts)
        browser.get(LOGOUT, id_token_hint=hint)
        self.assertEqual([first], [token["sid"] for token in self.await_told(1)])

    def test_another_person_in_the_same_browser_ends_the_session_before(self):
        browser = self.browser()
        before = jwt.claims_of(self.login(browser)["id_token"])["sid"]
        self.login(browser, self.other, self.grace, prompt="login")
        self.assertEqual([before], [token["sid"] for token in self.await_told(1)])
        wait_until(lambda: re.search(f"session.ended.*{before}", self.server.log()), 30, self.server.log)

    def test_who_is_answered_during_the_logout_is_told_too(self):
        for _ in range(10):
            browser = self.browser()
            hint = self.login(browser)["id_token"]
            sid, landed = jwt.claims_of(hint)["sid"], []

            def act(number, browser=browser, hint=hint, landed=landed):
                copy = self.browser()
                copy.cookies = dict(browser.cookies)
                if number == 0:
                    landed.append(copy.get(self.other.url(prompt="none")).location)
                else:
                    copy.get(LOGOUT, id_token_hint=hint)

            at_once(4, act)
            if "code=" in landed[0]:
                wait_until(lambda sid=sid: sid in self.sites.sids("/other"), 30, self.server.log)
            wait_until(lambda sid=sid: sid in self.sites.sids("/site"), 30, self.server.log)
            families = {token["jti"].rsplit(".", 1)[0] for token in self.sites.tokens("/site") if token["sid"] == sid}
            self.assertEqual(1, len(families), "whoever signs out at the same moment")

    def test_commands_tell_as_well(self):
        for words in (("user", "logout", "ada"), ("user", "disable", "ada"), ("user", "passwd", "ada")):
            with self.subTest(words):
                self.sites.posts.clear()
                sids = {jwt.claims_of(self.login(self.browser())["id_token"])["sid"] for _ in range(2)}
                if words[1] == "passwd":
                    self.server.command(*words, "--password-stdin", stdin=self.user.password)
                else:
                    self.server.command(*words)
                self.await_told(2)
                self.assertEqual(sids, set(self.sites.sids()))
                if words[1] == "disable":
                    self.server.command("user", "enable", "ada")

    def test_a_site_that_refuses_is_not_asked_again(self):
        self.sites.answer = lambda path: 400
        browser = self.browser()
        browser.get(LOGOUT, id_token_hint=self.login(browser)["id_token"])
        wait_until(lambda: any(job["handler"].startswith("client_metadata_rule.backchannel_logout")
                               for job in self.server.command("jobs", "list", "--dead")), 30, self.server.log)
        self.assertEqual([], [job for job in self.server.command("jobs", "list") if job["state"] != "dead"])
        wait_until(lambda: "logout.refused" in self.server.log(), 30, "there is no event")

    def test_204_is_good_and_everything_else_comes_again(self):
        for first in (500, 404, 302, 201):
            self.sites.posts.clear()
            answers = iter([first, 204])
            self.sites.answer = lambda path, answers=answers: next(answers)
            self.sites.headers = {"Location": "http://127.0.0.1:1/"} if first == 302 else {}
            browser = self.browser()
            browser.get(LOGOUT, id_token_hint=self.login(browser)["id_token"])
            tokens = self.await_told(2)
            self.assertEqual(1, len({token["sid"] for token in tokens}))
            self.assertEqual(2, len({token["jti"] for token in tokens}), "no site takes it for a replay")

    def test_a_site_that_hangs_holds_nobody_up_for_long(self):
        hung, answered = threading.Event(), []
        self.addCleanup(hung.set)

        def answer(path):
            if path == "/site":
                hung.wait(60)
                answered.append(path)
            return 200

        self.sites.answer = answer
        browser = self.browser()
        hint = self.login(browser)["id_token"]
        self.login(browser, self.other)
        response = browser.get(LOGOUT, id_token_hint=hint, post_logout_redirect_uri="https://site.example/bye")
        self.assertEqual("https://site.example/bye", response.location)
        self.assertEqual([], answered, "it was not waited for")
        self.await_told(1, "/other")

    def test_a_huge_answer_is_not_read(self):
        self.sites.body = b"x" * 10_000_000
        browser = self.browser()
        browser.get(LOGOUT, id_token_hint=self.login(browser)["id_token"])
        self.await_told(2)
        self.sites.body = b""

    def test_where_it_is_called_is_checked_when_it_is_registered(self):
        for uri in ("https://site.example/#x", "ftp://site.example/", "javascript:alert(1)"):
            done = self.server.run("client", "update", "other", "--member", f"backchannel_logout_uri={uri}",
                                   "--config", self.server.config_file)
            self.assertNotEqual(0, done.returncode, uri)
            self.assertIn("backchannel_logout_uri", done.stderr)


class TokensOfASession(BackchannelStory):
    def test_those_without_offline_access_end_with_it(self):
        browser = self.browser()
        tokens = self.login(browser)
        kept = self.login(browser, scope="openid offline_access", prompt="consent")
        elsewhere = self.login(self.browser())
        browser.get(LOGOUT, id_token_hint=tokens["id_token"])
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant")
        self.assertDead(self.site, tokens["access_token"])
        self.assertTokens(self.site.refresh(kept["refresh_token"]))
        self.assertTokens(self.site.refresh(elsewhere["refresh_token"]))

    def test_so_do_codes_under_way(self):
        browser, elsewhere = self.browser(), self.browser()
        hint = self.login(browser)["id_token"]
        self.login(elsewhere)
        codes = []
        offline = {"scope": "openid offline_access", "prompt": "consent"}
        for where, changes in ((browser, {}), (browser, offline), (elsewhere, {})):
            code = self.site.journey(where, None, **changes).code
            codes.append((code, self.site.pkce.verifier))
        browser.get(LOGOUT, id_token_hint=hint)
        online, kept, other = (self.site.redeem(code, code_verifier=verifier) for code, verifier in codes)
        self.assertTokenError(online, "invalid_grant")
        self.assertTokens(kept)
        self.assertTokens(other)


class Expiry(BackchannelStory):
    """A session that nobody ends, where that is told."""
    IDLE = 4

    @classmethod
    def furnish(cls):
        cls.server.config["oauth"].update(session_expiry_is_told=True, session_idle=f"{cls.IDLE}s")
        cls.server.write_config()
        super().furnish()

    def tearDown(self):
        self.sites.answer = lambda path: 200

    def test_what_lies_unused_is_told_once(self):
        browser = self.browser()
        tokens = self.login(browser)
        other = self.login(browser, self.other)
        self.await_told(1, "/site")
        self.await_told(1, "/other")
        known = jwt.claims_of(tokens["id_token"])
        (claims,) = self.sites.tokens("/site")
        self.assertEqual((known["sid"], known["sub"]), (claims["sid"], claims["sub"]))
        self.assertErrorBack(self.site.journey(browser, prompt="none"), "login_required")
        self.assertEqual("invalid_grant", self.other.refresh(other["refresh_token"]).json()["error"],
                         "tokens end with it as with any end")
        wait_until(lambda: '"session.ended"' in self.server.log(), 30, self.server.log)
        again = self.login(self.browser())
        wait_until(lambda: jwt.claims_of(again["id_token"])["sid"] in self.sites.sids("/site"), 60, self.server.log)
        self.assertEqual(2, len(self.sites.tokens("/site")), "the first was told once")

    def test_a_killed_node_changes_nothing(self):
        sid = jwt.claims_of(self.login(self.browser())["id_token"])["sid"]
        self.server.kill()
        time.sleep(self.IDLE)  # it is over while nobody is there
        self.server.launch()
        wait_until(lambda: sid in self.sites.sids("/site"), 60, self.server.log)
        self.assertEqual(1, self.sites.sids("/site").count(sid))

    def test_who_signed_out_is_not_told_again(self):
        browser = self.browser()
        tokens = self.login(browser)
        sid = jwt.claims_of(tokens["id_token"])["sid"]
        browser.get(LOGOUT, id_token_hint=tokens["id_token"])
        wait_until(lambda: sid in self.sites.sids("/site"), 60, self.server.log)
        wait_until(lambda: self.server.command("jobs", "list") == [], 60, self.server.log)
        self.assertEqual(1, self.sites.sids("/site").count(sid))


class QuietExpiry(BackchannelStory):
    """As it is by default."""

    def test_no_job_waits_for_a_session(self):
        self.login(self.browser())
        self.assertEqual([], self.server.command("jobs", "list"))


class WhoeverIsDown(unittest.TestCase):
    """A minute lasts a second for the jobs."""

    LOGOUTS = 40

    def setUp(self):
        self.sites = LogoutSite()
        self.addCleanup(self.sites.close)
        dead = LogoutSite()
        self.server = Gatehouse({"jobs": JOBS, "outgoing": {"allow": [self.sites.origin, dead.origin],
                                                            "timeout": "2s", "pause": "200ms"}}, PLUGINS)
        self.addCleanup(self.server.remove)
        self.user = site.ada()
        self.server.add_user(self.user.login, self.user.password, self.user.claims)
        self.clients = [self.told("site", self.sites), self.told("never", dead)]
        self.server.launch()

    def told(self, identifier, where):
        redirect = f"https://{identifier}.example/callback"
        made = self.server.add_client(identifier, redirect, options=(
            "--member", f"backchannel_logout_uri={where.origin}/{identifier}"))
        return site.Site(self.server, identifier, made["client_secret"], redirect)

    def log_out(self, count):
        """The sids of so many sessions that have ended, as was acknowledged."""
        sids = []
        for _ in range(count):
            browser = self.server.browser()
            hint = None
            for client in self.clients:
                hint = client.tokens(browser, self.user)["id_token"]
            response = browser.get(LOGOUT, id_token_hint=hint)
            self.assertEqual(200, response.status, response)
            sids.append(jwt.claims_of(hint)["sid"])
        return sids

    def test_a_site_that_was_down_hears_of_every_logout_though_a_node_is_killed(self):
        sids = self.log_out(self.LOGOUTS // 2)
        self.server.kill()
        self.server.launch()
        sids += self.log_out(self.LOGOUTS // 2)
        self.server.kill()
        self.sites.open()
        self.server.launch()
        began = time.monotonic()
        wait_until(lambda: len(self.sites.posts) >= self.LOGOUTS // 4, 120, self.server.log)
        self.server.kill()  # in the middle of it
        self.server.launch()
        wait_until(lambda: set(sids) <= set(self.sites.sids()), 120,
                   lambda: f"{len(set(self.sites.sids()))} of {len(sids)}\n{self.server.log()[-3000:]}")
        counts = collections.Counter(self.sites.sids())
        self.assertEqual(set(sids), set(counts))
        waiting = [job for job in self.server.command("jobs", "list") if job["queue"].endswith(" never")]
        self.assertEqual(len(sids), len(waiting), "the site that never comes back waits by itself")
        print(f"\n{len(sids)} sessions ended while the site was down, 3 kills: all {len(counts)} were told, "
              f"{sum(counts.values())} calls, in {time.monotonic() - began:.1f} s; {len(waiting)} wait for the dead one")
