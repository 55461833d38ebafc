# SPDX-License-Identifier: Apache-2.0
"""People who are asked on another device than their client's (OpenID CIBA), and what strangers make of it."""
import re
import threading

from harness import example, jwt
from harness.ciba import ASK, GRANT, JOBS, PARTS, POLL, CibaStory, Receiver, wait_over
from harness.page import Page
from harness.registration import Registered, metadata, modules, register
from harness.server import MODULES, USES, CommandFailed
from harness.site import TOKEN
from harness.story import Story
from harness.web import at_once, wait_until

PING = "backchannel_token_delivery_mode=ping"


def pinged(address):
    return ("--member", PING, "--member", f"backchannel_client_notification_endpoint={address}")


class AskingPeople(CibaStory):
    modules = [*MODULES, {"use": "ciba", "most_of_person": 10_000}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.site = cls.client("site")
        cls.public = cls.asking("public", method="none")

    def test_the_answer_has_what_the_specification_says(self):
        response = self.ask()
        self.assertEqual(200, response.status, response)
        self.assertIn("no-store", response.header("Cache-Control"))
        asked = response.json()
        self.assertEqual({"auth_req_id", "expires_in", "interval"}, set(asked))
        self.assertRegex(asked["auth_req_id"], re.compile("^[A-Za-z0-9_-]{58}$"))
        self.assertEqual((300, 5), (asked["expires_in"], asked["interval"]))

    def test_discovery_names_it(self):
        told = self.server.metadata
        self.assertEqual(self.server.issuer + ASK, told["backchannel_authentication_endpoint"])
        self.assertEqual(["poll", "ping"], told["backchannel_token_delivery_modes_supported"])
        self.assertEqual(["PS256", "ES256", "EdDSA"],
                         told["backchannel_authentication_request_signing_alg_values_supported"])
        self.assertIs(False, told["backchannel_user_code_parameter_supported"])
        self.assertIn(GRANT, told["grant_types_supported"])

    def test_a_person_allows_it(self):
        asked = self.asked(binding_message="W4SCT")
        self.assertPoll("authorization_pending", asked)
        landing = self.decide()
        self.assertEqual(["consent"], landing.shown)
        self.assertEqual({"decision": "allow", "iss": self.server.issuer}, landing.params)
        self.assertIn("You allowed it", self.get(landing.response.location).text)
        tokens = self.first_tokens(asked)
        self.assertEqual("openid profile offline_access", tokens["scope"])
        claims = self.assertIdToken(tokens["id_token"], self.shop)
        self.assertEqual(self.server.command("user", "show", "ada")["sub"], claims["sub"])
        self.assertEqual("Ada King Lovelace", self.shop.userinfo(tokens["access_token"]).json()["name"])
        self.assertTokens(self.shop.refresh(tokens["refresh_token"]))
        self.assertTokenError(self.poll(asked), "invalid_grant")

    def test_the_page_shows_what_waits_and_the_next_one_what_it_is(self):
        self.asked(binding_message="W4SCT <b>")
        browser = self.signed_in()
        response = browser.get("/approvals")
        self.assertSafePage(response)
        text = Page(response).text_of("approvals")
        for words in ("The shop", "W4SCT <b>", "127.0.0.1", "See your profile"):
            self.assertIn(words, text)
        self.assertRegex(text, r"20\d\d-\d\d-\d\d \d\d:\d\d UTC")
        landing = self.decide(None, browser)
        self.assertSafePage(landing.response)
        notice = landing.page.text_of("approval-notice")
        for words in ("The shop", "W4SCT <b>", "127.0.0.1", "the same message"):
            self.assertIn(words, notice)

    def test_what_is_decided_waits_no_more(self):
        eve = self.person("eve")
        for decision in ("allow", "deny"):
            self.asked(login_hint="eve")
            browser = self.signed_in(eve)
            self.decide(decision, browser, eve)
            wait_until(lambda browser=browser: Page(browser.get("/approvals")).has("approvals-none"), 30, "still there")

    def test_who_denies_ends_it(self):
        asked = self.asked()
        landing = self.decide("deny")
        self.assertEqual("access_denied", landing.error)
        self.assertIn("Nothing was allowed", self.get(landing.response.location).text)
        wait_until(lambda: self.poll(asked).json()["error"] == "access_denied", 30, "not denied")

    def test_nobody_else_sees_it_or_decides(self):
        asked = self.asked()
        bobs = self.signed_in(self.bob)
        self.assertTrue(Page(bobs.get("/approvals")).has("approvals-none"))
        mine = self.signed_in()
        form = Page(mine.get("/approvals")).forms[0]
        number = form.buttons[0]["value"]
        self.assertEqual(403, bobs.post("/approvals", {"csrf": form.fields["csrf"], "request": number}).status)
        landing = self.desk.walk(bobs, bobs.get("/approvals/ask/" + number), self.bob)
        self.assertEqual("login_required", landing.error, landing)
        self.assertIn("somebody else", self.get(landing.response.location).text)
        stranger = self.browser()
        page = self.desk.walk(stranger, stranger.get("/approvals/ask/" + number)).page
        self.desk.walk(stranger, page.press(stranger, "login-cancel"))
        self.assertIn(self.poll(asked).json()["error"], ("authorization_pending", "slow_down"))
        self.decide(browser=mine)
        self.first_tokens(asked)

    def test_a_link_leads_through_the_login_to_one_request(self):
        asked = self.asked()
        number = Page(self.signed_in().get("/approvals")).forms[0].buttons[0]["value"]
        browser = self.browser()
        landing = self.desk.walk(browser, browser.get("/approvals/ask/" + number), self.user)
        self.assertEqual((["login", "consent"], "allow"), (landing.shown, landing.params["decision"]))
        self.first_tokens(asked)
        for wrong in ("x", number[:-2], "A" * 4000, "..%2f.."):
            self.assertIn(browser.get("/approvals/ask/" + wrong).status, (400, 404, 414), wrong)

    def test_who_is_not_signed_in_is_told_so(self):
        self.assertEqual(403, self.browser().get("/approvals").status)
        self.assertEqual(403, self.browser().post("/approvals", {"request": "x"}).status)

    def test_exactly_one_hint_is_needed(self):
        token = self.first_of_desk()["id_token"]
        for form in ({"login_hint": None}, {"id_token_hint": token}, {"login_hint_token": "x"},
                     {"login_hint": None, "login_hint_token": "x"}):
            self.assertAskRefused("invalid_request", self.ask(**form))

    def first_of_desk(self):
        return self.desk.tokens(self.browser(), self.user)

    def test_an_id_token_says_who_it_is_even_when_it_has_expired(self):
        first = self.asked()
        self.decide()
        token = self.first_tokens(first)["id_token"]
        again = self.asked(login_hint=None, id_token_hint=token)
        self.decide()
        self.first_tokens(again)

    def test_hints_that_name_nobody_are_refused_alike(self):
        foreign = self.first_of_desk()["id_token"]
        header, claims, signature = foreign.split(".")
        self.person("gone")
        self.server.command("user", "disable", "gone")
        told = set()
        for form in ({"login_hint": "nobody"}, {"login_hint": "gone"}, {"login_hint": "x" * 5000},
                     {"login_hint": None, "id_token_hint": foreign}, {"login_hint": None, "id_token_hint": "x"},
                     {"login_hint": None, "id_token_hint": f"{header}.{claims}.{signature[::-1]}"}):
            response = self.ask(self.other, **form)
            self.assertAskRefused("unknown_user_id", response)
            told.add(response.text)
        self.assertEqual(1, len(told), told)

    def test_binding_messages_are_short_and_can_be_seen(self):
        for good in ("1234", "Überweisung 42 €", "一二三"):
            self.asked(binding_message=good)
        for bad in ("x" * 101, "a\u202eb", "a\nb", "ö" * 200):
            self.assertAskRefused("invalid_binding_message", self.ask(binding_message=bad))

    def test_a_client_may_wish_for_less_time(self):
        self.assertEqual(30, self.asked(requested_expiry="30")["expires_in"])
        self.assertEqual(300, self.asked(requested_expiry="86400")["expires_in"])
        for bad in ("0", "-1", "x", "1.5", "9" * 30, " 5"):
            self.assertAskRefused("invalid_request", self.ask(requested_expiry=bad))

    def test_what_nobody_decides_expires(self):
        asked = self.asked(requested_expiry="1")
        browser = self.signed_in()
        page = self.open(browser)
        wait_over(asked)
        self.assertPoll("expired_token", asked)
        landing = self.desk.walk(browser, page, self.user)
        self.assertNotIn("decision", landing.params or {})
        self.assertPoll("expired_token", asked)

    def test_what_is_asked_for_is_checked_when_it_is_asked(self):
        for form, code in (({"scope": "profile"}, "invalid_scope"), ({"scope": None}, "invalid_scope"),
                           ({"resource": "not a uri"}, "invalid_target"),
                           ({"max_age": "-1"}, "invalid_request"), ({"request": "a.b.c"}, "invalid_request"),
                           ({"request_uri": "urn:x"}, "invalid_request")):
            self.assertAskRefused(code, self.ask(**form))

    def test_clients_that_may_not_are_refused(self):
        self.assertAskRefused("unauthorized_client", self.ask(self.site))
        self.assertAskRefused("unauthorized_client", self.ask(self.public))
        self.shop.secret, right = "wrong", self.shop.secret
        try:
            self.assertAskRefused("invalid_client", self.ask(), 401)
        finally:
            self.shop.secret = right

    def test_wrong_and_foreign_ids_are_refused(self):
        asked = self.asked()
        for text in ("x", "A" * 58, asked["auth_req_id"][:-1] + ("A" if asked["auth_req_id"][-1] != "A" else "B"), "x" * 5000):
            self.assertTokenError(self.poll({"auth_req_id": text}), "invalid_grant")
        self.assertTokenError(self.poll(asked, self.other), "invalid_grant")
        self.assertTokenError(self.poll({"auth_req_id": ""}), "invalid_request")
        self.decide()
        self.assertTokenError(self.poll(asked, self.other), "invalid_grant")
        self.first_tokens(asked)

    def test_who_asks_too_fast_is_told_to_slow_down_but_gets_its_tokens(self):
        asked = self.asked()
        self.assertPoll("authorization_pending", asked)
        self.assertPoll("slow_down", asked)
        self.decide()
        self.first_tokens(asked)

    def test_of_two_tabs_one_decides(self):
        asked = self.asked()
        browser = self.signed_in()
        first, second = (self.desk.walk(browser, self.open(browser), self.user, None).page for _ in range(2))
        self.assertEqual("allow", self.desk.walk(browser, first.press(browser, "consent-allow")).params["decision"])
        self.assertNotIn("decision", self.desk.walk(browser, second.press(browser, "consent-deny")).params or {})
        self.first_tokens(asked)

    def test_64_threads_polling_and_one_deciding_give_one_token_set(self):
        for _ in range(3):
            asked = self.asked()
            browser = self.signed_in()
            page = self.decide(None, browser).page

            def work(number, asked=asked, page=page, browser=browser):
                if number == 0:
                    page.press(browser, "consent-allow")
                    return []
                answers = []
                while not answers or answers[-1].json().get("error") in ("authorization_pending", "slow_down"):
                    answers.append(self.poll(asked))
                return answers
            answers = [answer for each in at_once(65, work) for answer in each]
            self.assertEqual(1, len([answer for answer in answers if answer.status == 200]))
            told = {answer.json()["error"] for answer in answers if answer.status != 200}
            self.assertLessEqual(told, {"authorization_pending", "slow_down", "invalid_grant"})

    def test_a_person_who_is_gone_gets_the_client_nothing(self):
        zoe = self.person("zoe")
        asked = self.asked(login_hint="zoe")
        self.decide(user=zoe)
        self.server.command("user", "disable", "zoe")
        wait_until(lambda: self.poll(asked).json()["error"] == "invalid_grant", 30, "not refused")

    def test_doubled_malformed_and_long_requests_are_refused(self):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        for body, headers in (("client_id=shop&scope=openid&scope=openid", form), ("%zz", form), ("", form),
                              ('{"client_id":"shop"}', {"Content-Type": "application/json"}),
                              ("client_id=shop&scope=" + "openid+" * 20_000, form)):
            self.assertIn(self.browser().post(ASK, body=body, headers=headers).status, (400, 401, 413, 415), body[:50])


class Example(CibaStory):
    """The configuration among the examples."""

    @classmethod
    def furnish(cls):
        example.use(cls.server, example.EXAMPLES / "ciba.yaml")
        super().furnish()

    def test_a_person_allows_it(self):
        asked = self.asked()
        self.decide()
        self.assertTokens(self.shop.refresh(self.first_tokens(asked)["refresh_token"]))


class Registering(CibaStory):
    modules = [*modules(access="open", grants=["authorization_code", GRANT]), "ciba"]

    def test_a_client_registers_itself_and_asks(self):
        said = metadata(grant_types=["authorization_code", GRANT], scope="openid profile offline_access")
        response = register(self.browser(), said)
        self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]))
        response = register(self.browser(), {**said, "backchannel_token_delivery_mode": "poll"})
        self.assertEqual(201, response.status, response)
        self.assertEqual("poll", response.json()["backchannel_token_delivery_mode"])
        site = Registered(self.server, response.json()).site()
        asked = self.asked(site, scope="openid")
        self.decide()
        self.first_tokens(asked, site)


class Limits(CibaStory):
    modules = [*MODULES, {"use": "ciba", "most_of_person": 3, "most_unknown": 2, "most_of_client": 8}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.third = cls.asking("third")
        cls.fourth = cls.asking("fourth")
        cls.person("eve")

    def test_nobody_is_flooded_and_nobody_tries_all_names(self):
        for _ in range(3):
            self.asked()
        for site in (self.shop, self.other):
            response = self.ask(site)
            self.assertEqual((429, "slow_down"), (response.status, response.json()["error"]))
            self.assertTrue(response.header("Retry-After"))
        self.asked(self.other, login_hint="bob")
        for _ in range(2):
            self.assertAskRefused("unknown_user_id", self.ask(self.third, login_hint="nobody"))
        self.assertEqual(429, self.ask(self.third, login_hint="nobody").status)
        # Who tries names does not learn whose there are by trying on.
        self.assertEqual(429, self.ask(self.third, login_hint="bob").status)
        for _ in range(5):
            self.ask(self.other, login_hint="bob")
        self.assertEqual(429, self.ask(self.other, login_hint="bob").status)

    def test_a_request_that_is_refused_asks_nobody_and_tells_of_nobody(self):
        for hint in ("eve", "nobody"):
            for _ in range(4):
                self.assertAskRefused("invalid_target", self.ask(self.fourth, login_hint=hint, resource="not a uri"))
        self.asked(self.other, login_hint="eve")


class Pairwise(CibaStory):
    plugins = [*USES, *PARTS, "client_metadata_rule.pairwise"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.apart = cls.asking("apart", options=("--redirect-uri", "https://apart.example/callback",
                                                 "--subject-type", "pairwise"))

    def test_who_is_asked_decides_whatever_the_client_calls_them(self):
        asked = self.asked(self.apart)
        bobs = self.signed_in(self.bob)
        mine = self.signed_in()
        number = Page(mine.get("/approvals")).forms[0].buttons[0]["value"]
        self.assertEqual("login_required", self.desk.walk(bobs, bobs.get("/approvals/ask/" + number), self.bob).error)
        self.decide(browser=mine)
        claims = jwt.claims_of(self.first_tokens(asked, self.apart)["id_token"])
        self.assertNotEqual(self.server.command("user", "show", "ada")["sub"], claims["sub"])


class Pings(CibaStory):
    modules = [*MODULES, {"use": "ciba", "most_of_person": 10_000}]

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver().open()
        cls.addClassCleanup(cls.receiver.close)
        cls.settings = {"jobs": JOBS, "outgoing": {"allow": [cls.receiver.origin], "pause": "200ms"}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop = cls.asking("bell", pinged(cls.receiver.origin + "/bell"))

    def setUp(self):
        self.receiver.got.clear()
        self.receiver.answer = lambda body: (204, None)
        self.receiver.headers = {}

    def rung(self, token="ping-token-of-128-bits", **form):
        return self.asked(client_notification_token=token, **form)

    def await_pings(self, count):
        wait_until(lambda: len(self.receiver.got) >= count, 20, lambda: f"{self.receiver.got}\n{self.server.log()[-2000:]}")

    def settle(self):
        """Until no job is left to do."""
        wait_until(lambda: self.server.command("jobs", "list") == [], 20, self.server.log)

    def test_a_client_is_told_once_that_somebody_decided(self):
        for decision in ("allow", "deny"):
            self.receiver.got.clear()
            asked = self.rung()
            self.assertEqual([], self.receiver.got)
            self.decide(decision)
            self.settle()
            [(path, fields, body)] = self.receiver.got
            self.assertEqual(("/bell", {"auth_req_id": asked["auth_req_id"]}), (path, body))
            self.assertEqual("Bearer ping-token-of-128-bits", fields["Authorization"])
            self.assertEqual("application/json", fields["Content-Type"])
            if decision == "allow":
                self.first_tokens(asked)
            else:
                wait_until(lambda asked=asked: self.poll(asked).json()["error"] == "access_denied", 30, "not denied")

    def test_a_refusal_is_the_last_word_and_tokens_are_there_all_the_same(self):
        for status, said in ((200, {"thanks": 1}), (401, {"error": "x"}), (403, None), (404, None), (301, None), (429, None)):
            self.receiver.got.clear()
            self.receiver.answer = lambda body, status=status, said=said: (status, said)
            self.receiver.headers = {"Location": self.receiver.origin + "/elsewhere"} if status == 301 else {}
            asked = self.rung()
            self.decide()
            self.settle()
            self.assertEqual(["/bell"], [path for path, _, _ in self.receiver.got], status)
            self.first_tokens(asked)

    def test_a_client_that_is_away_is_told_later(self):
        answers = iter([(503, None), (500, None)])
        self.receiver.answer = lambda body: next(answers, (204, None))
        asked = self.rung()
        self.decide()
        self.await_pings(3)
        self.settle()
        self.assertEqual([asked["auth_req_id"]] * 3, [body["auth_req_id"] for body in self.receiver.bodies()])
        self.first_tokens(asked)

    def test_a_ping_that_fails_holds_up_no_other(self):
        bad = self.rung()
        self.receiver.answer = lambda body: (503 if body["auth_req_id"] == bad["auth_req_id"] else 204, None)
        self.decide()
        self.await_pings(2)
        good = self.rung()
        self.decide("deny")
        wait_until(lambda: good["auth_req_id"] in [body["auth_req_id"] for body in self.receiver.bodies()], 20, self.server.log)
        self.assertTrue(Page(self.signed_in().get("/approvals")).has("approvals-none"))
        self.receiver.answer = lambda body: (204, None)
        self.settle()

    def test_a_server_that_is_killed_tells_it_when_it_is_back(self):
        self.receiver.answer = lambda body: (503, None)
        asked = self.rung()
        self.decide()
        self.await_pings(1)
        self.server.kill()
        self.receiver.got.clear()
        self.receiver.answer = lambda body: (204, None)
        self.server.launch()
        self.await_pings(1)
        self.assertEqual(asked["auth_req_id"], self.receiver.bodies()[0]["auth_req_id"])
        self.first_tokens(asked)

    def test_a_notification_token_is_needed_and_is_one(self):
        for bad in (None, "", "with blank", "ü", "a=b", "=", "x\r\nX-Injected: 1", "x" * 1025):
            self.assertAskRefused("invalid_request", self.ask(client_notification_token=bad))

    def test_neither_secret_lies_in_the_storage(self):
        asked = self.rung("not-to-be-found-anywhere")
        self.decide()
        self.settle()
        for file in self.server.folder.rglob("*"):
            if file.is_file():
                held = file.read_bytes()
                self.assertNotIn(b"not-to-be-found-anywhere", held, file)
                self.assertNotIn(asked["auth_req_id"].encode(), held, file)

    def test_clients_are_registered_as_the_specification_says(self):
        for members, word in (((), "backchannel_token_delivery_mode"),
                              (("--member", "backchannel_token_delivery_mode=push"), "must be one of"),
                              (("--member", PING), "backchannel_client_notification_endpoint"),
                              ((*POLL, "--member", "backchannel_user_code_parameter=true"), "must be false"),
                              ((*POLL, "--member", "backchannel_authentication_request_signing_alg=ES256"), "jwks"),
                              ((*POLL, "--member", "backchannel_authentication_request_signing_alg=none"), "must be one of"),
                              (pinged("ftp://x"), "https")):
            with self.assertRaises(CommandFailed) as failed:
                self.server.command("client", "add", "--id", "wrong", "--grant", GRANT, *members)
            self.assertIn(word, str(failed.exception), members)


class Hook(CibaStory):
    """A service of the operator's decides."""

    plugins = [*USES, *PARTS]
    modules = [*MODULES, {"use": "ciba", "most_of_person": 10_000, "interval": "1s"}]

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver().open()
        cls.addClassCleanup(cls.receiver.close)
        cls.settings = {"jobs": JOBS, "outgoing": {"allow": [cls.receiver.origin], "pause": "200ms"}}
        cls.plugins = [*cls.plugins, {"use": "approver.http", "url": cls.receiver.origin + "/ask", "secret": "s" * 24}]
        super().setUpClass()

    def setUp(self):
        self.receiver.got.clear()
        self.receiver.answer = lambda body: (200, {"decision": "pending"})

    def tearDown(self):
        self.receiver.answer = lambda body: (200, {"decision": "deny"})
        wait_until(lambda: self.server.command("jobs", "list") == [], 30, self.server.log)

    def await_asked(self, count=1):
        wait_until(lambda: len(self.receiver.got) >= count, 20, lambda: f"{self.receiver.got}\n{self.server.log()[-2000:]}")

    def test_it_allows(self):
        self.receiver.answer = lambda body: (200, {"decision": "allow", "amr": ["face", "hwk"]})
        asked = self.asked(binding_message="W4SCT")
        tokens = self.first_tokens(asked)
        claims = self.assertIdToken(tokens["id_token"], self.shop)
        person = self.server.command("user", "show", "ada")
        self.assertEqual((person["sub"], ["face", "hwk"], "urn:gatehouse:acr:two-factors"),
                         (claims["sub"], claims["amr"], claims["acr"]))
        self.assertTokens(self.shop.refresh(tokens["refresh_token"]))
        path, fields, body = self.receiver.got[0]
        self.assertEqual(("/ask", "Bearer " + "s" * 24), (path, fields["Authorization"]))
        self.assertEqual({"id", "client_id", "client_name", "sub", "user_store", "user_id", "scopes", "resources", "shown",
                          "url", "expires"}, set(body))
        self.assertEqual(("shop", person["sub"], "W4SCT", ["openid", "profile", "offline_access"]),
                         (body["client_id"], body["sub"], body["shown"]["binding_message"], body["scopes"]))
        self.assertTokenError(self.poll(asked), "invalid_grant")

    def test_it_denies(self):
        self.receiver.answer = lambda body: (200, {"decision": "deny"})
        asked = self.asked()
        wait_until(lambda: self.poll(asked).json()["error"] == "access_denied", 30, "not denied")

    def test_it_may_take_its_time(self):
        asked = self.asked()
        self.await_asked(2)
        self.assertEqual(1, len({body["id"] for body in self.receiver.bodies()}))
        self.receiver.answer = lambda body: (200, {"decision": "allow"})
        self.first_tokens(asked)

    def test_the_link_that_it_hears_of_leads_the_person_to_the_page(self):
        asked = self.asked()
        self.await_asked()
        browser = self.browser()
        landing = self.desk.walk(browser, browser.get(self.receiver.bodies()[0]["url"]), self.user)
        self.assertEqual("allow", landing.params["decision"])
        self.first_tokens(asked)

    def test_what_it_should_not_say_decides_nothing(self):
        for answer in ((200, {"decision": "Allow"}), (200, {"decision": ["allow"]}), (200, b"allow"), (200, {}), (200, None),
                       (200, {"decision": "allow", "sub": "bob"}), (200, {"decision": "deny", "amr": ["pwd"]}),
                       (200, {"decision": "allow", "amr": "pwd"}), (200, {"decision": "allow", "amr": [""]}),
                       (200, b"[" * 10_000), (200, b"x" * 100_000), (201, {"decision": "allow"}), (302, {"decision": "allow"}),
                       (403, {"decision": "allow"}), (500, {"decision": "allow"})):
            self.receiver.got.clear()
            self.receiver.answer = lambda body, answer=answer: answer
            asked = self.asked()
            self.await_asked(2)
            self.assertIn(self.poll(asked).json()["error"], ("authorization_pending", "slow_down"), answer)
            self.tearDown()

    def test_a_server_that_is_killed_asks_again(self):
        self.receiver.answer = lambda body: (503, None)
        asked = self.asked()
        self.await_asked()
        self.server.kill()
        self.receiver.answer = lambda body: (200, {"decision": "allow"})
        self.server.launch()
        self.first_tokens(asked)

    def test_page_and_hook_at_once_one_of_them_decides(self):
        for _ in range(5):
            gate = threading.Event()

            def answer(body, gate=gate):
                gate.wait(2)
                return 200, {"decision": "deny"}
            self.receiver.answer = answer
            asked = self.asked()
            browser = self.signed_in()
            page = self.decide(None, browser).page
            landings = []

            def press(page=page, browser=browser, landings=landings):
                landings.append(self.desk.walk(browser, page.press(browser, "consent-allow")))
            pressing = threading.Thread(target=press)
            pressing.start()
            gate.set()
            pressing.join()
            is_allowed = "decision" in landings[0].params
            wait_until(lambda asked=asked: self.poll(asked).json().get("error") not in ("authorization_pending", "slow_down"),
                       10, "not decided")
            told = self.poll(asked).json().get("error")
            self.assertEqual("invalid_grant" if is_allowed else "access_denied", told, landings)

    def test_who_decided_is_on_the_audit_trail(self):
        self.receiver.answer = lambda body: (200, {"decision": "allow"})
        self.first_tokens(self.asked())
        wait_until(lambda: "approver.http" in self.server.log(), 30, "not told")


class Loading(Story):
    """The grant's line decides whether there is any of it."""
    modules = [*MODULES, "ciba"]
    plugins = [*USES, "client_metadata_rule.ciba"]

    def test_taking_the_line_away_and_adding_it_needs_no_restart(self):
        self.assertNot()
        for uses, check in (([*self.plugins, "grant.ciba"], self.assertThere), (self.plugins, self.assertNot)):
            self.server.config["plugins"] = [{"use": use} for use in uses]
            self.server.write_config()
            self.server.reload()
            check()

    def seen(self):
        document = self.get("/.well-known/openid-configuration").json()
        token = self.site.call(TOKEN, {"grant_type": GRANT, "auth_req_id": "x"}).json()["error"]
        return ("backchannel_authentication_endpoint" in document, GRANT in document["grant_types_supported"], token,
                self.get("/approvals").status, self.site.call(ASK, {}).status)

    def assertNot(self):
        wait_until(lambda: self.seen() == (False, False, "unsupported_grant_type", 404, 404), 20, lambda: self.seen())

    def assertThere(self):
        wait_until(lambda: self.seen() == (True, True, "unauthorized_client", 403, 400), 20, lambda: self.seen())
