# SPDX-License-Identifier: Apache-2.0
"""Login through others (OpenID Connect Core sections 3.1.2 and 3.1.3, RFC 9207, RFC 9700 section 4.4)."""
import time
from urllib.parse import urlencode

from harness import jwt
from harness.page import Page
from harness.provider import CLIENT, GitHub, OpenIdProvider, google, keycloak
from harness.server import USES, Gatehouse
from harness.site import Site, ada
from harness.story import Story
from harness.web import at_once, query_of, wait_until

UPSTREAM = "login_step.upstream"


class UpstreamStory(Story):
    """`ways`: the providers by name, with more settings of each."""

    shape = keycloak
    more = {}
    plan = None

    @classmethod
    def setUpClass(cls):
        cls.provider = OpenIdProvider(cls.__dict__.get("shape", keycloak)).open()
        cls.addClassCleanup(cls.provider.close)
        cls.others = cls.more_providers()
        origins = [cls.provider.origin, *(other.origin for other in cls.others.values())]
        cls.settings = {"outgoing": {"allow": origins, "pause": "200ms"}, **({"login": cls.plan} if cls.plan else {})}
        cls.plugins = [*USES, cls.provider.settings("work", **cls.more),
                       *(other.settings(name) for name, other in cls.others.items())]
        super().setUpClass()

    @classmethod
    def more_providers(cls):
        return {}

    def tearDown(self):
        self.provider.spoil = self.provider.userinfo = lambda claims: claims
        self.provider.sign = self.provider.signer.sign
        self.provider.broken.clear()

    def choose(self, browser, page, name):
        form = page.form("login-ways")
        return browser.post(form.action, {"csrf": form.fields["csrf"], "other_way": name})

    def leave(self, browser, name="work", **changes):
        """To the provider, by its button on the login page: where the browser is sent."""
        page = self.site.journey(browser, **changes).page
        response = self.choose(browser, page, name)
        for _ in range(3):
            if response.location and not self.site.is_own(response.location):
                return response.location
            response = browser.get(response.location)
        raise AssertionError(f"not sent away: {response!r}")

    def come(self, browser, claims, **changes):
        """There, and back with these claims."""
        return browser.get(self.provider.back(self.leave(browser, **changes), claims, self.provider.issuer))

    def enter(self, claims, browser=None, **changes):
        """All the way to the site; the claims of the ID token that it gets."""
        browser = browser or self.browser()
        landing = self.site.walk(browser, self.come(browser, claims, **changes), self.user)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        return jwt.claims_of(tokens["id_token"]), self.site.userinfo(tokens["access_token"]).json()

    def assertSaid(self, response, words):
        """The page of the step says so, and leads on."""
        page = Page(response)
        self.assertEqual(200, response.status, response)
        self.assertIn(words, page.text_of("upstream-message"))
        self.assertSafePage(response)
        self.assertTrue(page.has("upstream-submit"))
        return page

    def assertRefused(self, claims, words="did not work"):
        return self.assertSaid(self.come(self.browser(), claims), words)

    def events(self, kind):
        return [line for line in self.server.log_lines() if line.get("event") == kind]

    @staticmethod
    def newcomer(login, **claims):
        return {"sub": f"id-of-{login}", "preferred_username": login, "name": f"{login.title()} Newcomer",
                "email": f"{login}@work.example", "email_verified": True, **claims}


class WithAccounts(UpstreamStory):
    more = {"creates_accounts": True, "trusts_email": True, "link": "verified_email"}

    def test_the_login_page_has_a_button_with_the_providers_name(self):
        page = self.site.journey(self.browser()).page
        self.assertTrue(page.has("login-form"))
        self.assertIn("Sign in with Work", page.response.text)
        german = self.site.journey(self.browser(), ui_locales="de").page
        self.assertIn("Mit Work anmelden", german.response.text)

    def test_the_request_has_what_protects_it(self):
        asked = query_of(self.leave(self.browser()))
        self.assertEqual(("code", CLIENT[0], "S256", "openid profile email"),
                         (asked["response_type"], asked["client_id"], asked["code_challenge_method"], asked["scope"]))
        self.assertEqual(f"{self.server.issuer}/interaction/return/work", asked["redirect_uri"])
        self.assertGreaterEqual(len(asked["nonce"]), 22)
        self.assertEqual(43, len(asked["code_challenge"]))
        self.assertNotIn("prompt", asked)
        again = query_of(self.leave(self.browser()))
        self.assertFalse({asked["nonce"], asked["code_challenge"]} & {again["nonce"], again["code_challenge"]})

    def test_a_newcomer_gets_an_account_and_keeps_it(self):
        claims, told = self.enter(self.newcomer("joan"), scope="openid profile email")
        self.assertEqual(["fed"], claims["amr"])
        self.assertEqual("urn:gatehouse:acr:one-factor", claims["acr"])
        self.assertEqual(("Joan Newcomer", "joan@work.example", True), (told["name"], told["email"], told["email_verified"]))
        again, _ = self.enter(self.newcomer("joan"))
        self.assertEqual(claims["sub"], again["sub"])
        other, _ = self.enter(self.newcomer("jean"))
        self.assertNotEqual(claims["sub"], other["sub"])
        wait_until(lambda: [event for event in self.events("user.created") if event["details"]["login"] == "joan"], 30)
        event, = (event for event in self.events("user.created") if event["details"]["login"] == "joan")
        self.assertEqual((claims["sub"], "site", "work"), (event["subject"], event["client"], event["details"]["step"]))
        self.assertNotIn(b"id-of-joan", self.server.stored())

    def test_what_the_provider_says_of_its_people_is_renewed(self):
        self.enter(self.newcomer("renamed"))
        _, told = self.enter(self.newcomer("renamed", name="Mrs Renamed"), scope="openid profile")
        self.assertEqual("Mrs Renamed", told["name"])

    def test_a_login_that_somebody_has_is_not_taken(self):
        claims, _ = self.enter(self.newcomer("ada", email="ada@work.example"))
        mine = jwt.claims_of(self.site.redeem(self.site.journey(self.browser(), self.user).code).json()["id_token"])
        self.assertNotEqual(mine["sub"], claims["sub"])
        self.assertEqual("ada-2", self.server.command("user", "show", "ada-2")["login"])

    def test_a_name_that_looks_like_somebodys_address_is_cut(self):
        self.enter(self.newcomer("boss", preferred_username="boss@people.example"))
        self.assertEqual("boss", self.server.command("user", "show", "boss")["login"])

    def test_those_who_come_at_once_get_one_account(self):
        browsers = [self.browser() for _ in range(6)]
        ways = [self.provider.back(self.leave(browser), self.newcomer("twin"), self.provider.issuer) for browser in browsers]
        at_once(len(ways), lambda number: browsers[number].get(ways[number]))
        self.enter(self.newcomer("twin"))
        for login in ("twin-2", "twin-3"):
            self.assertNotEqual(0, self.server.run("user", "show", login, "--config", self.server.config_file).returncode)

    def test_a_verified_address_that_is_verified_here_too_links(self):
        person = self.person("linus@people.example")
        self.server.command("user", "update", person.login, "--claim", f"email={person.login}", "--claim", "email_verified=true")
        mine = jwt.claims_of(self.site.redeem(self.site.journey(self.browser(), person).code).json()["id_token"])
        theirs, _ = self.enter({"sub": "linus", "email": "Linus@people.example", "email_verified": True})
        self.assertEqual(mine["sub"], theirs["sub"])
        wait_until(lambda: self.events("upstream.linked"), 30, "no event")
        self.assertRefused({"sub": "who has the address now", "email": "linus@people.example", "email_verified": True}, "another account")
        # From now on it is their `sub` that counts.
        again, _ = self.enter({"sub": "linus", "email": "changed@work.example", "email_verified": False})
        self.assertEqual(mine["sub"], again["sub"])

    def test_an_address_that_is_not_verified_there_links_nobody(self):
        person = self.person("mara@people.example")
        self.server.command("user", "update", person.login, "--claim", f"email={person.login}", "--claim", "email_verified=true")
        mine = jwt.claims_of(self.site.redeem(self.site.journey(self.browser(), person).code).json()["id_token"])
        for number, said in enumerate((False, "true", None)):
            claims = {"sub": f"not-mara-{number}", "email": person.login, "email_verified": said}
            theirs, told = self.enter(claims, scope="openid email")
            self.assertNotEqual(mine["sub"], theirs["sub"])
            self.assertFalse(told["email_verified"])

    def test_an_address_that_is_not_verified_here_links_nobody(self):
        person = self.person("nora@people.example")
        self.server.command("user", "update", person.login, "--claim", f"email={person.login}", "--claim", "email_verified=false")
        self.assertRefused({"sub": "nora", "email": person.login, "email_verified": True}, "never confirmed here")

    def test_who_is_disabled_here_stays_out_and_who_is_removed_begins_anew(self):
        before, _ = self.enter(self.newcomer("closed"))
        self.server.command("user", "disable", "closed")
        self.assertRefused(self.newcomer("closed"), "is closed")
        self.server.command("user", "remove", "closed")
        after, _ = self.enter(self.newcomer("closed"))
        self.assertNotEqual(before["sub"], after["sub"])

    # What is wrong with an answer

    def test_what_an_id_token_must_say(self):
        now = int(time.time())
        changes = ({"iss": "https://evil.example"}, {"iss": self.provider.issuer + "/"}, {"aud": "somebody else"},
                   {"aud": [CLIENT[0], "another"]}, {"aud": None}, {"azp": "another"}, {"nonce": "another"}, {"nonce": None},
                   {"exp": now - 1}, {"exp": None}, {"iat": None}, {"iat": now + 600}, {"sub": ""}, {"sub": None}, {"sub": "x" * 256},
                   {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"})
        for change in changes:
            with self.subTest(change):
                self.provider.spoil = lambda claims, change=change: {**claims, **change}
                self.assertRefused(self.newcomer("eve"))
        self.assertNotEqual(0, self.server.run("user", "show", "eve", "--config", self.server.config_file).returncode)

    def test_who_must_have_signed_it(self):
        stranger = jwt.Signer("RS256", "key-1")
        unknown = jwt.Signer("RS256", "key-2")
        for name, sign in (("another's key", stranger.sign), ("an unknown key", unknown.sign),
                           ("HMAC with what is public", lambda claims: jwt.hs256(claims, self.provider.signer.public)),
                           ("HMAC with our secret", lambda claims: jwt.hs256(claims, CLIENT[1])),
                           ("nobody", lambda claims: jwt.encode({"alg": "none"}) + "." + jwt.encode(claims) + "."),
                           ("another kind of JWT", lambda claims: self.provider.signer.sign(claims, typ="logout+jwt")),
                           ("no JWT", lambda claims: "text"), ("nothing", lambda claims: "")):
            with self.subTest(name):
                self.provider.sign = sign
                self.assertRefused(self.newcomer("eve"))

    def test_the_answer_must_be_the_issuers(self):
        for changes in ({"iss": None}, {"iss": "https://evil.example"}):
            browser = self.browser()
            way = self.provider.back(self.leave(browser), self.newcomer("eve"), **changes)
            self.assertSaid(browser.get(way), "did not work")
        self.assertEqual({}, {code: 1 for code in self.provider.codes if code in self.server.log()})

    def test_a_code_of_another_login_is_worth_nothing(self):
        victim, attacker = self.browser(), self.browser()
        stolen = query_of(self.provider.back(self.leave(victim), self.newcomer("victim"), self.provider.issuer))["code"]
        way = self.provider.back(self.leave(attacker), self.newcomer("eve"), self.provider.issuer, code=stolen)
        self.assertSaid(attacker.get(way), "did not work")

    def test_an_answer_counts_once_and_in_its_browser(self):
        browser = self.browser()
        way = self.provider.back(self.leave(browser), self.newcomer("once"), self.provider.issuer)
        self.assertEqual(403, self.browser().get(way).status)
        self.assertTrue(self.site.walk(browser, browser.get(way), self.user).code)
        calls = len(self.provider.asked)
        browser.get(way)
        self.assertEqual(calls, len(self.provider.asked))

    def test_a_parameter_twice_is_refused(self):
        browser = self.browser()
        way = self.provider.back(self.leave(browser), self.newcomer("eve"), self.provider.issuer)
        self.assertSaid(browser.get(way + "&code=another"), "did not work")

    def test_errors_lead_back_to_the_page(self):
        for error, words in (("access_denied", "did not sign in"), ("server_error", "did not work"), ("<b>", "did not work")):
            browser = self.browser()
            way = self.provider.refusal(self.leave(browser), error, iss=self.provider.issuer, error_description="<b>SAID THERE</b>")
            page = self.assertSaid(browser.get(way), words)
            self.assertNotIn("SAID THERE", page.response.text)
            self.assertIn("login-form", Page(browser.get(self.choose(browser, page, "password").location)).ids)
        self.assertNotIn("SAID THERE", self.server.settled_log())

    def test_who_tries_again_is_sent_there_again(self):
        browser = self.browser()
        page = self.assertSaid(browser.get(self.provider.refusal(self.leave(browser), iss=self.provider.issuer)), "did not sign in")
        sent = page.press(browser, "upstream-submit")
        way = self.provider.back(sent.location, self.newcomer("again"), self.provider.issuer)
        self.assertTrue(self.site.walk(browser, browser.get(way), self.user).code)

    def test_a_provider_that_talks_nonsense(self):
        token, people = self.provider.path("token_endpoint"), self.provider.path("userinfo_endpoint")
        plain, html = {"Content-Type": "application/json"}, {"Content-Type": "text/html"}
        for words, path, said in (
                ("cannot be reached", token, (500, plain, b"{}")), ("did not work", token, (200, html, b'{"access_token":"a"}')),
                ("did not work", token, (200, plain, b"[" * 5000)), ("did not work", token, (200, plain, b'{"access_token":1}')),
                ("did not work", token, (302, {"Location": "http://127.0.0.1/"}, b"")),
                ("cannot be reached", token, (200, plain, b"x" * 200_000)),
                ("cannot be reached", people, (503, plain, b"")), ("did not work", people, (200, plain, b"[]")),
                ("did not work", people, (200, html, b"{}")), ("did not work", people, (401, plain, b"{}"))):
            with self.subTest(f"{path} {said[:2]}"):
                self.provider.broken = {path: said}
                browser = self.browser()
                self.assertSaid(self.come(browser, {"sub": "eve"}), words)

    def test_userinfo_of_somebody_else_is_refused(self):
        self.provider.userinfo = lambda claims: {**claims, "sub": "another"}
        self.assertRefused({"sub": "eve"})

    # How fresh

    def test_a_login_that_must_be_new_is_asked_for_there(self):
        browser = self.browser()
        location = self.leave(browser, prompt="login")
        asked = query_of(location)
        self.assertEqual(("login", "0"), (asked["prompt"], asked["max_age"]))
        for when, words in ((None, "anew"), (int(time.time()) - 600, "anew")):
            other = self.browser()
            self.assertSaid(self.come(other, self.newcomer("fresh", auth_time=when), prompt="login"), words)
        way = self.provider.back(location, self.newcomer("fresh", auth_time=int(time.time())), self.provider.issuer)
        self.assertTrue(self.site.walk(browser, browser.get(way), self.user).code)

    def test_max_age_goes_along(self):
        self.assertEqual("3600", query_of(self.leave(self.browser(), max_age=3600))["max_age"])
        self.assertSaid(self.come(self.browser(), self.newcomer("old", auth_time=int(time.time()) - 7200), max_age=3600), "anew")
        claims, _ = self.enter(self.newcomer("old", auth_time=int(time.time()) - 1800), max_age=3600)
        self.assertEqual(["fed"], claims["amr"])


class NobodyNew(UpstreamStory):
    more = {"trusts_email": True, "link": "verified_email", "required": {"hd": ["people.example"]}, "believed": {"mfa": "mfa"}}
    shape = google

    def test_a_stranger_has_no_account(self):
        self.assertRefused(self.newcomer("stranger", hd="people.example"), "no account here")

    def test_an_address_that_is_not_verified_says_why(self):
        for address in ("nobody@people.example", "ada@people.example"):
            self.assertRefused({"sub": "x", "hd": "people.example", "email": address, "email_verified": False}, "is confirmed")

    def test_who_does_not_say_what_is_required_stays_out(self):
        person = self.person("hedy@people.example")
        self.server.command("user", "update", person.login, "--claim", f"email={person.login}", "--claim", "email_verified=true")
        claims = {"sub": "hedy", "email": person.login, "email_verified": True, "name": "Hedy"}
        self.assertRefused({**claims, "hd": "evil.example"}, "no account here")
        self.assertRefused(claims, "no account here")
        said, _ = self.enter({**claims, "hd": "people.example", "amr": ["pwd", "mfa"]})
        self.assertEqual((["fed", "mfa"], "urn:gatehouse:acr:two-factors"), (said["amr"], said["acr"]))
        said, _ = self.enter({**claims, "hd": "people.example", "amr": ["hwk"], "acr": "urn:gatehouse:acr:two-factors"})
        self.assertEqual((["fed"], "urn:gatehouse:acr:one-factor"), (said["amr"], said["acr"]))


class TwoProviders(UpstreamStory):
    more = {"creates_accounts": True}

    @classmethod
    def more_providers(cls):
        other = OpenIdProvider(google).open()
        cls.addClassCleanup(other.close)
        github = GitHub().open()
        cls.addClassCleanup(github.close)
        settings = github.settings
        github.settings = lambda name: settings(name, creates_accounts=True, trusts_email=True)
        return {"school": other, "github": github}

    def test_what_one_says_is_no_answer_of_the_other(self):
        browser = self.browser()
        location = self.leave(browser)
        school = query_of(location)["redirect_uri"].replace("/work", "/school")
        way = self.others["school"].back(location, self.newcomer("eve"))
        calls = len(self.provider.asked)
        answer = browser.get(school + "?" + way.partition("?")[2])
        self.assertEqual(400, answer.status)
        self.assertEqual(calls, len(self.provider.asked))

    def test_a_token_of_the_other_is_none(self):
        self.provider.sign = self.others["school"].signer.sign
        self.assertRefused(self.newcomer("eve"))

    def test_people_of_two_providers_are_two(self):
        first, _ = self.enter(self.newcomer("same"))
        browser = self.browser()
        way = self.others["school"].back(self.leave(browser, "school"), self.newcomer("same"))
        self.assertSaid(browser.get(way), "no account here")
        self.assertTrue(first["sub"])

    def github(self, browser, person):
        return browser.get(self.others["github"].back(self.leave(browser, "github"), person))

    def test_github_tells_a_person_and_their_first_verified_address(self):
        github = self.others["github"]
        github.emails["octo"] = [{"email": "shown@x.example", "primary": False, "verified": True, "visibility": None},
                                 {"email": "octo@x.example", "primary": True, "verified": True, "visibility": "private"}]
        person = {"login": "octo", "id": 583231, "name": "The Octocat", "email": "liar@x.example"}
        for github.as_form in (False, True):
            browser = self.browser()
            landing = self.site.walk(browser, self.github(browser, person), self.user)
            tokens = self.assertTokens(self.site.redeem(landing.code))
            self.assertEqual(["fed"], jwt.claims_of(tokens["id_token"])["amr"])
        shown = self.server.command("user", "show", "octo")
        self.assertEqual(("octo@x.example", True, "The Octocat"),
                         (shown["claims"]["email"], shown["claims"]["email_verified"], shown["claims"]["name"]))
        self.assertNotEqual(0, self.server.run("user", "show", "octo-2", "--config", self.server.config_file).returncode)

    def test_github_without_a_verified_address_tells_none(self):
        self.others["github"].emails["plain"] = [{"email": "plain@x.example", "primary": True, "verified": False}]
        browser = self.browser()
        landing = self.site.walk(browser, self.github(browser, {"login": "plain", "id": 7, "email": "plain@x.example"}), self.user)
        self.assertTrue(landing.code)
        self.assertNotIn("email", self.server.command("user", "show", "plain")["claims"])

    def test_a_code_that_github_refuses_is_none(self):
        github = self.others["github"]
        browser = self.browser()
        way = github.back(self.leave(browser, "github"), {"login": "eve", "id": 8}, code="wrong")
        self.assertSaid(browser.get(way), "did not work")

    def test_who_must_sign_in_anew_is_not_sent_to_one_that_cannot_say_so(self):
        page = self.site.journey(self.browser(), prompt="login").page
        self.assertIn("Sign in with Work", page.response.text)
        self.assertNotIn("Sign in with GitHub", page.response.text)


class Alone(UpstreamStory):
    """No password: the provider is the only way."""

    more = {"creates_accounts": True}
    plan = ["work"]

    def test_the_browser_is_sent_there_at_once(self):
        browser = self.browser()
        sent = browser.get(self.site.url())
        while self.site.is_own(sent.location):
            sent = browser.get(sent.location)
        way = self.provider.back(sent.location, self.newcomer("direct"), self.provider.issuer)
        self.assertTrue(self.site.walk(browser, browser.get(way), self.user).code)
        # Who is refused is told so, and not sent round in a circle.
        other = self.browser()
        sent = other.get(self.site.url())
        while self.site.is_own(sent.location):
            sent = other.get(sent.location)
        self.assertSaid(other.get(self.provider.refusal(sent.location, iss=self.provider.issuer)), "did not sign in")


class Away(UpstreamStory):
    def test_other_ways_remain(self):
        self.provider.close()
        browser = self.browser()
        page = self.site.journey(browser).page
        response = self.choose(browser, page, "work")
        while response.location:
            response = browser.get(response.location)
        page = self.assertSaid(response, "cannot be reached")
        response = self.choose(browser, page, "password")
        self.assertTrue(self.site.walk(browser, response, self.user).code)


class SecondGatehouse(Story):
    """Where people sign in is another Gatehouse."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.home = Gatehouse()
        cls.addClassCleanup(cls.home.remove)
        cls.home.take_first_start()
        cls.joan = ada("joan")
        cls.home.add_user(cls.joan.login, cls.joan.password, {**cls.joan.claims, "email": "joan@home.example"})
        made = cls.home.add_client("branch", f"{cls.server.issuer}/interaction/return/home")
        cls.server.config["plugins"].append(
            {"use": UPSTREAM, "name": "home", "display_name": "Head office", "issuer": cls.home.issuer, "client_id": "branch",
             "client_secret": made["client_secret"], "creates_accounts": True})
        cls.server.config["outgoing"] = {"allow": [cls.home.issuer]}
        cls.server.write_config()
        cls.home.launch()

    def sent(self, browser, **changes):
        page = self.site.journey(browser, **changes).page
        form = page.form("login-ways")
        response = browser.post(form.action, {"csrf": form.fields["csrf"], "other_way": "home"})
        while self.site.is_own(response.location):
            response = browser.get(response.location)
        return response.location

    def there(self, browser, location):
        """What the other one's pages ask, and back."""
        branch = Site(self.home, "branch", redirect=f"{self.server.issuer}/interaction/return/home")
        landing = branch.walk(browser, browser.get(location), self.joan)
        self.assertTrue(landing.is_back, landing)
        return f"{landing.uri}?{urlencode(landing.params)}"

    def test_a_login_there_is_one_here(self):
        here, there = self.browser(), self.home.browser()
        landing = self.site.walk(here, here.get(self.there(there, self.sent(here, scope="openid profile"))), self.user)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        self.assertEqual(["fed"], self.assertIdToken(tokens["id_token"], self.site, nonce=jwt.claims_of(tokens["id_token"])["nonce"])["amr"])
        self.assertEqual("Ada King Lovelace", self.site.userinfo(tokens["access_token"]).json()["name"])
        # Here, signed in already.
        self.assertNotIn("login", self.other.journey(here).shown)

    def test_a_new_login_is_a_new_one_there_too(self):
        there = self.home.browser()
        first = self.browser()
        self.there(there, self.sent(first))
        here = self.browser()
        landing = Site(self.home, "branch", redirect=f"{self.server.issuer}/interaction/return/home").walk(
            there, there.get(self.sent(here, prompt="login")), None)
        self.assertEqual(["login"], landing.shown)

    def test_who_gives_up_there_is_back_here(self):
        here, there = self.browser(), self.home.browser()
        branch = Site(self.home, "branch", redirect=f"{self.server.issuer}/interaction/return/home")
        page = branch.walk(there, there.get(self.sent(here))).page
        landing = branch.walk(there, page.press(there, "login-cancel"))
        response = here.get(f"{landing.uri}?{urlencode(landing.params)}")
        self.assertIn("did not sign in", Page(response).text_of("upstream-message"))
