# SPDX-License-Identifier: Apache-2.0
"""Changing things while requests run: SIGHUP, SIGTERM, and the command line beside the server."""
import http.client
import signal
import socket

from harness import raw, site
from harness.load import Load
from harness.server import Gatehouse
from harness.site import Site
from harness.story import Story
from harness.web import seconds_until, wait_until


class Reload(Story):
    settings = {"oauth": {"access_token_ttl_secs": 600}}

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.client("site")
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read")

    def ask(self):
        return self.machine.call(site.TOKEN, {"grant_type": "client_credentials"})

    def change(self, **oauth):
        self.server.config["oauth"].update(oauth)
        self.server.write_config()

    def test_sighup_takes_the_new_settings_without_dropping_a_request(self):
        load = Load(self.ask)
        try:
            for lifetime in (601, 602, 603):
                load.wait_for(20)
                self.change(access_token_ttl_secs=lifetime)
                self.server.reload()
                wait_until(lambda lifetime=lifetime: self.ask().json()["expires_in"] == lifetime, 20,
                           lambda: f"not reloaded:\n{self.server.log()[-2000:]}")
            load.wait_for(20)
        finally:
            load.stop()
        self.assertEqual([], load.broken)
        self.assertEqual({200}, {answer.status for answer in load.answers})

    def test_sighup_with_a_bad_file_changes_nothing_and_says_why(self):
        lifetime = self.ask().json()["expires_in"]
        good = self.server.config_file.read_text()
        self.addCleanup(self.server.config_file.write_text, good)
        self.server.config_file.write_text(good.replace('"oauth"', '"ouath"'))
        before = self.server.reload()
        wait_until(lambda: "ouath" in self.server.log()[before:], 20, "nothing was said")
        self.assertEqual(lifetime, self.ask().json()["expires_in"])
        self.assertAlive()

    def test_sighup_that_needs_a_restart_says_so_and_changes_nothing(self):
        lifetime = self.ask().json()["expires_in"]
        good = self.server.config_file.read_text()
        self.addCleanup(self.server.config_file.write_text, good)
        url = self.server.config["database"]["url"]
        self.server.config_file.write_text(good.replace(url, f"{url}2").replace(
            f'"access_token_ttl_secs": {lifetime}', '"access_token_ttl_secs": 1234'))
        before = self.server.reload()
        wait_until(lambda: "restart" in self.server.log()[before:], 20, "nothing was said")
        self.assertEqual(lifetime, self.ask().json()["expires_in"])

    def test_a_login_begun_before_a_reload_ends_after_it(self):
        browser = self.browser()
        landing = self.site.journey(browser, None)
        before = self.server.reload()
        wait_until(lambda: len(self.server.log()) > before and "reload" in self.server.log()[before:].lower(), 20,
                   "nothing was said of the reload")
        answer = landing.page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        back = self.site.walk(browser, answer)
        self.assertEqual(200, self.site.redeem(back.code).status)

    def test_a_grant_added_by_reload_is_in_discovery(self):
        with_all = list(self.server.config["plugins"])
        self.addCleanup(self.set_plugins, with_all)
        self.set_plugins([entry for entry in with_all if entry["use"] != "grant.client_credentials"])
        self.server.reload()
        wait_until(lambda: "client_credentials" not in self.grants(), 20, "still there")
        self.assertEqual(400, self.ask().status)
        self.set_plugins(with_all)
        self.server.reload()
        wait_until(lambda: "client_credentials" in self.grants(), 20, "not back")
        self.assertEqual(200, self.ask().status)

    def set_plugins(self, entries):
        self.server.config["plugins"] = entries
        self.server.write_config()

    def grants(self):
        return self.get("/.well-known/openid-configuration").json()["grant_types_supported"]


class Drain(Story):
    @classmethod
    def setUpClass(cls):
        """Each test ends a server of its own."""

    def setUp(self):
        cls = type(self)
        cls.server = Gatehouse()
        self.addCleanup(self.server.remove)
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read")
        self.server.launch()

    def ask(self):
        return self.machine.call(site.TOKEN, {"grant_type": "client_credentials"})

    def test_sigterm_ends_with_0_and_answers_what_it_began(self):
        load = Load(self.ask)
        try:
            load.wait_for(50)
            self.assertEqual(0, self.server.stop())
        finally:
            load.stop()
        self.assertLessEqual({answer.status for answer in load.answers}, {200, 503})
        cut = [problem for problem in load.broken if isinstance(problem, http.client.IncompleteRead)]
        self.assertEqual([], cut)

    def test_a_request_half_sent_is_still_answered(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=15) as connection:
            connection.sendall(b"GET /api/healthz HTTP/1.1\r\nHost: x\r\n")
            self.assertEqual(200, self.get("/api/healthz").status)
            self.server.process.send_signal(signal.SIGTERM)
            connection.sendall(b"\r\n")
            self.assertIn(raw.statuses(raw.read_all(connection)), ([200], [503]))
        self.assertEqual(0, self.server.process.wait(30))

    def test_idle_connections_do_not_hold_it_up(self):
        held = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(50)]
        try:
            self.assertEqual(0, self.server.stop(20))
        finally:
            for one in held:
                one.close()

    def test_sigint_ends_it_too(self):
        self.server.process.send_signal(signal.SIGINT)
        self.assertEqual(0, self.server.process.wait(30))

    def test_a_second_server_on_the_port_says_that_it_is_taken(self):
        done = self.server.run("serve", "--config", self.server.config_file)
        self.assertIn(done.returncode, (69, 78), done)
        self.assertIn(str(self.server.port), done.stdout + done.stderr)
        self.assertEqual(200, self.get("/api/healthz").status)


class CommandsBesideTheServer(Story):
    """The command line is just another writer; the server sees its changes within a second."""

    def test_client_update_is_seen_within_a_second(self):
        for redirect in ("https://site.example/moved", self.site.redirect) * 2:
            site = Site(self.server, "site", self.site.secret, redirect)
            self.assertErrorPage(site.journey(self.browser(), None).response)
            self.server.command("client", "update", "site", "--redirect-uri", redirect)
            seconds_until(lambda site=site: site.journey(self.browser(), None).shown == ["login"], 1)

    def test_a_removed_client_is_unknown(self):
        client = self.client("leaving", "https://leaving.example/cb")
        wait_until(lambda: client.journey(self.browser(), None).shown == ["login"], 30, "not seen")
        tokens = client.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        self.server.command("client", "remove", "leaving")
        wait_until(lambda: client.refresh(tokens["refresh_token"]).status == 401, 30, "still known")
        self.assertErrorPage(client.journey(self.browser(), None).response)

    def test_a_new_password_works_and_the_old_one_does_not(self):
        self.server.add_user("changer", "the first password")
        self.server.command("user", "passwd", "changer", "--password-stdin", stdin="the second password")
        self.assertEqual(["login", "login"], self.site.journey(
            self.browser(), site.Person("changer", "the first password")).shown)
        self.assertTrue(self.site.journey(self.browser(), site.Person("changer", "the second password")).is_back)

    def test_a_disabled_user_cannot_log_in_until_enabled(self):
        person = site.Person("pause", "a sufficiently long password")
        self.server.add_user(person.login, person.password)
        browser = self.browser()
        self.assertTrue(self.site.journey(browser, person).is_back)
        self.server.command("user", "disable", "pause")
        self.assertFalse(self.site.journey(self.browser(), person).is_back)
        wait_until(lambda: self.site.journey(browser, None, prompt="none").error == "login_required", 30,
                   "the session of a disabled user still opens doors")
        self.server.command("user", "enable", "pause")
        self.assertTrue(self.site.journey(self.browser(), person).is_back)
