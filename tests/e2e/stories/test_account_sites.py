# SPDX-License-Identifier: Apache-2.0
"""What people allowed, taken back: on a page by themselves, by a command, all of it or one scope."""
import json

from harness import jwt
from harness.page import Page
from harness.server import MODULES
from harness.story import Story
from harness.web import wait_until

PAGE = "/account/sites"
SCOPE = {"scope": "openid email phone offline_access", "prompt": "consent"}


class Sites(Story):
    modules = [*MODULES, "account"]

    def setUp(self):
        self.person_here = self.person("person" + str(len(PEOPLE)))
        PEOPLE.append(self.person_here)
        self.mine = self.browser()
        self.tokens = self.site.tokens(self.mine, self.person_here, **SCOPE)

    def page(self, browser=None):
        response = (browser or self.mine).get(PAGE)
        self.assertEqual(200, response.status, response)
        self.assertSafePage(response)
        return Page(response)

    def form(self, page, client):
        return next(form for form in page.forms if form.fields.get("client_id") == client)

    def press(self, client, browser=None, page=None, **button):
        fields = {**self.form(page or self.page(), client).fields, **button}
        return (browser or self.mine).post(PAGE, fields)

    def assertTakenBack(self, tokens):
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant", 400)
        wait_until(lambda: self.site.userinfo(tokens["access_token"]).status == 401, 30, "the token is good still")

    def test_the_page_tells_who_may_what_since_when(self):
        page = self.page()
        text = page.response.text
        for words in ("Site site", "See your email address", "See your phone number", "Keep this access", "Allowed on 20"):
            self.assertIn(words, text)
        self.assertNotIn("Site other", text)
        self.assertNotIn("See your postal address", text)

    def test_it_speaks_the_persons_language(self):
        german = self.mine.get(PAGE, headers={"Accept-Language": "de"})
        self.assertIn("Was Sie erlaubt haben", german.text)

    def test_all_of_it_can_be_taken_back(self):
        response = self.press("site", all="all")
        self.assertTrue(response.location.endswith(PAGE + "?done=withdrawn"), response)
        self.assertFalse(self.page().forms)
        self.assertTakenBack(self.tokens)
        self.assertErrorBack(self.site.journey(self.mine, prompt="none"), "consent_required")

    def test_one_scope_can_be_taken_back(self):
        kept = self.site.tokens(self.mine, None, scope="openid email")
        self.press("site", scope="phone")
        self.assertTakenBack(self.tokens)
        self.assertEqual(200, self.site.userinfo(kept["access_token"]).status)
        page = self.page()
        self.assertNotIn("phone number", page.response.text)
        self.assertIn("email address", page.response.text)
        self.assertTrue(self.site.journey(self.mine, prompt="none", scope="openid email").is_back)
        self.assertErrorBack(self.site.journey(self.mine, prompt="none", scope="openid phone"), "consent_required")

    def test_a_code_under_way_is_taken_back(self):
        code = self.site.journey(self.mine, None, scope="openid email offline_access").code
        self.press("site", all="all")
        self.assertTokenError(self.site.redeem(code), "invalid_grant", 400)
        self.assertTokens(self.site.redeem(self.site.journey(self.mine, None).code))

    def test_a_code_under_way_without_the_scope_is_good(self):
        code = self.site.journey(self.mine, None, scope="openid email").code
        self.press("site", scope="phone")
        self.assertTokens(self.site.redeem(code))

    def test_what_a_client_holds_that_is_not_served_now_is_taken_back(self):
        resting = self.client("resting", "https://resting.example/cb")
        tokens = resting.tokens(self.mine, None, **SCOPE)
        self.server.command("client", "update", "resting", "--disable")
        wait_until(lambda: resting.refresh(tokens["refresh_token"]).status == 401, 30, "it is served still")
        self.press("resting", all="all")
        self.server.command("client", "update", "resting", "--enable")
        wait_until(lambda: resting.refresh(tokens["refresh_token"]).status != 401, 30, "it is not served")
        self.assertTokenError(resting.refresh(tokens["refresh_token"]), "invalid_grant", 400)

    def test_other_clients_and_people_keep_what_they_have(self):
        other = self.other.tokens(self.mine, None, **SCOPE)
        friend, hers = self.person("friend" + str(len(PEOPLE))), self.browser()
        friends = self.site.tokens(hers, friend, **SCOPE)
        self.press("site", all="all")
        self.assertTakenBack(self.tokens)
        self.assertTokens(self.other.refresh(other["refresh_token"]))
        self.assertTokens(self.site.refresh(friends["refresh_token"]))
        self.assertEqual(["other"], [form.fields["client_id"] for form in self.page().forms])

    def test_who_is_not_signed_in_signs_in_first(self):
        browser = self.browser()
        landing = self.site.walk(browser, browser.get(PAGE), self.person_here)
        self.assertEqual(["login"], landing.shown)
        self.assertIn("Site site", landing.response.text)

    def test_nobody_else_can_press_the_button(self):
        page = self.page()
        stranger = self.browser()
        self.other.journey(stranger, self.person("stranger" + str(len(PEOPLE))))
        self.assertEqual(403, self.press("site", stranger, page, all="all").status)
        self.assertIn("/interaction/", self.press("site", self.browser(), page, all="all").location)
        forged = {**self.form(page, "site").fields, "all": "all", "csrf": "x"}
        self.assertEqual(403, self.mine.post(PAGE, forged).status)
        self.assertTokens(self.site.refresh(self.tokens["refresh_token"]))

    def test_a_page_of_somebody_else_is_not_good_any_more(self):
        page = self.page()
        self.site.journey(self.mine, self.person("second" + str(len(PEOPLE))), prompt="login")
        self.assertEqual(403, self.press("site", page=page, all="all").status)

    def test_without_a_button_nothing_is_taken_back(self):
        self.assertEqual(400, self.press("site").status)
        self.assertTokens(self.site.refresh(self.tokens["refresh_token"]))

    def test_what_is_not_there_is_no_error(self):
        for fields in ({"client_id": "nobody", "all": "all"}, {"scope": "address"}, {"scope": "\"><script>"}):
            self.assertEqual(303, self.press("site", **fields).status)
        self.assertTokens(self.site.refresh(self.tokens["refresh_token"]))

    def test_hostile_names_are_text(self):
        evil = self.client("evil", "https://evil.example/cb", name="<script>alert(1)</script>")
        evil.tokens(self.mine, None)
        self.assertNotIn("<script>alert", self.page().response.text)

    def test_a_client_made_again_is_not_listed(self):
        made = self.client("again", "https://again.example/cb")
        made.tokens(self.mine, None)
        self.server.command("client", "remove", "again")
        self.client("again", "https://again.example/cb")
        wait_until(lambda: [form.fields["client_id"] for form in self.page().forms] == ["site"], 30, "it is listed still")

    def test_it_is_audited(self):
        sub = jwt.claims_of(self.tokens["id_token"])["sub"]
        self.press("site", scope="phone")
        wait_until(lambda: [line for line in self.server.log_lines() if line.get("event") == "consent.withdrawn" and
                            (line["client"], line["subject"], line.get("details")) == ("site", sub, {"scope": "phone"})],
                   30, "no audit event")

    def test_an_operator_takes_back_one_scope_or_all(self):
        login = self.person_here.login
        kept = self.site.tokens(self.mine, None, scope="openid email")
        self.server.run("user", "revoke", login, "site", "--scope", "phone", "--config", self.server.config_file, check=True)
        self.assertTakenBack(self.tokens)
        self.assertEqual(200, self.site.userinfo(kept["access_token"]).status)
        told = self.server.run("user", "clients", login, "--json", "--config", self.server.config_file, check=True).stdout
        self.assertEqual(["openid email offline_access"], [row["scope"] for row in json.loads(told)])
        again = self.server.run("user", "revoke", login, "site", "--scope", "phone", "--config", self.server.config_file)
        self.assertIn("has nothing of this person for \"phone\"", again.stderr)
        code = self.site.journey(self.mine, None, scope="openid email").code
        self.server.run("user", "revoke", login, "site", "--config", self.server.config_file, check=True)
        self.assertFalse(self.page().forms)
        self.assertTokenError(self.site.redeem(code), "invalid_grant", 400)

    def test_an_operator_names_several_scopes_and_never_none_by_mistake(self):
        login = self.person_here.login
        for nothing in ("", " "):
            done = self.server.run("user", "revoke", login, "site", "--scope", nothing, "--config", self.server.config_file)
            self.assertEqual(64, done.returncode, done.stderr)
            self.assertIn("--scope", done.stderr)
        self.assertTokens(self.site.refresh(self.tokens["refresh_token"]))
        self.server.command("user", "revoke", login, "site", "--scope", "phone email")
        self.assertEqual(["openid offline_access"],
                         [row["scope"] for row in self.server.command("user", "clients", login)])


PEOPLE = []


class WithoutTheModule(Story):
    def test_there_is_no_such_page(self):
        self.assertEqual(404, self.get(PAGE).status)
