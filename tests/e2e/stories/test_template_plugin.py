# SPDX-License-Identifier: Apache-2.0
"""The user store that the guide has written and built against an installed prefix logs a person in.

GATEHOUSE_TEMPLATE_BUILD names its build folder.
"""
import os
import subprocess
from pathlib import Path

from harness.real_client import NODE, run_client
from harness.server import USES
from harness.site import Person
from harness.story import Story

TEMPLATE = Path(os.environ.get("GATEHOUSE_TEMPLATE_BUILD", "/nonexistent"))
PASSWORD = "a password of Acme"


class TemplatePlugin(Story):
    plugins = [use for use in USES if use != "user_store.local"]

    @classmethod
    def furnish(cls):
        library = next(TEMPLATE.rglob("user_store.my_people.so"))
        cls.hashed = subprocess.run(["openssl", "passwd", "-6", "-stdin"], input=PASSWORD, text=True, capture_output=True,
                                    check=True).stdout.strip()
        cls.users = cls.server.folder / "users.csv"
        cls.export(f"1001,ada,{cls.hashed},Ada Lovelace,ada@acme.example,active\n"
                   f"1002,gone,{cls.hashed},Gone Person,gone@acme.example,left\n")
        cls.server.config["plugin_dirs"].append(str(library.parent))
        cls.server.config["plugins"].append({"use": "user_store.my_people", "path": str(cls.users)})
        cls.server.write_config()
        cls.user = Person("ada", PASSWORD)
        cls.site = cls.client("site")

    @classmethod
    def export(cls, text):
        fresh = cls.users.with_suffix(".new")
        fresh.write_text(text)
        fresh.chmod(0o600)
        fresh.rename(cls.users)

    def test_a_person_of_the_plugin_logs_in(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid email profile")
        told = self.site.userinfo(tokens["access_token"]).json()
        self.assertEqual(("Ada Lovelace", "ada@acme.example"), (told["name"], told["email"]))

    def test_a_person_of_the_plugin_logs_in_through_a_real_client(self):
        run_client([NODE, "openid-client.mjs"], self.site, Person("ada", PASSWORD, {"email": "ada@acme.example"}))

    def test_somebody_who_left_does_not(self):
        self.assertEqual(["login", "login"], self.site.journey(self.browser(), Person("gone", PASSWORD)).shown)

    def test_a_new_export_counts_at_once(self):
        self.export(self.users.read_text() + f"1003,cleo,{self.hashed},,,active\n")
        told = self.site.userinfo(
            self.site.tokens(self.browser(), Person("cleo", PASSWORD), scope="openid email profile")["access_token"]).json()
        self.assertNotIn("email_verified", told)

    def test_a_wrong_password_does_not(self):
        self.assertEqual(["login", "login"], self.site.journey(self.browser(), Person("ada", "wrong")).shown)

    def test_plugins_shows_its_settings(self):
        told = self.server.run("plugins", "user_store.my_people", "--config", self.server.config_file, check=True).stdout
        self.assertIn("path", told)
