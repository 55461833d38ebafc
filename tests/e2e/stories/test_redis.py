# SPDX-License-Identifier: Apache-2.0
"""What passes is kept in Redis: what works without it, what does not, and how all is well again by itself."""
import json
import subprocess

from harness import jwt, site
from harness.redis import Redis
from harness.server import BINARY, Gatehouse, clean_environment
from harness.site import Site
from harness.story import Story
from harness.web import wait_until

OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}


def with_redis(url, **settings):
    return {"redis": {"url": url, **settings}, "security": {"jwt_secret": "of-a-story-0123456789-0123456789-0123456789"}}


class RedisStory(Story):
    limits = {}

    @classmethod
    def setUpClass(cls):
        """Each test breaks a Redis of its own."""

    def setUp(self):
        cls = type(self)
        self.redis = Redis().has_long_been_there()
        cls.server = Gatehouse({**with_redis(self.redis.url, timeout="1s"), "limits": self.limits})
        self.addCleanup(self.redis.remove)
        self.addCleanup(self.server.remove)
        cls.furnish()
        cls.keyed = Site(cls.server, "keyed", signer=jwt.Signer("ES256"))
        (self.server.clients_dir / "keyed.yaml").write_text(json.dumps({
            "client_id": "keyed", "token_endpoint_auth_method": "private_key_jwt", "scope": "read",
            "grant_types": ["client_credentials"], "jwks": {"keys": [cls.keyed.signer.jwk()]}}))
        self.server.launch()
        self.token = self.site.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]

    def recovered(self):
        return self.by_assertion(self.keyed.assertion()).status == 200

    def refresh(self):
        answer = self.site.refresh(self.token)
        if answer.status == 200:
            self.token = answer.json()["refresh_token"]
        return answer

    def by_assertion(self, assertion):
        return self.browser().post(site.TOKEN, {"grant_type": "client_credentials", **assertion})

    def assertNotNow(self, response):
        self.assertEqual(503, response.status, response)
        self.assertTrue(response.header("Retry-After"), response)

    def assertWorks(self):
        self.assertIn("id_token", self.site.tokens(self.browser(), self.user))


class RedisAway(RedisStory):
    def assertOnlyAssertionsAreAway(self):
        self.assertNotNow(self.by_assertion(self.keyed.assertion()))
        self.assertWorks()
        for _ in range(3):
            refreshed = self.refresh()
            self.assertEqual(200, refreshed.status, refreshed)
        token = refreshed.json()["access_token"]
        self.assertActive(self.site, token)
        self.assertEqual(200, self.site.userinfo(token).status)
        self.assertEqual(200, self.get(site.JWKS).status)
        self.assertAlive()

    def assertRecovers(self):
        self.redis.has_long_been_there()
        wait_until(self.recovered, 30, "it did not recover")
        self.assertWorks()
        self.assertEqual(200, self.refresh().status)

    def test_stopped(self):
        self.redis.kill()
        self.assertOnlyAssertionsAreAway()
        self.redis.start()
        self.assertRecovers()

    def test_hung(self):
        self.redis.pause()
        self.assertOnlyAssertionsAreAway()
        self.redis.resume()
        self.assertRecovers()

    def test_away_at_the_start(self):
        self.assertEqual(0, self.server.stop())
        self.redis.kill()
        self.server.launch()
        self.assertOnlyAssertionsAreAway()
        self.redis.start()
        self.assertRecovers()


class RedisAwayAndGuessing(RedisStory):
    limits = {"password_failures": 5}

    def test_each_node_counts_for_itself(self):
        self.redis.kill()
        browser = self.browser()
        page = self.site.journey(browser, self.user, stop_at=("login",)).page
        statuses = [page.press(browser, "login-submit", username=self.user.login, password="wrong").status
                    for _ in range(7)]
        self.assertEqual([200] * 5 + [429] * 2, statuses)


class RedisLost(RedisStory):
    def test_an_assertion_is_not_taken_twice(self):
        assertion = self.keyed.assertion()
        self.assertTokens(self.by_assertion(assertion), openid=False)
        self.assertTokenError(self.by_assertion(assertion), "invalid_client")

    def assertLostMarksAreNotForgotten(self, lose):
        assertion = self.keyed.assertion()
        self.assertTokens(self.by_assertion(assertion), openid=False)
        lose()
        for _ in range(20):
            response = self.by_assertion(assertion)
            self.assertNotNow(response)
        wait_until(lambda: any(line.get("request_id") == response.header("X-Request-Id") and
                               "replay marks" in line["message"] for line in self.server.log_lines()),
                   5, "the log does not say why")
        self.redis.has_long_been_there()
        wait_until(self.recovered, 30, "it did not recover")

    def test_flushed(self):
        self.assertLostMarksAreNotForgotten(lambda: self.redis.ask("FLUSHALL"))

    def test_restarted(self):
        def restart():
            self.redis.kill()
            self.redis.start()
        self.assertLostMarksAreNotForgotten(restart)

    def test_a_login_under_way_goes_on(self):
        browser = self.browser()
        page = self.site.journey(browser, self.user, stop_at=("login",)).page
        self.redis.ask("FLUSHALL")
        answer = page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        self.assertTrue(self.site.walk(browser, answer, self.user).is_back)


class RedisKept(RedisStory):
    def test_a_login_goes_on_after_a_restart_of_the_server(self):
        browser = self.browser()
        page = self.site.journey(browser, self.user, stop_at=("login",)).page
        self.assertEqual(0, self.server.stop())
        self.server.launch()
        answer = page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        landing = self.site.walk(browser, answer, self.user)
        self.assertTrue(landing.is_back, landing)
        self.assertEqual(200, self.site.redeem(landing.code).status)


class RedisSettings(Story):
    @classmethod
    def setUpClass(cls):
        """Each test starts a server of its own."""

    def setUp(self):
        self.redis = Redis()
        self.addCleanup(self.redis.remove)

    def prepared(self, settings=None, environment=None):
        server = type(self).server = Gatehouse({"redis": None, "security": None, **(settings or {})},
                                               environment=environment)
        self.addCleanup(server.remove)
        return server

    def ends(self, server):
        return subprocess.run([str(BINARY), "serve", "--config", str(server.config_file)], timeout=60,
                              capture_output=True, text=True, check=False,
                              env=clean_environment(**server.environment))

    def test_from_the_environment(self):
        for name in ("REDIS_URL", "REDIS__URL"):
            with self.subTest(name):
                self.redis.ask("FLUSHALL")
                server = self.prepared(environment={name: self.redis.url, "JWT_SECRET": "s" * 40})
                self.furnish()
                server.launch()
                self.assertIn("id_token", self.site.tokens(self.browser(), self.user))
                self.assertNotEqual(":0", self.redis.ask("DBSIZE"))
                server.stop()

    def test_a_secret_is_required(self):
        done = self.ends(self.prepared({"redis": {"url": self.redis.url}}))
        self.assertEqual(78, done.returncode)
        self.assertIn("jwt_secret", done.stdout + done.stderr)

    def test_a_wrong_password_is_said_and_not_shown(self):
        self.redis.ask("CONFIG", "SET", "requirepass", "open-sesame")
        url = self.redis.url.replace("//", "//:wrong-guess@")
        server = self.prepared(with_redis(url))
        done = self.ends(server)
        said = done.stdout + done.stderr
        self.assertEqual(69, done.returncode, said)
        self.assertIn("WRONGPASS", said)
        self.assertIn(str(self.redis.port), said)
        self.assertNotIn("wrong-guess", said)
        shown = server.run("config", "--config", server.config_file)
        self.assertEqual(0, shown.returncode, shown.stderr)
        self.assertIn("127.0.0.1:%d" % self.redis.port, shown.stdout)
        self.assertNotIn("wrong-guess", shown.stdout)

    def test_a_password_from_a_file(self):
        self.redis.ask("CONFIG", "SET", "requirepass", "open-sesame")
        server = self.prepared()
        password = server.folder / "redis-password"
        password.write_text("open-sesame\n")
        password.chmod(0o600)
        server.config.update(with_redis(self.redis.url, password={"file": str(password)}, prefix="other:"))
        server.write_config()
        self.furnish()
        server.launch()
        self.assertIn("id_token", self.site.tokens(self.browser(), self.user))
        self.assertNotIn("redis cannot be used", server.settled_log())

    def test_mistakes_are_named_with_their_place(self):
        server = self.prepared(with_redis("redis://127.0.0.1:6379/x"))
        done = server.run("check", "--config", server.config_file)
        self.assertEqual(78, done.returncode)
        self.assertRegex(done.stdout + done.stderr, r"gatehouse\.yaml:\d+:\d+: .*number of a database")
