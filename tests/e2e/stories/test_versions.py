# SPDX-License-Identifier: Apache-2.0
"""One version of the server beside the next: the real program, with storages whose schema goes further."""
import hashlib
import os
import sqlite3
import subprocess
import tempfile
import threading
import unittest
from contextlib import closing
from pathlib import Path

from harness.port import free_port
from harness.postgresql import private_postgresql
from harness.server import BINARY, PLUGINS, ROOT, Gatehouse, clean_environment
from harness.site import Site, ada
from harness.web import wait_until

NEXT = ROOT / "build" / "next"
OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}
REFUSED = 69


def build_versions():
    """The storages of versions 2 and 3; quick when nothing has changed, and what the release consists of is compiled already."""
    for command in (["cmake", "--preset", "release", "-B", NEXT, "-DGATEHOUSE_TESTS=ON"],
                    ["cmake", "--build", NEXT, "--target", "next_version"]):
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode != 0:
            raise AssertionError(done.stdout[-4000:] + done.stderr[-4000:])


class Node(Gatehouse):
    """A server of one version on a database that it shares; all nodes have one name."""

    def __init__(self, url, issuer, version):
        super().__init__({"database": {"url": url}, "oauth": {"issuer": issuer},
                          "security": {"jwt_secret": "the root secret of all versions' nodes"}}, database="sqlite")
        self.become(version)

    def become(self, version):
        self.config["plugin_dirs"] = [str(NEXT / "versions" / str(version)), str(PLUGINS)][version == 1:]
        self.write_config()

    def refusal(self):
        """What it says when it does not start."""
        done = self.run("serve", "--config", self.config_file)
        if done.returncode != REFUSED:
            raise AssertionError(f"{done.returncode}: {done.stdout}{done.stderr}")
        return done.stderr


class Traffic:
    """Somebody who signs in at a node over and over, redeems, refreshes and looks; everything must work."""

    def __init__(self, site, user):
        self.site, self.user = site, user
        self.rounds, self.failure, self.over = 0, None, threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        try:
            while not self.over.is_set():
                tokens = self.site.tokens(self.site.server.browser(), self.user, **OFFLINE)
                refreshed = self.site.refresh(tokens["refresh_token"])
                looked = self.site.introspect(refreshed.json()["access_token"])
                assert looked.json()["active"], looked
                self.rounds += 1
        except Exception as failure:  # noqa: BLE001  kept for the thread that asks
            self.failure = failure

    def goes_on(self):
        """Three more rounds, without a fault."""
        wanted = self.rounds + 3
        wait_until(lambda: self.failure or self.rounds >= wanted, 60, "the traffic stands still")
        if self.failure:
            raise self.failure

    def end(self):
        self.over.set()
        self.thread.join()


class Versions:
    """`url` names an empty database of a story's own."""

    @classmethod
    def setUpClass(cls):
        build_versions()

    def node(self, version):
        node = Node(self.url, self.issuer, version)
        self.addCleanup(node.remove)
        return node

    def setUp(self):
        self.issuer = f"http://127.0.0.1:{free_port()}"
        self.old, self.new = self.node(1), self.node(2)
        self.user = ada()
        self.old.add_user(self.user.login, self.user.password, self.user.claims)
        self.secret = self.old.add_client("site", "https://site.example/callback")["client_secret"]

    def site(self, node):
        return Site(node, "site", self.secret)

    def status(self, node):
        return [(each["number"], each["applied"]) for each in node.command("migrate", "status")]

    def migrations_lose_nothing(self):
        self.old.launch()
        token = self.site(self.old).tokens(self.old.browser(), self.user, **OFFLINE)["refresh_token"]
        self.old.stop()
        self.fill(20_000)
        before = self.digest()
        newest = self.node(3)
        for there, back in (((), ("--to", "1")), (("--to", "2"), ()), ((), ("--to", "2")), ((), ("--to", "1"))):
            newest.command("migrate", "up", *there)
            self.assertEqual(before, self.digest())
            newest.command("migrate", "down", *back)
            self.assertEqual(before, self.digest())
        self.assertEqual([(1, True), (2, False), (3, False)], self.status(newest))
        self.old.launch()
        self.assertEqual(200, self.site(self.old).refresh(token).status)

    def contracting_shuts_the_old_version_out(self):
        newest = self.node(3)
        newest.launch().stop()
        refusal = self.old.refusal()
        self.assertIn("newer version of Gatehouse", refusal)
        self.assertIn("gatehouse migrate down --to 2", refusal)
        self.assertIn("newer version", self.failing(self.old, "migrate", "down", "--to", "2"))
        newest.command("migrate", "down", "--to", "2")
        self.old.launch()
        self.assertTrue(self.site(self.old).journey(self.old.browser(), self.user).is_back)

    def failing(self, node, *arguments):
        done = node.run(*arguments, "--config", node.config_file)
        self.assertNotEqual(0, done.returncode, done.stdout)
        return done.stderr


class PostgresqlVersions(Versions, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        server = private_postgresql()
        cls.server_url = server.__enter__()
        cls.addClassCleanup(server.__exit__, None, None, None)

    def setUp(self):
        schema = f"versions{free_port()}"
        self.url = self.server_url
        self.sql(f"CREATE SCHEMA {schema}")
        self.url = f"{self.server_url}?options=-csearch_path%3D{schema}"
        super().setUp()

    def psql(self, *arguments, **options):
        return subprocess.Popen(["psql", "-qAtX", "-d", self.url, *arguments], stdout=subprocess.PIPE, text=True,
                                env={**os.environ, "PGAPPNAME": "by hand"}, **options)

    def sql(self, statement):
        with self.psql("-v", "ON_ERROR_STOP=1", "-c", statement) as running:
            answer = running.stdout.read()
        self.assertEqual(0, running.returncode, statement)
        return answer

    def fill(self, count):
        self.sql("INSERT INTO gatehouse_records SELECT 'bulk', int8send(n), 1, n, int8send(n / 3), NULLIF(n % 5, 0) + "
                 "4000000000000, ARRAY['of'], ARRAY[int8send(n % 7)], sha256(int8send(n)) "
                 f"FROM generate_series(1::bigint, {count}) AS n")
        self.sql(f"INSERT INTO gatehouse_notices (topic, key, issuer) SELECT 'bulk', int8send(n), 1 FROM "
                 f"generate_series(1::bigint, {count}) AS n")

    def digest(self):
        """Of all but what the commands themselves leave for the audit log."""
        columns = {"records": ("kind", "kind, key, issuer, version, family, expires, link_names, link_values, payload"),
                   "links": ("kind", "kind, issuer, name, value, key"),
                   "notices": ("topic", "number, topic, key, issuer, expires")}
        return [self.sql(f"SELECT count(*), md5(string_agg(r::text, ';' ORDER BY r::text)) FROM "
                         f"(SELECT {names} FROM gatehouse_{table} WHERE {kind} NOT IN ('command_event', 'command')) AS r")
                for table, (kind, names) in columns.items()]

    def test_both_versions_serve_while_the_nodes_are_replaced(self):
        self.old.launch()
        traffic = Traffic(self.site(self.old), self.user)
        try:
            traffic.goes_on()
            self.new.launch()
            self.assertEqual([(1, True), (2, True)], self.status(self.new))
            self.assertEqual([(1, True), (2, True)], self.status(self.old))
            beside = Traffic(self.site(self.new), self.user)
            try:
                traffic.goes_on()
                beside.goes_on()
            finally:
                beside.end()
        finally:
            traffic.end()
        for one, other in ((self.old, self.new), (self.new, self.old)):
            here, there = self.site(one), self.site(other)
            browser = one.browser()
            code = here.journey(browser, self.user, **OFFLINE).code
            there.pkce = here.pkce
            redeemed = there.redeem(code)
            self.assertEqual(200, redeemed.status, redeemed)
            self.assertEqual(400, here.redeem(code).status)
            tokens = here.tokens(browser, None, **OFFLINE)
            self.assertTrue(there.introspect(tokens["access_token"]).json()["active"])
            refreshed = there.refresh(tokens["refresh_token"])
            self.assertEqual(200, refreshed.status, refreshed)
            self.assertEqual(200, here.refresh(refreshed.json()["refresh_token"]).status)
        self.old.stop()
        self.old.launch()
        self.assertTrue(self.site(self.old).journey(self.old.browser(), self.user).is_back)

    def test_contracting_shuts_the_old_version_out(self):
        self.contracting_shuts_the_old_version_out()

    def test_migrations_up_and_down_lose_nothing(self):
        self.migrations_lose_nothing()

    def test_whoever_is_in_the_way_of_a_migration_is_named(self):
        with self.psql(stdin=subprocess.PIPE) as holder:
            holder.stdin.write("SELECT pg_backend_pid() FROM pg_advisory_lock(1195463749, 2);\n")
            holder.stdin.flush()
            pid = holder.stdout.readline().strip()
            with subprocess.Popen([BINARY, "migrate", "up", "--config", self.new.config_file], stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, env=clean_environment()) as migrating:
                said = migrating.stderr.readline()
                for part in (f"process {pid} ", "by hand", "127.0.0.1", "gatehouse"):
                    self.assertIn(part, said)
                self.assertIsNone(migrating.poll())
                holder.stdin.close()
                migrating.communicate(timeout=60)
            self.assertEqual(0, migrating.returncode)
        self.assertEqual([(1, True), (2, True)], self.status(self.new))


class SqliteVersions(Versions, unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="gatehouse-versions-")
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "gatehouse.db"
        self.url = f"sqlite:{self.file}"
        super().setUp()

    def fill(self, count):
        with closing(sqlite3.connect(self.file)) as database, database:
            database.execute("INSERT INTO names (name) VALUES (?)", (b"bulk",))
            kind = database.execute("SELECT id FROM names WHERE name = ?", (b"bulk",)).fetchone()[0]
            database.executemany(
                "INSERT INTO records (kind, key, issuer, version, family, expires, payload) VALUES (?, ?, 1, 1, ?, ?, ?)",
                ((kind, b"\x00key%07d\xff" % number, b"family%d" % (number // 3), 4_000_000_000_000 + number,
                  b"payload \x00 %d" % number) for number in range(count)))

    def digest(self):
        columns = {"records": ("kind", "id, kind, key, issuer, version, family, expires, links, payload"),
                   "links": ("kind", "kind, issuer, name, value, key"), "names": ("id", "id, name"),
                   "notices": ("topic", "number, topic, key, issuer, expires")}
        events = "SELECT id FROM names WHERE name = CAST('command_event' AS BLOB) UNION SELECT CAST('command' AS BLOB)"
        with closing(sqlite3.connect(self.file)) as database:
            rows = [database.execute(f"SELECT {names} FROM {table} WHERE {kind} NOT IN ({events}) ORDER BY {names}").fetchall()
                    for table, (kind, names) in columns.items()]
        return [(len(each), hashlib.sha256(repr(each).encode()).hexdigest()) for each in rows]

    def test_a_server_goes_on_when_the_next_version_migrates_beside_it(self):
        self.old.launch()
        traffic = Traffic(self.site(self.old), self.user)
        try:
            traffic.goes_on()
            self.new.command("migrate", "up")
            traffic.goes_on()
        finally:
            traffic.end()
        for node in (self.old, self.new, self.old):
            self.old.stop()
            self.new.stop()
            node.launch()
            self.assertEqual([(1, True), (2, True)], self.status(node))
            self.assertTrue(self.site(node).journey(node.browser(), self.user).is_back)

    def test_contracting_shuts_the_old_version_out(self):
        self.contracting_shuts_the_old_version_out()

    def test_migrations_up_and_down_lose_nothing(self):
        self.migrations_lose_nothing()
