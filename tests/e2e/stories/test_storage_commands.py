# SPDX-License-Identifier: Apache-2.0
"""An operator's way with the database: migrations, a backup while it serves, restoring it, and moving to another."""
import array
import fcntl
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import termios
import threading

from harness.postgresql import private_postgresql
from harness.server import BINARY, Gatehouse, clean_environment
from harness.site import Site, ada
from harness.story import Story
from harness.web import wait_until

OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}


def unread(pipe):
    """Bytes."""
    count = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, count)
    return count[0]


class StorageCommands(Story):
    database = "sqlite"

    def failing(self, *arguments, code=1):
        done = self.server.run(*arguments, "--config", self.server.config_file)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done

    def path(self, name):
        return str(self.server.folder / name)

    def add_records(self, count):
        database = sqlite3.connect(self.path("gatehouse.db"))
        with database:
            database.execute("INSERT OR IGNORE INTO names (name) VALUES (?)", (b"bulk",))
            kind = database.execute("SELECT id FROM names WHERE name = ?", (b"bulk",)).fetchone()[0]
            database.executemany(
                "INSERT OR IGNORE INTO records (kind, key, issuer, version, payload) VALUES (?, ?, 1, 1, ?)",
                ((kind, b"\x00key%07d\xff" % number, b"payload \x00 %d" % number) for number in range(count)))
        database.close()

    def break_off_a_copy(self, here, there):
        """Killed while it waits to say more: in the pipe is room for its first line only."""
        reader, writer = os.pipe()
        size = fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
        first = b"10000 records\n"
        os.write(writer, b"." * (size - len(first)))
        with open(reader, "rb") as said:
            copy = subprocess.Popen([BINARY, "storage", "copy", "--from", here, "--to", there,
                                     "--config", self.server.config_file], stderr=writer, env=clean_environment())
            os.close(writer)
            wait_until(lambda: copy.poll() is not None or unread(reader) == size, 60, "it does not say how far it is")
            copy.kill()
            self.assertEqual((-signal.SIGKILL, first), (copy.wait(), said.read().lstrip(b".")))

    def assertUsedByNobody(self, here, there):
        """It holds a copy that was broken off."""
        there_too = {"DATABASE__URL": there, "JWT_SECRET": "s" * 40}
        config = ("--config", self.server.config_file)
        for arguments in (("storage", "copy", "--from", here, "--to", there), ("storage", "copy", "--from", there, "--to", here),
                          ("serve",), ("user", "list"), ("keys", "list")):
            with self.subTest(arguments):
                done = self.server.run(*arguments, *config, environment=there_too)
                self.assertEqual(69, done.returncode, done)
                self.assertIn("holds a copy that was not finished; drop it (or remove the file) and copy again",
                              done.stderr)

    def assertAudited(self, server, *expected):
        def told():
            events = [line["details"] for line in server.log_lines() if line.get("event") == "admin.command"]
            return [told for told in ((event["command"], event["target"]) for event in events) if told in expected]
        wait_until(lambda: len(told()) >= len(expected), 30, lambda: f"{told()}")
        self.assertEqual(list(expected), told())

    def test_what_is_done_to_the_database_is_in_the_audit_log(self):
        fresh = Gatehouse(database="sqlite")
        self.addCleanup(fresh.remove)
        first, second = str(fresh.folder / "first.db"), str(fresh.folder / "second.db")
        fresh.launch()
        fresh.stop()
        fresh.command("backup", first)
        fresh.command("restore", first)
        fresh.command("backup", second)
        fresh.launch()
        self.assertAudited(fresh, ("restore", first), ("backup", second))

    def test_a_migration_is_in_the_audit_log(self):
        server = Gatehouse({"database": {"url": self.enterContext(private_postgresql())},
                            "security": {"jwt_secret": "the root secret of a database that is migrated"}}, database="sqlite")
        self.addCleanup(server.remove)
        newest = len(server.command("migrate", "up"))
        server.launch()
        self.assertAudited(server, ("migrate up", f"migration {newest}"))

    def test_migrations_are_listed(self):
        listed = self.server.command("migrate", "status")
        self.assertEqual([1, True], [listed[0]["number"], listed[0]["applied"]])
        self.assertEqual(listed, self.server.command("migrate", "up"))
        self.assertIn("applied", self.server.run(
            "migrate", "status", "--config", self.server.config_file, check=True).stdout)

    def test_migrations_that_are_not_there(self):
        self.failing("migrate", "up", "--to", "99")
        self.failing("migrate", "down", "--to", "99", code=64)
        self.failing("migrate", "down", "--to", "first", code=64)
        done = self.failing("migrate", "down", "--to", "0")
        self.assertIn("cannot be taken back", done.stderr)
        self.assertEqual(200, self.get("/api/readyz").status)

    def test_a_backup_under_load_brings_back_what_was_acknowledged_before_it(self):
        browser = self.browser()
        token = self.site.tokens(browser, self.user, **OFFLINE)["refresh_token"]
        code = self.site.journey(browser, None).code
        over = threading.Event()

        def go_on():
            while not over.is_set():
                self.other.journey(self.browser(), self.user)
        load = threading.Thread(target=go_on)
        load.start()
        try:
            self.server.command("backup", self.path("backup.db"))
        finally:
            over.set()
            load.join()
        self.assertIn("is there already", self.failing("backup", self.path("backup.db")).stderr)
        self.server.command("client", "add", "--id", "later", "--redirect-uri", "https://later.example/cb")
        self.assertIn("open in a server", self.failing("restore", self.path("backup.db"), code=69).stderr)
        self.server.stop()
        self.server.command("restore", self.path("backup.db"))
        self.failing("client", "show", "later")
        self.server.launch()
        self.assertEqual(200, self.site.redeem(code).status)
        self.assertEqual(200, self.site.refresh(token).status)

    def test_what_is_no_backup_is_not_restored(self):
        self.server.stop()
        (self.server.folder / "text").write_text("not a database" * 1000)
        self.assertIn(self.path("text"), self.failing("restore", self.path("text")).stderr)
        self.assertIn(self.path("nowhere"), self.failing("restore", self.path("nowhere")).stderr)
        self.server.launch()
        self.assertTrue(self.site.journey(self.browser(), self.user).is_back)

    def test_a_backup_of_another_deployment_is_not_restored(self):
        other = Gatehouse(database="sqlite")
        self.addCleanup(other.remove)
        other.launch()
        other.command("backup", self.path("foreign.db"))
        other.stop()
        self.server.stop()
        before = sorted(file.name for file in self.server.folder.iterdir())
        done = self.failing("restore", self.path("foreign.db"), code=69)
        self.assertIn(f"{self.path('foreign.db')} cannot be used here, nothing was replaced: ", done.stderr)
        self.assertIn("sealed with another root secret", done.stderr)
        self.assertEqual(before, sorted(file.name for file in self.server.folder.iterdir()))
        self.server.launch()
        self.assertTrue(self.site.journey(self.browser(), self.user).is_back)

    def test_a_backup_goes_into_an_empty_folder_with_the_root_secret_put_back(self):
        self.server.command("backup", self.path("moved.db"))
        moved = Gatehouse({"oauth": {"issuer": self.server.issuer}}, port=self.server.port, database="sqlite")
        self.addCleanup(moved.remove)
        self.server.stop()
        for name in ("moved.db", "root.secret"):
            shutil.copy(self.server.folder / name, moved.folder / name)
        moved.command("restore", moved.folder / "moved.db")
        moved.launch()
        self.assertTrue(self.site.journey(moved.browser(), self.user).is_back)
        moved.stop()
        self.server.launch()

    def test_a_backup_for_which_there_is_no_room_leaves_nothing(self):
        script = 'trap "" XFSZ; ulimit -f 8; exec "$@"'
        done = subprocess.run(["sh", "-c", script, "sh", BINARY, "backup", self.path("too-big.db"), "--config",
                               self.server.config_file], capture_output=True, text=True, env=clean_environment(),
                              check=False)
        self.assertEqual(69, done.returncode, done)
        self.assertRegex(done.stderr, re.escape(self.path("too-big.db.part")) + ".*(File too large|full)")
        self.assertNotIn("gatehouse.db:", done.stderr)
        self.assertEqual([], list(self.server.folder.glob("too-big*")))

    def test_everything_moves_to_another_database_and_back(self):
        token = self.site.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]
        revoked = self.site.tokens(self.browser(), self.user)["access_token"]
        self.site.revoke(revoked)
        self.server.stop()
        here, there = f"sqlite:{self.path('gatehouse.db')}", f"sqlite:{self.path('there.db')}"
        copied = self.server.command("storage", "copy", "--from", here, "--to", there)
        self.assertGreater(copied["records"], 8)
        self.assertIn("not empty", self.failing("storage", "copy", "--from", here, "--to", there).stderr)
        for name in ("gatehouse.db", "gatehouse.db-wal", "gatehouse.db-shm"):
            (self.server.folder / name).unlink(missing_ok=True)
        back = self.server.command("storage", "copy", "--from", there, "--to", here)
        self.assertEqual(copied["records"] + 1, back["records"], "not what was copied, and that it was")
        self.server.launch()
        self.assertAudited(self.server, ("storage copy", f"{here} to {there}"), ("storage copy", f"{there} to {here}"))
        self.assertEqual(200, self.site.refresh(token).status)
        self.assertDead(self.site, revoked)

    def test_100_000_records_move_to_postgresql_and_back(self):
        token = self.site.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]
        self.server.stop()
        self.add_records(100_000)
        here = f"sqlite:{self.path('gatehouse.db')}"
        with private_postgresql() as there:
            copied = self.server.command("storage", "copy", "--from", here, "--to", there)
            self.assertGreater(copied["records"], 100_000)
            for file in self.server.folder.glob("gatehouse.db*"):
                file.unlink()
            back = self.server.command("storage", "copy", "--from", there, "--to", here)
            self.assertEqual(copied["records"] + 1, back["records"])
            listed = self.server.run("migrate", "status", "--json", "--config", self.server.config_file, check=True,
                                     environment={"DATABASE__URL": there, "JWT_SECRET": "s" * 40})
            self.assertIn("records", listed.stdout)
        self.server.launch()
        self.assertEqual(200, self.site.refresh(token).status)

    def test_a_copy_that_was_broken_off_is_used_by_nobody(self):
        self.server.stop()
        self.add_records(100_000)
        here, there = f"sqlite:{self.path('gatehouse.db')}", f"sqlite:{self.path('broken-off.db')}"
        self.break_off_a_copy(here, there)
        self.assertUsedByNobody(here, there)
        for file in self.server.folder.glob("broken-off.db*"):
            file.unlink()
        copied = self.server.command("storage", "copy", "--from", here, "--to", there)
        back = f"sqlite:{self.path('whole.db')}"
        again = self.server.command("storage", "copy", "--from", there, "--to", back)
        self.assertEqual(copied["records"] + 1, again["records"])
        with private_postgresql() as database:
            self.break_off_a_copy(here, database)
            self.assertUsedByNobody(here, database)
        self.server.launch()

    def test_a_storage_that_is_served_is_not_copied(self):
        here, there = f"sqlite:{self.path('gatehouse.db')}", f"sqlite:{self.path('of-a-running.db')}"
        done = self.failing("storage", "copy", "--from", here, "--to", there, code=69)
        self.assertIn(f"{self.path('gatehouse.db')} is open in a server or another command", done.stderr)
        self.assertFalse((self.server.folder / "of-a-running.db").exists())
        with private_postgresql() as database:
            server = Gatehouse({"database": {"url": database}, "security": {"jwt_secret": "s" * 40}}, database="sqlite")
            self.addCleanup(server.remove)
            server.launch()
            done = self.failing("storage", "copy", "--from", database, "--to", there, code=69)
            self.assertIn("the database is open in a server or another command", done.stderr)
            server.stop()
            self.server.command("storage", "copy", "--from", database, "--to", there)

    def test_a_dump_of_postgresql_brings_everything_back(self):
        with private_postgresql() as url:
            server = Gatehouse({"database": {"url": url}, "security": {"jwt_secret": "s" * 40}}, database="sqlite")
            self.addCleanup(server.remove)
            user = ada()
            server.add_user(user.login, user.password, user.claims)
            secret = server.add_client("site", "https://site.example/callback")["client_secret"]
            site = Site(server.launch(), "site", secret)
            token = site.tokens(server.browser(), user, **OFFLINE)["refresh_token"]
            subprocess.run(["pg_dump", "--format=custom", f"--file={self.path('dump')}", url], check=True)
            site.tokens(server.browser(), user)
            server.stop()
            subprocess.run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
                            f"--dbname={url}", self.path("dump")], check=True)
            server.launch()
            self.assertEqual(200, site.refresh(token).status)
            self.assertTrue(site.journey(server.browser(), user).is_back)
            server.stop()

    def test_a_copy_says_what_it_wants(self):
        self.failing("storage", "copy", code=64)
        there = f"sqlite:{self.path('x.db')}"
        for url in ("memory:", "redis://127.0.0.1/", ":"):
            done = self.failing("storage", "copy", "--from", url, "--to", there, code=64)
            self.assertIn("sqlite:PATH", done.stderr)
        done = self.failing("storage", "copy", "--from", f"sqlite:{self.path('typo.db')}", "--to", there, code=69)
        self.assertIn("typo.db is not there", done.stderr)
        self.assertFalse((self.server.folder / "typo.db").exists())
        done = self.failing("storage", "copy", "--from", "pigeon://post", "--to", there, code=78)
        self.assertIn("storage.pigeon", done.stderr)
