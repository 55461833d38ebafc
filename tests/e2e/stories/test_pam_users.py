# SPDX-License-Identifier: Apache-2.0
"""`user_store.pam`: people with an account of the machine log in with its password."""
from harness.pam import Pam
from harness.site import Person
from harness.story import Story
from harness.web import wait_until

PASSWORD = "correct horse"
ACCOUNT_EXPIRED = 13
PASSWORD_EXPIRED = 12
PEOPLE = [("ada", PASSWORD, 0, "Ada Lovelace"), ("gone", PASSWORD, ACCOUNT_EXPIRED, ""), ("old", PASSWORD, PASSWORD_EXPIRED, ""),
          ("root", PASSWORD, 0, "")]


class PamUsers(Story):
    @classmethod
    def furnish(cls):
        cls.pam = Pam(cls.server.folder, PEOPLE)
        cls.server.environment.update(cls.pam.environment)
        cls.server.config["plugins"].append(cls.pam.entry(email_domain="corp.example"))
        cls.server.write_config()
        cls.site = cls.client("site")
        cls.user = cls.person("local")

    def journey(self, login, password=PASSWORD):
        return self.site.journey(self.browser(), Person(login, password))

    def test_people_log_in_and_their_account_tells_who_they_are(self):
        tokens = self.site.tokens(self.browser(), Person("ada", PASSWORD), scope="openid email profile")
        told = self.site.userinfo(tokens["access_token"]).json()
        self.assertEqual(("Ada Lovelace", "ada@corp.example"), (told["name"], told["email"]))
        self.assertNotEqual(True, told.get("email_verified"))
        shown = self.server.command("user", "show", "ada")
        self.assertEqual(["crew", "users"], shown["claims"]["groups"])

    def test_who_may_not_is_asked_again(self):
        for login, password in (("ada", "wrong"), ("Ada", PASSWORD), ("nobody", PASSWORD), ("gone", PASSWORD), ("old", PASSWORD),
                                ("root", PASSWORD), ("../ada", PASSWORD), ("ada", PASSWORD + "x" * 1_000_000)):
            with self.subTest(login, length=len(password)):
                journey = self.journey(login, password)
                self.assertFalse(journey.is_back)

    def test_who_leaves_gets_no_more_tokens(self):
        tokens = self.site.tokens(self.browser(), Person("ada", PASSWORD), scope="openid offline_access")
        people = self.pam.people.read_text()
        self.addCleanup(self.pam.people.write_text, people)
        self.pam.people.write_text(people.replace(f"ada:{PASSWORD}:0", f"ada:{PASSWORD}:{ACCOUNT_EXPIRED}"))
        answer = self.site.refresh(tokens["refresh_token"])
        self.assertEqual("invalid_grant", answer.json()["error"])

    def test_passwords_are_in_no_log(self):
        self.journey("ada", "hush hush")
        self.assertNotIn("hush hush", self.server.log())
        self.assertNotIn(PASSWORD, self.server.log())

    def test_modules_that_are_away_or_hang_cost_their_own_people_alone(self):
        for gone, back in (("away", "back"), ("hangs", "goes_on")):
            with self.subTest(gone):
                self.pam.tell(gone)
                try:
                    self.assertEqual(503, self.journey("ada").response.status)
                    self.assertTrue(self.site.journey(self.browser(), self.user).is_back)
                finally:
                    self.pam.tell(back)
                wait_until(lambda: self.journey("ada").is_back, 20, "not back")
