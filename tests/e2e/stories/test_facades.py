# SPDX-License-Identifier: Apache-2.0
"""What a third party's module can do by the facades, compiled against the SDK alone."""
from harness.site import TOKEN, Site
from harness.story import Story
from harness.web import wait_until


class Facades(Story):
    settings = {"limits": {"password_failures": 3}}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["modules"].append({"use": "module.facades"})
        cls.server.build_plugin("module.facades", "tests/e2e/plugins/facades.cpp")
        cls.sub = cls.server.command("user", "show", cls.user.login)["sub"]

    def ask(self, call, **form):
        return self.browser().post(f"/facades/{call}", form).json()

    def issue(self, login):
        return self.site.call("/facades/issue", {"login": login}).json()

    def test_tokens_can_be_issued_that_live_like_those_of_a_login(self):
        tokens = self.issue(self.user.login)
        self.assertEqual(self.sub, self.site.userinfo(tokens["access_token"]).json()["sub"])
        self.assertTokens(self.site.refresh(tokens["refresh_token"]))
        wait_until(lambda: [line for line in self.server.log_lines() if line.get("event") == "token.issued" and
                            line["details"]["grant"] == "desk"], 30, "no event")

    def test_nobody_gets_tokens_about_who_is_disabled(self):
        self.person("carol")
        self.assertIn("access_token", self.issue("carol"))
        self.assertIs(True, self.ask("disable", login="carol"))
        self.assertEqual({"error": "the person is gone or disabled"}, self.issue("carol"))

    def test_all_tokens_of_a_person_can_be_taken_back(self):
        bob = self.person("bob")
        sub = self.server.command("user", "show", "bob")["sub"]
        tokens = self.site.tokens(self.browser(), bob, scope="openid offline_access", prompt="consent")
        self.assertIs(True, self.ask("revoke", sub=sub))
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant")
        self.assertEqual({"active": False}, self.site.introspect(tokens["access_token"]).json())

    def test_sessions_are_listed_and_ended(self):
        dora, browser = self.person("dora"), self.browser()
        sub = self.server.command("user", "show", "dora")["sub"]
        self.site.tokens(browser, dora)
        self.assertEqual(1, self.ask("sessions", sub=sub))
        self.assertIs(True, self.ask("end", sub=sub))
        self.assertEqual(0, self.ask("sessions", sub=sub))
        self.assertEqual(["login"], self.site.journey(browser, dora).shown)

    def test_passwords_are_verified_within_the_limits_of_the_login_page(self):
        erin = self.person("erin")

        def verify(password):
            return self.browser().post("/password", {"login": erin.login, "password": password})

        self.assertEqual({"store": "local"}, verify(erin.password).json())
        for _ in range(3):
            self.assertEqual({"store": ""}, verify("wrong").json())
        self.assertEqual({("password.verified", "facades"), ("login.failed", "facades")}, self.asked(erin.login))
        late = verify(erin.password)
        self.assertEqual(429, late.status)
        self.assertGreater(int(late.header("Retry-After")), 0)
        browser = self.browser()
        page = self.site.journey(browser, erin, stop_at=("login",)).page
        self.assertEqual(429, page.press(browser, "login-submit", username=erin.login,
                                         password=erin.password).status)

    def asked(self, login):
        """Which audit events of this login name a plugin that asked; those of the last moments are on their way."""
        def found():
            return {(line["event"], line["details"]["by"]) for line in self.server.log_lines()
                    if line.get("details", {}).get("login") == login and "by" in line["details"]}
        wait_until(lambda: len(found()) == 2, 30, found)
        return found()

    def test_clients_are_registered_changed_and_removed(self):
        secret = self.ask("add", id="made")
        made = Site(self.server, "made", secret)
        self.assertEqual(200, made.call(TOKEN, {"grant_type": "client_credentials"}).status)
        self.assertEqual("Made", self.ask("rename", id="made", name="Made"))
        self.assertEqual("Made", self.server.command("client", "show", "made")["client_name"])
        self.assertIs(True, self.ask("remove", id="made"))
        self.assertEqual(401, made.call(TOKEN, {"grant_type": "client_credentials"}).status)
        self.assertIn("error", self.ask("rename", id="made", name="Made"))
