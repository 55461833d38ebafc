# SPDX-License-Identifier: Apache-2.0
"""People who come from another server log in with their old passwords."""
import json

from harness.site import Person
from harness.story import Story

PASSWORD = "correct horse"
BCRYPT = "$2b$06$7icTUjGi7vcIR5nhvmUGzeLwhVk2aG4gcVfLgFInZmp3JIDyhPdXa"
DJANGO = "pbkdf2_sha256$1000$abcdefghijkl$0zdgqPwvrX5uWgeujZ5fdcMXA2ja2gN9VYtiAbPFU+8="
WORDPRESS = "$P$55FI4wky9tSq0pQ8ugxWdO.0QJjnmW/"
YESCRYPT = "$y$j75$abcdefgh$Jakf0CHhzdQOivqISxvBXCIRIaxY0Fs1wJGsJSurry/"
KEYCLOAK = json.dumps({
    "secretData": json.dumps({"value": "nIfAaJi8GFFmabVKi5XTbmIpRklNelXCbzkaBAYGjBk=", "salt": "AAECAwQFBgcICQoLDA0ODw=="}),
    "credentialData": json.dumps({"hashIterations": 2, "algorithm": "argon2", "additionalParameters": {
        "hashLength": ["32"], "memory": ["64"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}})})


class OldPasswords(Story):
    @classmethod
    def furnish(cls):
        cls.site = cls.client("site")

    def bring(self, login, hash_, *command):
        return self.server.run("user", *(command or ("add",)), login, "--hash-stdin", "--config",
                               self.server.config_file, stdin=hash_ + "\n")

    def assertLogsIn(self, login, password=PASSWORD):
        self.assertTrue(self.site.journey(self.browser(), Person(login, password)).is_back, login)

    def test_they_log_in_again_and_again(self):
        for login, hash_ in (("bcrypt", BCRYPT), ("django", DJANGO), ("wordpress", WORDPRESS), ("yescrypt", YESCRYPT),
                             ("keycloak", KEYCLOAK)):
            with self.subTest(login):
                self.assertEqual("", self.bring(login, hash_).stderr)
                wrong = self.site.journey(self.browser(), Person(login, "wrong horse"))
                self.assertEqual(["login", "login"], wrong.shown)
                self.assertLogsIn(login)
                self.assertLogsIn(login)

    def test_somebody_who_is_there_gets_one(self):
        self.server.command("user", "add", "there", "--password-stdin", stdin="an older password\n")
        self.assertEqual("", self.bring("there", BCRYPT, "passwd").stderr)
        self.assertLogsIn("there")
        self.assertEqual(["login", "login"],
                         self.site.journey(self.browser(), Person("there", "an older password")).shown)

    def test_what_would_let_nobody_in_is_refused(self):
        self.server.command("user", "add", "kept", "--password-stdin", stdin=PASSWORD + "\n")
        for hash_, told in (("a password", "not a password hash of a form that is known"),
                            ("$1$salt$hash", "this is MD5 crypt, which is too weak to be taken"),
                            ("{SSHA}o6/HNqJe0yQf2CndML41M0ui3ilNKYUw", "this is ssha, and weakest_hash is phpass"),
                            (BCRYPT.replace("$06$", "$31$"), "this bcrypt hash takes more time or memory")):
            with self.subTest(hash_):
                done = self.bring("kept", hash_, "passwd")
                self.assertNotEqual(0, done.returncode)
                self.assertIn(told, done.stderr)
        self.assertLogsIn("kept")

    def test_nobody_is_added_whose_hash_is_refused(self):
        self.assertNotEqual(0, self.bring("nobody", "a password").returncode)
        self.assertNotIn("nobody", [user["login"] for user in self.server.command("user", "list")])
