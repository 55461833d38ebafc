# SPDX-License-Identifier: Apache-2.0
"""People of any server move in from CSV and JSON, and go on with the passwords that they have."""
import csv
import io
import json
import os
import subprocess

from harness.importing import BCRYPT, PASSWORD, WORDPRESS, Importing
from harness.server import BINARY, clean_environment
from harness.site import Person
from harness.web import wait_until


class PeopleOfAnyServer(Importing):
    @classmethod
    def furnish(cls):
        cls.site = cls.client("site", scope="openid profile email groups")

    @staticmethod
    def table(*rows):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue()

    def test_a_table_comes_in_and_its_people_log_in(self):
        table = self.table(("login", "id", "password_hash", "name", "email_verified", "groups", "disabled"),
                           ("tab.ada", "7f-ada", BCRYPT, 'Ada, "the first"\nof her kind', "true", '["staff","crew"]', ""),
                           ("tab.bob", "7f-bob", WORDPRESS, "Bob", "", "staff", "no"),
                           ("tab.out", "7f-out", BCRYPT, "Out", "", "", "true"))
        dry = self.imports("users", table, "--dry-run")
        self.assertEqual({"added": 3, "there": 0}, dry["people"])
        self.assertNotIn("tab.ada", [user["login"] for user in self.people()])
        self.assertEqual({**dry, "dry_run": False}, self.imports("users", table))
        ada = self.shown("tab.ada")
        self.assertEqual("7f-ada", ada["sub"])
        self.assertEqual({"name": 'Ada, "the first"\nof her kind', "email_verified": True, "groups": ["staff", "crew"]},
                         ada["claims"])
        self.assertEqual(["staff"], self.shown("tab.bob")["claims"]["groups"])
        self.assertLogsIn("tab.ada")
        self.assertLogsIn("tab.bob")
        self.assertFalse(self.site.journey(self.browser(), Person("tab.out", PASSWORD)).is_back)
        again = self.imports("users", table)
        self.assertEqual({"added": 0, "there": 3}, again["people"])
        tokens = self.site.tokens(self.browser(), Person("tab.ada", PASSWORD), scope="openid groups")
        self.assertEqual({"sub": "7f-ada", "groups": ["staff", "crew"]}, self.site.userinfo(tokens["access_token"]).json())

    def test_a_list_says_the_same(self):
        people = [{"login": "list.ada", "password_hash": BCRYPT, "email": "ada@example.org", "updated_at": 7},
                  {"login": "list.none", "needs_new_password": True}]
        report = self.imports("users", json.dumps(people, indent=1))
        self.assertEqual({"added": 2, "there": 0}, report["people"])
        self.assertEqual(["list.none"], self.names(report["remarks"], "has no password"))
        self.assertEqual(["list.ada", "list.none"], self.names(report["remarks"], "gets a sub that sites do not know"))
        self.assertEqual({"email": "ada@example.org", "updated_at": 7}, self.shown("list.ada")["claims"])
        self.assertLogsIn("list.ada")

    def test_nobody_loses_a_second_factor_unasked(self):
        people = json.dumps([{"login": "two.ada", "password_hash": BCRYPT, "second_factor": True}])
        report = self.imports("users", people, code=1)
        self.assertEqual(["two.ada"], self.names(report["left_behind"], "--without-second-factor lets such people in"))
        self.assertEqual([], self.people(login="two.ada"))
        report = self.imports("users", people, "--without-second-factor")
        self.assertEqual(["two.ada"], self.names(report["remarks"], "without the second factor"))
        self.assertLogsIn("two.ada")

    def test_who_is_here_with_other_data_stays_as_they_are(self):
        self.imports("users", '[{"login": "here.ada", "id": "h-1", "name": "Ada"}, {"login": "here.bob"}]')
        report = self.imports("users", json.dumps([
            {"login": "here.ada", "id": "h-1", "name": "Eve"}, {"login": "here.bob", "disabled": True},
            {"login": "HERE.ADA", "id": "h-2"}, {"login": "here.new"}]), code=1)
        self.assertEqual(["here.ada", "here.bob"], self.names(report["left_behind"], "is here already, with other data"))
        self.assertEqual(["HERE.ADA"], self.names(report["left_behind"], "the file has given to another"))
        self.assertEqual({"added": 1, "there": 0}, report["people"])
        self.assertEqual("Ada", self.shown("here.ada")["claims"]["name"])
        report = self.imports("users", '[{"login": "Here.Ada", "id": "h-2"}]', code=1)
        self.assertEqual(["Here.Ada"], self.names(report["left_behind"], "a login that somebody else has here"))

    def test_what_cannot_come_along_is_named(self):
        own = self.imports("users", '[{"login": "own"}]') and self.shown("own")["sub"]
        people = [{"login": "bad.hash", "password_hash": "$1$salt$hash"},
                  {"login": "bad.cost", "password_hash": BCRYPT.replace("$06$", "$31$")},
                  {"login": "bad.cut", "password_hash": BCRYPT[:40]},
                  {"login": "bad\u2603"}, {"login": "bad.id", "id": "two words"}, {"login": "bad.sub", "id": own},
                  {"login": "bad.flag", "disabled": "perhaps"}, {"login": 7}, {"name": "Nobody"}, "ada",
                  {"login": "bad.size", "picture": "x" * 1_000_000},
                  {"login": "good", "shoe_size": "44", "email": "no address", "sub": "other"}]
        report = self.imports("users", json.dumps(people), code=1)
        self.assertEqual({"added": 1, "there": 0}, report["people"])
        left = report["left_behind"]
        self.assertEqual(["bad.cost", "bad.cut", "bad.hash"], self.names(left, "a password hash that is not taken"))
        self.assertEqual(["bad\u2603"], self.names(left, "a login that cannot be one here"))
        self.assertEqual(["bad.id", "bad.sub"], self.names(left, "has an id"))
        self.assertEqual(["bad.flag"], self.names(left, "neither true nor false"))
        self.assertEqual(["number 8"], self.names(left, "a login that is no text"))
        self.assertEqual(["number 9"], self.names(left, "has no login"))
        self.assertEqual(["number 10"], self.names(left, "is no object"))
        self.assertEqual(["number 11"], self.names(left, "is larger than 256 KiB"))
        for claim, told in (("shoe_size", "declare it"), ("email", "is an e-mail address here"), ("sub", "server's to say")):
            self.assertEqual(["good"], self.names(report["remarks"], f"does without the claim {claim}, which"), told)

    def test_nobody_gets_the_name_of_a_client(self):
        """Whose tokens of its own say its id as their sub."""
        for options in ("--dry-run",), ():
            report = self.imports("users", '[{"login": "name.ada", "id": "site"}, {"login": "name.bob", "id": "name-b"}]',
                                  *options, code=1)
            self.assertEqual(["name.ada"], self.names(report["left_behind"], "a sub that is the id of a client"))
            self.assertEqual(1, report["people"]["added"])
        list_ = json.dumps({"items": [{"client_id": "name-b", "grant_types": ["client_credentials"], "client_secret": "0123456789abcdef"}]})
        report = self.imports("hydra", list_, code=1)
        self.assertEqual(["name-b"], self.names(report["left_behind"], "an id that is the sub of a person"))

    def test_a_damaged_file_is_read_as_far_as_it_goes(self):
        self.assertRefused("users", '[{"login": "cut.ada"}, {"login": "cut.bob', "ends too early, after byte 41")
        self.assertEqual(1, len(self.people(login="cut.ada")))
        self.assertRefused("users", '[{"login": "x.ada"} {"login": "x.bob"}]', "is not JSON at byte 21")
        self.assertRefused("users", '[{"login": "y.ada"}] more', "is not JSON")
        self.assertRefused("users", '{"login": "z.ada"}', "is no list of objects")
        self.assertRefused("users", 'login,name\nq.ada,"Ada', "a quote is missing")
        self.assertRefused("users", "name\nAda\n", "has no column login")
        self.assertRefused("users", "login,password\nada,secret\n", "passwords are not taken")
        self.assertRefused("users", "", "is empty")
        report = self.imports("users", b"login,name\nl.ada,A\xe9\nl.nul,\0\nl.few\nl.good,Good\n", code=1)
        self.assertEqual(["l.ada", "l.nul"], self.names(report["left_behind"], "is not UTF-8, or has NUL"))
        self.assertEqual(["line 4"], self.names(report["left_behind"], "another number of cells"))
        self.assertEqual(1, report["people"]["added"])

    def test_only_a_file_that_is_kept_as_a_secret_is_read(self):
        path = self.file("login\nada\n", 0o644)
        self.assertEqual(64, self.run_import("users", path).returncode)
        path.chmod(0o600)
        os.mkfifo(self.server.folder / "pipe", 0o600)
        self.assertIn("is not a regular file", self.run_import("users", self.server.folder / "pipe").stderr)

    def test_people_read_the_report(self):
        path = self.file('[{"login": "read.ada", "second_factor": true}, {"login": "read.bob", "id": "r"}]')
        done = self.server.run("import", "users", str(path), "--dry-run", "--config", self.server.config_file)
        self.assertEqual("People:  1 would come along, 0 were here already\n"
                         "Clients: 0 would come along, 0 were here already\n\n"
                         "Stays behind:\n"
                         "  1 x person: has a second factor (second_factor), which cannot come along; "
                         "--without-second-factor lets such people in with their password alone\n"
                         "      read.ada\n\n"
                         "Comes along, but not as it was:\n"
                         "  1 x person: has no password: `gatehouse user passwd` gives one\n"
                         "      read.bob\n"
                         "Nothing was written.\n", done.stdout)
        self.assertEqual(("", 1), (done.stderr, done.returncode))


class ManyPeople(Importing):
    many = 30_000

    @classmethod
    def furnish(cls):
        pass

    def is_there(self, number):
        return self.server.run("user", "show", f"many{number}", "--config", self.server.config_file).returncode == 0

    def listed(self):
        return sorted(user["login"] for user in self.people())

    def test_none_is_lost_and_none_is_doubled_when_it_is_killed(self):
        people = [{"login": f"many{number}", "id": f"id-{number}", "password_hash": WORDPRESS, "name": f"Person {number}"}
                  for number in range(self.many)]
        path = self.file(json.dumps(people))
        for killed_at in (0, 2_000):
            process = subprocess.Popen([BINARY, "import", "users", path, "--config", self.server.config_file],
                                       stdout=subprocess.DEVNULL, env=clean_environment())
            wait_until(lambda number=killed_at: self.is_there(number), 60, "nobody has come")
            process.kill()
            self.assertEqual(-9, process.wait())
        there = len(self.listed())
        self.assertTrue(2_000 < there < self.many, there)
        done = self.run_import("users", path)
        report = json.loads(done.stdout)
        self.assertEqual({"added": self.many - there, "there": there}, report["people"])
        self.assertEqual(sorted(person["login"] for person in people), self.listed())
