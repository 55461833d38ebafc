# SPDX-License-Identifier: Apache-2.0
"""A node whose clock differs from the database's by hours says so, with the number, and asks for no requests."""
import re
import unittest
from pathlib import Path

from harness.postgresql import private_postgresql
from harness.server import Gatehouse
from harness.web import wait_until

HOURS = 2


def clock(offset):
    """The environment of a process whose clock is off by so much (libfaketime)."""
    found = [path for folder in ("lib*", "lib*/*") for path in Path("/usr").glob(folder + "/faketime/libfaketimeMT.so.1")]
    if not found:
        raise AssertionError("libfaketime is missing; tests/run installs it")
    return {"LD_PRELOAD": str(found[0]), "FAKETIME": offset, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Clocks(unittest.TestCase):
    def node(self, offset):
        server = Gatehouse({"database": {"url": self.enterContext(private_postgresql())},
                            "security": {"jwt_secret": "the root secret of a node with a wrong clock"}}, database="sqlite")
        self.addCleanup(server.remove)
        server.environment = clock(offset)
        return server.launch(wait=False)

    def unready(self, server):
        def answer():
            try:
                ready = server.browser(timeout=5).get("/api/readyz")
            except OSError:
                return None
            return ready if "clock" in ready.text else None
        return wait_until(answer, 60, lambda: f"it does not speak of its clock:\n{server.log()}")

    def test_two_hours_behind(self):
        server = self.node(f"-{HOURS}h")
        ready = self.unready(server)
        self.assertEqual(503, ready.status)
        self.assertRegex(ready.text, r"the clock of this machine is 7[12]\d\d s behind the database's")
        wait_until(lambda: re.search(r"7[12]\d\d s behind", server.log()), 30, server.log)
        done = server.run("health", "--config", server.config_file)
        self.assertEqual(1, done.returncode, done)
        self.assertRegex(done.stdout, r'"not ready".* s behind')
        self.assertEqual(0, server.run("health", "--live", "--config", server.config_file).returncode)
        self.assertRegex(server.browser().get("/metrics").text, r"gatehouse_clock_offset_seconds -7[12]\d\d")

    def test_two_hours_ahead(self):
        ready = self.unready(self.node(f"+{HOURS}h"))
        self.assertEqual(503, ready.status)
        self.assertRegex(ready.text, r"the clock of this machine is 7[12]\d\d s ahead of the database's")
