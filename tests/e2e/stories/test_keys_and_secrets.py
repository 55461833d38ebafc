# SPDX-License-Identifier: Apache-2.0
"""Signing keys live encrypted under the root secret; damage is found before anything is served."""
import hashlib
import socket
import sqlite3
import stat
import subprocess

from harness import jwt, site
from harness.server import BINARY, Gatehouse, clean_environment
from harness.story import Story
from harness.web import wait_until


def secret(text):
    return hashlib.sha256(text.encode()).hexdigest()


class DamagedKeys(Story):
    @classmethod
    def setUpClass(cls):
        """Each test damages a server of its own."""

    def start_once(self, **settings):
        cls = type(self)
        cls.server = Gatehouse(settings, database="sqlite")
        self.addCleanup(self.server.remove)
        self.server.launch()
        self.assertTrue(self.keys())
        self.assertEqual(0, self.server.stop())

    def start_with_its_own_secret(self):
        """Nodes that share a Redis must be given one."""
        self.start_once(redis=None, security=None)

    def refuses(self, *words):
        """It ends by itself, with an error code and these words."""
        done = subprocess.run([str(BINARY), "serve", "--config", str(self.server.config_file)], timeout=60,
                              capture_output=True, text=True, env=clean_environment(), check=False)
        said = (done.stdout + done.stderr).lower()
        self.assertIn(done.returncode, (69, 78), said)
        for word in words:
            self.assertIn(word, said)
        return said

    def test_a_wrong_root_secret(self):
        self.start_once(security={"jwt_secret": secret("one")})
        self.server.config["security"]["jwt_secret"] = secret("two")
        self.server.write_config()
        said = self.refuses("key", "secret")
        self.assertNotIn(secret("one"), said)
        self.assertNotIn(secret("two"), said)

    def test_no_command_works_under_a_wrong_root_secret(self):
        self.start_once(security={"jwt_secret": secret("one")})
        self.server.add_client("site", "https://site.example/callback")
        self.server.config["security"]["jwt_secret"] = secret("two")
        self.server.write_config()
        self.assertCommandsRefused("sealed with another root secret",
                                   ("client", "add", "--redirect-uri", "https://x.example/cb"),
                                   ("client", "rotate-secret", "site"), ("client", "list"),
                                   ("user", "add", "eve", "--password-stdin"), ("user", "list"), ("keys", "list"))

    def test_a_wrong_root_secret_where_only_another_issuer_has_keys(self):
        cls = type(self)
        cls.server = Gatehouse({"security": {"jwt_secret": secret("one")}}, database="sqlite")
        self.addCleanup(self.server.remove)
        _, second = (self.server.tenant(f"{self.server.issuer}/{path}") for path in ("one", "two"))
        self.server.launch()
        self.assertEqual(200, second.browser().get(site.JWKS).status)
        self.server.stop()
        self.server.config["security"]["jwt_secret"] = secret("two")
        self.server.write_config()
        self.refuses("sealed with another root secret")
        self.assertCommandsRefused("sealed with another root secret",
                                   ("user", "add", "eve", "--password-stdin", "--issuer", "1"))

    def assertCommandsRefused(self, words, *commands):
        for arguments in commands:
            with self.subTest(arguments):
                done = self.server.run(*arguments, "--config", self.server.config_file, stdin="a long password")
                self.assertIn(done.returncode, (1, 69), done)
                self.assertIn(words, done.stderr)
                self.assertEqual("", done.stdout)

    def test_a_lost_database_is_not_begun_anew_in_silence(self):
        self.start_with_its_own_secret()
        for file in self.server.folder.glob("gatehouse.db*"):
            file.rename(file.with_name("away-" + file.name))
        before = sorted(path.name for path in self.server.folder.iterdir())
        self.refuses("gatehouse.db is not there", "the database was lost", "root.secret")
        self.assertCommandsRefused("gatehouse.db is not there", ("user", "list"),
                                   ("user", "add", "eve", "--password-stdin"))
        self.assertEqual(before, sorted(path.name for path in self.server.folder.iterdir()))
        for file in self.server.folder.glob("away-*"):
            file.rename(file.with_name(file.name[5:]))
        self.server.launch()
        self.assertTrue(self.keys())

    def test_a_first_start_that_failed_can_be_tried_again(self):
        cls = type(self)
        cls.server = Gatehouse(database="sqlite")
        self.addCleanup(self.server.remove)
        with socket.create_server(("127.0.0.1", self.server.port)):
            self.refuses("address already in use")
        self.server.launch()
        log = self.server.settled_log()
        self.assertIn("nothing is in the database: everything begins anew", log)
        self.assertIn(str(self.server.folder / "gatehouse.db"), log)
        self.server.stop()
        self.server.log_file.unlink()
        self.server.launch()
        self.assertNotIn("begins anew", self.server.settled_log())

    def test_the_right_root_secret_again(self):
        self.start_once(security={"jwt_secret": secret("one")})
        before = self.server.config_file.read_text()
        self.server.config["security"]["jwt_secret"] = secret("two")
        self.server.write_config()
        self.refuses("secret")
        self.server.config_file.write_text(before)
        self.server.launch()
        self.assertTrue(self.keys())

    def test_a_lost_root_secret(self):
        self.start_with_its_own_secret()
        file = self.server.folder / "root.secret"
        kept = file.read_bytes()
        file.unlink()
        before = sorted(path.name for path in self.server.folder.iterdir())
        self.assertIn(f"{file} is missing", self.refuses("backup", "security.jwt_secret"))
        done = self.server.run("user", "list", "--config", self.server.config_file)
        self.assertEqual(69, done.returncode, done)
        self.assertIn("root.secret is missing", done.stderr)
        self.assertEqual(before, sorted(path.name for path in self.server.folder.iterdir()))
        file.write_bytes(kept)
        file.chmod(0o600)
        self.server.launch()
        self.assertTrue(self.keys())

    def test_the_secret_that_was_made_can_be_named(self):
        self.start_with_its_own_secret()
        self.server.config["security"] = {"jwt_secret": {"file": str(self.server.folder / "root.secret")}}
        self.server.write_config()
        self.server.launch()
        self.assertTrue(self.keys())

    def test_a_damaged_key_record(self):
        self.start_once(security={"jwt_secret": secret("one")})
        changed = self.damage("key")
        self.assertGreater(changed, 0)
        self.refuses("key")

    def damage(self, kind):
        """Changes a byte in the middle of every record of a kind; how many there were."""
        with sqlite3.connect(self.server.folder / "gatehouse.db") as database:
            found = database.execute("SELECT records.id, payload FROM records JOIN names ON names.id = kind "
                                     "WHERE CAST(name AS TEXT) = ?", (kind,)).fetchall()
            for identifier, payload in found:
                middle = len(payload) // 2
                other = b"A" if payload[middle:middle + 1] != b"A" else b"B"
                database.execute("UPDATE records SET payload = ? WHERE id = ?",
                                 (payload[:middle] + other + payload[middle + 1:], identifier))
        return len(found)

    def test_a_secret_that_is_too_short(self):
        cls = type(self)
        cls.server = Gatehouse({"security": {"jwt_secret": "too-short"}})
        self.addCleanup(self.server.remove)
        said = self.refuses("jwt_secret", "32")
        self.assertNotIn("too-short", said)

    def test_a_secret_file_that_is_missing(self):
        cls = type(self)
        cls.server = Gatehouse({"security": {"jwt_secret": {"file": "/nonexistent/secret"}}})
        self.addCleanup(self.server.remove)
        self.refuses("/nonexistent/secret")

    def test_a_database_that_is_none(self):
        self.start_once()
        for name in ("gatehouse.db-wal", "gatehouse.db-shm"):
            (self.server.folder / name).unlink(missing_ok=True)
        (self.server.folder / "gatehouse.db").write_bytes(b"this is no database at all" * 1000)
        self.refuses("gatehouse.db")

    def test_the_secret_made_at_first_start_is_private_and_kept(self):
        self.start_with_its_own_secret()
        made = [file for file in self.server.folder.iterdir() if file.is_file() and "secret" in file.name]
        self.assertEqual(1, len(made), list(self.server.folder.iterdir()))
        self.assertEqual(0o600, stat.S_IMODE(made[0].stat().st_mode))
        content = made[0].read_bytes()
        self.server.launch()
        self.assertEqual(content, made[0].read_bytes())

    def test_a_lost_secret_file_is_not_replaced_in_silence(self):
        self.start_with_its_own_secret()
        made = next(file for file in self.server.folder.iterdir() if file.is_file() and "secret" in file.name)
        made.unlink()
        self.refuses("secret")

    def test_the_database_is_private(self):
        self.start_once()
        mode = stat.S_IMODE((self.server.folder / "gatehouse.db").stat().st_mode)
        self.assertEqual(0, mode & 0o077, oct(mode))


class KeyRotation(Story):
    def test_old_tokens_verify_after_a_rotation_and_new_ones_have_a_new_key(self):
        browser = self.browser()
        first = self.site.tokens(browser, self.user)
        before = {key["kid"] for key in self.keys()}
        made = self.server.command("keys", "rotate")
        wait_until(lambda: {key["kid"] for key in self.keys()} - before, 30, "no new key in the JWKS")
        self.assertLessEqual(before, {key["kid"] for key in self.keys()}, "an old key went away at once")
        states = {key["kid"]: key["state"] for key in self.server.command("keys", "list")}
        first_key = self.keys()[0]
        self.assertEqual(("active", "RS256"), (states[first_key["kid"]], first_key["alg"]),
                         "some consumers take the first key")
        again = self.server.run("keys", "rotate", "--config", self.server.config_file)
        self.assertEqual(1, again.returncode, again)
        self.assertIn("sign from " + next(key["changes"] for key in made if key["state"] == "pending"), again.stderr)
        self.assertEqual(len(made), len(self.server.command("keys", "list")))
        jwt.verify(first["id_token"], self.keys())
        self.assertEqual(200, self.site.userinfo(first["access_token"]).status)
        second = self.site.tokens(browser, None)
        jwt.verify(second["id_token"], self.keys())
        self.assertActive(self.site, first["access_token"])

    def test_keys_list_shows_states_and_never_a_private_key(self):
        told = self.server.run("keys", "list", "--config", self.server.config_file, "--json", check=True).stdout
        self.assertIn("active", told)
        for kid in (key["kid"] for key in self.keys()):
            self.assertIn(kid, told)
        self.assertNotIn("PRIVATE", told)
        self.assertNotIn('"d"', told)

    def test_keys_survive_a_restart(self):
        before = {key["kid"] for key in self.keys()}
        self.assertEqual(0, self.server.stop())
        self.server.launch()
        self.assertEqual(before, {key["kid"] for key in self.keys()})

    def test_no_private_key_is_in_the_database_in_the_clear(self):
        content = self.server.stored()
        self.assertIn(self.site.id.encode(), content)
        self.assertNotIn(b"PRIVATE KEY", content)
        self.assertNotIn(self.user.password.encode(), content)
        self.assertNotIn(self.site.secret.encode(), content)
        tokens = self.site.tokens(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        content = self.server.stored()
        self.assertNotIn(tokens["refresh_token"].encode(), content)
        self.assertEqual(200, self.get(site.JWKS).status)
