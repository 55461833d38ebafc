# SPDX-License-Identifier: Apache-2.0
"""`user_store.ldap`: people of an Active Directory and of a directory of Unix accounts log in with their passwords there."""
import base64

from harness.certificate import Authority
from harness.site import Person
from harness.slapd import Slapd
from harness.story import Story
from harness.web import wait_until

PASSWORD = "correct horse"
BASE = "dc=example,dc=org"
GUID = base64.b64encode(bytes.fromhex("33221100554477668899aabbccddeeff")).decode()
OTHER_GUID = base64.b64encode(bytes(range(16))).decode()
OFFICE = f"""dn: cn=Ada Lovelace,{BASE}
objectClass: user
cn: Ada Lovelace
sn: Lovelace
givenName: Ada
sAMAccountName: Ada.Lovelace
mail: ada@corp.example
objectGUID:: {GUID}
userAccountControl: 512
memberOf: cn=Staff,{BASE}
userPassword: {PASSWORD}

dn: cn=Gone,{BASE}
objectClass: user
cn: Gone
sn: Gone
sAMAccountName: gone
objectGUID:: {OTHER_GUID}
userAccountControl: 514
userPassword: {PASSWORD}

dn: cn=Staff,{BASE}
objectClass: group
cn: Staff
memberOf: cn=Everybody,{BASE}

dn: cn=Everybody,{BASE}
objectClass: group
cn: Everybody
"""
UNIX = "".join(f"""dn: uid={dn},{BASE}
objectClass: inetOrgPerson
objectClass: posixAccount
uid: {uid}
cn: {uid}
sn: {uid}
mail: {name}@unix.example
uidNumber: {number}
gidNumber: 100
homeDirectory: /home
userPassword: {PASSWORD}

""" for number, (name, uid, dn) in enumerate((("grace", "grace", "grace"), ("star", "st*r(1)\\2", "star")), 1000)) + f"""dn: cn=users,{BASE}
objectClass: posixGroup
cn: users
gidNumber: 100
memberUid: grace

dn: cn=crew,{BASE}
objectClass: groupOfNames
cn: crew
member: uid=grace,{BASE}

dn: cn=ship,{BASE}
objectClass: groupOfNames
cn: ship
member: cn=crew,{BASE}
"""


def store(name, url, **more):
    return {"use": "user_store.ldap", "name": name, "urls": [url], "bind_dn": f"cn=reader,{BASE}", "bind_password": "p@ss/word:%",
            "base": BASE, "timeout": "2s", **more}


class LdapUsers(Story):
    @classmethod
    def furnish(cls):
        cls.authority = Authority(cls.server.folder)
        cls.office = cls.directory("office", OFFICE, cls.authority.issue("office", "127.0.0.1"))
        cls.unix = cls.directory("unix", UNIX, cls.authority.issue("unix", "127.0.0.1"))
        cls.server.config["plugins"] += [
            store("office", cls.office.urls[1], ca_file=str(cls.authority.root), people="(objectClass=user)", login="sAMAccountName", id="objectGUID",
                  disabled="(userAccountControl:1.2.840.113556.1.4.803:=2)", member_of="memberOf", nested_groups=1),
            store("unix", cls.unix.urls[0], start_tls=True, ca_file=str(cls.authority.root),
                  people="(objectClass=posixAccount)", groups="(|(member={dn})(memberUid={login}))", nested_groups=3)]
        cls.server.write_config()
        cls.site = cls.client("site")
        cls.user = cls.person("local")

    @classmethod
    def directory(cls, name, people, tls=None):
        ldif = cls.server.folder / f"{name}.ldif"
        ldif.write_text(people)
        directory = Slapd(ldif, tls)
        cls.addClassCleanup(directory.remove)
        return directory

    def told(self, login):
        tokens = self.site.tokens(self.browser(), Person(login, PASSWORD), scope="openid email profile")
        return self.site.userinfo(tokens["access_token"]).json()

    def is_in(self, login, password=PASSWORD):
        return self.site.journey(self.browser(), Person(login, password)).is_back

    def groups(self, login):
        return self.server.command("user", "show", login)["claims"]["groups"]

    def test_people_of_an_active_directory_log_in_in_any_case(self):
        subjects = set()
        for login in ("ada.lovelace", "Ada.Lovelace", "ADA.LOVELACE"):
            told = self.told(login)
            self.assertEqual(("Ada Lovelace", "Ada", "ada@corp.example"), (told["name"], told["given_name"], told["email"]))
            self.assertNotEqual(True, told.get("email_verified"))
            subjects.add(told["sub"])
        self.assertEqual(1, len(subjects))

    def test_people_with_unix_accounts_log_in(self):
        self.assertEqual("grace@unix.example", self.told("grace")["email"])

    def test_their_groups_are_known(self):
        self.assertEqual(["Everybody", "Staff"], self.groups("ada.lovelace"))
        self.assertEqual(["crew", "ship", "users"], self.groups("grace"))

    def test_who_may_not_is_asked_again(self):
        for login, password in (("grace", "wrong"), ("gone", PASSWORD), ("*", PASSWORD), ("gr*", PASSWORD), ("*)(uid=*", PASSWORD),
                                ("grace)(|(uid=*", PASSWORD), ("\\67race", PASSWORD), (f"uid=grace,{BASE}", PASSWORD), ("reader", "p@ss/word:%")):
            with self.subTest(login):
                self.assertEqual(["login", "login"], self.site.journey(self.browser(), Person(login, password)).shown)

    def test_metacharacters_are_a_login(self):
        self.assertEqual("star@unix.example", self.told("st*r(1)\\2")["email"])

    def test_a_directory_that_is_away_costs_its_own_people_alone(self):
        for gone, back in (("freeze", "thaw"), ("kill", "start")):
            with self.subTest(gone):
                self.office.tell(gone)
                try:
                    self.assertEqual(503, self.site.journey(self.browser(), Person("ada.lovelace", PASSWORD)).response.status)
                    self.assertTrue(self.is_in(self.user.login, self.user.password))
                finally:
                    self.office.tell(back)
                wait_until(lambda: self.is_in("ada.lovelace"), 20, "not back")
                self.assertTrue(self.is_in("grace"))


class DirectoryThatCannotProveItself(Story):
    """Each server has a certificate for another name, or of an authority that is not trusted."""

    def test_nobody_shows_it_a_password(self):
        ldif = self.server.folder / "people.ldif"
        ldif.write_text(UNIX)
        authority = Authority(self.server.folder)
        root = str(authority.root)
        for name, host, trusted in (("another", "other.example.org", root), ("unknown", "127.0.0.1", "/etc/ssl/certs/ca-certificates.crt")):
            directory = Slapd(ldif, authority.issue(name, host))
            self.addCleanup(directory.remove)
            plain, secure = directory.urls
            for url, more in ((secure, {}), (plain, {"start_tls": True})):
                with self.subTest(name, url=url):
                    self.use_directory(store("unix", url, ca_file=trusted, **more))
                    self.assertEqual(503, self.site.journey(self.browser(), Person("grace", PASSWORD)).response.status)
                    self.assertTrue(self.site.journey(self.browser(), self.user).is_back)

    def use_directory(self, entry):
        plugins = self.server.config["plugins"]
        self.server.config["plugins"] = [each for each in plugins if not isinstance(each, dict) or each.get("use") != entry["use"]] + [entry]
        self.server.write_config()
        self.server.stop()
        self.server.launch()
