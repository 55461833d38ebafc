# SPDX-License-Identifier: Apache-2.0
"""`gatehouse user compare`: how two user stores differ, before one takes the other's place."""
import contextlib
import json
import sqlite3

from harness.slapd import Slapd
from harness.story import Story

HASH = "$y$j75$abcdefgh$Jakf0CHhzdQOivqISxvBXCIRIaxY0Fs1wJGsJSurry/"
BASE = "dc=example,dc=org"


def entry(number, login, mail, gone=False):
    return f"""dn: cn={login},{BASE}
objectClass: inetOrgPerson
cn: {login}
sn: {login}
uid: {login}
employeeNumber: {number}
employeeType: {"gone" if gone else "here"}
mail: {mail}

"""


class UserCompare(Story):
    @classmethod
    def furnish(cls):
        table = cls.server.folder / "members.db"
        with contextlib.closing(sqlite3.connect(table)) as database, database:
            database.execute("CREATE TABLE member (nr integer PRIMARY KEY, nick text, hash text, barred integer, mail text)")
            database.executemany("INSERT INTO member VALUES (?, ?, ?, ?, ?)", [
                (1, "same", HASH, 0, "same@x.example"), (2, "moved", HASH, 0, "old@x.example"), (3, "barred", HASH, 1, "barred@x.example"),
                (4, "renumbered", HASH, 0, "r@x.example"), (5, "left", HASH, 0, "left@x.example")])
        people = cls.server.folder / "people.ldif"
        people.write_text(entry(1, "same", "same@x.example") + entry(2, "moved", "new@x.example") + entry(3, "barred", "barred@x.example") +
                          entry(44, "renumbered", "r@x.example") + entry(6, "newcomer", "n@x.example"))
        directory = Slapd(people)
        cls.addClassCleanup(directory.remove)
        cls.lines = cls.server.folder / "people"
        cls.server.config["plugins"] += [
            {"use": "user_store.sql", "name": "table", "url": f"sqlite:{table}",
             "people": "SELECT nr AS id, nick AS login, hash AS password, barred AS disabled, mail AS email FROM member"},
            {"use": "user_store.ldap", "name": "directory", "urls": [directory.urls[0]], "bind_dn": f"cn=reader,{BASE}", "bind_password": "p@ss/word:%",
             "base": BASE, "id": "employeeNumber", "disabled": "(employeeType=gone)", "claims": {"email": "mail"}},
            {"use": "user_store.file", "name": "lines", "path": str(cls.lines)}]
        cls.lines.write_text("# nobody yet\n")
        cls.server.write_config()

    def compare(self, *stores, code):
        done = self.server.run("user", "compare", *stores, "--config", self.server.config_file, "--json")
        self.assertEqual(code, done.returncode, done.stderr)
        return json.loads(done.stdout) if done.stdout else done.stderr

    def test_a_table_against_a_directory(self):
        differing = [{"login": "moved", "differs": ["email"]}, {"login": "barred", "differs": ["disabled"]},
                     {"login": "renumbered", "differs": ["id"]}, {"login": "left", "only_in": "table"}]
        for stores in (("table", "directory"), ("directory", "table")):
            told = self.compare(*stores, code=1)
            self.assertEqual((4, 4, "directory", differing), (told["in_both"], told["differences"], told["not_listed"], told["people"]))

    def test_two_that_can_be_listed(self):
        self.server.add_user("both", "correct horse", {"email": "both@x.example"})
        self.addCleanup(self.server.run, "user", "remove", "both", "--config", self.server.config_file)
        self.lines.write_text(f"only:{HASH}\n")
        told = self.compare("local", "lines", code=1)
        self.assertEqual(("", [{"login": "both", "only_in": "local"}, {"login": "only", "only_in": "lines"}]), (told["not_listed"], told["people"]))

    def test_a_store_is_like_itself(self):
        told = self.compare("table", "table", code=0)
        self.assertEqual((5, 0), (told["in_both"], told["differences"]))

    def test_what_cannot_be_compared_is_no_difference(self):
        self.assertIn("no user store", self.compare("table", "nowhere", code=2))
        self.assertIn("neither user store can be listed", self.compare("directory", "directory", code=2))

    def test_people_read_it_too(self):
        done = self.server.run("user", "compare", "table", "directory", "--config", self.server.config_file)
        self.assertEqual("moved: email\nbarred: disabled\nrenumbered: id\nleft: only in table\n", done.stdout)
        self.assertIn("directory cannot be listed: who is only there is not known", done.stderr)
