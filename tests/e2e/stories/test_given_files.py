# SPDX-License-Identifier: Apache-2.0
"""What an operator, or an organization among several, gives the server to read: links, pipes, devices, modes."""
import json
import os

from harness import jwt, site
from harness.story import Story
from harness.web import wait_until


class GivenFiles(Story):
    """One issuer, whose pages, clients and users are files."""

    database = "sqlite"

    @classmethod
    def furnish(cls):
        cls.pages = cls.server.folder / "pages"
        cls.pages.mkdir()
        cls.server.config["oauth"]["pages_override_dir"] = str(cls.pages)
        cls.server.write_config()
        super().furnish()

    def check(self):
        """The problems and warnings of `gatehouse check`."""
        done = self.server.run("check", "--config", self.server.config_file, "--json")
        told = json.loads(done.stdout)
        return [f"{each['file']}: {each['problem']}" for each in told["problems"] + told["warnings"]]

    def place(self, path, make):
        make(path)
        self.addCleanup(path.unlink)
        return path

    def assertRefusedByReload(self, text):
        before = self.server.reload()
        wait_until(lambda: "reload refused" in self.server.log()[before:], 30, "the reload hangs")
        self.assertIn(text, self.server.settled_log()[before:])
        self.assertAlive()

    def test_a_link_to_a_secret_is_never_served(self):
        self.place(self.server.folder / "beside.secret", lambda path: path.write_text("the-secret-of-the-server"))
        link = self.place(self.pages / "style.css", lambda path: path.symlink_to("../beside.secret"))
        self.assertTrue(any(str(link) in each and "leads out of" in each for each in self.check()), self.check())
        self.assertRefusedByReload("leads out of")
        self.assertNotIn("the-secret-of-the-server", self.get("/logout").text)

    def test_links_of_a_mounted_volume_are_followed(self):
        (self.pages / "..data").mkdir(exist_ok=True)
        self.place(self.pages / "..data/style.css", lambda path: path.write_text("p { color: #123457 }"))
        self.place(self.pages / "style.css", lambda path: path.symlink_to("..data/style.css"))
        before = self.server.reload()
        wait_until(lambda: '"reloaded"' in self.server.log()[before:], 30, self.server.log)
        self.assertIn("#123457", self.get("/logout").text)

    def test_a_pipe_or_endless_device_hangs_nothing(self):
        for folder, name in ((self.pages, "style.css"), (self.server.clients_dir, "pipe.yaml")):
            with self.subTest(name):
                pipe = folder / name
                os.mkfifo(pipe)
                try:
                    self.assertIn(f"{pipe} is not a regular file", " ".join(self.check()).replace(": is", " is"))
                    self.assertRefusedByReload("is not a regular file")
                finally:
                    pipe.unlink()
                pipe.symlink_to("/dev/zero")
                try:
                    self.assertTrue(any("leads out of" in each for each in self.check()))
                finally:
                    pipe.unlink()

    def test_what_everybody_can_write_is_refused(self):
        client = self.place(self.server.clients_dir / "open.yaml", lambda path: path.write_text(
            "client_id: open\ngrant_types: [client_credentials]\nclient_secret: 0123456789abcdef0123456789abcdef\n"))
        client.chmod(0o644)
        self.assertEqual([], self.check())
        client.chmod(0o666)
        self.assertIn(f"{client}: can be written by everybody (mode 0666)", self.check()[0])
        self.server.config_file.chmod(0o666)
        try:
            self.assertIn(f"{self.server.config_file}: can be written by everybody", self.check()[0])
        finally:
            self.server.config_file.chmod(0o600)

    def test_a_client_with_three_mistakes_is_told_three(self):
        self.place(self.server.clients_dir / "wrong.yaml", lambda path: path.write_text(
            "client_id: wrong\nredirect_uris: ['http://shop.example/cb']\nlogo_uri: 'ftp://shop.example/'\npkce: never\n"))
        told = self.check()
        self.assertEqual(3, len(told), told)
        for member in ("redirect_uris", "logo_uri", "pkce"):
            self.assertTrue(any(member in each for each in told), told)

    def test_a_wrong_plugin_folder_is_one_problem(self):
        config = {**self.server.config, "plugin_dirs": ["/nowhere"]}
        other = self.server.folder / "nowhere.yaml"
        other.write_text(json.dumps(config))
        done = self.server.run("check", "--config", other)
        self.assertEqual(78, done.returncode)
        self.assertIn("plugin_dirs: the folder /nowhere is not there", done.stderr)
        self.assertIn("1 problem;", done.stderr)
        done = self.server.run("plugins", "--config", other)
        self.assertNotEqual(0, done.returncode)
        self.assertIn("the folder /nowhere is not there", done.stderr)

    def test_a_users_file_is_looked_at_by_check(self):
        users = self.place(self.server.folder / "users", lambda path: path.write_text("ada:$2b$10$abc\nbob\n"))
        users.chmod(0o600)
        config = json.loads(self.server.config_file.read_text())
        config["plugins"].append({"use": "user_store.file", "path": str(users)})
        other = self.server.folder / "users.yaml"
        other.write_text(json.dumps(config))
        done = self.server.run("check", "--config", other)
        self.assertEqual(78, done.returncode)
        self.assertIn(f"{users}:1:5: user_store.file: not a password hash of a form that is known", done.stderr)
        self.assertIn(f"{users}:2:4: user_store.file: no ':' after the login", done.stderr)

    def test_certificates_and_keys_of_databases_are_looked_at_by_check(self):
        root = self.place(self.server.folder / "ca.pem", lambda path: path.write_text("a certificate"))
        key = self.place(self.server.folder / "db.key", lambda path: path.write_text("a key"))
        pipe = self.place(self.server.folder / "cert.pipe", os.mkfifo)
        root.chmod(0o666)
        key.chmod(0o644)
        done = self.server.run("check", "--config", self.server.config_file, environment={
            "DATABASE__URL": f"postgresql://db.example/gatehouse?sslrootcert={root}&sslkey={key}&sslcert={pipe}",
            "JWT_SECRET": "s" * 40})
        self.assertEqual(78, done.returncode)
        for problem in (f"sslrootcert: {root} can be written by everybody", f"sslkey: {key} is open to everybody",
                        f"sslcert: {pipe} is not a regular file"):
            self.assertIn(problem, done.stderr)
        done = self.server.run("check", "--config", self.server.config_file, environment={
            "REDIS__URL": "rediss://redis.example", "REDIS__CA_FILE": str(root), "JWT_SECRET": "s" * 40})
        self.assertEqual(78, done.returncode)
        self.assertIn(f"ca_file: {root} can be written by everybody", done.stderr)

    def test_a_key_set_of_a_client_is_a_regular_file(self):
        pipe = self.place(self.server.folder / "keys.pipe", os.mkfifo)
        done = self.server.run("client", "add", "--id", "piped", "--auth-method", "private_key_jwt", "--grant",
                               "client_credentials", "--jwks", pipe, "--config", self.server.config_file)
        self.assertEqual(64, done.returncode)
        self.assertIn(f"{pipe} is not a regular file", done.stderr)


class ARootSecretAlone(Story):
    """HS256 counts where it was asked for; somebody with the root secret, which signs it, has nothing else."""

    @classmethod
    def furnish(cls):
        cls.program = cls.client("program", grants=("client_credentials",), scope="report")

    def is_active(self, token):
        return self.program.introspect(token).json()["active"]

    def test_a_client_that_no_longer_asks_for_hs256_gets_none_accepted(self):
        self.server.command("client", "update", "program", "--access-token-alg", "HS256")
        token = None

        def is_signed_so():
            nonlocal token
            token = self.program.call(site.TOKEN, {"grant_type": "client_credentials"}).json()["access_token"]
            return jwt.parts(token)[0]["alg"] == "HS256"
        wait_until(is_signed_so, 20, "the client's change is not heard of")
        self.assertTrue(self.is_active(token))
        self.server.command("client", "update", "program", "--access-token-alg", "RS256")
        wait_until(lambda: not self.is_active(token), 20, "the token is still accepted")
