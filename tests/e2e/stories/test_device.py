# SPDX-License-Identifier: Apache-2.0
"""Devices whose person signs in elsewhere (RFC 8628), and what strangers make of it."""
import re
from xml.etree import ElementTree

from harness import example, jwt
from harness.device import ASK, GRANT, DeviceStory
from harness.page import Page
from harness.server import MODULES, USES
from harness.site import TOKEN
from harness.story import Story
from harness.web import at_once, wait_until

CODE = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}")
SHOP = "https://shop.example/api"


class Devices(DeviceStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.box = cls.device("box", method="client_secret_basic")
        cls.site = cls.client("site")
        cls.bob = cls.person("bob")

    def test_the_answer_has_what_rfc_8628_says(self):
        response = self.ask()
        self.assertEqual(200, response.status, response)
        self.assertIn("no-store", response.header("Cache-Control"))
        codes = response.json()
        self.assertEqual({"device_code", "user_code", "verification_uri", "verification_uri_complete", "expires_in",
                          "interval"}, set(codes))
        self.assertRegex(codes["user_code"], CODE)
        self.assertEqual(58, len(codes["device_code"]))
        self.assertEqual((600, 5), (codes["expires_in"], codes["interval"]))
        self.assertEqual(self.server.issuer + "/device", codes["verification_uri"])
        self.assertEqual(codes["verification_uri"] + "?user_code=" + codes["user_code"], codes["verification_uri_complete"])

    def test_a_person_signs_a_device_in(self):
        codes = self.codes()
        self.assertPoll("authorization_pending", codes)
        landing = self.decide(codes)
        self.assertEqual(["login", "consent"], landing.shown)
        self.assertEqual({"decision": "allow", "iss": self.server.issuer}, landing.params)
        self.assertIn("Your device is connected", self.get(landing.response.location).text)
        tokens = self.first_tokens(codes)
        self.assertEqual("openid profile offline_access", tokens["scope"])
        self.assertIdToken(tokens["id_token"], self.tv)
        self.assertEqual("Ada King Lovelace", self.tv.userinfo(tokens["access_token"]).json()["name"])
        self.assertTokens(self.tv.refresh(tokens["refresh_token"]))

    def test_a_client_with_a_secret_proves_itself_at_both_places(self):
        codes = self.codes(self.box)
        self.decide(codes)
        self.first_tokens(codes, self.box)
        self.box.secret, right = "wrong", self.box.secret
        try:
            self.assertEqual(401, self.ask(self.box).status)
            self.assertEqual(401, self.poll(codes, self.box).status)
        finally:
            self.box.secret = right

    def test_who_is_signed_in_is_asked_once_more_each_time(self):
        browser = self.browser()
        for shown in (["login", "consent"], ["consent"], ["consent"]):
            codes = self.codes()
            self.assertEqual(shown, self.decide(codes, browser=browser).shown)
            self.first_tokens(codes)

    def test_the_page_shows_the_device_and_warns(self):
        codes = self.codes()
        landing = self.decide(codes, decision=None)
        self.assertEqual("127.0.0.1", landing.page.text_of("device-address"))
        notice = landing.page.text_of("device-notice")
        self.assertIn("The tv", notice)
        self.assertIn("If somebody sent you the code or this link", notice)
        self.assertRegex(notice, r"20\d\d-\d\d-\d\d \d\d:\d\d UTC")
        self.assertSafePage(landing.response)

    def test_a_link_with_the_code_is_typed_already_but_not_sent(self):
        codes = self.codes()
        browser = self.browser()
        page = browser.get(codes["verification_uri_complete"])
        self.assertSafePage(page)
        self.assertIn("exactly this code", page.text)
        self.assertIn(f'value="{codes["user_code"]}"', page.text)
        landing = self.tv.walk(browser, Page(page).press(browser, "device-submit"), self.user)
        self.assertEqual("allow", landing.params["decision"])
        self.first_tokens(codes)

    def test_codes_are_read_however_they_are_typed(self):
        for change in (str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " "),
                       lambda code: " " + "-".join(code.lower()) + " "):
            codes = self.codes()
            browser = self.browser()
            self.assertEqual(["login"], self.tv.walk(browser, self.type(browser, change(codes["user_code"]))).shown)

    def test_who_denies_ends_it(self):
        codes = self.codes()
        landing = self.decide(codes, "deny")
        self.assertEqual("access_denied", landing.error)
        self.assertIn("was not connected", self.get(landing.response.location).text)
        wait_until(lambda: self.poll(codes).json()["error"] == "access_denied", 30, "not denied")
        self.assertPoll("access_denied", codes)

    def test_who_cancels_the_login_ends_it(self):
        codes = self.codes()
        browser = self.browser()
        page = self.tv.walk(browser, self.type(browser, codes["user_code"])).page
        self.assertEqual("access_denied", self.tv.walk(browser, page.press(browser, "login-cancel")).error)
        wait_until(lambda: self.poll(codes).json()["error"] == "access_denied", 30, "not denied")

    def test_a_code_is_good_once(self):
        codes = self.codes()
        self.decide(codes)
        self.first_tokens(codes)
        self.assertTokenError(self.poll(codes), "invalid_grant")

    def test_wrong_and_foreign_device_codes_are_refused(self):
        codes = self.codes()
        for text in ("x", "A" * 58, codes["device_code"][:-1] + ("A" if codes["device_code"][-1] != "A" else "B"),
                     codes["user_code"], "x" * 5000):
            self.assertTokenError(self.poll({"device_code": text}), "invalid_grant")
        self.assertTokenError(self.poll(codes, self.other), "invalid_grant")
        self.assertTokenError(self.poll({"device_code": ""}), "invalid_request")
        self.decide(codes)
        self.assertTokenError(self.poll(codes, self.other), "invalid_grant")
        self.first_tokens(codes)

    def test_codes_of_other_kinds_do_not_open(self):
        code = self.site.journey(self.browser(), self.user).code
        self.assertTokenError(self.poll({"device_code": code}), "invalid_grant")
        self.assertTokenError(self.tv.call(TOKEN, {"grant_type": "refresh_token",
                                                   "refresh_token": self.codes()["device_code"]}), "invalid_grant")

    def test_a_client_that_may_not_is_refused(self):
        response = self.ask(self.site)
        self.assertEqual((400, "unauthorized_client"), (response.status, response.json()["error"]))

    def test_who_asks_too_fast_is_told_to_slow_down_but_gets_its_tokens(self):
        codes = self.codes()
        self.assertPoll("authorization_pending", codes)
        self.assertPoll("slow_down", codes)
        self.assertPoll("slow_down", codes)
        self.decide(codes)
        self.first_tokens(codes)

    def test_of_two_tabs_one_decides(self):
        codes = self.codes()
        browser = self.browser()
        first, second = (self.tv.walk(browser, self.type(browser, codes["user_code"]), self.user, None).page
                         for _ in range(2))
        self.assertEqual("allow", self.tv.walk(browser, first.press(browser, "consent-allow")).params["decision"])
        landing = self.tv.walk(browser, second.press(browser, "consent-deny"))
        self.assertNotIn("decision", landing.params or {})
        tokens = self.first_tokens(codes)
        self.assertEqual(200, self.tv.userinfo(tokens["access_token"]).status)

    def test_a_button_that_is_pressed_twice_is_answered_twice(self):
        browser = self.browser()
        page = self.decide(self.codes(), None, browser).page
        answers = at_once(4, lambda _: page.press(browser, "consent-allow"))
        self.assertEqual({"allow"}, {answer.params.get("decision") for answer in answers}, answers)

    def test_two_people_at_once_one_of_them_is_it(self):
        codes = self.codes()
        pages = []
        for person in (self.user, self.bob):
            browser = self.browser()
            pages.append((browser, self.decide(codes, None, browser, person).page))
        at_once(2, lambda number: pages[number][1].press(pages[number][0], "consent-allow"))
        claims = jwt.claims_of(self.first_tokens(codes)["id_token"])
        self.assertIn(claims["sub"], [self.server.command("user", "show", login)["sub"] for login in ("ada", "bob")])
        self.assertTokenError(self.poll(codes), "invalid_grant")

    def test_64_threads_polling_and_one_deciding_give_one_token_set(self):
        for _ in range(3):
            codes = self.codes()
            browser = self.browser()
            page = self.decide(codes, None, browser).page
            decided = []

            def work(number, codes=codes, page=page, browser=browser, decided=decided):
                if number == 0:
                    decided.append(page.press(browser, "consent-allow"))
                    return []
                answers = []
                while not answers or answers[-1].json().get("error") in ("authorization_pending", "slow_down"):
                    answers.append(self.poll(codes))
                return answers
            answers = [answer for each in at_once(65, work) for answer in each]
            self.assertEqual(1, len([answer for answer in answers if answer.status == 200]))
            told = {answer.json()["error"] for answer in answers if answer.status != 200}
            self.assertLessEqual(told, {"authorization_pending", "slow_down", "invalid_grant"})

    def test_a_person_who_is_gone_gets_the_device_nothing(self):
        eve = self.person("eve")
        codes = self.codes()
        self.decide(codes, user=eve)
        self.server.command("user", "disable", "eve")
        wait_until(lambda: self.poll(codes).json()["error"] == "invalid_grant", 30, "not refused")

    def test_what_is_asked_for_is_checked_when_it_is_asked(self):
        for form, code in (({"scope": "unknown"}, "invalid_scope"), ({"scope": 'a"b'}, "invalid_scope"),
                           ({"resource": "not a uri"}, "invalid_target"), ({"max_age": "-1"}, "invalid_request"),
                           ({"claims": "{"}, "invalid_request"),
                           ({"request_uri": "urn:x"}, "invalid_request"),
                           ({"request": "a.b.c"}, "request_not_supported")):
            response = self.ask(**form)
            self.assertEqual((400, code), (response.status, response.json().get("error")), response)
        other = self.box.call(ASK, {"client_id": "tv"})
        self.assertEqual((401, "invalid_client"), (other.status, other.json()["error"]), other)

    def test_doubled_malformed_and_long_requests_are_refused(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for body, headers in (("client_id=tv&scope=openid&scope=openid", form), ("client_id=tv&client_id=tv", form),
                              ("%zz", form), ('{"client_id":"tv"}', {"Content-Type": "application/json"}),
                              ("client_id=tv&scope=" + "openid+" * 20_000, form), ("", form)):
            response = self.browser().post(ASK, body=body, headers=headers)
            self.assertIn(response.status, (400, 401, 413, 415), response)
        self.assertEqual(405, self.get(ASK).status)
        self.assertEqual(405, self.browser().request("HEAD", ASK).status)

    def test_the_page_takes_no_form_of_another_site(self):
        codes = self.codes()
        browser = self.browser()
        browser.get("/device")
        for form in ({"user_code": codes["user_code"]}, {"user_code": codes["user_code"], "csrf": "x"}):
            self.assertEqual(403, browser.post("/device", form).status)
        other = Page(self.get("/device")).forms[0].fields["csrf"]
        self.assertEqual(403, browser.post("/device", {"user_code": codes["user_code"], "csrf": other}).status)
        self.assertPoll("authorization_pending", codes)

    def test_nobody_but_the_browser_that_was_asked_can_allow(self):
        codes = self.codes()
        browser = self.browser()
        page = self.decide(codes, None, browser).page
        stranger = self.browser()
        self.assertEqual(403, page.press(stranger, "consent-allow").status)
        self.assertPoll("authorization_pending", codes)

    def test_odd_queries_of_the_page_show_the_empty_page(self):
        for query in ("user_code=%3Cscript%3E", "user_code=" + "B" * 3000, "user_code=BCDF-GHJK&user_code=BCDF-GHJL",
                      "%zz", "user_code=", "user_code=AEIO-UAEI"):
            response = self.get("/device?" + query)
            self.assertIn(response.status, (200, 400), response)
            self.assertNotIn("<script>", response.text)
            self.assertSafePage(response)
        self.assertEqual(200, self.browser().request("HEAD", "/device").status)

    def test_the_picture_is_of_the_link(self):
        codes = self.codes()
        response = self.get("/device/qr", user_code=codes["user_code"].lower())
        self.assertEqual((200, "image/svg+xml"), (response.status, response.media_type))
        self.assertIn("default-src 'none'", response.header("Content-Security-Policy"))
        self.assertEqual("nosniff", response.header("X-Content-Type-Options"))
        self.assertTrue(ElementTree.fromstring(response.text).tag.endswith("svg"))
        for text in ("", "x", "<svg/>", "B" * 5000):
            self.assertEqual(400, self.get("/device/qr", user_code=text).status)

    def test_what_is_stored_opens_nothing(self):
        codes = self.codes()
        stored = self.server.stored()
        for text in (codes["device_code"], codes["user_code"], codes["user_code"].replace("-", "")):
            self.assertNotIn(text.encode(), stored)


class Resources(DeviceStory):
    """For what the tokens are good."""

    settings = {"oauth": {"unregistered_resources": "allow"}}

    def test_the_tokens_are_for_the_resource(self):
        codes = self.codes(scope="openid", resource=SHOP)
        self.decide(codes)
        self.assertEqual(SHOP, jwt.claims_of(self.first_tokens(codes)["access_token"])["aud"])


class Example(DeviceStory):
    """The configuration among the examples."""

    @classmethod
    def furnish(cls):
        example.use(cls.server, example.EXAMPLES / "devices.yaml")
        super().furnish()

    def test_a_person_signs_a_device_in(self):
        codes = self.codes()
        self.decide(codes)
        self.assertTokens(self.tv.refresh(self.first_tokens(codes)["refresh_token"]))


class ShortCodes(DeviceStory):
    """Codes that expire while somebody waits."""
    modules = [*MODULES, {"use": "device", "expires_in": "30s", "interval": "1s"}]

    def test_an_expired_code_says_so(self):
        codes = self.codes()
        self.assertEqual((30, 1), (codes["expires_in"], codes["interval"]))
        browser = self.browser()
        page = self.decide(codes, None, browser).page
        wait_until(lambda: self.poll(codes).json()["error"] == "expired_token", 60, "it does not expire")
        landing = self.tv.walk(browser, page.press(browser, "consent-allow"))
        self.assertIsNone(landing.params)
        self.assertEqual(400, landing.response.status)
        self.assertIn("no such code", self.type(browser, codes["user_code"]).text)
        self.assertPoll("expired_token", codes)


class Guessing(DeviceStory):
    modules = [*MODULES, {"use": "device", "most_wrong_codes": 40, "most_pending": 3}]

    def guess(self, browser, code):
        return self.type(browser, code).status

    def test_1_an_address_types_thirty_in_five_minutes(self):
        browser = self.browser(source="127.0.0.2")
        answers = [self.guess(browser, "BCDF-GHJK") for _ in range(32)]
        self.assertEqual([400] * 30 + [429] * 2, answers)
        right = self.codes()["user_code"]
        self.assertEqual(429, self.guess(browser, right))
        elsewhere = self.browser(source="127.0.0.3")
        self.assertEqual(["login"], self.tv.walk(elsewhere, self.type(elsewhere, right)).shown)

    def test_2_a_thousand_guesses_from_everywhere_are_stopped(self):
        answers = [self.guess(self.browser(source=f"127.0.{number // 200 + 1}.{number % 200 + 10}"), "BCDF-GHJK")
                   for number in range(1000)]
        self.assertLessEqual(answers.count(400), 11)
        self.assertEqual({400, 429}, set(answers))

    def test_3_codes_that_wait_are_few(self):
        device = self.other
        answers = [self.ask(device).status for _ in range(5)]
        self.assertEqual([200, 200, 200, 429, 429], answers)


class Loading(Story):
    """The grant's line decides whether there is any of it."""
    modules = [*MODULES, "device"]

    def test_taking_the_line_away_and_adding_it_needs_no_restart(self):
        self.assertNot()
        for uses, check in (([*USES, "grant.device_code"], self.assertThere), (USES, self.assertNot)):
            self.server.config["plugins"] = [{"use": use} for use in uses]
            self.server.write_config()
            before = self.server.reload()
            wait_until(lambda before=before: "reload" in self.server.log()[before:].lower(), 20, "not reloaded")
            check()

    def seen(self):
        document = self.get("/.well-known/openid-configuration").json()
        token = self.site.call(TOKEN, {"grant_type": GRANT, "device_code": "x"}).json()["error"]
        return ("device_authorization_endpoint" in document, GRANT in document["grant_types_supported"], token,
                self.get("/device").status, self.site.call(ASK, {}).status)

    def assertNot(self):
        wait_until(lambda: self.seen() == (False, False, "unsupported_grant_type", 404, 404), 20, lambda: self.seen())

    def assertThere(self):
        wait_until(lambda: self.seen() == (True, True, "unauthorized_client", 200, 400), 20, lambda: self.seen())
