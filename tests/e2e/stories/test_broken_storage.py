# SPDX-License-Identifier: Apache-2.0
"""A full disk, a read-only or locked database: 503, nothing lost, and it recovers without a restart."""
import os
import resource
import signal
import sqlite3
import subprocess

from harness import site
from harness.server import Gatehouse
from harness.story import Story
from harness.web import wait_until

OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}


class BrokenStorage(Story):
    @classmethod
    def setUpClass(cls):
        """Each test breaks a server of its own."""

    def setUp(self):
        cls = type(self)
        cls.server = Gatehouse(database="sqlite")
        self.addCleanup(self.server.remove)
        cls.furnish()
        self.server.launch(preexec=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN), pipe_log=True)
        self.token = self.site.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]

    def refresh(self):
        """One refresh; remembers the newest token that was acknowledged."""
        answer = self.site.refresh(self.token)
        if answer.status == 200:
            self.token = answer.json()["refresh_token"]
        return answer

    def assertBreaksAndRecovers(self, mend):
        broken = wait_until(lambda: self.not_good(self.refresh()), 60, "it never noticed")
        self.assertEqual(503, broken.status, broken)
        self.assertTrue(broken.header("Retry-After"))
        self.assertIn(broken.json()["error"], ("temporarily_unavailable", "server_error"))
        self.assertAlive()
        self.assertEqual(503, self.site.call(site.TOKEN, {"grant_type": "refresh_token",
                                                          "refresh_token": self.token}).status)
        page = self.site.journey(self.browser(), self.user)
        self.assertFalse(page.is_back and "code" in page.params, "a code that was not stored")
        mend()
        wait_until(lambda: self.refresh().status == 200, 30, "it did not recover")
        self.assertIn("id_token", self.site.tokens(self.browser(), self.user))

    @staticmethod
    def not_good(answer):
        return None if answer.status == 200 else answer

    def test_disk_full(self):
        """A limit on the size of files: a write fails half-way, as on a full disk."""
        pid = self.server.process.pid
        _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        largest = max(file.stat().st_size for file in self.server.folder.glob("gatehouse.db*"))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (largest, hard))
        self.assertBreaksAndRecovers(lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard)))

    def test_read_only_database(self):
        """Immutable files: even root cannot write them."""
        files = [str(self.server.folder / name) for name in ("gatehouse.db", "gatehouse.db-wal")]
        self.chattr("+i", files)
        self.addCleanup(self.chattr, "-i", files)
        self.assertBreaksAndRecovers(lambda: self.chattr("-i", files))

    def chattr(self, change, files):
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        subprocess.run([*as_root, "chattr", change, *files], check=True, capture_output=True)

    def test_database_locked_by_another_program(self):
        other = sqlite3.connect(self.server.folder / "gatehouse.db", isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        self.assertBreaksAndRecovers(lambda: other.execute("ROLLBACK"))
