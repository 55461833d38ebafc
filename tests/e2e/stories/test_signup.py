# SPDX-License-Identifier: Apache-2.0
"""People make their accounts themselves (Initiating User Registration via OpenID Connect 1.0)."""
import json

from harness import jwt
from harness.page import Page
from harness.server import USES
from harness.site import Person, Site
from harness.story import Story
from harness.web import at_once, wait_until

SIGNUP = "login_step.signup"
PASSWORD = "a password of my own"
DISCOVERY = "/.well-known/openid-configuration"
PROMPTS = ["none", "login", "consent", "select_account"]
CALLBACK = "https://site.example/callback"


def with_signup(**settings):
    return [*USES, {"use": SIGNUP, **settings}]


class SignupStory(Story):
    plugins = with_signup()

    def ask(self, browser, site=None, **changes):
        """The page for a new account."""
        landing = (site or self.site).journey(browser, **{"prompt": "create", **changes})
        page = landing.page
        self.assertTrue(page.has("signup-form"), landing)
        return page

    @staticmethod
    def press(browser, page, login, password=PASSWORD, name="Joan Clarke", again=None):
        return page.press(browser, "signup-submit", username=login, name=name, password=password,
                          password_again=password if again is None else again)

    def sign_up(self, browser, login, password=PASSWORD, **changes):
        """All the way back to the site."""
        page = self.ask(browser, **changes)
        return self.site.walk(browser, self.press(browser, page, login, password), Person(login, password))

    def assertAsksAgain(self, browser, response, words):
        self.assertEqual(303, response.status, response)
        page = Page(browser.get(response.location))
        self.assertIn(words, page.text_of("signup-message"))
        return page

    def assertNobody(self, login):
        shown = self.server.run("user", "show", login, "--config", self.server.config_file)
        self.assertNotEqual(0, shown.returncode, shown.stdout)

    def events(self, name, login):
        return [line for line in self.server.log_lines() if line.get("event") == name
                and line["details"].get("login") == login]

    def id_token(self, landing):
        return jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])


class Signup(SignupStory):
    def test_prompt_create_makes_an_account_and_signs_in(self):
        browser = self.browser()
        page = self.ask(browser, scope="openid profile")
        self.assertSafePage(page.response)
        landing = self.site.walk(browser, self.press(browser, page, "joan"))
        self.assertEqual(["consent"], landing.shown)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        claims = self.assertIdToken(tokens["id_token"], self.site, nonce=jwt.claims_of(tokens["id_token"])["nonce"])
        self.assertEqual(["pwd"], claims["amr"])
        self.assertEqual("Joan Clarke", self.site.userinfo(tokens["access_token"]).json()["name"])
        later = self.site.journey(self.browser(), Person("joan", PASSWORD))
        self.assertEqual(claims["sub"], self.id_token(later)["sub"])

    def test_who_signed_up_is_signed_in_for_other_sites_too(self):
        browser = self.browser()
        self.assertTrue(self.sign_up(browser, "single").code)
        self.assertNotIn("login", self.other.journey(browser).shown)

    def test_the_login_page_leads_there_and_back(self):
        browser = self.browser()
        login = self.site.journey(browser).page
        page = Page(browser.get(self.way(browser, login, "signup").location))
        self.assertTrue(page.has("signup-form"))
        back = Page(browser.get(self.way(browser, page, "password").location))
        self.assertTrue(back.has("login-form"))
        page = Page(browser.get(self.way(browser, back, "signup").location))
        landing = self.site.walk(browser, self.press(browser, page, "linked"))
        self.assertTrue(landing.code)

    def way(self, browser, page, name):
        form = page.form("login-ways")
        return browser.post(form.action, {"csrf": form.fields["csrf"], "other_way": name})

    def test_who_has_an_account_after_all_signs_in(self):
        browser = self.browser()
        response = self.way(browser, self.ask(browser), "password")
        landing = self.site.walk(browser, response, self.user)
        self.assertEqual("login", landing.shown[0])
        self.assertTrue(landing.code)

    def test_discovery_names_it(self):
        self.assertEqual([*PROMPTS, "create"], self.get(DISCOVERY).json()["prompt_values_supported"])

    def test_the_page_speaks_german(self):
        page = self.ask(self.browser(), ui_locales="de")
        self.assertIn("Konto anlegen", page.text_of("signup-submit"))

    def test_a_login_hint_fills_the_page(self):
        self.assertEqual("hinted", self.ask(self.browser(), login_hint="hinted").form("signup-form").fields["username"])

    def test_it_is_told_with_site_and_address(self):
        self.assertTrue(self.sign_up(self.browser(), "told").code)
        wait_until(lambda: self.events("user.created", "told"), 30, "no event")
        event, = self.events("user.created", "told")
        self.assertEqual(("site", "127.0.0.1", "local"),
                         (event["client"], event["remote_address"], event["details"]["store"]))
        wait_until(lambda: self.events("login.succeeded", "told"), 30, "no login")
        self.assertEqual(event["subject"], self.events("login.succeeded", "told")[0]["subject"])

    # What is wrong

    def test_a_short_password_is_refused_and_the_rest_kept(self):
        browser = self.browser()
        page = self.assertAsksAgain(browser, self.press(browser, self.ask(browser), "weak", "short"), "too short")
        fields = page.form("signup-form").fields
        self.assertEqual(("weak", "Joan Clarke", ""), (fields["username"], fields["name"], fields["password"]))
        self.assertNobody("weak")
        self.assertTrue(self.site.walk(browser, self.press(browser, page, "weak")).code)

    def test_mistakes_are_told_and_make_nobody(self):
        browser = self.browser()
        page = self.ask(browser)
        for words, login, changes in (("every field", "", {}), ("every field", "typo", {"name": " "}),
                                      ("every field", "typo", {"password": ""}),
                                      ("not the same", "typo", {"again": "another password"}),
                                      ("no @", "typo@people.example", {}), ("no blanks", "ty po", {}),
                                      ("cannot be seen", "typo", {"name": "Joan\u202e"})):
            with self.subTest(words):
                page = self.assertAsksAgain(browser, self.press(browser, page, login, **changes), words)
        self.assertNobody("typo")
        self.assertEqual([], self.events("login.failed", "typo"))

    def test_a_login_that_is_taken_is_said_to_be_however_it_is_spelled(self):
        wide = "".join(chr(ord(letter) + 0xfee0) for letter in "ada")
        for login in ("ada", "ADA", " ada ", wide):
            with self.subTest(login):
                browser = self.browser()
                response = self.press(browser, self.ask(browser), login)
                self.assertIn("has this account already", Page(response).text_of("signup-message"))
                self.assertNotIn("Lovelace", response.text)
                self.assertIn("login", self.site.journey(browser).shown)

    def test_who_gives_a_login_and_password_that_are_theirs_is_signed_in(self):
        browser = self.browser()
        landing = self.site.walk(browser, self.press(browser, self.ask(browser), self.user.login, self.user.password))
        here = self.id_token(landing)["sub"]
        self.assertEqual(here, self.id_token(self.site.journey(self.browser(), self.user))["sub"])
        self.assertEqual([], self.events("user.created", self.user.login))

    def test_a_disabled_person_gets_no_other_answer_than_a_taken_login(self):
        gone = self.person("barred")
        self.server.command("user", "disable", "barred")
        browser = self.browser()
        response = self.press(browser, self.ask(browser), "barred", gone.password)
        self.assertIn("has this account already", Page(response).text_of("signup-message"))

    # Forms

    def test_no_other_page_can_post_it(self):
        browser, stranger = self.browser(), self.browser()
        page, foreign = self.ask(browser), self.ask(stranger)
        action, fields = page.form("signup-form").action, {"username": "forged", "name": "F", "password": PASSWORD,
                                                           "password_again": PASSWORD}
        for csrf in ({}, {"csrf": ""}, {"csrf": "x"}, {"csrf": foreign.form("signup-form").fields["csrf"]}):
            with self.subTest(csrf):
                self.assertEqual(403, browser.post(action, {**fields, **csrf}).status)
        own = page.form("signup-form").fields["csrf"]
        self.assertEqual(403, stranger.post(action, {**fields, "csrf": own}).status)
        self.assertNobody("forged")

    def test_a_button_that_is_pressed_twice_makes_one_account(self):
        own = self.client("own", "https://own.example/callback", options=("--consent", "implicit"))
        browser = self.browser()
        page = self.ask(browser, own)
        pressed = [response for response in at_once(4, lambda _: self.press(browser, page, "double"))
                   if response.status != 503]
        self.assertEqual(1, len({own.walk(browser, response).code for response in pressed}), pressed)
        self.assertEqual(1, len(self.server.command("user", "list", "--login", "double")))
        wait_until(lambda: self.events("user.created", "double"), 30, "no event")
        self.assertEqual(1, len(self.events("user.created", "double")))

    def test_a_form_that_is_sent_again_later_makes_nobody_else(self):
        browser = self.browser()
        page = self.ask(browser)
        first = self.site.walk(browser, self.press(browser, page, "again"))
        again = self.site.walk(browser, self.press(browser, page, "again"))
        self.assertEqual(first.code, again.params.get("code", first.code))
        self.assertEqual(1, len(self.server.command("user", "list", "--login", "again")))
        stolen = self.press(self.browser(), page, "again")
        self.assertEqual(403, stolen.status)

    # Who is signed in already

    def test_somebody_who_is_signed_in_stays_so_beside_the_new_one(self):
        browser = self.browser()
        ada = self.id_token(self.site.journey(browser, self.user))
        joan = self.id_token(self.sign_up(browser, "beside"))
        self.assertNotEqual(ada["sub"], joan["sub"])
        self.assertEqual(joan["sub"], self.id_token(self.site.journey(browser))["sub"])
        page = self.site.journey(browser, prompt="select_account").page
        self.assertEqual({"ada", "beside"}, {page.text_of(name).split()[-1] for name in ("account-1", "account-2")})

    def test_the_session_is_a_new_one(self):
        browser = self.browser()
        page = self.ask(browser)
        before = {cookie.value for cookie in browser.cookies.values()}
        landing = self.site.walk(browser, self.press(browser, page, "fresh"))
        self.assertTrue(landing.code)
        sessions = [cookie for cookie in browser.cookies.values() if "session" in cookie.name]
        self.assertTrue(sessions)
        self.assertFalse(before & {cookie.value for cookie in sessions})

    # Beside other values of prompt

    def test_what_excludes_it_is_refused(self):
        for prompt in ("create none", "none create", "create select_account", "create invent", "CREATE"):
            with self.subTest(prompt):
                self.assertErrorBack(self.site.journey(self.browser(), prompt=prompt), "invalid_request")

    def test_a_new_account_is_a_login(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        self.assertTrue(self.sign_up(browser, "loggedin", prompt="login create").code)

    def test_with_consent_it_is_asked_for(self):
        landing = self.sign_up(self.browser(), "consenting", prompt="create consent")
        self.assertEqual(["consent"], landing.shown)


class ByEmail(SignupStory):
    plugins = with_signup(login="email")

    def test_the_address_is_the_login_and_is_not_confirmed(self):
        browser = self.browser()
        page = self.ask(browser, scope="openid email")
        self.assertEqual("email", page.ids["username"].attributes["type"])
        landing = self.site.walk(browser, self.press(browser, page, "joan@people.example"))
        told = self.site.userinfo(self.site.redeem(landing.code).json()["access_token"]).json()
        self.assertEqual(("joan@people.example", False), (told["email"], told["email_verified"]))
        self.assertTrue(self.site.journey(self.browser(), Person("Joan@people.example", PASSWORD)).is_back)

    def test_what_is_no_address_is_none(self):
        browser = self.browser()
        self.assertAsksAgain(browser, self.press(browser, self.ask(browser), "joan"), "no email address")


class Flood(SignupStory):
    plugins = with_signup(most_per_address=3, most=5)

    def test_an_address_is_stopped_while_others_go_on_until_there_are_too_many(self):
        browser = self.browser(source="127.0.0.9")
        for number in range(3):
            self.assertTrue(self.sign_up(browser, f"flood{number}").code)
        response = self.press(browser, self.ask(browser), "flood3")
        self.assertTooMany(response)
        self.assertNobody("flood3")
        self.assertTrue(self.sign_up(self.browser(source="127.0.0.10"), "calm").code)
        self.assertTrue(self.sign_up(self.browser(source="127.0.0.11"), "calmer").code)
        other = self.browser(source="127.0.0.12")
        self.assertTooMany(self.press(other, self.ask(other), "late"))
        self.assertTrue(self.site.journey(other, self.user).is_back)
        # Who hears that a login is taken has made an attempt too.
        self.assertEqual(200, self.press(other, self.ask(other), "ada").status)
        self.assertEqual(200, self.press(other, self.ask(other), "calm", "not their password").status)
        self.assertTooMany(self.press(other, self.ask(other), "ada"))

    def assertTooMany(self, response):
        self.assertEqual(429, response.status, response)
        self.assertEqual("3600", response.header("Retry-After"))
        self.assertIn("Too many new accounts", response.text)
        self.assertSafePage(response)


class Guesses(SignupStory):
    settings = {"limits": {"password_failures": 3, "address_failures": 50}}

    def test_passwords_are_guessed_here_no_faster_than_at_the_login(self):
        browser = self.browser()
        statuses = [self.press(browser, self.ask(browser), "ada", f"guess number {number}").status
                    for number in range(4)]
        self.assertEqual([200, 200, 200, 429], statuses)
        login = self.site.journey(browser).page
        response = login.press(browser, "login-submit", username="ada", password=self.user.password)
        self.assertEqual(429, response.status)
        wait_until(lambda: self.events("login.failed", "ada"), 30, "no event")


class Off(SignupStory):
    plugins = None

    def test_nothing_of_it_is_there(self):
        self.assertEqual(PROMPTS, self.get(DISCOVERY).json()["prompt_values_supported"])
        self.assertErrorBack(self.site.journey(self.browser(), prompt="create"), "invalid_request")
        browser = self.browser()
        login = self.site.journey(browser).page
        self.assertFalse(login.has("login-ways"))
        form = login.form("login-form")
        response = browser.post(form.action, {**form.fields, "other_way": "signup"})
        self.assertTrue(Page(response).has("login-form"))
        self.assertEqual(404, self.get("/signup").status)


class NotOffered(SignupStory):
    """A step that is configured and cannot be had."""

    plugins = [*(use for use in USES if use != "user_store.local"), SIGNUP]
    why = "no user store there can add people"

    @classmethod
    def furnish(cls):
        users = cls.server.folder / "users"
        users.write_text("# nobody\n")
        users.chmod(0o600)
        cls.server.config["plugins"].append({"use": "user_store.file", "path": str(users)})
        cls.server.write_config()
        cls.site = cls.client("site")

    def test_it_is_not_offered_and_the_check_says_why(self):
        self.assertEqual(PROMPTS, self.get(DISCOVERY).json()["prompt_values_supported"])
        self.assertErrorBack(self.site.journey(self.browser(), prompt="create"), "invalid_request")
        self.assertFalse(self.site.journey(self.browser()).page.has("login-ways"))
        checked = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(0, checked.returncode, checked)
        self.assertIn(f"{SIGNUP}: at {self.server.issuer} prompt=create is not offered: {self.why}", checked.stderr)


class NotPlanned(NotOffered):
    plugins = with_signup()
    why = "no login begins with it"

    @classmethod
    def furnish(cls):
        cls.server.config["login"] = ["password"]
        cls.server.write_config()
        cls.site = cls.client("site")


class Planned(SignupStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["login"] = [{"any_of": ["password", "signup"]}]
        cls.server.write_config()

    def test_a_plan_may_name_it(self):
        self.assertIn("create", self.get(DISCOVERY).json()["prompt_values_supported"])
        self.assertTrue(self.sign_up(self.browser(), "planned").code)


class SeveralIssuers(SignupStory):
    @classmethod
    def furnish(cls):
        users = cls.server.folder / "users"
        users.write_text("# nobody\n")
        users.chmod(0o600)
        cls.server.config["plugins"].append({"use": "user_store.file", "path": str(users)})
        base = f"http://127.0.0.1:{cls.server.port}"
        cls.acme = cls.server.tenant(f"{base}/acme")
        cls.zeta = cls.server.tenant(f"{base}/zeta")
        cls.read_only = cls.server.tenant(f"{base}/closed", user_stores=["file"])
        cls.sites = {}
        for tenant in (cls.acme, cls.zeta, cls.read_only):
            made = tenant.add_client("site", CALLBACK)
            cls.sites[tenant] = Site(tenant, "site", made.get("client_secret"), CALLBACK)

    def test_an_account_is_of_one_issuer_and_only_those_that_can_offer_it(self):
        browser = self.acme.browser()
        site = self.sites[self.acme]
        landing = site.walk(browser, self.press(browser, self.ask(browser, site), "joan"))
        self.assertTrue(landing.code)
        stranger = self.sites[self.zeta].journey(self.zeta.browser(), Person("joan", PASSWORD))
        self.assertEqual(["login", "login"], stranger.shown)
        self.assertIn("create", self.zeta.metadata["prompt_values_supported"])
        self.assertEqual(PROMPTS, self.read_only.metadata["prompt_values_supported"])
        refused = self.sites[self.read_only].journey(self.read_only.browser(), prompt="create")
        self.assertEqual("invalid_request", refused.error)
        checked = self.server.run("check", "--json", "--config", self.server.config_file)
        self.assertIn("/closed prompt=create is not offered", json.dumps(json.loads(checked.stdout)["warnings"]))
