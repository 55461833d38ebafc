# SPDX-License-Identifier: Apache-2.0
"""What an operator asks and does about people: who there is, where they are signed in, who has their tokens."""
import os
import pwd
import socket

from harness.site import Person
from harness.story import Story
from harness.web import wait_until

PASSWORD = "a sufficiently long p\u00e4ssword"


class People(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.people = [cls.person(login) for login in ("bea", "ben", "cleo")]
        cls.server.command("user", "disable", "ben")

    def tokens(self, person, client=None):
        return (client or self.site).tokens(self.browser(), person, scope="openid email")

    def failing(self, *arguments):
        done = self.server.run(*arguments, "--config", self.server.config_file)
        self.assertEqual(1, done.returncode, done)
        return done.stderr

    def is_refreshed(self, tokens, client=None):
        return (client or self.site).refresh(tokens["refresh_token"]).status == 200

    def logins(self, *options):
        return sorted(user["login"] for user in self.server.command("user", "list", *options))

    def test_the_list_of_people_is_filtered(self):
        self.assertEqual({"ada", "bea", "ben", "cleo"}, set(self.logins()) - {"j\u00fcrgen"})
        self.assertEqual(["ben"], self.logins("--disabled"))
        self.assertEqual(["bea", "ben"], self.logins("--login", "BE"))
        self.assertEqual([], self.logins("--disabled", "--login", "c"))

    def test_the_list_of_people_goes_on_page_by_page(self):
        seen, following = [], ""
        for _ in range(len(self.logins())):
            page = self.server.command("user", "list", "--limit", "1", "--after", following)
            self.assertEqual(1, len(page["users"]))
            seen.append(page["users"][0]["login"])
            following = page["next"]
        self.assertEqual(("", self.logins()), (following, sorted(seen)))
        page = self.server.command("user", "list", "--limit", "1", "--disabled")
        self.assertEqual(["ben"], [user["login"] for user in page["users"]])
        told = self.server.run("user", "list", "--limit", "2", "--config", self.server.config_file, check=True)
        self.assertIn("There are more: --after ", told.stderr)

    def test_a_limit_that_is_no_number_is_refused(self):
        for limit in ("0", "-1", "x", "1x", ""):
            with self.subTest(limit):
                done = self.server.run("user", "list", "--limit", limit, "--config", self.server.config_file)
                self.assertEqual(64, done.returncode, done)

    def test_somebody_is_found_by_login_id_and_sub(self):
        shown = self.server.command("user", "show", "cleo")
        for name in (shown["id"], shown["sub"], "CLEO"):
            with self.subTest(name):
                self.assertEqual(shown, self.server.command("user", "show", name))
        self.assertIn('no user "nobody"', self.failing("user", "show", "nobody"))

    def test_sessions_are_listed_and_a_logout_ends_them_and_their_tokens(self):
        bea = self.people[0]
        browser = self.browser()
        tokens = self.site.tokens(browser, bea, scope="openid offline_access")
        self.tokens(bea)
        sessions = self.server.command("user", "sessions", "bea")
        self.assertEqual(2, len(sessions))
        self.assertEqual([["site"]] * 2, [session["clients"] for session in sessions])
        self.assertTrue(self.is_refreshed(tokens))
        self.server.command("user", "logout", "bea")
        self.assertEqual([], self.server.command("user", "sessions", "bea"))
        self.assertFalse(self.is_refreshed(tokens))
        self.assertEqual(["login"], self.site.journey(browser).shown)
        self.tokens(bea)

    def test_who_has_tokens_is_told_of_all_clients_and_of_one(self):
        cleo = self.people[2]
        self.tokens(cleo)
        self.tokens(cleo, self.other)
        every = [row for row in self.server.command("client", "tokens") if row["login"] == "cleo"]
        self.assertEqual({"site", "other"}, {row["client_id"] for row in every})
        sub = self.server.command("user", "show", "cleo")["sub"]
        self.assertEqual({(sub, "openid email", True)},
                         {(row["sub"], row["scope"], row["refresh_token"]) for row in every})
        self.assertEqual({"other"}, {row["client_id"] for row in self.server.command("client", "tokens", "other")})

    def test_one_client_loses_what_it_has_of_a_person(self):
        person = self.person("revoked")
        here, there = self.tokens(person), self.tokens(person, self.other)
        clients = {row["client_id"]: row for row in self.server.command("user", "clients", "revoked")}
        self.assertEqual({"site": 1, "other": 1}, {name: row["authorizations"] for name, row in clients.items()})
        self.assertEqual("openid email", clients["site"]["scope"])
        self.server.command("user", "revoke", "revoked", "site")
        self.assertFalse(self.is_refreshed(here))
        self.assertTrue(self.is_refreshed(there, self.other))
        self.assertEqual(["other"], [row["client_id"] for row in self.server.command("user", "clients", "revoked")])
        self.assertIn('has nothing of this person', self.failing("user", "revoke", "revoked", "site"))
        landing = self.site.journey(self.browser(), person, scope="openid email")
        self.assertEqual(["login", "consent"], landing.shown)
        self.server.command("user", "remove", "revoked")

    def test_somebody_signs_in_however_login_and_password_are_typed(self):
        self.server.add_user("J\u00fcrgen", PASSWORD)
        self.addCleanup(self.server.command, "user", "remove", "j\u00fcrgen")
        for login in ("j\u00fcrgen", "JU\u0308RGEN"):
            for password in (PASSWORD, PASSWORD.replace("\u00e4", "a\u0308")):
                with self.subTest((login, password)):
                    self.assertTrue(self.site.journey(self.browser(), Person(login, password)).is_back)

    def test_who_needs_a_new_password_chooses_one_at_the_next_login(self):
        person = self.person("renewed")
        self.addCleanup(self.server.command, "user", "remove", "renewed")
        self.assertFalse(self.server.command("user", "show", "renewed")["needs_new_password"])
        self.assertTrue(self.server.command("user", "require-new-password", "renewed")["needs_new_password"])
        self.assertRegex(self.server.run("user", "list", "--login", "renewed", "--config", self.server.config_file,
                                         check=True).stdout, "needs a new password")
        browser, new = self.browser(), Person("renewed", PASSWORD)
        page = self.site.journey(browser, person).page
        self.assertSafePage(page.response)
        self.assertEqual(("Choose a new password", "renewed"),
                         (page.title, page.form("new-password-form").fields["username"]))
        for old, first, second, told in ((person.password, new.password, "another", "not the same both times"),
                                         (person.password, person.password, person.password, "the password you have"),
                                         (person.password, "short", "short", "may be too short")):
            page = self.site.walk(browser, self.chosen(browser, page, old, first, second)).page
            self.assertIn(told, page.text_of("new-password-message"))
        back = self.chosen(browser, page, person.password, new.password)
        self.assertTrue(self.site.walk(browser, back).is_back)
        self.assertFalse(self.server.command("user", "show", "renewed")["needs_new_password"])
        self.assertEqual(["login", "login"], self.site.journey(self.browser(), person).shown)
        self.assertTrue(self.site.journey(self.browser(), new).is_back)
        wait_until(lambda: [line["details"] for line in self.server.log_lines()
                            if line.get("event") == "password.changed"] == [{"login": "renewed"}], 30, "not told")

    def test_a_page_for_a_new_password_is_worth_nothing_without_the_password_of_today(self):
        thief, stolen = self.browser(), self.person("robbed")
        self.addCleanup(self.server.command, "user", "remove", "robbed")
        self.server.command("user", "require-new-password", "robbed")
        page = self.site.journey(thief, stolen).page
        self.server.run("user", "passwd", "robbed", "--password-stdin", "--config", self.server.config_file,
                        stdin=PASSWORD, check=True)
        self.server.command("user", "require-new-password", "robbed")
        self.chosen(thief, page, stolen.password, "the thief's own password")
        landing = self.site.journey(self.browser(), Person("robbed", PASSWORD))
        self.assertTrue(landing.page.has("new-password-form"))

    @staticmethod
    def chosen(browser, page, old, new, again=None):
        return page.press(browser, "new-password-submit", password=old, new_password=new,
                          new_password_again=again or new)

    def test_a_login_with_what_nobody_sees_is_refused(self):
        done = self.server.run("user", "add", "ada\u200b", "--password-stdin", "--config", self.server.config_file,
                               stdin="correct horse battery")
        self.assertEqual((1, True), (done.returncode, "cannot hold U+200B, which nobody sees" in done.stderr), done)

    def test_whoever_changes_something_by_command_is_in_the_audit_log(self):
        made = self.server.command("client", "add", "--name", "Audited", "--grant", "client_credentials")
        identifier = made["client_id"]
        self.server.add_user("audited", PASSWORD)
        for command in (("client", "update", identifier, "--name", "Other"), ("client", "rotate-secret", identifier),
                        ("client", "remove", identifier), ("user", "update", "audited", "--claim", "name=A"),
                        ("user", "disable", "audited"), ("user", "enable", "audited"), ("user", "logout", "audited"),
                        ("user", "remove", "audited"), ("keys", "rotate")):
            self.server.command(*command)
        expected = [("client add", identifier), ("user add", "audited"), ("client update", identifier),
                    ("client rotate-secret", identifier), ("client remove", identifier), ("user update", "audited"),
                    ("user disable", "audited"), ("user enable", "audited"), ("user logout", "audited"),
                    ("user remove", "audited"), ("keys rotate", "keys")]

        def told():
            return [line["details"] for line in self.server.log_lines()
                    if line.get("event") == "admin.command" and (line["details"]["command"], line["details"]["target"])
                    in expected]

        wait_until(lambda: len(told()) >= len(expected), 30, "not told")
        self.assertEqual(expected, [(one["command"], one["target"]) for one in told()])
        update = told()[5]
        self.assertEqual((pwd.getpwuid(os.getuid()).pw_name, socket.gethostname(), ["claim", "config", "json"]),
                         (update["os_user"], update["host"], update["options"]))
        self.assertNotIn(made["client_secret"], self.server.settled_log())
