# SPDX-License-Identifier: Apache-2.0
"""The database grows with what lives, not with what ever lived: tokens of a minute, for a server whose minutes last a
second (libfaketime)."""
import contextlib
import http.client
import json
import sqlite3
import threading
import unittest
import unittest.mock
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from harness import server as harness
from harness.postgresql import private_postgresql
from harness.site import INTROSPECT, TOKEN, authorization
from harness.web import wait_until

MINUTE = 60
TOKENS = 5_000  # of one lifetime
LIFETIMES = 4
THREADS = 4
MEGABYTE = 1 << 20


def quick_clock():
    """The environment of a process for which a minute lasts a second; its timers stay as they are."""
    found = [path for folder in ("lib*", "lib*/*") for path in Path("/usr").glob(folder + "/faketime/libfaketimeMT.so.1")]
    if not found:
        raise AssertionError("libfaketime is missing; tests/run installs it")
    return {"LD_PRELOAD": str(found[0]), "FAKETIME": f"+0 x{MINUTE}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


class Growth:
    """`server` is there, and not yet started; a story says how its storage is looked at."""

    def start(self):
        self.server = harness.Gatehouse({"oauth": {"access_token_ttl_secs": MINUTE}, "logging": {"level": "warning"}},
                                        database=self.database)
        self.addCleanup(self.server.remove)
        made = self.server.add_client("machine", grants=("client_credentials",), scope="read",
                                      options=("--access-token-format", "opaque"))
        self.headers = {"Content-Type": "application/x-www-form-urlencoded",
                        **authorization("machine", made["client_secret"])}
        self.server.environment = {**quick_clock(), **self.settings()}
        # Its clock is soon minutes ahead of the database's, and it says so: it lives, that is enough.
        self.server.launch(wait=False)
        wait_until(self.is_alive, 60, lambda: self.server.log())

    def settings(self):
        """More for the environment of the server."""
        return {}

    def is_alive(self):
        try:
            return self.server.browser(timeout=5).get("/api/healthz").status == 200
        except OSError:
            return False

    def post(self, connection, url, form):
        connection.request("POST", url, body=urlencode(form), headers=self.headers)
        answer = connection.getresponse()
        body = answer.read()
        self.assertEqual(200, answer.status, body)
        return json.loads(body)

    def connection(self):
        return contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30))

    def issue(self, count):
        """While others look at tokens: reading must not keep the storage from tidying up."""
        def some(number):
            with self.connection() as connection:
                for _ in range(number):
                    token = self.post(connection, TOKEN, {"grant_type": "client_credentials"})["access_token"]
            return token
        over = threading.Event()

        def look(token):
            with self.connection() as connection:
                while not over.is_set():
                    self.post(connection, INTROSPECT, {"token": token})
        with ThreadPoolExecutor(THREADS + 1) as pool:
            looking = pool.submit(look, some(1))
            try:
                list(pool.map(some, [count // THREADS] * THREADS))
            finally:
                over.set()
            looking.result()

    def grows_no_further(self):
        self.start()
        self.issue(TOKENS)
        first = self.bytes_used()
        for _ in range(LIFETIMES):
            wait_until(self.is_tidy, 120, lambda: f"{self.stored()} tokens are still stored")
            self.issue(TOKENS)
            # Twice as much: what is live beside what is about to go.
            self.assertLess(self.bytes_used(), 2 * first + MEGABYTE)

    def is_tidy(self):
        return self.stored() < TOKENS // 10


class GrowthOfSqlite(Growth, unittest.TestCase):
    database = "sqlite"

    def number(self, statement):
        with contextlib.closing(sqlite3.connect(self.server.folder / "gatehouse.db", timeout=30)) as database:
            return database.execute(statement).fetchone()[0]

    def stored(self):
        return self.number("SELECT count(*) FROM records WHERE expires IS NOT NULL")

    def bytes_used(self):
        log = (self.server.folder / "gatehouse.db-wal").stat().st_size
        self.assertLess(log, 40 * MEGABYTE)
        return self.number("PRAGMA page_count") * self.number("PRAGMA page_size")

    def test_tokens_that_are_gone_take_no_room(self):
        self.grows_no_further()


class GrowthOfPostgresql(Growth, unittest.TestCase):
    database = None

    def setUp(self):
        # Its minutes last a second, too.
        server = private_postgresql("autovacuum_naptime=1s")
        self.enterContext(unittest.mock.patch.object(harness, "POSTGRESQL", self.enterContext(server)))

    def settings(self):
        # Three of its seconds are over too soon for a busy machine.
        return {"DATABASE__URL": self.server.config["database"]["url"] + "&connect_timeout=600"}

    def number(self, statement):
        return int(self.server.sql(statement))

    def stored(self):
        return self.number(f"SELECT count(*) FROM {self.server.schema}.gatehouse_records WHERE expires IS NOT NULL")

    def is_tidy(self):
        dead = f"SELECT sum(n_dead_tup) FROM pg_stat_user_tables WHERE schemaname = '{self.server.schema}'"
        return super().is_tidy() and self.number(dead) < TOKENS

    def bytes_used(self):
        return self.number("SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND "
                           f"relnamespace = '{self.server.schema}'::regnamespace")

    def test_tokens_that_are_gone_take_no_room(self):
        self.grows_no_further()
