# SPDX-License-Identifier: Apache-2.0
"""Six stores of one server, by configuration alone: people of each log in through clients that nobody here wrote."""
import base64
import contextlib
import json
import sqlite3
import subprocess
import sys
import unicodedata

import test_http_users as http
import test_ldap_users as ldap
import test_sql_users as sql
from harness.mariadb import MariaDb
from harness.pam import Pam
from harness.port import free_port
from harness.postgresql import Postgresql
from harness.real_client import NODE, VENV, run_client
from harness.site import Person
from harness.slapd import Slapd
from harness.story import Story
from harness.web import wait_until

PASSWORD = sql.PASSWORD
# Who is asked about, of each store; composed, as most keyboards write é.
PEOPLE = {store: Person(f"zoé.{store}", PASSWORD, {"email": f"zoe@{store}.example"})
          for store in ("django", "wordpress", "members", "unix", "http")}
PEOPLE["pam"] = Person("zoé", PASSWORD, {"email": "zoé@pam.example"})
DJANGO = sql.DJANGO + f"""
INSERT INTO auth_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined) VALUES
    ('{sql.PBKDF2}', false, 'zoé.django', '', '', 'zoe@django.example', false, true, now());
"""
WORDPRESS = sql.WORDPRESS + f"""
INSERT INTO wp_users (user_login, user_pass, user_email, display_name) VALUES
    ('zoé.wordpress', '{sql.PHPASS}', 'zoe@wordpress.example', '');
"""
UNIX = ldap.UNIX + f"""
dn: cn=zoe,{ldap.BASE}
objectClass: inetOrgPerson
objectClass: posixAccount
uid:: {base64.b64encode("zoé.unix".encode()).decode()}
cn: zoe
sn: zoe
mail: zoe@unix.example
uidNumber: 2000
gidNumber: 100
homeDirectory: /home
userPassword: {PASSWORD}

"""


class SixStores(Story):
    @classmethod
    def furnish(cls):
        cls.server.config["plugins"] += [*cls.tables(), cls.directory(), cls.accounts(), cls.service()]
        cls.server.write_config()
        cls.site = cls.client("site")
        cls.posting = cls.client("posting", method="client_secret_post")

    @classmethod
    def tables(cls):
        postgresql = Postgresql()
        cls.addClassCleanup(postgresql.remove)
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", postgresql.url], input=DJANGO, text=True, check=True)
        mariadb = MariaDb()
        cls.addClassCleanup(mariadb.remove)
        mariadb.run(WORDPRESS)
        members = cls.server.folder / "members.db"
        with contextlib.closing(sqlite3.connect(members)) as database, database:
            database.execute("CREATE TABLE member (nr integer PRIMARY KEY, nick text UNIQUE, hash text, mail text)")
            database.execute("INSERT INTO member VALUES (1, 'zoé.members', ?, 'zoe@members.example')", (sql.YESCRYPT,))
        return (sql.store("django", postgresql.url, "SELECT id, username AS login, password, NOT is_active AS disabled, email FROM auth_user"),
                sql.store("wordpress", mariadb.url, "SELECT ID AS id, user_login AS login, user_pass AS password, user_email AS email "
                          "FROM wp_users", login_case="ignored"),
                sql.store("members", f"sqlite:{members}", "SELECT nr AS id, nick AS login, hash AS password, mail AS email FROM member"))

    @classmethod
    def directory(cls):
        ldif = cls.server.folder / "unix.ldif"
        ldif.write_text(UNIX)
        slapd = Slapd(ldif)
        cls.addClassCleanup(slapd.remove)
        return ldap.store("unix", slapd.urls[0], people="(objectClass=posixAccount)")

    @classmethod
    def accounts(cls):
        pam = Pam(cls.server.folder, [("zoé", PASSWORD, 0, "Zoé")])
        cls.server.environment.update(pam.environment)
        return pam.entry(name="pam", email_domain="pam.example")

    @classmethod
    def service(cls):
        people, secret, port = cls.server.folder / "people.json", cls.server.folder / "people.secret", free_port()
        people.write_text(json.dumps([http.kept("7", "zoé.http", email="zoe@http.example")]))
        secret.touch(0o600)
        secret.write_text(http.SECRET)
        service = subprocess.Popen([sys.executable, http.EXAMPLE, people, secret, str(port)], stderr=subprocess.DEVNULL)
        cls.addClassCleanup(service.wait)
        cls.addClassCleanup(service.kill)
        origin = f"http://127.0.0.1:{port}"
        cls.server.config["outgoing"] = {"allow": [origin]}
        return http.store(origin, name="http", secret={"file": str(secret)})

    def is_in(self, login, password=PASSWORD):
        return self.site.journey(self.browser(), Person(login, password)).is_back

    def setUp(self):
        wait_until(lambda: self.is_in(PEOPLE["http"].login), 20, "the example does not start")

    def test_people_of_each_log_in_through_openid_client(self):
        for store, person in PEOPLE.items():
            with self.subTest(store):
                run_client([NODE, "openid-client.mjs"], self.site, person)

    def test_people_of_each_log_in_through_authlib(self):
        for store, person in PEOPLE.items():
            with self.subTest(store):
                run_client([str(VENV / "bin/python"), "authlib_login.py"], self.posting, person)

    def test_a_login_is_the_same_however_its_letters_are_composed(self):
        for store, person in PEOPLE.items():
            subjects = set()
            for form in ("NFC", "NFD"):
                with self.subTest(store, form=form):
                    typed = Person(unicodedata.normalize(form, person.login), PASSWORD)
                    tokens = self.site.tokens(self.browser(), typed, scope="openid email")
                    told = self.site.userinfo(tokens["access_token"]).json()
                    self.assertEqual(person.claims["email"], told["email"])
                    subjects.add(told["sub"])
            self.assertEqual(1, len(subjects), store)

    def test_metacharacters_find_nobody(self):
        for store, person in PEOPLE.items():
            login = person.login
            for typed in (f"{login}'--", f"{login}' OR '1'='1", f"z%{login[2:]}", f"z*{login[2:]}", f"{login})(uid=*", f"zo\\c3\\a9{login[3:]}"):
                with self.subTest(typed):
                    self.assertEqual(["login", "login"], self.site.journey(self.browser(), Person(typed, PASSWORD)).shown)
