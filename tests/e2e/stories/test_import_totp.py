# SPDX-License-Identifier: Apache-2.0
"""People move in with the authenticator apps that they have."""
import base64
import json
import signal
import sqlite3
import subprocess
from pathlib import Path

from harness.importing import BCRYPT, PASSWORD, Importing
from harness.server import BINARY, USES, clean_environment
from harness.site import Person
from harness.totp import App

REALM = (Path(__file__).resolve().parents[1] / "data" / "keycloak-realm-shop.json").read_text()


def link(secret, **changed):
    values = {"issuer": "old", "algorithm": "SHA1", "digits": 6, "period": 30, **changed}
    key = base64.b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/old:ada?secret={key}&" + "&".join(f"{name}={value}" for name, value in values.items())


class WithTheirApps(Importing):
    plugins = [*USES, "client_metadata_rule.backchannel_logout"]

    @classmethod
    def furnish(cls):
        cls.site = cls.client("site")
        cls.server.config["plugins"].append({"use": "login_step.totp", "enrolment": "by_operator"})
        cls.server.config["login"] = ["password", {"step": "totp", "when": {"enrolled": ["totp"]}}]
        cls.server.write_config()

    def assertLogsInBy(self, login, app, password=PASSWORD):
        browser = self.browser()
        journey = self.site.journey(browser, Person(login, password))
        self.assertFalse(journey.is_back, "in by the password alone")
        wrong = journey.page.press(browser, "totp-submit", code=app.wrong())
        self.assertNotEqual(302, wrong.status)
        journey = self.site.journey(browser, Person(login, password))
        self.assertTrue(self.site.walk(browser, journey.page.press(browser, "totp-submit", code=app.code())).code)

    def test_a_person_of_keycloak_logs_in_with_the_old_password_and_the_old_app(self):
        path = self.file(REALM)
        for options, people in (("--dry-run",), (7, 0)), ((), (7, 0)), ((), (0, 7)):
            report = json.loads(self.run_import("keycloak", path, *options).stdout)
            self.assertEqual(people, (report["people"]["added"], report["people"]["there"]))
        self.assertLogsInBy("margaret.h", App(link(b"JBSWY3DPEHPK3PXPJBSW")), "apollo guidance")

    def test_a_list_brings_links_and_keys(self):
        secret = b"12345678901234567890123456789012"
        uri = link(secret, algorithm="SHA256", digits=8)
        people = json.dumps([{"login": "l.link", "password_hash": BCRYPT, "totp": uri},
                             {"login": "l.key", "id": "l-2", "password_hash": BCRYPT,
                              "totp": base64.b32encode(secret).decode().lower()}])
        self.assertEqual({"added": 2, "there": 0}, self.imports("users", people)["people"])
        self.assertEqual({"added": 0, "there": 2}, self.imports("users", people)["people"])
        self.assertLogsInBy("l.link", App(uri))
        self.assertLogsInBy("l.key", App(link(secret)))

    def test_a_run_goes_on_where_the_key_is_here_and_the_person_is_not(self):
        secret = b"abcdefghijklmnopqrst"
        entry = {"login": "k.ada", "id": "k-1", "password_hash": BCRYPT, "totp": link(secret)}
        self.imports("users", json.dumps([entry]))
        self.server.command("user", "remove", "k.ada")
        self.assertEqual(1, self.imports("users", json.dumps([entry]))["people"]["added"])
        self.assertLogsInBy("k.ada", App(link(secret)))

    def test_a_dry_run_says_who_has_another_key_here(self):
        def entry(secret):
            return json.dumps([{"login": "a.ada", "id": "a-1", "password_hash": BCRYPT, "totp": link(secret)}])
        self.imports("users", entry(b"abcdefghijklmnopqrst"))
        self.server.command("user", "remove", "a.ada")
        for options in ("--dry-run",), ():
            left = self.imports("users", entry(b"another key entirely"), *options, code=1)["left_behind"]
            self.assertEqual(["a.ada"], self.names(left, "has another key for codes here already"))
        self.assertEqual(1, self.imports("users", entry(b"abcdefghijklmnopqrst"), "--dry-run")["people"]["added"])

    def test_whose_key_is_no_good_stays_behind(self):
        good = b"12345678901234567890"
        bad = {"short": link(b"short"), "algorithm": link(good, algorithm="MD5"), "digits": link(good, digits=5),
               "period": link(good, period=10), "text": "no key!", "hotp": link(good).replace("totp", "hotp", 1)}
        people = json.dumps([{"login": f"b.{name}", "password_hash": BCRYPT, "totp": uri} for name, uri in bad.items()])
        for option in ("--dry-run",), ():
            left = self.imports("users", people, *option, code=1)["left_behind"]
            for name, told in (("short", "fewer than 128 bits"), ("algorithm", "SHA512"), ("digits", "6 to 8 digits"),
                               ("period", "less than 15")):
                self.assertEqual([f"b.{name}"], self.names(left, told), told)
            self.assertEqual(["b.hotp", "b.text"], self.names(left, "neither base32 nor"))
        self.assertEqual([], [user for user in self.people() if user["login"].startswith("b.")])

    def test_the_first_good_key_of_several_comes_along(self):
        def key(secret, **data):
            return {"type": "otp", "secretData": json.dumps({"value": secret}),
                    "credentialData": json.dumps({"subType": "totp", "digits": 6, "period": 30, "algorithm": "HmacSHA1", **data})}
        users = [{"username": "s.two", "id": "s-1", "credentials": [key("short"), key("x" * 20), key("y" * 20)]},
                 {"username": "s.hotp", "id": "s-2", "credentials": [key("z" * 20, subType="hotp")]},
                 {"username": "s.base32", "id": "s-3", "credentials": [key("not base32!", secretEncoding="BASE32")]}]
        report = self.imports("keycloak", json.dumps({"realm": "r", "users": users}), code=1)
        self.assertEqual(["s.two"], self.names(report["remarks"], "several keys for codes"))
        self.assertEqual(["s.hotp"], self.names(report["left_behind"], "(hotp)"))
        self.assertEqual(["s.base32"], self.names(report["left_behind"], "fewer than 128 bits"))


class BetweenAKeyAndItsPerson(Importing):
    """A batch of people waits for its keys, each of which is kept before the first of them is there."""
    database = "sqlite"
    many = 199  # less than a batch

    @classmethod
    def furnish(cls):
        cls.server.config["plugins"].append({"use": "login_step.totp", "enrolment": "by_operator"})
        cls.server.config["login"] = ["password", {"step": "totp", "when": {"enrolled": ["totp"]}}]
        cls.server.write_config()

    def count(self, kind):
        with sqlite3.connect(f"file:{self.server.folder}/gatehouse.db?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM records JOIN names ON names.id = records.kind "
                                    "WHERE CAST(names.name AS TEXT) LIKE ?", (f"%{kind}",)).fetchone()[0]

    def can_write(self):
        database = sqlite3.connect(self.server.folder / "gatehouse.db", timeout=0, isolation_level=None)
        try:
            database.execute("BEGIN IMMEDIATE").execute("ROLLBACK")
            return True
        except sqlite3.OperationalError:
            return False
        finally:
            database.close()

    def stopped_between(self, path):
        """A run that has kept some keys and nobody yet, holds no lock, and does nothing more; None: it was too fast."""
        keys, people = self.count("totp_key"), self.count("user")
        run = subprocess.Popen([BINARY, "import", "users", path, "--json", "--config", self.server.config_file],
                               stdout=subprocess.PIPE, text=True, env=clean_environment())
        while run.poll() is None:
            if self.count("totp_key") > keys:
                run.send_signal(signal.SIGSTOP)
                if self.can_write() and self.count("user") == people:
                    return run
                run.send_signal(signal.SIGCONT)
        run.stdout.close()
        return None

    def killed_between(self, path):
        run, people = self.stopped_between(path), len(self.people())
        if run is None:
            return False
        run.kill()
        self.assertEqual(-9, run.wait())
        run.stdout.close()
        self.assertEqual(people, len(self.people()), "killed too late to prove anything")
        return True

    def lists(self, name):
        """One after the other, until one is imported slowly enough for what is to happen meanwhile."""
        for number in range(50):
            yield f"{name}{number}", self.file(json.dumps(self.entries(f"{name}{number}")))
        self.fail("all were imported too fast")

    def entries(self, name):
        return [{"login": f"{name}.{number}", "password_hash": BCRYPT, "totp": link(b"key %16d" % number),
                 **({"id": f"{name}-{number}"} if number % 2 else {})} for number in range(self.many)]

    def test_killed_there_none_is_lost_and_no_key_is_doubled(self):
        for _, path in self.lists("kill"):
            keys, people = self.count("totp_key"), len(self.people())
            if self.killed_between(path) and self.killed_between(path):
                break
        self.assertLess(keys, self.count("totp_key"))
        report = json.loads(self.run_import("users", path).stdout)
        self.assertEqual({"added": self.many, "there": 0}, report["people"])
        self.assertEqual((keys + self.many, people + self.many), (self.count("totp_key"), len(self.people())))
        again = json.loads(self.run_import("users", path).stdout)
        self.assertEqual({"added": 0, "there": self.many}, again["people"])
        self.assertEqual(keys + self.many, self.count("totp_key"))

    def test_who_stays_behind_after_all_leaves_no_key(self):
        for name, path in self.lists("late"):
            keys = self.count("totp_key")
            run = self.stopped_between(path)
            if run is not None:
                break
        taken = [f"{name}.0", f"{name}.1"]
        for login in taken:  # somebody else takes their logins meanwhile
            self.server.add_user(login, PASSWORD)
        run.send_signal(signal.SIGCONT)
        report = json.loads(run.communicate()[0])
        self.assertEqual(1, run.returncode)
        self.assertEqual(taken, self.names(report["left_behind"], "not new any more"))
        self.assertEqual(self.many - 2, report["people"]["added"])
        self.assertEqual(keys + self.many - 2, self.count("totp_key"))


class WithoutThePlugin(Importing):
    @classmethod
    def furnish(cls):
        cls.site = cls.client("site")

    def test_they_stay_behind_and_are_told_what_would_take_them(self):
        people = json.dumps([{"login": "w.ada", "password_hash": BCRYPT, "totp": link(b"12345678901234567890")}])
        report = self.imports("users", people, code=1)
        self.assertEqual(["w.ada"], self.names(report["left_behind"], "login_step.totp would take its key"))
        self.imports("users", people, "--without-second-factor")
        self.assertLogsIn("w.ada")
