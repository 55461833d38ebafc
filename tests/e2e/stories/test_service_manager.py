# SPDX-License-Identifier: Apache-2.0
"""What systemd would see: readiness, reloads, the watchdog, and a listening socket that it keeps."""
import os
import signal
import subprocess
import time
import unittest

from harness.load import Load
from harness.server import BINARY, Gatehouse, clean_environment
from harness.service import ListeningSocket, NotifySocket
from harness.web import Browser, wait_until


class ClosedStandardDescriptors(unittest.TestCase):
    """Whoever starts the server may have closed 0, 1 and 2: nothing else gets their numbers."""

    @staticmethod
    def close_them():
        for descriptor in (0, 1, 2):
            os.close(descriptor)

    def test_the_server_holds_their_places(self):
        service = Gatehouse()
        self.addCleanup(service.remove)
        service.launch(preexec=self.close_them)
        places = [os.readlink(f"/proc/{service.process.pid}/fd/{number}") for number in (0, 1, 2)]
        self.assertEqual(["/dev/null"] * 3, places)
        self.assertEqual(200, service.browser().get("/api/readyz").status)

    def test_so_do_the_commands(self):
        service = Gatehouse()
        self.addCleanup(service.remove)
        service.launch()
        done = subprocess.run([str(BINARY), "client", "add", "--id", "quiet", "--grant", "client_credentials",
                               "--config", str(service.config_file)], env=clean_environment(**service.environment),
                              preexec_fn=self.close_them, check=False)
        self.assertEqual(0, done.returncode)
        self.assertIn("quiet", [client["client_id"] for client in service.command("client", "list")])


class Notification(unittest.TestCase):
    def setUp(self):
        self.service = Gatehouse()
        self.addCleanup(self.service.remove)
        self.notify = NotifySocket(self.service.folder)
        self.addCleanup(self.notify.close)
        self.service.environment["NOTIFY_SOCKET"] = str(self.notify.path)

    def test_ready_is_said_when_it_serves(self):
        self.service.launch(wait=False)
        message = self.notify.next()
        self.assertEqual("1", message["READY"])
        self.assertEqual(f"listening on 127.0.0.1:{self.service.port}", message["STATUS"])
        self.assertEqual(200, self.service.browser().get("/api/readyz").status)

    def test_a_server_that_cannot_start_is_never_ready(self):
        self.service.config["server"]["host"] = "192.0.2.1"
        self.service.write_config()
        self.service.launch(wait=False)
        self.assertEqual(69, self.service.process.wait(30))
        self.notify.socket.setblocking(False)
        self.assertRaises(BlockingIOError, self.notify.next)

    def test_a_reload_is_announced_and_its_end_too(self):
        self.service.launch(wait=False)
        self.notify.await_("READY")
        before = time.monotonic_ns() // 1000
        self.service.reload()
        message = self.notify.await_("RELOADING")
        self.assertLessEqual(before, int(message["MONOTONIC_USEC"]))
        self.assertLessEqual(int(message["MONOTONIC_USEC"]), time.monotonic_ns() // 1000)
        self.assertIn("listening on", self.notify.next()["STATUS"])

    def test_the_status_says_why_a_reload_was_refused(self):
        self.service.launch(wait=False)
        self.notify.await_("READY")
        self.service.config["database"]["url"] += "2"
        self.service.write_config()
        self.service.reload()
        self.notify.await_("RELOADING")
        message = self.notify.next()
        self.assertEqual("1", message["READY"])
        self.assertIn("reload refused, nothing changed: changes to database need a restart", message["STATUS"])

    def test_the_end_is_announced(self):
        self.service.launch(wait=False)
        self.notify.await_("READY")
        self.service.process.send_signal(signal.SIGTERM)
        self.notify.await_("STOPPING")
        self.assertEqual(0, self.service.process.wait(30))

    def test_the_watchdog_hears_from_it_again_and_again(self):
        self.service.environment["WATCHDOG_USEC"] = "100000"
        self.service.launch(wait=False)
        self.notify.await_("READY")
        for _ in range(5):
            self.notify.await_("WATCHDOG")


class Activation(unittest.TestCase):
    def test_systemd_socket_activate_hands_the_socket_over(self):
        service = Gatehouse()
        self.addCleanup(service.remove)
        port = service.port
        service.config["server"]["port"] = 1
        service.write_config()
        service.launch(under=("systemd-socket-activate", "--listen", f"127.0.0.1:{port}"))
        self.assertEqual(200, service.browser().get("/api/healthz").status)
        log = service.settled_log()
        self.assertIn(f"listening on 127.0.0.1:{port}", log)
        self.assertIn("server.host and server.port, 127.0.0.1:1, do not count", log)
        self.assertEqual(0, service.stop())

    def test_a_socket_of_another_kind_is_refused(self):
        service = Gatehouse()
        self.addCleanup(service.remove)
        with open(os.devnull, "rb") as not_a_socket:
            done = subprocess.run(
                ["bash", "-c", 'LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=x exec "$@" 3</dev/null', "bash",
                 str(BINARY), "serve", "--config", str(service.config_file)], stdin=not_a_socket,
                capture_output=True, text=True, timeout=60, env=clean_environment(), check=False)
        self.assertEqual(69, done.returncode)
        self.assertIn("what was given (x) is not a listening TCP socket", done.stderr)

    def test_a_restart_under_load_loses_no_connection(self):
        service = Gatehouse()
        self.addCleanup(service.remove)
        kept = ListeningSocket(service.port)
        self.addCleanup(kept.close)
        service.launch(**kept.launch_options())
        load = Load(lambda: Browser(service.issuer).get("/api/healthz"))
        try:
            for _ in range(3):
                load.wait_for(50)
                self.assertEqual(0, service.stop())
                service.launch(**kept.launch_options(), wait=False)
            load.wait_for(50)
        finally:
            load.stop()
        self.assertEqual([], load.broken)
        self.assertEqual({200}, {answer.status for answer in load.answers})
