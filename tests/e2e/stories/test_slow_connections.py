# SPDX-License-Identifier: Apache-2.0
"""2,000 connections that hardly say anything, while 64 clients work."""
import os
import resource
import selectors
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

from harness import site
from harness.story import Story
from harness.web import wait_until

SLOW = 2000


class SlowConnections(Story):
    @classmethod
    def setUpClass(cls):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2 * SLOW + 1000)), hard))
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read")

    def hold(self, said):
        held = []
        self.addCleanup(lambda: [one.close() for one in held])
        for _ in range(SLOW):
            one = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
            held.append(one)
            one.sendall(said)
        return held

    def work(self, number):
        return [self.machine.call(site.TOKEN, {"grant_type": "client_credentials"}).status for _ in range(10)]

    def assertWorkIsDone(self):
        with ThreadPoolExecutor(64) as pool:
            found = [status for statuses in pool.map(self.work, range(64)) for status in statuses]
        self.assertEqual([200] * 640, found)

    def wait_closed(self, held, seconds):
        """How many of them the server has not closed after that time."""
        open_ones = set(held)
        with selectors.DefaultSelector() as selector:
            for one in held:
                one.setblocking(False)
                selector.register(one, selectors.EVENT_READ)
            end = time.monotonic() + seconds
            while open_ones and time.monotonic() < end:
                for key, _ in selector.select(timeout=1):
                    if self.is_closed(key.fileobj):
                        selector.unregister(key.fileobj)
                        open_ones.discard(key.fileobj)
        return len(open_ones)

    @staticmethod
    def is_closed(one):
        try:
            return one.recv(65536) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True

    def test_half_a_request_head(self):
        held = self.hold(b"POST /api/oauth/token HTTP/1.1\r\nHost: x\r\nX-Slow:")
        self.assertWorkIsDone()
        self.assertEqual(0, self.wait_closed(held, 15), "still open after 15 s")
        self.assertAlive()

    def test_half_a_body(self):
        held = self.hold(b"POST /api/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
                         b"Content-Type: application/x-www-form-urlencoded\r\n\r\ngrant_type=")
        self.assertWorkIsDone()
        self.assertEqual(0, self.wait_closed(held, 15), "still open after 15 s")
        self.assertAlive()

    def test_nothing_at_all_holds_nobody_up(self):
        self.hold(b"")
        self.assertWorkIsDone()
        self.assertAlive()


class StoodStill(Story):
    def test_what_came_meanwhile_goes_before_the_time(self):
        """The rest of a request arrives while the process is stopped, for longer than a request may take."""
        held = [socket.create_connection(("127.0.0.1", self.server.port), timeout=20) for _ in range(100)]
        self.addCleanup(lambda: [one.close() for one in held])
        for one in held:
            one.sendall(b"GET /api/healthz HTTP/1.1\r\n")
        for _ in range(20):
            self.assertEqual(200, self.get("/api/healthz").status)
        os.kill(self.server.process.pid, signal.SIGSTOP)
        for one in held:
            one.sendall(b"Host: x\r\n\r\n")
        stopped = time.monotonic()
        wait_until(lambda: time.monotonic() > stopped + 11, 30, "time stands still")
        os.kill(self.server.process.pid, signal.SIGCONT)
        self.assertEqual([b"HTTP/1.1 200"] * 100, [one.recv(12) for one in held])
