# SPDX-License-Identifier: Apache-2.0
"""What an operator sees: health, metrics, logs, request ids; and what a log must never hold."""
import re
import secrets

from harness import jwt, site
from harness.site import authorization
from harness.story import Story
from harness.web import wait_until

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Operations(Story):
    def test_health_and_readiness(self):
        for path in ("/api/healthz", "/api/readyz"):
            response = self.get(path)
            self.assertEqual(200, response.status)
            self.assertIn("no-store", response.header("Cache-Control"))

    def test_metrics_are_prometheus_text(self):
        self.site.tokens(self.browser(), self.user)
        response = self.get("/metrics")
        self.assertEqual(200, response.status)
        self.assertEqual("text/plain", response.media_type)
        line = re.compile(r'\A(#.*|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_]\w*="([^"\\\n]|\\.)*",?)*\})? \S+( \d+)?)\Z')
        lines = response.text.splitlines()
        for text in lines:
            self.assertRegex(text, line)
        self.assertTrue([text for text in lines if text.startswith("gatehouse_")], response.text[:500])

    def test_metrics_count_requests(self):
        def total():
            lines = self.get("/metrics").text.splitlines()
            return sum(float(text.split()[-1]) for text in lines if "requests_total" in text.split("{")[0]
                       and not text.startswith("#"))
        before = total()
        for _ in range(10):
            self.get("/api/healthz")
        wait_until(lambda: total() >= before + 10, 30, "requests are not counted")

    def test_metric_labels_never_hold_what_a_client_sent(self):
        mark = "mark" + secrets.token_hex(8)
        self.get("/" + mark)
        self.get(self.site.url(client_id=mark, scope=mark))
        self.browser().post(site.TOKEN, {"grant_type": mark}, headers=authorization(mark, mark))
        self.browser().request("X" + mark.upper(), "/api/oauth/token")
        self.assertNotIn(mark.lower(), self.get("/metrics").text.lower())

    def test_login_pages_that_nobody_answers_leave_nothing_in_the_database(self):
        def size():
            return sum(path.stat().st_size for path in self.server.folder.glob("gatehouse.db*"))
        self.site.journey(self.browser(), self.user)
        before = size()
        for number in range(300):
            landing = self.site.journey(self.browser(), state=f"{number}." * 200)
            self.assertTrue(landing.page.has("login-form"))
        self.assertLess(size() - before, 100 * 300)

    def test_every_answer_has_a_request_id_that_the_log_knows(self):
        response = self.site.introspect("x")
        identifier = response.header("X-Request-Id")
        self.assertGreaterEqual(len(identifier), 16)
        wait_until(lambda: identifier in self.server.log(), 30, "not in the log")
        self.assertNotEqual(identifier, self.site.introspect("x").header("X-Request-Id"))

    def test_a_request_id_from_an_unknown_peer_is_not_believed(self):
        response = self.get("/api/healthz", headers={"X-Request-Id": "i-chose-this-myself-0001"})
        self.assertNotEqual("i-chose-this-myself-0001", response.header("X-Request-Id"))

    def test_the_trace_is_passed_on_to_the_log(self):
        self.browser().post(site.TOKEN, {"grant_type": "x"}, headers={"traceparent": TRACE})
        wait_until(lambda: "4bf92f3577b34da6a3ce929d0e0e4736" in self.server.log(), 30, "the trace id is not logged")

    def test_a_broken_trace_is_ignored(self):
        for value in ("x", "00-zz-yy-01", TRACE + "x", "00-" + "0" * 32 + "-" + "0" * 16 + "-01", "a" * 5000):
            self.assertEqual(200, self.get("/api/healthz", headers={"traceparent": value}).status)

    def test_every_log_line_is_a_json_object_with_time_level_and_text(self):
        self.get("/nowhere")
        self.server.settled_log()
        lines = self.server.log_lines()
        self.assertTrue(lines)
        for line in lines:
            self.assertLessEqual({"time", "level"}, set(line), line)
            self.assertRegex(line["time"], r"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")

    def test_what_a_client_sent_cannot_forge_a_log_line(self):
        self.get(self.site.url(client_id='x"}\r\n{"time":"forged'))
        self.server.settled_log()
        self.assertFalse([line for line in self.server.log_lines() if line.get("time") == "forged"])

    def test_secrets_and_tokens_are_never_logged(self):
        browser = self.browser()
        landing = self.site.journey(browser, self.user, scope="openid offline_access", prompt="consent")
        tokens = self.site.redeem(landing.code).json()
        self.site.redeem(landing.code)
        newer = self.site.tokens(browser, self.user, scope="openid offline_access", prompt="consent")
        self.site.introspect(newer["access_token"])
        self.site.revoke(newer["refresh_token"])
        self.site.userinfo("Zm9yZ2VkLXRva2VuLXRoYXQtbm9ib2R5LWdhdmU")
        self.browser().post(site.TOKEN, {"grant_type": "x"}, headers=authorization("site", "wrong-but-secret-9"))
        log = self.server.settled_log()
        private = [self.user.password, self.site.secret, landing.code, tokens["access_token"], tokens["refresh_token"],
                   tokens["id_token"], newer["access_token"], newer["refresh_token"], "wrong-but-secret-9",
                   "Zm9yZ2VkLXRva2VuLXRoYXQtbm9ib2R5LWdhdmU", self.site.pkce.verifier]
        private += [cookie.value for cookie in browser.cookies.values() if len(cookie.value) > 16]
        for text in private:
            self.assertNotIn(text, log)

    def test_the_log_says_which_check_failed_under_the_request_id(self):
        response = self.browser().post(site.TOKEN, {"grant_type": "client_credentials"},
                                       headers=authorization("site", "wrong"))
        identifier = response.header("X-Request-Id")
        wait_until(lambda: [line for line in self.server.log_lines()
                            if identifier in str(line) and "secret" in str(line).lower()], 30,
                   lambda: f"nothing tells why:\n{self.server.log()[-2000:]}")

    def test_unknown_places_and_methods(self):
        self.assertEqual(404, self.get("/nowhere").status)
        response = self.browser().request("DELETE", "/api/oauth/userinfo")
        self.assertEqual(405, response.status)
        self.assertIn("GET", response.header("Allow"))

    def test_every_method_at_every_place(self):
        routes = set(re.findall(r'gatehouse_http_requests_total\{[^}]*route="(/[^"]*)"', self.get("/metrics").text))
        self.assertTrue([route for route in routes if "{" in route], routes)
        for route in sorted(routes):
            handle = secrets.token_urlsafe(12)
            for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"):
                with self.subTest(method=method, route=route):
                    response = self.browser().request(method, re.sub(r"\{[^}]*\}", handle, route))
                    self.assertIn(response.status, {200, 204, 302, 303, 400, 401, 403, 404, 405, 503})
                    self.assertTrue(response.status != 405 or response.header("Allow"))
            self.assertNotIn(handle, self.server.settled_log())

    def test_memory_stays_in_bounds(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        for _ in range(100):
            jwt.claims_of(self.site.tokens(browser, None)["id_token"])
        self.assertLess(self.server.memory(), 100 * 1024 * 1024)


class AuditAtEveryLevel(Story):
    settings = {"logging": {"level": "error"}}

    def test_audit_events_are_logged_whatever_the_level(self):
        self.site.tokens(self.browser(), self.user)
        wait_until(lambda: {"login.succeeded", "token.issued"} <= {line.get("event") for line in self.server.log_lines()},
                   30, self.server.log)
        self.assertEqual([], [line for line in self.server.log_lines() if line["message"] == "request"])


class BehindAProxy(Story):
    """Forwarded headers count from listed proxies only; the issuer is only what the configuration says."""

    settings = {"server": {"trusted_proxies": ["127.0.0.1/32"]}}

    def test_a_request_id_from_a_listed_proxy_is_kept(self):
        response = self.get("/api/healthz", headers={"X-Request-Id": "proxy-made-this-0001"})
        self.assertEqual("proxy-made-this-0001", response.header("X-Request-Id"))

    def test_a_request_id_that_is_no_token_is_replaced(self):
        for value in ("a b", "x" * 5000, '"', "é"):
            response = self.get("/api/healthz", headers={"X-Request-Id": value.encode("utf-8").decode("latin-1")})
            self.assertEqual(200, response.status)
            self.assertNotEqual(value, response.header("X-Request-Id"))

    def test_the_address_behind_the_proxy_is_logged(self):
        self.get("/api/healthz", headers={"X-Forwarded-For": "203.0.113.7"})
        self.browser().post(site.TOKEN, {"grant_type": "x"}, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
        wait_until(lambda: "203.0.113.9" in self.server.log(), 30, "the client's address is not logged")

    def test_hosts_and_schemes_of_forwarded_headers_change_no_issuer(self):
        response = self.get("/.well-known/openid-configuration", headers={
            "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"})
        self.assertEqual(self.server.issuer, response.json()["issuer"])
        self.assertNotIn("evil", response.text)


class RateLimits(Story):
    """What is limited by default is failure: guessing is slowed, a busy honest client never."""

    @classmethod
    def furnish(cls):
        cls.server.config.pop("limits")
        cls.server.write_config()
        super().furnish()
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read")
        cls.victim = cls.client("victim", grants=("client_credentials",), scope="read")
        cls.quiet = cls.client("quiet", grants=("client_credentials",), scope="read")

    def ask(self, client, secret):
        return self.browser().post(site.TOKEN, {"grant_type": "client_credentials"},
                                   headers=authorization(client.id, secret))

    def test_an_honest_client_is_never_slowed(self):
        found = {self.ask(self.quiet, self.quiet.secret).status for _ in range(300)}
        self.assertEqual({200}, found)

    def test_guessing_a_secret_is_429_with_retry_after_and_others_go_on(self):
        found = [self.ask(self.machine, "wrong") for _ in range(40)]
        refused = [answer for answer in found if answer.status == 429]
        self.assertEqual(401, found[0].status)
        self.assertTrue(refused, "40 wrong secrets were not slowed")
        self.assertGreater(int(refused[0].header("Retry-After")), 0)
        self.assertEqual(200, self.ask(self.quiet, self.quiet.secret).status)

    def test_nobody_locks_a_client_out_by_failing_in_its_name(self):
        found = [self.ask(self.victim, "wrong").status for _ in range(40)]
        self.assertEqual(429, found[-1])
        self.assertEqual(200, self.ask(self.victim, self.victim.secret).status)
        self.assertEqual(429, self.ask(self.victim, "wrong").status)

    def test_guessing_a_password_is_slowed_and_another_person_goes_on(self):
        self.server.add_user("other-person", "a sufficiently long password")
        statuses = []
        for number in range(20):
            browser = self.browser()
            page = self.site.journey(browser, None).page
            answer = page.press(browser, "login-submit", username="ada", password=f"guess {number}")
            statuses.append(answer.status)
            if answer.status == 429:
                self.assertGreater(int(answer.header("Retry-After")), 0)
        self.assertIn(429, statuses)
        landing = self.site.journey(self.browser(), site.Person("other-person", "a sufficiently long password"))
        self.assertTrue(landing.is_back, landing)
