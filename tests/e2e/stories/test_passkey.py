# SPDX-License-Identifier: Apache-2.0
"""Passkeys (WebAuthn level 3), by a software authenticator."""
import json
import re

from harness import jwt
from harness.authenticator import BACKED_UP, ELIGIBLE, PRESENT, VERIFIED, Authenticator, cbor
from harness.page import Page
from harness.server import USES
from harness.story import Story
from harness.totp import App
from harness.two_nodes import TwoNodes
from harness.web import at_once, wait_until
from harness.word_card import TWO, WANTS_TWO

PASSKEY = "login_step.passkey"
FIRST = [{"any_of": ["passkey", "password"]}, {"offer": "passkey"}]


class PasskeyStory(Story):
    plan = FIRST
    step = {}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["plugins"].append({"use": PASSKEY, **cls.step})
        cls.server.config["login"] = cls.plan
        cls.server.write_config()

    def first_page(self, browser=None, **changes):
        browser = browser or self.browser()
        return browser, self.site.journey(browser, **changes).page

    def page_after_password(self, person, browser=None):
        """By the other way, with the name typed where the passkey is asked for first."""
        browser, page = self.first_page(browser)
        if page.has("passkey-form"):
            page = Page(self.go(browser, self.submit(browser, page, username=person.login, other_way="password")))
            self.assertEqual(person.login, page.form("login-form").fields["username"])
        response = page.press(browser, "login-submit", username=person.login, password=person.password)
        return browser, self.site.walk(browser, response).page

    @staticmethod
    def go(browser, response):
        return browser.get(response.location) if response.status == 303 else response

    @staticmethod
    def submit(browser, page, **fields):
        """As the script does, or a button with a name."""
        form = page.form("passkey-form")
        return browser.post(form.action, {**form.fields, **fields})

    def authenticator(self, **options):
        return Authenticator(self.server.issuer, **options)

    def enrol(self, person, name="My phone", **options):
        device = self.authenticator(**options)
        browser, page = self.page_after_password(person)
        landing = self.site.walk(browser, self.submit(browser, page, name=name, **device.create(page)))
        self.assertTrue(landing.code, landing)
        return device

    def sign_in(self, device, browser=None, passkey=None, **changes):
        browser, page = self.first_page(browser)
        return self.site.walk(browser, self.submit(browser, page, **device.get(page, passkey, **changes)))

    def assertRefused(self, landing, why=None):
        self.assertFalse(landing.is_back, landing)
        self.assertIn("could not be used", landing.page.text_of("passkey-message"))
        if why:
            told = re.findall("passkey refused: [^\"]*", self.server.settled_log())
            self.assertIn(f"passkey refused: {why}", told[-1])

    def id_token(self, landing):
        return jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])

    def passkeys(self, login):
        return self.server.command("passkey", "list", login)


class First(PasskeyStory):
    def test_a_passkey_alone_is_two_factors(self):
        device = self.enrol(self.person("ann"))
        claims = self.id_token(self.sign_in(device))
        self.assertEqual((TWO, ["hwk", "user", "mfa"]), (claims["acr"], claims["amr"]))
        known, = self.passkeys("ann")
        self.assertEqual("My phone", known["name"])
        self.assertTrue(known["used"] >= known["added"], known)
        self.assertIn(TWO, self.get("/.well-known/openid-configuration").json()["acr_values_supported"])

    def test_every_algorithm_and_authenticators_that_do_not_count(self):
        for algorithm in ("ES256", "EdDSA", "RS256"):
            device = self.enrol(self.person(f"bea.{algorithm.lower()}"), algorithm=algorithm, counts=False)
            for _ in range(2):
                self.assertTrue(self.sign_in(device).code)

    def test_the_page_is_the_login_page(self):
        browser, page = self.first_page(login_hint="cat")
        self.assertSafePage(page.response)
        field = page.ids["username"].attributes
        self.assertEqual(("username webauthn", "cat"), (field["autocomplete"], field["value"]))
        options = Authenticator.options(page)
        self.assertEqual(("127.0.0.1", "required", []),
                         (options["rpId"], options["userVerification"], options["allowCredentials"]))
        self.assertEqual(32, len(jwt.unb64(options["challenge"])))
        policy = page.response.header("Content-Security-Policy")
        self.assertRegex(policy, "script-src 'sha256-[^ ]+';")
        self.assertEqual(1, len(re.findall("<script", page.response.text)))
        parts = [one for one in page.elements if one.attributes.get("class") == "with-script"]
        self.assertEqual([True, True], ["hidden" in one.attributes for one in parts])

    def test_only_its_own_pages_have_a_script(self):
        _, page = self.first_page()
        self.assertIn("script-src", page.response.header("Content-Security-Policy"))
        browser, page = self.first_page()
        page = Page(self.go(browser, self.submit(browser, page, other_way="password")))
        self.assertNotIn("script-src", page.response.header("Content-Security-Policy"))
        self.assertNotIn("<script", page.response.text)

    def test_the_page_tells_nobody_who_has_one(self):
        self.enrol(self.person("dot"))
        self.person("eve")
        def told(login):
            _, page = self.first_page(login_hint=login)
            return re.sub(r"challenge[^}]*|csrf\" value=\"[^\"]*|/interaction/[^\"]*|reference [^ <]*", "",
                          page.response.text).replace(login, "")
        self.assertEqual(told("dot"), told("eve"))
        self.assertEqual(told("dot"), told("nobody"))

    def test_a_name_typed_for_another_way_is_no_longer_than_a_name(self):
        browser, page = self.first_page()
        page = Page(self.go(browser, self.submit(browser, page, username="x" * 3000, other_way="password")))
        self.assertEqual("", page.form("login-form").fields["username"])

    def test_who_signs_in_by_password_may_leave_it_for_later(self):
        person = self.person("fay")
        browser, page = self.page_after_password(person)
        self.assertTrue(page.has("passkey-start"))
        landing = self.site.walk(browser, page.press(browser, "login-later"))
        self.assertEqual(["pwd"], self.id_token(landing)["amr"])

    def test_a_synced_passkey_is_told_as_software(self):
        device = self.enrol(self.person("gil"), flags=PRESENT | VERIFIED | ELIGIBLE)
        landing = self.sign_in(device, flags=PRESENT | VERIFIED | ELIGIBLE | BACKED_UP)
        self.assertEqual(["swk", "user", "mfa"], self.id_token(landing)["amr"])
        self.assertTrue(self.passkeys("gil")[0]["synced"])
        self.assertRefused(self.sign_in(device, flags=PRESENT | VERIFIED), "whether the key may be on several devices")
        self.assertRefused(self.sign_in(device, flags=PRESENT | VERIFIED | BACKED_UP), "authenticator data cannot be read")

    def test_what_was_asked_elsewhere_is_refused(self):
        device = self.enrol(self.person("hal"))
        issuer = self.server.issuer
        for changes, why in (
                ({"origin": "https://evil.example"}, "another origin"), ({"origin": issuer + "/"}, "another origin"),
                ({"origin": issuer.upper()}, "another origin"), ({"origin": issuer.replace("127", "x.127")}, "another origin"),
                ({"challenge": jwt.b64(bytes(32))}, "another challenge"), ({"challenge": ""}, "another challenge"),
                ({"type": "webauthn.create"}, "client data is of another type"),
                ({"crossOrigin": True}, "in a frame"), ({"topOrigin": issuer}, "in a frame"),
                ({"crossOrigin": "false"}, "in a frame"),
                ({"client_data": b"{}"}, "client data is of another type"), ({"client_data": b"\xff"}, "client data is no JSON"),
                ({"client_data": b"[]"}, "client data is no JSON"),
                ({"rp_id": "evil.example"}, "for another relying party"),
                ({"flags": VERIFIED}, "nobody was there"), ({"flags": PRESENT}, "the person was not verified"),
                ({"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"}, "the signature is not"),
                ({"signature": b"x"}, "the signature is not"),
                ({"tail": b"more"}, "authenticator data cannot be read"),
                ({"id": b"nobody's"}, "nobody has it"), ({"handle": bytes(32)}, "of somebody else"),
                ({"handle": b""}, "of somebody else")):
            with self.subTest(changes):
                self.assertRefused(self.sign_in(device, **changes), why)
        self.assertTrue(self.sign_in(device).code)

    def test_doubled_names_in_client_data_are_refused(self):
        device = self.enrol(self.person("ida"))
        browser, page = self.first_page()
        good = json.dumps({"type": "webauthn.get", "challenge": Authenticator.options(page)["challenge"],
                           "origin": self.server.issuer})
        doubled = good.replace("{", '{"origin": "https://evil.example", ', 1).encode()
        landing = self.site.walk(browser, self.submit(browser, page, **device.get(page, client_data=doubled)))
        self.assertRefused(landing, "client data is no JSON")

    def test_fields_that_are_no_answer_are_refused(self):
        device = self.enrol(self.person("jo"))
        for name in ("id", "clientDataJSON", "authenticatorData", "signature", "userHandle"):
            for wrong in ("", "=", "a", "!", "A" * 9000):
                if name == "userHandle" and not wrong:
                    continue
                browser, page = self.first_page()
                fields = {**device.get(page), name: wrong}
                self.assertRefused(self.site.walk(browser, self.submit(browser, page, **fields)), "no answer of a browser")

    def test_another_key_is_refused(self):
        person, other = self.enrol(self.person("kim")), self.enrol(self.person("lea"))
        mixed = other.passkeys[0]
        self.assertRefused(self.sign_in(person, passkey=mixed, id=person.passkeys[0].id), "the signature is not")
        self.assertRefused(self.sign_in(person, handle=mixed.handle), "of somebody else")

    def test_an_answer_is_good_once(self):
        device = self.enrol(self.person("max"), counts=False)
        browser, page = self.first_page()
        fields = device.get(page)
        self.assertTrue(self.site.walk(browser, self.submit(browser, page, **fields)).code)
        thief, other = self.first_page()
        self.assertRefused(self.site.walk(thief, self.submit(thief, other, **fields)), "another challenge")

    def test_of_many_at_once_one_is_in(self):
        device = self.enrol(self.person("ned"), counts=False)
        browser, page = self.first_page()
        fields = device.get(page)
        answers = at_once(6, lambda number: self.submit(browser, page, **fields))
        ways_on = [answer for answer in answers if answer.status == 200 and Page(answer).has("go-on")]
        self.assertEqual(1, len(ways_on), [answer.status for answer in answers])

    def test_a_count_that_goes_back_is_refused_and_told(self):
        device = self.enrol(self.person("ora"))
        self.assertTrue(self.sign_in(device, count=7).code)
        for count in (7, 6, 0):
            self.assertRefused(self.sign_in(device, count=count), "removed meanwhile, or its count has gone back")
        wait_until(lambda: any(line.get("event") == "passkey.refused" and line["details"]["login"] == "ora"
                               for line in self.server.log_lines()))
        self.assertTrue(self.sign_in(device, count=8).code)

    def test_who_is_disabled_is_out(self):
        device = self.enrol(self.person("pia"))
        self.server.command("user", "disable", "pia")
        self.assertRefused(self.sign_in(device), "of somebody else")

    def test_a_passkey_that_was_removed_is_none(self):
        device = self.enrol(self.person("quy"))
        known, = self.passkeys("quy")
        self.assertEqual([], self.passkeys("ada"))
        other = self.server.run("passkey", "remove", "ada", known["id"], "--config", self.server.config_file)
        self.assertEqual(1, other.returncode)
        self.assertIn("has no passkey", other.stderr)
        self.server.command("passkey", "remove", "quy", known["id"])
        self.assertEqual([], self.passkeys("quy"))
        self.assertRefused(self.sign_in(device), "nobody has it")

    def test_nothing_of_a_passkey_can_be_read_in_the_database(self):
        device = self.enrol(self.person("ray"), name="Rays own phone")
        stored = self.server.stored()
        self.assertNotIn(b"Rays own phone", stored)
        self.assertNotIn(jwt.b64(device.passkeys[0].id).encode(), stored)
        self.assertNotIn(device.passkeys[0].handle, stored)

    def test_the_handle_tells_nothing(self):
        handles = [self.enrol(self.person(login)).passkeys[0].handle for login in ("sam", "tim")]
        self.assertEqual([32, 32], [len(handle) for handle in handles])
        self.assertNotEqual(*handles)


class SettingUp(PasskeyStory):
    """What a browser sends for a new passkey."""

    def test_setting_up_is_told_to_the_audit_trail(self):
        self.enrol(self.person("uma"), name="Umas key")
        wait_until(lambda: any(line.get("event") == "passkey.added" and line["details"]["name"] == "Umas key"
                               for line in self.server.log_lines()))

    def test_what_is_asked(self):
        _, page = self.page_after_password(self.person("val"))
        options = Authenticator.options(page)
        self.assertEqual("val", options["user"]["name"])
        self.assertEqual("none", options["attestation"])
        self.assertEqual([-7, -8, -257], [one["alg"] for one in options["pubKeyCredParams"]])
        self.assertEqual({"residentKey": "required", "requireResidentKey": True, "userVerification": "required"},
                         options["authenticatorSelection"])

    def test_wrong_answers_set_nothing_up(self):
        person = self.person("wes")
        point = cbor({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
        weak = cbor({1: 2, 3: -47, -1: 8, -2: bytes(32), -3: bytes(32)})
        browser, page = self.page_after_password(person)
        for changes, why in (
                ({"origin": "https://evil.example"}, "another origin"), ({"type": "webauthn.get"}, "client data is of another type"),
                ({"challenge": jwt.b64(bytes(32))}, "another challenge"), ({"rp_id": "evil.example"}, "for another relying party"),
                ({"flags": VERIFIED}, "nobody was there"), ({"flags": PRESENT}, "the person was not verified"),
                ({"key": b""}, "there is no key"), ({"key": b"\xa1"}, "authenticator data cannot be read"), ({"key": b"\xff" * 90}, "authenticator data cannot be read"),
                ({"key": weak}, "there is no key"), ({"key": cbor({1: 2, 3: -7})}, "there is no key"),
                ({"id": b""}, "there is no key"), ({"id": bytes(1024)}, "there is no key"),
                ({"tail": bytes(10)}, "there is no key"), ({"tail": b""}, "authenticator data cannot be read"),
                ({"key": b"\x9f" * 2000}, "authenticator data cannot be read"), ({"key": b"\x9a\x0f\xff\xff\xff"}, "authenticator data cannot be read"), ({"key": b"\xbb" + b"\xff" * 8}, "authenticator data cannot be read")):
            with self.subTest(changes):
                fields = self.authenticator().create(page, **changes)
                landing = self.site.walk(browser, self.submit(browser, page, name="x", **fields))
                self.assertRefused(landing, why)
                page = landing.page
        self.assertEqual([], self.passkeys("wes"))
        device = self.authenticator()
        self.submit(browser, page, name="x", **device.create(page, key=point))
        self.assertFalse(self.sign_in(device).is_back)

    def test_a_name_has_to_be_one(self):
        person = self.person("xia")
        browser, page = self.page_after_password(person)
        for name in ("", "x" * 101, "a\u202eb", "a\nb"):
            response = self.submit(browser, page, name=name, **self.authenticator().create(page))
            page = Page(self.go(browser, response))
            self.assertIn("short name", page.text_of("passkey-message"))
        self.assertEqual([], self.passkeys("xia"))

    def test_a_credential_of_somebody_else_is_not_taken(self):
        first = self.enrol(self.person("yan"))
        browser, page = self.page_after_password(self.person("zoe"))
        fields = self.authenticator().create(page, id=first.passkeys[0].id)
        self.assertRefused(self.site.walk(browser, self.submit(browser, page, name="x", **fields)), "somebody has it already")
        self.assertEqual([], self.passkeys("zoe"))
        self.assertTrue(self.sign_in(first).code)

    def test_a_form_sent_twice_sets_one_up(self):
        browser, page = self.page_after_password(self.person("abe"))
        fields = self.authenticator().create(page)
        answers = at_once(6, lambda number: self.submit(browser, page, name="x", **fields))
        self.assertEqual(1, len(self.passkeys("abe")), [answer.status for answer in answers])


class SecondFactor(PasskeyStory):
    plan = ["password", "passkey"]
    step = {"enrolment": "required", "user_verification": "discouraged"}

    def test_a_key_without_a_pin_will_do_behind_a_password(self):
        person = self.person("ben")
        device = self.enrol(person, flags=PRESENT)
        browser, page = self.page_after_password(person)
        self.assertFalse(page.has("username"))
        options = Authenticator.options(page)
        self.assertEqual("discouraged", options["userVerification"])
        self.assertEqual([{"type": "public-key", "id": jwt.b64(device.passkeys[0].id), "transports": ["hybrid", "internal"]}],
                         options["allowCredentials"])
        landing = self.site.walk(browser, self.submit(browser, page, **device.get(page, handle=b"")))
        claims = self.id_token(landing)
        self.assertEqual((TWO, ["pwd", "hwk", "user"]), (claims["acr"], claims["amr"]))

    def test_that_of_another_person_is_refused(self):
        ben, cleo = self.person("bert"), self.person("cleo")
        self.enrol(ben)
        hers = self.enrol(cleo)
        browser, page = self.page_after_password(ben)
        for handle in (hers.passkeys[0].handle, b""):
            landing = self.site.walk(browser, self.submit(browser, page, **hers.get(page, handle=handle)))
            self.assertRefused(landing, "of somebody else")
            page = landing.page

    def test_who_has_one_cannot_set_up_another_in_its_place(self):
        person = self.person("dan")
        self.enrol(person)
        browser, page = self.page_after_password(person)
        self.assertFalse(page.has("login-later"))
        options = Authenticator.options(page)
        page.form("passkey-form").options = json.dumps({**options, "rp": {"id": "127.0.0.1"}, "user": {"id": "AAAA"}})
        fields = self.authenticator().create(page)
        self.assertRefused(self.site.walk(browser, self.submit(browser, page, name="x", **fields)))
        self.assertEqual(1, len(self.passkeys("dan")))

    def test_two_answers_at_once_make_one_login(self):
        person = self.person("emil")
        device = self.enrol(person, counts=False)
        browser, page = self.page_after_password(person)
        fields = device.get(page)
        answers = at_once(6, lambda number: self.submit(browser, page, **fields))
        ways_on = [answer for answer in answers if answer.status == 200 and Page(answer).has("go-on")]
        self.assertEqual(1, len(ways_on), [answer.status for answer in answers])


class StepUp(PasskeyStory):
    plan = [{"any_of": ["passkey", "password"]}, {"step": "passkey", "when": {"acr": TWO}}]
    step = {"enrolment": "required"}

    def test_who_came_by_password_is_asked_and_who_came_by_passkey_is_not(self):
        person = self.person("finn")
        browser, page = self.first_page()
        page = Page(self.go(browser, self.submit(browser, page, username=person.login, other_way="password")))
        landing = self.site.walk(browser, page.press(browser, "login-submit", username="finn", password=person.password))
        self.assertEqual(["pwd"], self.id_token(landing)["amr"])
        page = self.site.journey(browser, claims=WANTS_TWO).page
        device = self.authenticator()
        landing = self.site.walk(browser, self.submit(browser, page, name="x", **device.create(page)))
        claims = self.id_token(landing)
        self.assertEqual((TWO, ["pwd", "hwk", "user", "mfa"]), (claims["acr"], claims["amr"]))
        browser = self.browser()
        self.assertEqual(TWO, self.id_token(self.sign_in(device, browser))["acr"])
        self.assertEqual(TWO, self.id_token(self.site.journey(browser, claims=WANTS_TWO))["acr"])


class BesideAnApp(PasskeyStory):
    """Who has an app that makes codes sets up no passkey by a password alone."""
    plan = [*FIRST, {"any_of": ["passkey", "totp"], "when": {"acr": TWO}}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["plugins"].append({"use": "login_step.totp", "enrolment": "by_operator"})
        cls.server.write_config()

    def test_the_app_is_asked_for_before_a_passkey_is_offered(self):
        person = self.person("ines")
        app = App(self.server.command("totp", "add", "ines")["uri"])
        browser, page = self.first_page()
        page = Page(self.go(browser, self.submit(browser, page, other_way="password")))
        landing = self.site.walk(browser, page.press(browser, "login-submit", username="ines", password=person.password))
        self.assertEqual(["pwd"], self.id_token(landing)["amr"])
        page = self.site.journey(browser, claims=WANTS_TWO).page
        self.assertTrue(page.has("totp-form"))
        self.assertNotIn('value="passkey"', page.response.text)
        forged = self.submit_elsewhere(browser, page, other_way="passkey")
        self.assertTrue(self.page_of(browser, forged).has("totp-form"))
        landing = self.site.walk(browser, page.press(browser, "totp-submit", code=app.code(0)))
        self.assertEqual(["pwd", "otp"], self.id_token(landing)["amr"])

    def test_who_signs_in_for_two_factors_is_offered_one_behind_the_app(self):
        person = self.person("jan")
        app = App(self.server.command("totp", "add", "jan")["uri"])
        browser, page = self.first_page(claims=WANTS_TWO)
        page = Page(self.go(browser, self.submit(browser, page, other_way="password")))
        page = self.site.walk(browser, page.press(browser, "login-submit", username="jan", password=person.password)).page
        self.assertTrue(page.has("totp-form"))
        page = self.page_of(browser, page.press(browser, "totp-submit", code=app.code(0)))
        device = self.authenticator()
        landing = self.site.walk(browser, self.submit(browser, page, name="x", **device.create(page)))
        self.assertEqual(TWO, self.id_token(landing)["acr"])
        self.assertTrue(self.sign_in(device).code)

    def submit_elsewhere(self, browser, page, **fields):
        form = page.form("totp-form")
        return browser.post(form.action, {"csrf": form.fields["csrf"], **fields})

    def page_of(self, browser, response):
        return Page(self.go(browser, response))


class ByAccount(PasskeyStory):
    step = {"enrolment": "by_account"}

    def test_nobody_is_offered_one_at_login(self):
        person = self.person("gwen")
        browser, page = self.first_page()
        page = Page(self.go(browser, self.submit(browser, page, other_way="password")))
        landing = self.site.walk(browser, page.press(browser, "login-submit", username="gwen", password=person.password))
        self.assertTrue(landing.code)


class OnTwoNodes(TwoNodes, PasskeyStory):
    def test_an_answer_at_one_node_is_none_at_the_other(self):
        device = self.enrol(self.person("hugh"), counts=False)
        browser, page = self.first_page()
        self.assertOneIsIn(self.post_at_both([(browser, page)], device.get(page)))
        both = self.server.settled_log() + self.second.log()
        self.assertIn("passkey refused: answered before", both)


class WithoutIt(Story):
    plugins = USES

    def test_there_is_neither_command_nor_script(self):
        self.assertNotEqual(0, self.server.run("passkey", "list", "ada", "--config", self.server.config_file).returncode)
        page = self.site.journey(self.browser()).page
        self.assertNotIn("<script", page.response.text)
        self.assertNotIn("script-src", page.response.header("Content-Security-Policy"))
