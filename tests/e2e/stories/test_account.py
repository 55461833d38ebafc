# SPDX-License-Identifier: Apache-2.0
"""People look after their account themselves: who may do what is on pages of the server, which they alone can use."""
import unittest
from urllib.parse import urlsplit

from harness.page import Page
from harness.postgresql import private_postgresql
from harness.server import MODULES, USES, Gatehouse
from harness.site import Person, Site, ada
from harness.story import Story
from harness.totp import App
from harness.web import Browser, wait_until
from harness.word_card import TWO

ACCOUNT = "/account"
FIREFOX = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
NEW = "altogether another one"
PEOPLE = []


class AccountStory(Story):
    plan = None
    fresh_for = "5m"

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["modules"].append({"use": "module.account", "fresh_for": cls.fresh_for})
        if cls.plan:
            cls.server.config["login"] = cls.plan
        cls.server.write_config()

    def setUp(self):
        self.me = self.person("person" + str(len(PEOPLE)))
        PEOPLE.append(self.me)

    def follow(self, browser, response, person=None):
        """On through the pages of a login to what is there for people."""
        return self.site.walk(browser, response, person)

    def enter(self, browser=None, path=ACCOUNT, person=None):
        """The page, of a person who signs in for it."""
        browser = browser or self.browser()
        landing = self.follow(browser, browser.get(path), person or self.me)
        self.assertEqual(200, landing.response.status, landing)
        self.assertSafePage(landing.response)
        return browser, landing.page

    def press(self, browser, page, button="account-submit", **fields):
        landing = self.follow(browser, page.press(browser, button, **fields))
        return landing.page

    def path_of(self, page):
        return urlsplit(page.response.url).path

    def event(self, name, login=None):
        def found():
            return [line for line in self.server.log_lines() if line.get("event") == name and
                    line.get("details", {}).get("login", "") == (login or self.me.login)]
        return wait_until(found, 30, f"no {name}")[0]

    def claims(self, person=None):
        tokens = self.site.tokens(self.browser(), person or self.me, scope="openid email profile")
        return self.site.userinfo(tokens["access_token"]).json()


class Overview(AccountStory):
    def test_who_is_not_signed_in_signs_in_and_is_there(self):
        browser = self.browser()
        landing = self.follow(browser, browser.get(ACCOUNT), self.me)
        self.assertEqual(["login"], landing.shown)
        page = landing.page
        self.assertEqual(ACCOUNT, self.path_of(page))
        self.assertIn(self.me.login, page.text_of("account-person"))
        for section in ("profile", "password", "sessions", "sites"):
            self.assertTrue(page.has("account-" + section), section)
        self.assertFalse(page.has("account-ways"), "no step keeps anything")

    def test_an_address_that_is_the_login_is_said_once(self):
        person = self.person("joan@people.example")
        for email, times in (("other@people.example", 1), (person.login, 1)):
            self.server.command("user", "update", person.login, "--claim", f"email={email}")
            shown = self.enter(person=person)[1].text_of("account-person")
            self.assertEqual(times, shown.count(person.login), shown)
            self.assertIn(email, shown)

    def test_the_login_page_says_where_it_leads_and_no_client_is_named(self):
        browser = self.browser()
        self.assertIn("to continue to 127.0.0.1", self.follow(browser, browser.get(ACCOUNT)).page.response.text.replace("<strong>", ""))
        self.enter()
        event = self.event("login.succeeded")
        self.assertEqual(("", "/account"), (event.get("client", ""), event["details"]["page"]))

    def test_it_speaks_the_persons_language(self):
        browser, _ = self.enter()
        for path in ("", "/profile", "/password", "/sessions", "/sites", "/sessions/everywhere"):
            page = browser.get(ACCOUNT + path, headers={"Accept-Language": "de"})
            self.assertIn('lang="de"', page.text)

    def test_a_single_sign_on_is_enough(self):
        browser = self.browser()
        self.site.journey(browser, self.me)
        self.assertEqual(200, browser.get(ACCOUNT).status)
        browser, _ = self.enter()
        landing = self.site.journey(browser)
        self.assertEqual((True, []), (landing.is_back, landing.shown))

    def test_the_home_page_leads_there(self):
        browser = self.browser()
        page = Page(browser.get("/", headers={"Accept": "text/html"}))
        self.assertEqual(ACCOUNT, self.path_of(self.follow(browser, page.press(browser, "home-account"), self.me).page))

    def test_who_gives_up_is_asked_no_more(self):
        browser = self.browser()
        page = self.follow(browser, browser.get(ACCOUNT)).page
        response = page.press(browser, "login-cancel")
        self.assertTrue(response.location.endswith(ACCOUNT + "?error=access_denied"), response)
        left = browser.get(response.location)
        self.assertEqual(403, left.status)
        self.assertIn("login-form", self.follow(browser, Page(left).press(browser, "account-again")).response.text)

    def test_no_address_says_what_the_page_says(self):
        browser, _ = self.enter()
        self.assertTrue(Page(browser.get(ACCOUNT + "?done=removed")).has("account-notice"))
        for words in ("Call%20this%20number", "<b>", "lead", "../account_left.lead", "x" * 3000):
            page = Page(browser.get(ACCOUNT + "?done=" + words))
            self.assertFalse(page.has("account-notice"), words)
            self.assertNotIn("Call", page.response.text)

    def test_no_address_leads_elsewhere(self):
        for query in ("?return_path=https://evil.example/", "?next=//evil.example", "?done=<script>", "/../..//evil.example"):
            browser = self.browser()
            landing = self.follow(browser, browser.get(ACCOUNT + "/sessions" + query), self.me)
            self.assertNotIn("evil", landing.response.url.replace(query, ""))
            self.assertNotIn("<script>", landing.response.text)

    def test_another_browser_cannot_go_on_with_a_login(self):
        page = self.follow(mine := self.browser(), mine.get(ACCOUNT)).page
        form = page.form("login-form")
        fields = {**form.fields, "username": self.me.login, "password": self.me.password}
        self.assertEqual(403, self.browser().post(form.action, fields).status)


class Profile(AccountStory):
    def test_name_and_address_are_changed_and_the_address_is_not_verified(self):
        self.assertIs(True, self.claims().get("email_verified"))
        browser, page = self.enter(path=ACCOUNT + "/profile")
        page = self.press(browser, page, name="Ada Byron", email="byron@people.example")
        self.assertIn("saved", page.text_of("account-notice"))
        claims = self.claims()
        self.assertEqual(("Ada Byron", "byron@people.example", False),
                         (claims["name"], claims["email"], claims["email_verified"]))
        self.assertEqual("name email", self.event("profile.changed")["details"]["changed"])

    def test_a_new_name_leaves_the_address_verified(self):
        browser, page = self.enter(path=ACCOUNT + "/profile")
        self.press(browser, page, name="Ada Byron")
        self.assertIs(True, self.claims()["email_verified"])

    def test_nonsense_is_refused_and_told(self):
        browser, page = self.enter(path=ACCOUNT + "/profile")
        for wrong in ({"email": "no address"}, {"email": "two@at@example.org"}, {"email": "a@b\r\nBcc: x@y"}, {"name": "x" * 101},
                      {"name": "Ada\u202egnp"}, {"name": " "}, {"email": "a" * 250 + "@example.org"}):
            again = Page(page.press(browser, "account-submit", **wrong))
            self.assertTrue(again.has("account-message"), wrong)
        self.assertEqual(self.me.claims["email"], self.claims()["email"])

    def test_hostile_names_are_text(self):
        browser, page = self.enter(path=ACCOUNT + "/profile")
        page = self.press(browser, page, name='"><script>alert(1)</script>')
        self.assertNotIn("<script>alert", page.response.text)
        self.assertNotIn("<script>alert", browser.get(ACCOUNT + "/profile").text)


class Password(AccountStory):
    def test_the_new_one_counts_and_others_are_signed_out(self):
        elsewhere, _ = self.enter()
        browser, page = self.enter(path=ACCOUNT + "/password")
        page = self.press(browser, page, new_password=NEW, new_password_again=NEW)
        self.assertIn("new password", page.text_of("account-notice"))
        self.assertEqual(200, browser.get(ACCOUNT).status)
        self.assertIn("/interaction/", elsewhere.get(ACCOUNT).location)
        self.assertFalse(self.site.journey(self.browser(), self.me).is_back, "the old one is good still")
        self.assertTrue(self.site.journey(self.browser(), Person(self.me.login, NEW, {})).is_back)
        self.event("password.changed")

    def test_others_may_stay(self):
        elsewhere, _ = self.enter()
        browser, page = self.enter(path=ACCOUNT + "/password")
        fields = {**page.form("change-form").fields, "new_password": NEW, "new_password_again": NEW}
        del fields["end_others"]
        self.assertEqual(303, browser.post(ACCOUNT + "/password", fields).status)
        self.assertEqual(200, elsewhere.get(ACCOUNT).status)

    def test_two_that_differ_and_none_change_nothing(self):
        browser, page = self.enter(path=ACCOUNT + "/password")
        for one, two in ((NEW, NEW + "x"), ("", ""), ("short", "short"), ("x" * 1025, "x" * 1025)):
            self.assertTrue(Page(page.press(browser, "account-submit", new_password=one,
                                            new_password_again=two)).has("account-message"), one[:9])
        self.assertTrue(self.site.journey(self.browser(), self.me).is_back)


class Sessions(AccountStory):
    def rows(self, page):
        return [element for element in page.elements if element.tag == "li"]

    def sid(self, page, words):
        return next(button["value"] for button in page.form("change-form").buttons if words in button.get("aria-label", ""))

    def test_browsers_are_told_in_plain_words_and_one_is_ended(self):
        foreign = self.browser(headers=FIREFOX)
        self.enter(foreign)
        browser, page = self.enter(path=ACCOUNT + "/sessions")
        texts = [row.text for row in self.rows(page)]
        self.assertEqual(2, len(texts), texts)
        self.assertIn("This browser", texts[0])
        self.assertIn("Firefox on Linux", texts[1])
        form = page.form("change-form")
        browser.post(ACCOUNT + "/sessions", {**form.fields, "end": self.sid(page, "Firefox")})
        self.assertIn("/interaction/", foreign.get(ACCOUNT).location)
        self.assertEqual(200, browser.get(ACCOUNT).status)

    def test_all_others_end(self):
        others = [self.enter()[0] for _ in range(3)]
        browser, page = self.enter(path=ACCOUNT + "/sessions")
        page = self.press(browser, page, "account-others")
        self.assertEqual(1, len(self.rows(page)))
        for other in others:
            self.assertIn("/interaction/", other.get(ACCOUNT).location)

    def test_everywhere(self):
        other, _ = self.enter()
        browser, page = self.enter(path=ACCOUNT + "/sessions/everywhere")
        self.assertIn("You are signed out", page.press(browser, "account-submit").text)
        for one in (other, browser):
            self.assertIn("/interaction/", one.get(ACCOUNT).location)

    def test_ones_own_ends_here(self):
        browser, page = self.enter(path=ACCOUNT + "/sessions")
        form = page.form("change-form")
        answer = browser.post(ACCOUNT + "/sessions", {**form.fields, "end": self.sid(page, "browser")})
        self.assertIn("signed out", answer.text)
        self.assertIn("/interaction/", browser.get(ACCOUNT).location)

    def test_tokens_of_a_session_that_is_ended_end(self):
        foreign = self.browser(headers=FIREFOX)
        tokens = self.site.tokens(foreign, self.me, scope="openid")
        browser, page = self.enter(path=ACCOUNT + "/sessions")
        browser.post(ACCOUNT + "/sessions", {**page.form("change-form").fields, "end": self.sid(page, "Firefox")})
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_grant", 400)

    def test_nobody_ends_sessions_of_others(self):
        victim = self.person("victim" + str(len(PEOPLE)))
        hers, page = self.enter(path=ACCOUNT + "/sessions", person=victim)
        sid = self.sid(page, "browser")
        browser, page = self.enter(path=ACCOUNT + "/sessions")
        for end in (sid, "", "x" * 5000, "*"):
            self.assertEqual(303, browser.post(ACCOUNT + "/sessions", {**page.form("change-form").fields, "end": end}).status)
        self.assertEqual(200, hers.get(ACCOUNT).status)

    def test_what_a_browser_says_of_itself_is_not_shown(self):
        self.enter(self.browser(headers={"User-Agent": "<script>alert(1)</script>"}))
        _, page = self.enter(path=ACCOUNT + "/sessions")
        self.assertNotIn("script>alert", page.response.text)
        self.assertIn("A browser", page.response.text)


class Forms(AccountStory):
    """Forged, foreign and old ones."""
    FORMS = {"/profile": {"name": "Mallory", "email": "mallory@evil.example"},
             "/password": {"new_password": NEW, "new_password_again": NEW},
             "/sessions": {"others": "yes"}, "/sessions/everywhere": {}, "/sites": {"client_id": "site", "all": "all"}}

    def test_a_form_without_its_token_or_with_that_of_another_page_is_refused(self):
        browser, _ = self.enter()
        other, _ = self.enter()
        tokens = {path: Page(browser.get(ACCOUNT + path)).forms[0].fields["csrf"]
                  for path in self.FORMS if path != "/sites"}
        for path, fields in self.FORMS.items():
            for forged in ({}, {"csrf": "x"}, {"csrf": tokens["/sessions" if path != "/sessions" else "/profile"]}):
                self.assertEqual(403, browser.post(ACCOUNT + path, {**fields, **forged}).status, path)
        self.assertEqual(200, other.get(ACCOUNT).status)
        self.assertTrue(self.site.journey(self.browser(), self.me).is_back)

    def test_a_page_of_one_person_is_not_good_for_another_in_the_browser(self):
        browser, page = self.enter(path=ACCOUNT + "/password")
        friend = self.person("friend" + str(len(PEOPLE)))
        self.site.journey(browser, friend, prompt="login")
        response = page.press(browser, "account-submit", new_password=NEW, new_password_again=NEW)
        self.assertEqual(403, response.status)
        for person in (self.me, friend):
            self.assertTrue(self.site.journey(self.browser(), person).is_back)

    def test_another_browser_of_the_same_person_cannot_send_it(self):
        _, page = self.enter(path=ACCOUNT + "/password")
        other, _ = self.enter()
        self.assertEqual(403, page.press(other, "account-submit", new_password=NEW, new_password_again=NEW).status)

    def test_doubled_fields_are_refused(self):
        browser, page = self.enter(path=ACCOUNT + "/profile")
        csrf = page.form("change-form").fields["csrf"]
        body = f"csrf={csrf}&name=Ada&name=Eve&email="
        sent = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertEqual(403, browser.post(ACCOUNT + "/profile", body=body, headers=sent).status)

    def test_removed_people_see_nothing(self):
        browser, _ = self.enter()
        self.server.command("user", "remove", self.me.login)
        self.assertIn("/interaction/", browser.get(ACCOUNT).location)


class Stale(AccountStory):
    """A login that is not fresh."""
    fresh_for = "1s"
    DANGEROUS = ("/profile", "/password", "/sessions/everywhere")

    def test_dangerous_things_want_a_fresh_login_and_no_others_do(self):
        browser, _ = self.enter()
        for path in self.DANGEROUS:
            wait_until(lambda: browser.get(ACCOUNT + path).location, 30, "the login is fresh still")
        for path in ("", "/sessions", "/sites"):
            self.assertEqual(200, browser.get(ACCOUNT + path).status)
        landing = self.follow(browser, browser.get(ACCOUNT + "/password"), self.me)
        self.assertEqual(["login"], landing.shown)

    def test_an_old_page_changes_nothing(self):
        browser, page = self.enter(path=ACCOUNT + "/password")
        wait_until(lambda: browser.get(ACCOUNT + "/password").location, 30, "the login is fresh still")
        response = page.press(browser, "account-submit", new_password=NEW, new_password_again=NEW)
        self.assertIn("/interaction/", response.location)
        self.assertTrue(self.site.journey(self.browser(), self.me).is_back)

    def test_the_name_is_there_and_somebody_else_is_refused(self):
        browser, _ = self.enter()
        friend = self.person("stranger" + str(len(PEOPLE)))
        wait_until(lambda: browser.get(ACCOUNT + "/password").location, 30, "the login is fresh still")
        page = self.follow(browser, browser.get(ACCOUNT + "/password")).page
        self.assertEqual(self.me.login, page.form("login-form").fields["username"])
        response = page.press(browser, "login-submit", username=friend.login, password=friend.password)
        landing = self.follow(browser, response)
        self.assertEqual(403, landing.response.status)
        self.assertIn("error=login_required", landing.response.url)
        self.assertNotIn("change-form", landing.response.text)
        self.assertIn(friend.login, browser.get(ACCOUNT).text)

    def test_guesses_at_a_fresh_login_count(self):
        browser, _ = self.enter()
        wait_until(lambda: browser.get(ACCOUNT + "/password").location, 30, "the login is fresh still")
        page = self.follow(browser, browser.get(ACCOUNT + "/password")).page
        page.press(browser, "login-submit", password="wrong")
        self.assertEqual("/account/password", self.event("login.failed")["details"]["page"])


class Ways(AccountStory):
    plugins = [*USES, {"use": "login_step.totp", "enrolment": "offered"}]
    plan = ["password", {"step": "totp", "when": {"acr": TWO}}]
    WAYS = ACCOUNT + "/ways"

    def set_up(self, browser):
        page = Page(browser.get(self.WAYS)).press(browser, "add-totp")
        page = Page(page)
        app = App(page.ids["totp-uri"].attributes["href"])
        page = self.press(browser, page, "totp-submit", code=app.code(-1))
        self.assertIn("set up", page.text_of("account-notice"))
        return app, page

    def removal(self, page):
        return next(link for link in page.links if "/remove?" in link)

    def test_an_app_is_set_up_used_and_removed(self):
        browser, page = self.enter()
        page = Page(page.press(browser, "account-ways"))
        self.assertTrue(page.has("add-totp"))
        app, page = self.set_up(browser)
        self.assertFalse(page.has("add-totp"), "one is all there is")
        self.event("authenticator.added")
        landing = self.site.journey(self.browser(), self.me, acr_values=TWO)
        self.assertTrue(landing.page.has("totp-form"), landing)
        # Who has it shows it before it is removed.
        response = browser.get(self.removal(page))
        asked = self.follow(browser, response).page
        self.assertTrue(asked.has("totp-form"), asked.response)
        page = self.press(browser, asked, "totp-submit", code=app.code(0))
        self.assertIn("set it up again", page.response.text)
        page = self.press(browser, page)
        self.assertIn("removed", page.text_of("account-notice"))
        self.assertTrue(page.has("add-totp"))
        self.event("authenticator.removed")
        landing = self.site.journey(self.browser(), self.me, acr_values=TWO)
        self.assertTrue(landing.page.has("totp-uri"), "its code is asked for still")

    def test_a_password_alone_does_not_change_what_a_second_factor_protects(self):
        browser, _ = self.enter()
        self.set_up(browser)
        thief, _ = self.enter()
        for path in ("/password", "/profile", "/sessions/everywhere"):
            page = self.follow(thief, thief.get(ACCOUNT + path)).page
            self.assertTrue(page.has("totp-form"), path)
        self.assertEqual(200, thief.get(ACCOUNT).status)

    def test_wrong_codes_and_states_set_nothing_up(self):
        browser, _ = self.enter()
        page = Page(browser.get(self.WAYS + "/new?step=totp"))
        app = App(page.ids["totp-uri"].attributes["href"])
        again = Page(page.press(browser, "totp-submit", code=app.wrong()))
        self.assertIn("not right", again.text_of("totp-message"))
        self.assertEqual(app.secret, App(again.ids["totp-uri"].attributes["href"]).secret)
        form = page.form("totp-form")
        for action in (form.action[:-4] + "AAAA", form.action.split("&")[0], form.action.replace("totp", "password")):
            browser.post(action, {**form.fields, "code": app.code(-1)})
        self.assertTrue(Page(browser.get(self.WAYS)).has("add-totp"))
        self.assertEqual("/account/ways", urlsplit(again.press(browser, "login-cancel").location).path)

    def test_the_state_of_one_person_is_nothing_for_another(self):
        hers, _ = self.enter(person=self.person("other" + str(len(PEOPLE))))
        theirs = Page(hers.get(self.WAYS + "/new?step=totp")).form("totp-form").action
        browser, _ = self.enter()
        page = Page(browser.get(theirs))
        self.assertTrue(page.has("totp-uri"))
        self.assertNotEqual(App(Page(hers.get(theirs)).ids["totp-uri"].attributes["href"]).secret,
                            App(page.ids["totp-uri"].attributes["href"]).secret)

    def test_a_page_is_found_again_by_its_state(self):
        browser, _ = self.enter()
        page = Page(browser.get(self.WAYS + "/new?step=totp"))
        again = Page(browser.get(page.form("totp-form").action))
        self.assertEqual(page.ids["totp-uri"].attributes, again.ids["totp-uri"].attributes)

    def test_what_is_not_there_is_not_removed(self):
        browser, _ = self.enter()
        app, page = self.set_up(browser)
        for query in ("", "?step=totp", "?step=totp&id=other", "?step=password&id=app", "?step=nobody&id=app", "?step=totp&id=%00"):
            for response in (browser.get(self.WAYS + "/remove" + query), browser.post(self.WAYS + "/remove" + query, {})):
                self.assertEqual("/account/ways", urlsplit(response.location).path, query)
        self.assertEqual(303, browser.post(self.removal(page), {"csrf": "x"}).status)
        self.assertFalse(Page(browser.get(self.WAYS)).has("add-totp"))
        self.assertTrue(app)

    def test_an_app_of_somebody_else_is_not_removed(self):
        hers, _ = self.enter(person=self.person("hers" + str(len(PEOPLE))))
        _, page = self.set_up(hers)
        browser, _ = self.enter()
        self.assertEqual("/account/ways", urlsplit(browser.get(self.removal(page)).location).path)
        self.assertFalse(Page(hers.get(self.WAYS)).has("add-totp"))


class ByOperator(AccountStory):
    plugins = [*USES, {"use": "login_step.totp", "enrolment": "by_operator"}]
    plan = Ways.plan

    def test_nobody_sets_up_what_the_operator_gives(self):
        browser, page = self.enter(path=ACCOUNT + "/ways")
        self.assertFalse(page.has("add-totp"))
        self.assertEqual("/account/ways", urlsplit(browser.get(ACCOUNT + "/ways/new?step=totp").location).path)


class TwoNodes(unittest.TestCase):
    def node(self, url, settings=None):
        server = Gatehouse({"database": {"url": url}, "security": {"jwt_secret": "a root secret that all nodes share, 40 bytes"},
                            **(settings or {})}, modules=[*MODULES, "account"])
        self.addCleanup(server.remove)
        return server

    def test_what_one_node_opens_another_shows_and_ends(self):
        with private_postgresql() as url:
            first = self.node(url)
            second = self.node(url, {"oauth": {"issuer": first.issuer}})
            person = ada()
            first.add_user(person.login, person.password)
            first.launch()
            second.launch()
            site = Site(first, "nobody")
            here, there = first.browser(headers=FIREFOX), Browser(f"http://127.0.0.1:{second.port}")
            site.walk(here, here.get(ACCOUNT), person)
            response = there.get(ACCOUNT + "/sessions")
            while response.location or Page(response).has("login-form"):
                response = there.get(urlsplit(response.location)._replace(scheme="", netloc="").geturl()) if response.location \
                    else Page(response).press(there, "login-submit", username=person.login, password=person.password)
            page = Page(response)
            self.assertIn("Firefox on Linux", response.text)
            sid = next(button["value"] for button in page.form("change-form").buttons if "Firefox" in button["aria-label"])
            self.assertEqual(303, there.post(ACCOUNT + "/sessions", {**page.form("change-form").fields, "end": sid}).status)
            self.assertIn("/interaction/", here.get(ACCOUNT).location)
            self.assertEqual(200, there.get(ACCOUNT).status)


class WithoutTheModule(Story):
    def test_there_is_no_such_page(self):
        for path in ("", "/sites", "/sessions", "/password"):
            self.assertEqual(404, self.get(ACCOUNT + path).status)
        self.assertFalse(Page(self.get("/", headers={"Accept": "text/html"})).has("home-account"))
