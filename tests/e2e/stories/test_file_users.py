# SPDX-License-Identifier: Apache-2.0
"""`user_store.file`: a small site's people in a text file, read again when it changes."""
import json

from harness import site
from harness.port import free_port
from harness.server import USES
from harness.site import Person
from harness.story import Story
from harness.web import wait_until

PASSWORD = "a password of the file"
HASH = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$fO/lwNI8xpYew5ngai67OhopLVcuCtS6UHytWj3k6JA"


class FileUsers(Story):
    plugins = [use for use in USES if use != "user_store.local"]

    @classmethod
    def furnish(cls):
        cls.users = cls.server.folder / "users"
        claims = json.dumps({"name": "Filed Person", "email": "f@x.example", "email_verified": True})
        cls.users.write_text(f"# people\nfiled:{HASH}:{claims}\nbarred:!{HASH}\n")
        cls.users.chmod(0o600)
        cls.server.config["plugins"].append({"use": "user_store.file", "path": str(cls.users)})
        cls.server.write_config()
        cls.user = Person("filed", PASSWORD)
        cls.site = cls.client("site")

    def write(self, text):
        """All of it at once: the server may read it at any moment."""
        fresh = self.users.with_name("fresh-users")
        fresh.write_text(text)
        fresh.chmod(0o600)
        fresh.rename(self.users)

    def test_they_log_in_and_have_their_claims(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid email")
        told = self.site.userinfo(tokens["access_token"]).json()
        self.assertEqual(("f@x.example", True), (told["email"], told["email_verified"]))

    def test_a_wrong_password_and_a_barred_person_are_asked_again(self):
        for person in (Person("filed", "wrong"), Person("barred", PASSWORD), Person("nobody", PASSWORD)):
            self.assertEqual(["login", "login"], self.site.journey(self.browser(), person).shown)

    def test_a_line_that_is_added_counts_without_a_restart(self):
        before = self.users.read_text()
        self.addCleanup(self.write, before)
        self.write(before + f"late:{HASH}\n")
        wait_until(lambda: self.site.journey(self.browser(), Person("late", PASSWORD)).is_back, 20, "not read again")

    def test_a_file_that_becomes_wrong_changes_nobody(self):
        before = self.users.read_text()
        self.addCleanup(self.write, before)
        self.write("nonsense\n")
        wait_until(lambda: self.site.journey(self.browser(), self.user).is_back
                   and "users:1:" in self.server.log(), 20, "not told")
        self.assertTrue(self.site.journey(self.browser(), self.user).is_back)

    def test_users_that_cannot_be_changed_by_command_are_said_to_be_so(self):
        for command in (("passwd", "filed", "--password-stdin"), ("require-new-password", "filed")):
            with self.subTest(command):
                done = self.server.run("user", *command, "--config", self.server.config_file,
                                       stdin="a sufficiently long password")
                self.assertEqual(1, done.returncode)
                self.assertIn('the user store "file" cannot be changed from here', done.stderr)

    def test_they_are_disabled_and_enabled_by_command(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid offline_access")
        landing = self.site.journey(self.browser(), self.user)
        browser = self.browser()
        self.assertTrue(self.site.journey(browser, self.user).is_back)
        self.addCleanup(self.server.command, "user", "enable", "filed")
        self.assertTrue(self.server.command("user", "disable", "filed")["disabled"])
        self.assertEqual(["login", "login"], self.site.journey(self.browser(), self.user).shown)
        self.assertEqual(["login"], self.site.journey(browser).shown)
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant")
        self.assertTokenError(self.site.redeem(landing.code), "invalid_grant")
        self.assertEqual(["filed", "barred"], [user["login"] for user in self.server.command("user", "list", "--disabled")])
        self.assertTrue(self.server.command("user", "show", "filed")["disabled"])
        self.assertFalse(self.server.command("user", "enable", "filed")["disabled"])
        self.assertTrue(self.site.journey(self.browser(), self.user).is_back)

    def test_whom_the_file_keeps_out_is_not_let_in_by_command(self):
        done = self.server.run("user", "enable", "barred", "--config", self.server.config_file)
        self.assertEqual(1, done.returncode)
        self.assertIn('the user store "file" itself keeps "barred" out', done.stderr)

    def test_they_are_listed_shown_and_signed_out_by_command(self):
        self.assertEqual([("filed", False), ("barred", True)],
                         [(user["login"], user["disabled"]) for user in self.server.command("user", "list")])
        page = self.server.command("user", "list", "--limit", "1")
        self.assertEqual(["barred"], [user["login"] for user in
                                      self.server.command("user", "list", "--limit", "1", "--after", page["next"])["users"]])
        shown = self.server.command("user", "show", "FILED")
        self.assertEqual(("Filed Person", "file"), (shown["claims"]["name"], shown["store"]))
        self.assertEqual(shown, self.server.command("user", "show", shown["sub"]))
        browser = self.browser()
        self.assertTrue(self.site.journey(browser, self.user).is_back)
        self.server.command("user", "logout", "filed")
        self.assertEqual(["login"], self.site.journey(browser).shown)

    def test_a_file_that_is_wrong_from_the_start_is_refused_with_its_line(self):
        other = self.server.folder / "wrong-users"
        other.write_text(f"good:{HASH}\nbad\n")
        other.chmod(0o600)
        config = json.loads(self.server.config_file.read_text())
        config["plugins"][-1]["path"] = str(other)
        tried = self.server.folder / "wrong.yaml"
        tried.write_text(json.dumps(config))
        done = self.server.run("serve", "--config", tried, environment={"SERVER__PORT": str(free_port())})
        self.assertIn(done.returncode, (69, 78), done)
        self.assertIn("wrong-users:2:", done.stdout + done.stderr)
        self.assertEqual(200, self.get(site.JWKS).status)
