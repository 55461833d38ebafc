# SPDX-License-Identifier: Apache-2.0
"""What a person sees and what protects them while they see it."""
import re
from urllib.parse import urlsplit

from harness.page import Page
from harness.server import ROOT
from harness.site import Site
from harness.story import Story
from harness.web import wait_until


class Pages(Story):
    def login_page(self, browser=None, **changes):
        browser = browser or self.browser()
        landing = self.site.journey(browser, None, **changes)
        self.assertEqual(["login"], landing.shown)
        return landing.page

    def consent_page(self, browser, client=None, **changes):
        landing = (client or self.other).journey(browser, self.user, consent=None, prompt="consent", **changes)
        self.assertEqual("consent", landing.shown[-1])
        return landing.page

    def test_the_login_form_has_the_documented_hooks(self):
        page = self.login_page()
        form = page.form("login-form")
        self.assertEqual("post", form.method)
        self.assertLessEqual({"username", "password"}, set(form.fields))
        for name in ("login-submit", "login-cancel"):
            self.assertTrue(page.has(name), name)

    def test_a_login_is_asked_for_by_what_it_is(self):
        """Only user names are taken, so that no page asks for an e-mail address."""
        text = self.login_page().response.text
        self.assertIn("User name</label>", text)
        self.assertNotRegex(text.split("</style>")[1].lower(), "e-?mail")

    def test_an_error_speaks_to_people_first_and_hides_its_code(self):
        page = self.assertErrorPage(self.get("/api/oauth/authorize?client_id=nobody"), "invalid_client")
        text = page.response.text
        told, hidden = text.index('role="alert"'), text.index("<details")
        self.assertLess(told, hidden)
        self.assertLess(hidden, text.index("invalid_client"))
        self.assertEqual(1, text.count("invalid_client"))
        self.assertNotIn("<details open", text)

    def test_a_request_by_post_may_spell_its_media_type_as_it_likes(self):
        for media_type in ("Application/X-WWW-Form-URLEncoded", "application/x-www-form-urlencoded ; charset=UTF-8"):
            answer = self.browser().post("/api/oauth/authorize", self.site.request(), headers={"Content-Type": media_type})
            self.assertIn(answer.status, (302, 303), f"{media_type}: {answer!r}")

    def test_the_issuers_own_address_is_a_page_for_people_only(self):
        page = self.browser().get("/", headers={"Accept": "text/html,*/*;q=0.8"})
        self.assertEqual(200, page.status)
        self.assertSafePage(page)
        self.assertTrue(Page(page).has("home"))
        self.assertEqual(404, self.browser().get("/").status)

    def test_login_and_consent_have_urls_of_their_own(self):
        browser = self.browser()
        login = self.login_page(browser)
        self.assertRegex(urlsplit(login.response.url).path, r"\A/interaction/[A-Za-z0-9_-]{22,}/login\Z")
        consent = self.consent_page(browser)
        self.assertRegex(urlsplit(consent.response.url).path, r"\A/interaction/[A-Za-z0-9_-]{22,}/consent\Z")

    def test_the_pages_say_which_site_asks(self):
        browser = self.browser()
        self.assertIn("Site site", self.login_page(browser).response.text)
        self.assertIn("Site other", self.consent_page(browser).response.text)

    def test_the_pages_are_safe_to_show(self):
        browser = self.browser()
        self.assertSafePage(self.login_page(browser).response)
        self.assertSafePage(self.consent_page(browser).response)

    def test_the_pages_need_no_script(self):
        browser = self.browser()
        for page in (self.login_page(browser), self.consent_page(browser)):
            self.assertFalse([element for element in page.elements if element.tag == "script"])
            self.assertFalse([name for element in page.elements for name in element.attributes if name.startswith("on")])

    def test_the_pages_can_be_used_with_a_screen_reader(self):
        browser = self.browser()
        for page in (self.login_page(browser), self.consent_page(browser)):
            tags = [element.tag for element in page.elements]
            html = next(element for element in page.elements if element.tag == "html")
            self.assertTrue(html.attributes.get("lang"))
            self.assertTrue(page.title.strip())
            self.assertEqual(1, tags.count("h1"))
            self.assertEqual(1, tags.count("main"))
            labelled = {element.attributes.get("for") for element in page.elements if element.tag == "label"}
            for element in page.elements:
                if element.tag == "input" and element.attributes.get("type", "text") not in ("hidden", "submit"):
                    named = element.attributes.get("id") in labelled or "aria-label" in element.attributes
                    self.assertTrue(named, element.attributes)

    def test_the_inputs_help_password_managers(self):
        page = self.login_page()
        inputs = {element.attributes.get("name"): element.attributes for element in page.elements
                  if element.tag == "input"}
        self.assertEqual("username", inputs["username"].get("autocomplete"))
        self.assertEqual("current-password", inputs["password"].get("autocomplete"))
        self.assertEqual("password", inputs["password"].get("type"))

    def test_the_pages_fit_a_phone(self):
        page = self.login_page()
        views = [element.attributes.get("content", "") for element in page.elements
                 if element.tag == "meta" and element.attributes.get("name") == "viewport"]
        self.assertEqual(1, len(views))
        self.assertIn("width=device-width", views[0])

    def test_everything_a_page_loads_is_here(self):
        page = self.login_page()
        for element in page.elements:
            for name in ("src", "href"):
                if element.tag in ("link", "img", "script") and name in element.attributes:
                    response = self.get(element.attributes[name])
                    self.assertEqual(200, response.status, element.attributes)

    def test_cookies_are_kept_from_scripts_and_from_other_sites(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        self.assertTrue(browser.cookies)
        for cookie in browser.cookies.values():
            self.assertIn("httponly", cookie.attributes, cookie.name)
            self.assertEqual("lax", cookie.attributes.get("samesite", "").lower(), cookie.name)
            self.assertNotIn("secure", cookie.attributes, "an http issuer could not read it back")
            self.assertNotIn("domain", cookie.attributes)

    def test_a_wrong_password_asks_again_and_tells_nothing_more(self):
        browser = self.browser()
        page = self.login_page(browser)
        wrong = Page(self.follow(browser, page.press(browser, "login-submit", username="ada", password="no")))
        nobody = Page(self.follow(browser, wrong.press(browser, "login-submit", username="nobody", password="no")))
        self.assertEqual("ada", wrong.form("login-form").fields["username"])
        self.assertEqual("", wrong.form("login-form").fields["password"])
        alerts = [[element.text for element in page.elements if element.attributes.get("role") == "alert"]
                  for page in (wrong, nobody)]
        self.assertTrue(alerts[0] and alerts[0][0])
        self.assertEqual(alerts[0], alerts[1])

    def test_after_a_wrong_password_the_right_one_still_works(self):
        browser = self.browser()
        page = self.login_page(browser)
        page = Page(self.follow(browser, page.press(browser, "login-submit", username="ada", password="no")))
        answer = page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        self.assertTrue(self.site.walk(browser, answer).is_back)

    def follow(self, browser, response):
        while response.location:
            response = browser.get(response.location)
        return response

    def test_a_form_without_its_token_is_refused(self):
        browser = self.browser()
        page = self.login_page(browser)
        form = page.form("login-form")
        hidden = [name for name in form.fields if name not in ("username", "password")]
        self.assertTrue(hidden, "no token against forged posts")
        response = browser.post(page.response.url, {"username": self.user.login, "password": self.user.password})
        self.assertIn(response.status, (400, 403), response)
        self.assertIsNone(response.header("Location"))

    def test_a_form_in_another_browser_is_refused(self):
        page = self.login_page(self.browser())
        stranger = self.browser()
        response = page.press(stranger, "login-submit", username=self.user.login, password=self.user.password)
        self.assertIn(response.status, (400, 403, 404), response)
        self.assertIsNone(response.header("Location"))

    def test_logging_in_gives_the_browser_a_new_session_name(self):
        """What the browser knew before the login opens nothing afterwards (session fixation)."""
        browser = self.browser()
        page = self.login_page(browser)
        before = {cookie.value for cookie in browser.cookies.values()}
        answer = page.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        self.site.walk(browser, answer)
        stranger = self.browser()
        stranger.cookies = {key: cookie for key, cookie in browser.cookies.items() if cookie.value in before}
        self.assertEqual("login_required", self.site.journey(stranger, None, prompt="none").error)

    def test_consent_cannot_be_given_by_somebody_elses_browser(self):
        page = self.consent_page(self.browser())
        response = page.press(self.browser(), "consent-allow")
        self.assertIn(response.status, (400, 403, 404), response)
        self.assertIsNone(response.header("Location"))

    def test_an_interaction_that_nobody_began_is_a_page(self):
        self.assertErrorPage(self.get("/interaction/AAAAAAAAAAAAAAAAAAAAAAAAAAAA/login"))

    def test_the_consent_page_names_what_is_asked_for(self):
        browser = self.browser()
        few = self.consent_page(browser, scope="openid email").response.text
        more = self.consent_page(browser, scope="openid email address phone").response.text
        self.assertGreater(len(re.findall(r"<li", more)), len(re.findall(r"<li", few)))

    def test_consent_is_remembered(self):
        browser = self.browser()
        self.other.journey(browser, self.user, prompt="consent", scope="openid email")
        landing = self.other.journey(self.browser(), self.user, scope="openid email")
        self.assertEqual(["login"], landing.shown)
        self.assertTrue(landing.is_back)

    def test_more_than_was_consented_to_is_asked(self):
        client = self.asking
        client.journey(self.browser(), self.user, scope="openid email")
        landing = client.journey(self.browser(), self.user, scope="openid email phone")
        self.assertEqual(["login", "consent"], landing.shown)

    def test_prompt_consent_asks_again(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        self.assertEqual(["consent"], self.site.journey(browser, self.user, prompt="consent").shown)

    def test_a_second_site_needs_no_second_login(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        landing = self.other.journey(browser, None)
        self.assertNotIn("login", landing.shown)
        self.assertTrue(landing.is_back)

    def test_who_stays_signed_in_needs_no_support(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        page = Page(Page(browser.get("/logout")).press(browser, "logout-cancel"))
        self.assertTrue(page.has("message"))
        self.assertNotIn(page.response.header("X-Request-Id"), page.response.text)

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.asking = cls.client("asking", "https://asking.example/cb")


class Languages(Story):
    def title(self, headers=None, **changes):
        browser = self.browser(headers=headers)
        page = self.site.journey(browser, None, **changes).page
        language = next(element for element in page.elements if element.tag == "html").attributes["lang"]
        return language, page.title

    def other_language(self):
        names = [name.split("-")[0] for name in self.server.metadata["ui_locales_supported"]]
        return next(name for name in names if name != "en")

    def test_each_language_that_is_told_has_its_pages(self):
        titles = {}
        for name in self.server.metadata["ui_locales_supported"]:
            language, titles[name] = self.title(ui_locales=name)
            self.assertEqual(name, language)
        self.assertEqual("cs de en es fr it ja nl pl pt".split(), sorted(titles))
        self.assertEqual(len(titles), len(set(titles.values())), titles)

    def test_a_region_finds_its_language(self):
        self.assertEqual("pt", self.title({"Accept-Language": "pt-BR,pt;q=0.9,en;q=0.5"})[0])

    def test_english_unless_asked(self):
        self.assertEqual("en", self.title()[0])

    def test_ui_locales_choose(self):
        second = self.other_language()
        language, title = self.title(ui_locales=f"xx {second}")
        self.assertEqual(second, language)
        self.assertNotEqual(self.title()[1], title)

    def test_accept_language_chooses(self):
        second = self.other_language()
        self.assertEqual(second, self.title({"Accept-Language": f"{second}-XX,{second};q=0.9,en;q=0.5"})[0])

    def test_ui_locales_win_over_accept_language(self):
        second = self.other_language()
        self.assertEqual("en", self.title({"Accept-Language": second}, ui_locales="en")[0])

    def test_languages_nobody_speaks_are_no_error(self):
        self.assertEqual("en", self.title({"Accept-Language": ";;;q=x,,*"}, ui_locales="q1 \\ 123456789")[0])


class RegisteredLinks(Story):
    """The login page shows logo, policy and terms of the client (Dynamic Registration section 2)."""

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        (cls.server.clients_dir / "linked.yaml").write_text("""
client_id: linked
client_name: Linked <b>site</b>
token_endpoint_auth_method: none
redirect_uris: [https://site.example/callback]
grant_types: [authorization_code]
scope: openid
logo_uri: https://linked.example/logo.png
policy_uri: https://linked.example/policy
tos_uri: https://linked.example/terms
""")
        cls.site = Site(cls.server, "linked")

    def test_logo_policy_and_terms_are_on_the_login_page(self):
        page = self.site.journey(self.browser(), None).page
        images = [element.attributes.get("src") for element in page.elements if element.tag == "img"]
        self.assertIn("https://linked.example/logo.png", images)
        self.assertIn("https://linked.example/policy", page.links)
        self.assertIn("https://linked.example/terms", page.links)
        self.assertIn("https://linked.example", page.response.header("Content-Security-Policy"))

    def test_the_name_is_text_and_never_markup(self):
        page = self.site.journey(self.browser(), None).page
        self.assertIn("Linked &lt;b&gt;site&lt;/b&gt;", page.response.text)


class OwnPages(Story):
    """What a designer gets wrong is told once, with its place, and the pages stay as they were."""

    LOGIN = (ROOT / "share/pages/login.html").read_text()
    LINE = LOGIN.count("\n") + 1
    # name: (file, text or None for a folder, what is told of it)
    MISTAKES = {
        "a language by its English name": ("locale/french.json", "{}", ": \"french\" is no language tag"),
        "a language with an underscore": ("locale/pt_BR.json", "{}", "rename it to pt-BR.json"),
        "a misspelt text": ("locale/en.json", '{\n  "login.heding": "Hi"\n}',
                            ':2:3: core: there is no text "login.heding"; did you mean "login.heading"?'),
        "a misspelt value in a text": ("locale/en.json", '{"login.lead": "to {client.nme}"}',
                                       'there is no value "client.nme"; did you mean "client.name"?'),
        "a part in itself": ("parts/emblem.html", "{{>emblem}}", ":1:1: core: the part contains itself"),
        "an open section": ("login.html", LOGIN + "{{#foo}}", f':{LINE}:1: core: Unclosed section "foo"'),
        "a folder": ("login.html", None, " is a folder, not a file"),
        "Latin-1": ("login.html", (LOGIN + "Gr\xfc\xdfe").encode("latin-1"), f":{LINE}:3: core: is not UTF-8"),
        "a misspelt value": ("login.html", LOGIN + "{{client.nme}}", 'did you mean "client.name"?'),
        "a misspelt page": ("logn.html", LOGIN, ': there is no such page; did you mean "login.html"?'),
    }

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.pages = cls.server.folder / "own-pages"
        (cls.pages / "locale").mkdir(parents=True)
        (cls.pages / "parts").mkdir()
        cls.server.config["oauth"]["pages_override_dir"] = str(cls.pages)
        cls.server.write_config()

    def make(self, name, text):
        file = self.pages / name
        if text is None:
            file.mkdir()
            self.addCleanup(file.rmdir)
            return file
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.addCleanup(file.unlink)
        return file

    def test_every_mistake_is_told_once_with_its_place(self):
        for name, (path, text, expected) in self.MISTAKES.items():
            with self.subTest(name):
                file = self.make(path, text)
                done = self.server.run("check", "--config", self.server.config_file)
                self.doCleanups()
                self.assertEqual(78, done.returncode, done)
                self.assertIn(f"{file}", done.stderr)
                self.assertIn(expected, done.stderr)
                self.assertIn("1 problem", done.stderr)

    def test_the_installed_pages_may_be_copied(self):
        for file in (ROOT / "share/pages").rglob("*.*"):
            self.make(file.relative_to(ROOT / "share/pages"), file.read_bytes())
        for file in (ROOT / "share/locale").iterdir():
            self.make(f"locale/{file.name}", file.read_bytes())
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(0, done.returncode, done)

    def test_a_reload_keeps_the_old_pages(self):
        self.make("login.html", self.LOGIN.replace("</form>", "</form><p id=\"own\">{{foo}}</p>", 1))
        before = self.server.reload()
        wait_until(lambda: 'there is no value \\"foo\\"' in self.server.log()[before:], 20, self.server.log)
        self.assertFalse(self.site.journey(self.browser(), None).page.has("own"))
