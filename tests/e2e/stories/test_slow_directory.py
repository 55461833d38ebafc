# SPDX-License-Identifier: Apache-2.0
"""A directory that hangs or drops everybody costs its own people alone, however many of them come.

The times are printed; GATEHOUSE_TEST_JUDGES=1, on a machine with nothing else to do, holds the slowest hundredth of the others'
logins to 1.2 of what it was with a directory that is well.
"""
import os
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from harness.load import Load
from harness.pam import Pam
from harness.server import USES
from harness.site import Person
from harness.slapd import Slapd
from harness.stalling_proxy import StallingProxy
from harness.story import Story
from harness.web import wait_until

PASSWORD = "correct horse"
BASE = "dc=example,dc=org"
PEOPLE = "".join(f"""dn: uid=p{number},{BASE}
objectClass: inetOrgPerson
uid: p{number}
cn: p{number}
sn: p{number}
userPassword: {PASSWORD}

""" for number in range(40))
LOGINS = 60


class SlowDirectory(Story):
    plugins = [use for use in USES if use != "user_store.local"]

    @classmethod
    def furnish(cls):
        ldif = cls.server.folder / "directory.ldif"
        ldif.write_text(PEOPLE)
        directory = Slapd(ldif)
        cls.addClassCleanup(directory.remove)
        cls.proxy = StallingProxy(urlsplit(directory.urls[0]).port)
        cls.addClassCleanup(cls.proxy.close)
        # Each login is one for the stores before the person's own: this one hashes nothing.
        pam = Pam(cls.server.folder, [("ada", PASSWORD, 0, "")])
        cls.server.environment.update(pam.environment)
        cls.server.config["plugins"].append(pam.entry())
        cls.server.config["plugins"].append({
            "use": "user_store.ldap", "urls": [f"ldap://127.0.0.1:{cls.proxy.port}"], "bind_dn": f"cn=reader,{BASE}", "bind_password": "p@ss/word:%",
            "base": BASE, "timeout": "2s"})
        cls.server.write_config()
        cls.site = cls.client("site")
        cls.other = cls.client("other", redirect="https://other.example/callback")
        cls.user = Person("ada", PASSWORD)

    def ldap_login(self, number):
        """From an address of their own: of one address few are looked at at once."""
        return self.other.journey(self.browser(source=f"127.0.1.{number + 1}"), Person(f"p{number}", PASSWORD)).response.status

    def timed(self, act):
        begun = time.monotonic()
        self.assertTrue(act())
        return time.monotonic() - begun

    def p99(self, act):
        with ThreadPoolExecutor(2) as pool:
            times = sorted(pool.map(lambda _: self.timed(act), range(LOGINS)))
        return times[len(times) * 99 // 100]

    def measure(self):
        """Of logins of another store and of tokens of its people, in milliseconds."""
        refresh = self.site.tokens(self.browser(), self.user, scope="openid offline_access")["refresh_token"]
        login = self.p99(lambda: self.site.journey(self.browser(), self.user).is_back)
        token = self.p99(lambda: self.site.refresh(refresh).status == 200)
        return round(login * 1000, 1), round(token * 1000, 1)

    def test_others_log_in_as_ever(self):
        numbers = iter(range(1_000_000))
        figures = {}
        for state, change in (("well", self.proxy.go_on), ("hanging", self.proxy.hang), ("dropping", self.proxy.drop)):
            change()
            load = Load(lambda: (self.ldap_login(next(numbers) % 40), time.sleep(1))[0], threads=40)
            try:
                wait_until(lambda: len(load.answers) >= 40 and (state == "well" or 503 in load.answers), 60, "nobody of the directory was answered")
                figures[state] = self.measure()
            finally:
                load.stop()
            if state != "well":
                self.assertEqual({503}, set(load.answers[-20:]))
        print("p99 of logins and tokens of another store, with a directory that is", ", ".join(
            f"{state}: {login} ms and {token} ms" for state, (login, token) in figures.items()))
        if os.environ.get("GATEHOUSE_TEST_JUDGES"):
            for state in ("hanging", "dropping"):
                for was, now in zip(figures["well"], figures[state]):
                    self.assertLessEqual(now, 1.2 * was, figures)
        self.proxy.go_on()
        wait_until(lambda: self.ldap_login(0) == 200, 20, "not back")
