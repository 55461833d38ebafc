# SPDX-License-Identifier: Apache-2.0
"""An API that wants more than a login proved, or a fresher one, says so (RFC 9470), and the client comes back with it."""
import json
import re
import shutil
import time

from harness import jwt, site
from harness.server import ROOT, USES
from harness.story import Story
from harness.web import wait_until
from harness.word_card import TWO, WANTS_TWO, WordCards

ONE = "urn:gatehouse:acr:one-factor"
API = "https://api.example/"


class Api:
    """A resource server that reads its tokens by `claims_of`, and wants them to say this of the login."""

    def __init__(self, claims_of, acr=None, max_age=None):
        self.claims_of, self.acr, self.max_age = claims_of, acr, max_age

    def answer(self, token):
        """None: all is well; or the value of WWW-Authenticate (section 3)."""
        claims = self.claims_of(token)
        wants = {}
        if self.acr and claims.get("acr") != self.acr:
            wants["acr_values"] = self.acr
        if self.max_age is not None and time.time() - claims.get("auth_time", 0) > self.max_age:
            wants["max_age"] = self.max_age
        if not wants:
            return None
        return 'Bearer error="insufficient_user_authentication", error_description="Log in as is asked", ' + ", ".join(
            f'{name}="{value}"' for name, value in wants.items())


def asked_by(challenge):
    """What a client makes of a challenge: parameters for the authorization endpoint (section 4)."""
    given = dict(re.findall(r'([a-z_]+)="([^"]*)"', challenge))
    if given["error"] != "insufficient_user_authentication":
        raise AssertionError(challenge)
    return {name: given[name] for name in ("acr_values", "max_age") if name in given}


class StepUp(WordCards, Story):
    plugins = [*USES, {"use": "resource_registry.local", "resources": {
        "api": {"identifier": API}, "vault": {"identifier": "urn:example:vault", "token_format": "opaque"}}}]

    @classmethod
    def install_step(cls):
        cls.server.build_plugin("login_step.word_card", "share/examples/word_card/WordCard.cpp")
        shutil.copytree(ROOT / "share/examples/word_card/pages", cls.server.folder / "plugins/login_step.word_card")

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.machine = cls.client("machine", grants=("client_credentials",))

    def from_jwt(self, token):
        return jwt.verify(token, self.keys())[1]

    def from_introspection(self, token):
        return self.assertActive(self.site, token)

    def tokens(self, browser, user=None, with_card=False, **asked):
        landing = self.site.journey(browser, user, **asked)
        if with_card:
            self.assertTrue(landing.page.has("number"), landing)
            landing = self.site.walk(browser, self.answer_card(browser, landing.page))
        return self.assertTokens(self.site.redeem(landing.code))

    def test_a_second_factor(self):
        for resource, claims_of in ((API, self.from_jwt), ("urn:example:vault", self.from_introspection)):
            with self.subTest(resource):
                api, browser = Api(claims_of, acr=TWO), self.browser()
                weak = self.tokens(browser, self.user, resource=resource)["access_token"]
                self.assertEqual(ONE, claims_of(weak)["acr"])
                strong = self.tokens(browser, with_card=True, resource=resource, **asked_by(api.answer(weak)))
                self.assertIsNone(api.answer(strong["access_token"]))
                self.assertEqual(["pwd", "otp"], claims_of(strong["access_token"])["amr"])
                self.assertEqual(claims_of(weak)["auth_time"], claims_of(strong["access_token"])["auth_time"])
                self.assertIsNotNone(api.answer(weak), "what was given before says what it said")

    def test_a_fresh_login(self):
        for resource, claims_of in ((API, self.from_jwt), ("urn:example:vault", self.from_introspection)):
            with self.subTest(resource):
                api, browser = Api(claims_of, max_age=1), self.browser()
                old = self.tokens(browser, self.user, resource=resource)["access_token"]
                wait_until(lambda: api.answer(old), 30, "it does not grow old")
                landing = self.site.journey(browser, self.user, resource=resource, **asked_by(api.answer(old)))
                self.assertEqual("login", landing.shown[0])
                fresh = self.assertTokens(self.site.redeem(landing.code))["access_token"]
                self.assertGreater(claims_of(fresh)["auth_time"], claims_of(old)["auth_time"])

    def test_both_at_once(self):
        api, browser = Api(self.from_jwt, acr=TWO, max_age=1), self.browser()
        weak = self.tokens(browser, self.user)["access_token"]
        wait_until(lambda: "max_age" in api.answer(weak), 30, "it does not grow old")
        asked = asked_by(api.answer(weak))
        self.assertEqual({"acr_values": TWO, "max_age": "1"}, asked)
        strong = self.from_jwt(self.tokens(browser, self.user, with_card=True, **asked)["access_token"])
        self.assertEqual(TWO, strong["acr"])
        self.assertGreater(strong["auth_time"], self.from_jwt(weak)["auth_time"])

    def test_access_token_and_introspection_say_the_same(self):
        token = self.tokens(self.browser(), self.user, with_card=True, acr_values=TWO)["access_token"]
        told, read = self.from_introspection(token), self.from_jwt(token)
        for name in ("acr", "auth_time", "amr"):
            self.assertEqual(read[name], told[name])
        self.assertAboutNow(read["auth_time"])

    def test_a_refreshed_token_speaks_of_the_login_that_it_came_from(self):
        browser = self.browser()
        weak = self.tokens(browser, self.user, scope="openid offline_access", prompt="consent")
        before = self.from_jwt(weak["access_token"])
        self.tokens(browser, with_card=True, acr_values=TWO)
        after = self.from_jwt(self.assertTokens(self.site.refresh(weak["refresh_token"]))["access_token"])
        self.assertEqual((ONE, before["auth_time"]), (after["acr"], after["auth_time"]))

    def test_a_machines_token_says_nothing_of_a_login(self):
        token = self.machine.call(site.TOKEN, {"grant_type": "client_credentials"}).json()["access_token"]
        self.assertFalse({"acr", "auth_time", "amr"} & set(self.from_jwt(token)))
        self.assertIsNotNone(Api(self.from_jwt, max_age=3600).answer(token))

    def test_the_first_of_several_classes_that_can_be_reached(self):
        browser = self.browser()
        token = self.tokens(browser, self.user, with_card=True, acr_values=f"urn:example:better {TWO} {ONE}")["access_token"]
        self.assertEqual(TWO, self.from_jwt(token)["acr"])

    def test_without_a_page_it_is_not_proven(self):
        browser = self.browser()
        self.tokens(browser, self.user)
        self.assertEqual(ONE, self.from_jwt(self.tokens(browser, acr_values=TWO, prompt="none")["access_token"])["acr"])
        self.assertErrorBack(self.site.journey(browser, claims=WANTS_TWO, prompt="none"), "login_required")

    def test_an_essential_class_that_is_not_reached_is_an_error(self):
        browser = self.browser()
        wanted = json.dumps({"id_token": {"acr": {"essential": True, "values": ["urn:example:better", "urn:example:best"]}}})
        self.assertErrorBack(self.site.journey(browser, self.user, claims=wanted, state="s"),
                             "unmet_authentication_requirements", "s")
        joan = self.person("joan")  # without a card
        self.site.journey(browser, joan)
        self.assertErrorBack(self.site.journey(browser, claims=WANTS_TWO, state="s"),
                             "unmet_authentication_requirements", "s")

    def test_a_class_that_is_only_a_wish_is_none(self):
        token = self.tokens(self.browser(), self.user, acr_values="urn:example:better")["access_token"]
        self.assertEqual(ONE, self.from_jwt(token)["acr"])

    def test_discovery_tells_what_can_be_asked_for(self):
        self.assertEqual([ONE, TWO], self.server.metadata["acr_values_supported"])


class OneFactor(Story):
    """Where the plan has no second factor."""

    def test_discovery_promises_none(self):
        self.assertEqual([ONE], self.server.metadata["acr_values_supported"])

    def test_it_is_refused_before_anybody_is_asked(self):
        landing = self.site.journey(self.browser(), None, claims=WANTS_TWO, state="s")
        self.assertErrorBack(landing, "unmet_authentication_requirements", "s")
        self.assertEqual([], landing.shown)
