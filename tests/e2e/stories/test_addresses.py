# SPDX-License-Identifier: Apache-2.0
"""Where a server listens, and what `gatehouse health` says of it."""
import json
import socket
import unittest

from harness.server import Gatehouse
from harness.web import wait_until


class Addresses(unittest.TestCase):
    def setUp(self):
        self.server = Gatehouse()
        self.addCleanup(self.server.remove)
        self.server.config["server"]["host"] = "localhost"
        self.server.write_config()

    def launch(self, hosts):
        """On a machine whose names are these."""
        file = self.server.folder / "hosts"
        file.write_text(hosts)
        self.server.launch(under=("unshare", "-rm", "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', str(file)))

    def answers_on(self, address):
        with socket.create_connection((address, self.server.port), timeout=30) as connection:
            connection.sendall(b"GET /api/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return connection.recv(12) == b"HTTP/1.1 200"

    def health(self, *options):
        return self.server.run("health", "--config", self.server.config_file, *options)

    def test_a_name_with_several_addresses_is_listened_to_on_each(self):
        self.launch("127.0.0.1 localhost\n127.0.0.2 localhost\n")
        self.assertTrue(self.answers_on("127.0.0.1"))
        self.assertTrue(self.answers_on("127.0.0.2"))
        done = self.health()
        self.assertEqual((0, "ready"), (done.returncode, json.loads(done.stdout)["status"]))

    def test_localhost_is_both_kinds_of_address(self):
        self.launch("127.0.0.1 localhost\n::1 localhost\n")
        self.assertTrue(self.answers_on("::1"))
        self.assertTrue(self.answers_on("127.0.0.1"))
        self.assertEqual(0, self.server.stop())

    def test_an_address_that_this_machine_lacks_is_told(self):
        self.launch("127.0.0.1 localhost\n2001:db8::1 localhost\n")
        self.assertTrue(self.answers_on("127.0.0.1"))
        wait_until(lambda: f"cannot listen on [2001:db8::1]:{self.server.port}" in self.server.log(), 30, self.server.log)
