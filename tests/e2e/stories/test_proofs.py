# SPDX-License-Identifier: Apache-2.0
"""What tokens say of a login (`acr`, `amr`, `auth_time`), by what was asked and answered; and what discovery promises of it."""
import json
import time

from harness import jwt
from harness.authenticator import ELIGIBLE, PRESENT, VERIFIED, Authenticator
from harness.page import Page
from harness.post_office import MailStory
from harness.provider import OpenIdProvider
from harness.totp import App
from harness.web import wait_until

ONE = "urn:gatehouse:acr:one-factor"
TWO = "urn:gatehouse:acr:two-factors"
BOTH = [ONE, TWO]
WANTS_TWO = {"acr_values": TWO}
MUST_BE_TWO = {"claims": json.dumps({"id_token": {"acr": {"essential": True, "value": TWO}}})}
ANEW, YOUNG = {"prompt": "login"}, {"max_age": "1"}
OLD = 2  # seconds: too many for YOUNG, and another `auth_time`

SAID = ("acr", "amr", "auth_time")
PROVIDERS = ("work", "school")
KEYS = {"passkey": PRESENT | VERIFIED, "synced_passkey": PRESENT | VERIFIED | ELIGIBLE, "touch": PRESENT}

# `auth_time`: FIRST of a person in a browser; then that of the visit before, or a later one.
FIRST, KEPT, LATER = "first", "kept", "later"

# The plan, what discovery promises, and visits: what the site asks, what the person is asked and answers, what the tokens then say.
TABLE = (
    (["password"], [ONE], (
        ({}, "password", ONE, "pwd", FIRST),
        ({}, "", ONE, "pwd", KEPT),
        (WANTS_TWO, "", ONE, "pwd", KEPT),
        (ANEW, "password", ONE, "pwd", LATER),
        (YOUNG, "password", ONE, "pwd", LATER),
        ({"max_age": "600"}, "", ONE, "pwd", KEPT))),

    (["password", {"step": "totp"}], [TWO], (
        ({}, "password totp", TWO, "pwd otp", FIRST),
        ({}, "", TWO, "pwd otp", KEPT),
        (MUST_BE_TWO, "", TWO, "pwd otp", KEPT),
        (YOUNG, "password totp", TWO, "pwd otp", LATER))),

    (["password", {"any_of": ["totp", "recovery_code", "email_code"]}], [TWO], (
        ({}, "password totp", TWO, "pwd otp", FIRST),
        (ANEW, "password recovery_code", TWO, "pwd otp", LATER),
        (ANEW, "password email_code", TWO, "pwd otp", LATER))),

    (["password", {"any_of": ["totp", "recovery_code"], "when": {"acr": TWO}}], BOTH, (
        ({}, "password", ONE, "pwd", FIRST),
        (WANTS_TWO, "totp", TWO, "pwd otp", KEPT),
        ({}, "", TWO, "pwd otp", KEPT),
        (ANEW, "password", ONE, "pwd", LATER),
        ({**MUST_BE_TWO, **YOUNG}, "password recovery_code", TWO, "pwd otp", LATER),
        (MUST_BE_TWO, "password totp", TWO, "pwd otp", FIRST))),

    (["password", {"step": "totp", "remember": "30d"}], BOTH, (
        ({}, "password totp+remember", TWO, "pwd otp", FIRST),
        (ANEW, "password", ONE, "pwd", LATER),
        ({**ANEW, **MUST_BE_TWO}, "password totp", TWO, "pwd otp", LATER))),

    (["passkey"], [TWO], (
        ({}, "passkey", TWO, "hwk user mfa", FIRST),
        (ANEW, "passkey", TWO, "hwk user mfa", LATER),
        (MUST_BE_TWO, "", TWO, "hwk user mfa", KEPT))),

    ([{"any_of": ["passkey", "password"]}, {"any_of": ["passkey", "totp"], "when": {"acr": TWO}}], BOTH, (
        ({}, "passkey", TWO, "hwk user mfa", FIRST),
        (WANTS_TWO, "", TWO, "hwk user mfa", KEPT),
        ({}, "synced_passkey", TWO, "swk user mfa", FIRST),
        ({}, "password", ONE, "pwd", FIRST),
        (WANTS_TWO, "passkey", TWO, "pwd hwk user mfa", KEPT),
        (MUST_BE_TWO, "password totp", TWO, "pwd otp", FIRST))),

    (["password", "passkey"], BOTH, (
        ({}, "password passkey", TWO, "pwd hwk user mfa", FIRST),)),

    (["password", "touch"], BOTH, (
        ({}, "password touch", TWO, "pwd hwk user", FIRST),)),

    (["work"], BOTH, (
        ({}, "work", ONE, "fed", FIRST),
        (ANEW, "work", ONE, "fed", LATER),
        (ANEW, "work:mfa", TWO, "fed mfa", LATER))),

    (["school"], [ONE], (
        ({}, "school:mfa", ONE, "fed", FIRST),)),

    ([{"any_of": ["password", "school"]}, {"step": "totp", "when": {"acr": TWO}}], BOTH, (
        ({}, "school", ONE, "fed", FIRST),
        (WANTS_TWO, "totp", TWO, "fed otp", KEPT),
        (MUST_BE_TWO, "school totp", TWO, "fed otp", FIRST))),

    ([{"any_of": ["password", "work"]}, {"step": "totp", "when": {"acr": TWO}}], BOTH, (
        (MUST_BE_TWO, "work:mfa", TWO, "fed mfa", FIRST),)),

    (["school", "password"], [ONE], (
        ({}, "school password", ONE, "fed pwd", FIRST),)),
)


class Proofs(MailStory):
    steps = ["login_step.email_code", {"use": "login_step.totp", "enrolment": "by_operator"}, "login_step.recovery_code",
             {"use": "login_step.passkey", "enrolment": "offered"},
             {"use": "login_step.passkey", "name": "touch", "user_verification": "discouraged"}]

    @classmethod
    def furnish(cls):
        cls.provider = OpenIdProvider().open()
        cls.addClassCleanup(cls.provider.close)
        cls.steps = [*cls.steps, cls.provider.settings("work", link="login", believed={"mfa": "mfa"}),
                     cls.provider.settings("school", link="login")]
        cls.server.config["outgoing"] = {"allow": [cls.provider.origin]}
        cls.people = 0
        super().furnish()

    def use_plan(self, plan):
        self.server.config["login"] = plan
        self.server.write_config()
        self.server.stop()
        self.server.launch()

    def newcomer(self):
        """Somebody who has an app, codes, and a confirmed address."""
        type(self).people += 1
        person = self.person(f"person{self.people}")
        added = self.server.run("totp", "add", person.login, "--json", "--config", self.server.config_file, check=True)
        person.app, person.last = App(json.loads(added.stdout)["uri"]), 0
        person.codes = self.server.command("recovery-code", "add", person.login)["codes"]
        person.keys = {}
        return person

    def journeys(self):
        """(the plan, what discovery promises, visits, their person) of each row that begins with a new person."""
        for plan, promised, visits in TABLE:
            firsts = [number for number, visit in enumerate(visits) if visit[4] == FIRST]
            for begin, end in zip(firsts, [*firsts[1:], len(visits)]):
                yield plan, promised, visits[begin:end], self.newcomer()

    def give_keys(self, journeys):
        """As people do on the page that offers it."""
        self.use_plan(["password", {"offer": "passkey"}, {"offer": "touch"}])
        for _, _, visits, person in journeys:
            words = {word for visit in visits for word in visit[1].split()}
            if not words & KEYS.keys():
                continue
            browser, page = self.page_after_password(person)
            for step, names in (("passkey", ("passkey", "synced_passkey")), ("touch", ("touch",))):
                name = next((name for name in names if name in words), None)
                if not name:
                    page = self.page_of(browser, page.press(browser, "login-later"))
                    continue
                key = person.keys[name] = Authenticator(self.server.issuer, flags=KEYS[name])
                form = page.form("passkey-form")
                page = self.page_of(browser, browser.post(form.action, {**form.fields, "name": "A key", **key.create(page)}))

    def visit(self, browser, person, asks, answers):
        """The claims of the ID token, and what is told of the access token."""
        landing = self.site.journey(browser, **asks)
        for word in answers.split():
            step, _, more = word.partition("+")
            self.assertNotIn("code", landing.params or {}, f"{word} is not asked")
            landing = self.site.walk(browser, self.answer(browser, landing, person, step, more))
        self.assertTrue(landing.is_back and "code" in landing.params, landing)
        tokens = self.assertTokens(self.site.redeem(landing.code))
        return jwt.claims_of(tokens["id_token"]), self.assertActive(self.site, tokens["access_token"])

    def test_every_combination(self):
        journeys = list(self.journeys())
        self.give_keys(journeys)
        current = None
        for plan, promised, visits, person in journeys:
            if plan != current:
                self.use_plan(plan)
                current = plan
            with self.subTest(plan):
                self.assertEqual(promised, self.server.metadata["acr_values_supported"])
            browser, before = self.browser(), None
            for asks, answers, acr, amr, when in visits:
                with self.subTest(plan, asks=asks, answers=answers):
                    if before:
                        wait_until(lambda: time.time() >= before["auth_time"] + OLD, 30, "time stands still")
                    told, read = self.visit(browser, person, asks, answers)
                    self.assertEqual((acr, amr.split()), (told["acr"], told["amr"]))
                    self.assertEqual([told[name] for name in SAID], [read[name] for name in SAID])
                    self.assertAboutNow(told["auth_time"])
                    if before:
                        self.assertEqual(when, KEPT if told["auth_time"] == before["auth_time"] else LATER)
                    before = told

    # What a person answers

    def at(self, browser, page, step, form):
        """The page of this step, which is there or another way to go on."""
        if page.has(form):
            return page
        ways = page.form("login-ways" if page.has("login-ways") else "passkey-form")
        return self.page_of(browser, browser.post(ways.action, {**ways.fields, "other_way": step}))

    def answer(self, browser, landing, person, step, more):
        if step in KEYS:
            return self.answer_key(browser, landing.page, person.keys[step])
        name, _, amr = step.partition(":")
        if name in PROVIDERS:
            return self.answer_provider(browser, landing, person, name, [amr])
        step, form, button, fields = {
            "password": ("password", "login-form", "login-submit", lambda: {"username": person.login, "password": person.password}),
            "totp": ("totp", "totp-form", "totp-submit", lambda: {"code": self.app_code(person), **({more: "yes"} if more else {})}),
            "recovery_code": ("recovery_code", "recovery-code-form", "recovery-code-submit", lambda: {"code": person.codes.pop()}),
            "email_code": ("email_code", "email-code-form", "email-code-submit", lambda: {"code": self.mailed_code(person)}),
        }[step]
        return self.at(browser, landing.page, step, form).press(browser, button, **fields())

    def at(self, browser, page, step, form):
        """The page of this step, which is there or another way to go on."""
        if page.has(form):
            return page
        ways = page.form("login-ways" if page.has("login-ways") else "passkey-form")
        return self.page_of(browser, browser.post(ways.action, {**ways.fields, "other_way": step}))

    @staticmethod
    def app_code(person):
        """Each is good once: the next one."""
        now = int(time.time()) // person.app.period
        person.last = max(person.last + 1, now - 1)
        return person.app.code(person.last - now)

    def mailed_code(self, person):
        return self.code_in(self.box.await_letter(f"{person.login}@example.org"))

    def answer_key(self, browser, page, key):
        page = self.at(browser, page, "passkey", "passkey-form")
        form = page.form("passkey-form")
        return browser.post(form.action, {**form.fields, **key.get(page)})

    def answer_provider(self, browser, landing, person, name, amr):
        """Sent there at once, or by a button."""
        if landing.is_back:
            location = landing.response.location
        else:
            form = landing.page.form("login-ways")
            response = browser.post(form.action, {**form.fields, "other_way": name})
            while self.site.is_own(response.location):
                response = browser.get(response.location)
            location = response.location
        claims = {"sub": person.login, "preferred_username": person.login, "auth_time": int(time.time()), "amr": amr,
                  "name": "Ada", "email": "ada@work.example"}
        return browser.get(self.provider.back(location, claims, self.provider.issuer))
