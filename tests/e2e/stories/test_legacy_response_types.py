# SPDX-License-Identifier: Apache-2.0
"""The modules of the hybrid and implicit certification plans, each by its name (without `oidcc-`), for each response type; and
what keeps their tokens from the wrong hands."""
import copy
import functools
import hashlib
import json
import time

from harness import jwt, site
from harness.page import Page
from harness.registration import Registered, metadata, modules, register
from harness.server import USES, trusting
from harness.story import Story
from harness.web import wait_until

HYBRID = ("code id_token", "code token", "code id_token token")
IMPLICIT = ("id_token", "id_token token")
ALL = HYBRID + IMPLICIT
KINDS = ["response_type.id_token", "response_type.token", "response_mode.fragment"]
SCOPES = "openid profile email address phone"


def half_hash(text):
    return jwt.b64(hashlib.sha256(text.encode()).digest()[:16])


def for_each(types=ALL):
    """Runs a test for each of these response types."""
    def decorate(test):
        @functools.wraps(test)
        def run(self):
            for kind in types:
                with self.subTest(kind):
                    test(self, kind)
        return run
    return decorate


class Answer:
    """What a login gave: in front, and for the code."""

    def __init__(self, browser, front, back):
        self.browser, self.front, self.back = browser, front, back

    @property
    def access_token(self):
        return self.front.get("access_token") or self.back.get("access_token")

    @property
    def id_token(self):
        return self.front.get("id_token") or self.back.get("id_token")

    @property
    def claims(self):
        return jwt.claims_of(self.id_token)


class LegacyStory(Story):
    plugins = [*USES, *KINDS]
    settings = {"oauth": {"legacy_response_types": True}}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.site = cls.legacy("hybrid", *HYBRID, *IMPLICIT)
        cls.other = cls.legacy("second", *HYBRID, redirect="https://other.example/callback")

    @classmethod
    def legacy(cls, identifier, *types, redirect="https://site.example/callback", grants=("implicit",), **more):
        grants = (*grants, "authorization_code", "refresh_token")
        options = [word for grant in grants for word in ("--grant", grant)]
        options += [word for kind in types for word in ("--response-type", kind)]
        return cls.client(identifier, redirect, options=options, **more)

    def login(self, kind, browser=None, client=None, user=None, mode="fragment", **changes):
        """A whole login, and all that must hold for its answer."""
        browser, client = browser or self.browser(), client or self.site
        request = client.request(response_type=kind, **changes)
        landing = client.walk(browser, browser.get(site.AUTHORIZE, **request), user or self.user)
        return Answer(browser, *self.checked(landing, request, client, mode))

    def checked(self, landing, request, client, mode="fragment"):
        words = request["response_type"].split()
        front = landing.params or {}
        self.assertEqual(mode, landing.mode, landing)
        self.assertEqual(client.redirect, landing.uri)
        self.assertNotIn("error", front)
        self.assertEqual(request.get("state"), front.get("state"))
        self.assertEqual(self.server.issuer, front["iss"])
        for word, name in (("code", "code"), ("token", "access_token"), ("id_token", "id_token")):
            self.assertEqual(word in words, name in front, front)
        self.assertNotIn("refresh_token", front)
        if "token" in words:
            self.assertEqual("bearer", front["token_type"].lower())
            self.assertTrue(0 < int(front["expires_in"]) <= 600)
        else:
            self.assertFalse({"token_type", "expires_in", "scope"} & set(front))
        if "id_token" in words:
            self.check_front_token(front, request, client)
        back = {}
        if "code" in words:
            back = self.assertTokens(client.redeem(front["code"]), openid="openid" in request["scope"])
            self.check_back_token(front, back, request, client)
        return front, back

    def check_front_token(self, front, request, client):
        claims = self.assertIdToken(front["id_token"], client, request["nonce"], front.get("access_token"))
        for name, of in (("c_hash", "code"), ("at_hash", "access_token")):
            self.assertEqual(half_hash(front[of]) if of in front else None, claims.get(name), name)

    def check_back_token(self, front, back, request, client):
        claims = self.assertIdToken(back["id_token"], client, request.get("nonce"), back["access_token"])
        if "id_token" in front:
            first = jwt.claims_of(front["id_token"])
            self.assertEqual((first["iss"], first["sub"], first["sid"]), (claims["iss"], claims["sub"], claims["sid"]))

    def userinfo(self, answer):
        response = self.site.userinfo(answer.access_token)
        self.assertEqual(200, response.status, response)
        told = response.json()
        self.assertEqual(answer.claims["sub"], told["sub"])
        return told

    def assertRefused(self, landing, code, mode="fragment", state="s"):
        self.assertErrorBack(landing, code, state)
        self.assertEqual(mode, landing.mode)
        self.assertFalse({"code", "access_token", "id_token", "token_type"} & set(landing.params))


class Certification(LegacyStory):
    @for_each()
    def test_server(self, kind):
        answer = self.login(kind)
        if answer.access_token:
            self.assertEqual({"sub"}, set(self.userinfo(answer)))

    def test_response_type_missing(self):
        landing = self.site.journey(self.browser(), self.user, response_type=None, state="s")
        self.assertErrorBack(landing, ("invalid_request", "unsupported_response_type"), "s")

    @for_each()
    def test_idtoken_signature(self, kind):
        self.assertEqual("RS256", jwt.parts(self.login(kind).id_token)[0]["alg"])

    @for_each(HYBRID + ("id_token token",))
    def test_userinfo_get_and_post(self, kind):
        answer = self.login(kind)
        self.userinfo(answer)
        for more in ({"body": b"", "headers": {"Authorization": "Bearer " + answer.access_token}},
                     {"form": {"access_token": answer.access_token}}):
            self.assertEqual(200, self.browser().post(site.USERINFO, **more).status)

    @for_each(("code id_token", "code id_token token", *IMPLICIT))
    def test_ensure_request_without_nonce_fails(self, kind):
        landing = self.site.journey(self.browser(), self.user, response_type=kind, nonce=None, state="s")
        self.assertEqual([], landing.shown)
        self.assertRefused(landing, "invalid_request")

    def test_ensure_request_without_nonce_succeeds_for_code_token(self):
        self.assertNotIn("nonce", self.login("code token", nonce=None).claims)

    def test_scopes(self):
        expected = {"openid profile": site.PROFILE, "openid email": site.EMAIL, "openid address": site.ADDRESS,
                    "openid phone": site.PHONE, SCOPES: self.user.claims}
        browser = self.browser()
        for kind in ALL:
            for scope, claims in expected.items():
                answer = self.login(kind, browser, scope=scope)
                told = answer.claims if kind == "id_token" else self.userinfo(answer)
                self.assertEqual(claims, {name: value for name, value in told.items() if name in self.user.claims})
                if kind != "id_token":
                    self.assertFalse(set(claims) & set(answer.claims), "scope claims belong to userinfo")

    def test_display_and_hints_and_locales(self):
        browser = self.browser()
        for kind in ALL:
            for changes in ({"display": "page"}, {"display": "popup"}, {"login_hint": "ada"}, {"ui_locales": "se"},
                            {"claims_locales": "se"}, {"extra": "foobar"}, {"acr_values": "1 2"},
                            {"scope": "phone email openid profile address"}):
                self.login(kind, browser, **changes)

    @for_each()
    def test_prompt_login(self, kind):
        first = self.login(kind, max_age=10000)
        time.sleep(1.1)  # auth_time has whole seconds; a later one must be told apart
        second = self.login(kind, first.browser, prompt="login", max_age=10000)
        self.assertEqual(first.claims["sub"], second.claims["sub"])
        self.assertGreater(second.claims["auth_time"], first.claims["auth_time"])

    @for_each()
    def test_prompt_none_not_logged_in(self, kind):
        landing = self.site.journey(self.browser(), self.user, response_type=kind, prompt="none", state="s")
        self.assertEqual([], landing.shown)
        self.assertRefused(landing, "login_required")

    @for_each()
    def test_prompt_none_logged_in(self, kind):
        first = self.login(kind)
        second = self.login(kind, first.browser, prompt="none")
        self.assertEqual((first.claims["sub"], first.claims["auth_time"]),
                         (second.claims["sub"], second.claims["auth_time"]))

    @for_each()
    def test_max_age(self, kind):
        first = self.login(kind, max_age=15000)
        again = self.login(kind, first.browser, max_age=10000)
        self.assertEqual(first.claims["auth_time"], again.claims["auth_time"])
        time.sleep(2.1)  # the session must be older than max_age
        self.assertGreater(self.login(kind, first.browser, max_age=1).claims["auth_time"],
                           first.claims["auth_time"])

    @for_each()
    def test_id_token_hint(self, kind):
        first = self.login(kind)
        second = self.login(kind, first.browser, prompt="none", id_token_hint=first.id_token)
        self.assertEqual(first.claims["sub"], second.claims["sub"])

    @for_each(HYBRID)
    def test_codereuse(self, kind):
        answer = self.login(kind)
        self.assertTokenError(self.site.redeem(answer.front["code"]), "invalid_grant", 400)

    def test_codereuse_30seconds_revokes_the_token_in_front_too(self):
        answer = self.login("code token")
        self.assertEqual(200, self.site.userinfo(answer.front["access_token"]).status)

        def is_revoked():
            self.assertTokenError(self.site.redeem(answer.front["code"]), "invalid_grant", 400)
            return all(self.site.userinfo(token).status == 401
                       for token in (answer.front["access_token"], answer.back["access_token"]))
        wait_until(is_revoked, 60)

    @for_each()
    def test_ensure_registered_redirect_uri(self, kind):
        for uri in ("https://evil.example/callback", self.site.redirect + "#x"):
            landing = self.site.journey(self.browser(), self.user, response_type=kind, redirect_uri=uri)
            self.assertErrorPage(landing.response, "invalid_request")

    def test_ensure_post_request_succeeds(self):
        landing = self.site.journey(self.browser(), self.user, post=True, response_type="id_token token")
        self.assertEqual("fragment", landing.mode)
        self.assertIn("id_token", landing.params)

    def test_unsigned_request_object_is_rejected_as_unsupported(self):
        request = jwt.encode({"alg": "none"}) + "." + jwt.encode({"state": "inner"}) + "."
        for kind in ALL:
            landing = self.site.journey(self.browser(), self.user, response_type=kind, request=request, state="s")
            self.assertRefused(landing, "request_not_supported")

    @for_each()
    def test_claims_essential(self, kind):
        where = "id_token" if kind == "id_token" else "userinfo"
        answer = self.login(kind, claims=json.dumps({where: {"name": {"essential": True}}}))
        told = answer.claims if where == "id_token" else self.userinfo(answer)
        self.assertEqual("Ada King Lovelace", told["name"])

    @for_each(HYBRID)
    def test_refresh_token(self, kind):
        answer = self.login(kind, scope="openid offline_access", prompt="consent")
        response = self.site.refresh(answer.back["refresh_token"])
        self.assertTokens(response, openid="id_token" in response.json())
        self.assertTokenError(self.other.refresh(answer.back["refresh_token"]), "invalid_grant", 400)

    @for_each(HYBRID)
    def test_ensure_request_with_valid_pkce_succeeds(self, kind):
        landing = self.site.journey(self.browser(), self.user, response_type=kind)
        answer = self.site.redeem(landing.code, code_verifier="x" * 43)
        self.assertTokenError(answer, "invalid_grant", 400)
        self.assertTokens(self.site.redeem(landing.code))

    def test_pkce_is_for_codes(self):
        without = {"code_challenge": None, "code_challenge_method": None, "state": "s"}
        for kind in HYBRID:
            landing = self.site.journey(self.browser(), self.user, response_type=kind, **without)
            self.assertRefused(landing, "invalid_request")
        for kind in IMPLICIT:
            self.assertIn("id_token", self.site.journey(self.browser(), self.user, response_type=kind, **without).params)

    @for_each()
    def test_user_denial(self, kind):
        landing = self.site.journey(self.browser(), self.user, consent="deny", response_type=kind, prompt="consent",
                                    state="s")
        self.assertRefused(landing, "access_denied")

    @for_each(HYBRID)
    def test_two_clients(self, kind):
        first = self.login(kind)
        second = self.login(kind, first.browser, self.other)
        self.assertEqual(first.claims["sub"], second.claims["sub"])


class FormPost(LegacyStory):
    """The same with `response_mode=form_post`."""

    def test_success_answers_are_posted(self):
        browser = self.browser()
        for kind in ALL:
            request = self.site.request(response_type=kind, response_mode="form_post", state="a\"b<c>&'")
            landing = self.site.walk(browser, browser.get(site.AUTHORIZE, **request), self.user)
            self.checked(landing, request, self.site, "form_post")
            self.assertNotIn("<c>", landing.response.text)
            self.assertTrue(next(form for form in Page(landing.response).forms if form.action == self.site.redirect).buttons)

    @for_each()
    def test_errors_are_posted(self, kind):
        for changes, code in (({"prompt": "none"}, "login_required"), ({"scope": "openid \"x"}, "invalid_scope"),
                              ({"prompt": "pigeon"}, "invalid_request")):
            landing = self.site.journey(self.browser(), None, response_type=kind, response_mode="form_post",
                                        state="s", **changes)
            self.assertRefused(landing, code, "form_post")


class WrongHands(LegacyStory):
    modules = trusting("hybrid")

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.plain = cls.client("plain", "https://plain.example/cb")
        cls.half = cls.legacy("half", "code", "code id_token", redirect="https://half.example/cb")
        cls.app = cls.legacy("app", "id_token token", redirect="https://app.example/cb", method="none")

    @for_each()
    def test_tokens_never_come_in_the_query(self, kind):
        landing = self.site.journey(self.browser(), self.user, response_type=kind, response_mode="query", state="s")
        self.assertEqual([], landing.shown)
        self.assertRefused(landing, "invalid_request")

    def test_words_may_come_in_any_order(self):
        browser = self.browser()
        request = self.site.request(response_type="token id_token code")
        landing = self.site.walk(browser, browser.get(site.AUTHORIZE, **request), self.user)
        self.checked(landing, request, self.site)

    @for_each(("code code", "id_token id_token", "token", "code pigeon", "code  token", " code", "none", "code\ttoken",
               "CODE", "code " * 2000))
    def test_what_is_no_response_type_is_refused(self, kind):
        landing = self.site.journey(self.browser(), self.user, response_type=kind, state="s")
        self.assertRefused(landing, "unsupported_response_type",
                           "fragment" if {"token", "id_token"} & set(kind.split(" ")) else "query")

    def test_not_even_what_is_wrong_with_them_comes_in_the_query(self):
        landing = self.site.journey(self.browser(), self.user, response_type="token", response_mode="query", state="s")
        self.assertRefused(landing, "unsupported_response_type", "fragment")

    def test_a_doubled_parameter_is_refused(self):
        landing = self.site.journey(self.browser(), self.user, response_type=["id_token", "code"], state="s")
        self.assertErrorBack(landing, "invalid_request", "s")

    def test_a_client_gets_what_it_is_registered_for(self):
        for client, kinds in ((self.plain, ALL), (self.half, ("code token", "id_token", "code id_token token"))):
            for kind in kinds:
                landing = client.journey(self.browser(), self.user, response_type=kind, state="s")
                self.assertEqual([], landing.shown)
                self.assertRefused(landing, "unauthorized_client")
        self.assertRefused(self.site.journey(self.browser(), self.user, state="s"), "unauthorized_client", "query")

    @for_each(("id_token", "code id_token"))
    def test_an_id_token_needs_openid(self, kind):
        landing = self.site.journey(self.browser(), self.user, response_type=kind, scope="email", state="s")
        self.assertRefused(landing, "invalid_scope")

    def test_a_public_client_gets_tokens_in_front_alone(self):
        answer = self.login("id_token token", client=self.app)
        self.assertEqual({}, answer.back)
        self.assertActive(self.site, answer.access_token)

    def test_the_scope_is_told_where_it_is_another(self):
        answer = self.login("id_token token", scope="openid email no-such-scope")
        self.assertEqual("openid email", answer.front["scope"])
        self.assertNotIn("scope", self.login("id_token token", scope="openid email").front)

    def test_lasting_access_is_never_in_front(self):
        answer = self.login("id_token token", scope="openid offline_access", prompt="consent")
        self.assertEqual({"access_token", "token_type", "expires_in", "id_token", "state", "iss"}, set(answer.front))

    def test_a_button_that_is_pressed_twice_gives_the_same_tokens(self):
        browser = self.browser()
        page = self.site.journey(browser, self.user, consent=None, response_type="code id_token token",
                                 prompt="consent").page
        first, second = (self.site.walk(browser, page.press(browser, "consent-allow")) for _ in range(2))
        self.assertEqual(first.params, second.params)

    def test_what_was_acknowledged_is_there_after_a_kill(self):
        answer = self.login("code token")
        again = self.site.journey(answer.browser, None, response_type="code token")
        self.server.kill()
        self.server.launch()
        self.assertEqual(200, self.site.userinfo(again.params["access_token"]).status)
        self.assertTokens(self.site.redeem(again.code))

    def test_tokens_in_front_are_audited(self):
        answer = self.login("id_token token")
        jti = self.assertActive(self.site, answer.access_token)["jti"]
        wait_until(lambda: [line for line in self.server.log_lines() if line.get("event") == "token.issued" and
                            line["details"]["jti"] == jti and line["details"]["grant"] == "implicit"], 30, "no audit event")


class Floods(LegacyStory):
    settings = {"oauth": {"legacy_response_types": True}, "limits": {"requests": 3, "requests_window": "1h"}}

    def test_a_client_that_asks_too_often_is_told_to_come_back(self):
        browser = self.browser()
        for _ in range(3):
            landing = self.site.journey(browser, self.user, response_type="id_token token")
            self.assertIn("access_token", landing.params)
        landing = self.site.journey(browser, response_type="id_token token", state="s")
        self.assertRefused(landing, "temporarily_unavailable")
        self.assertIn("access_token", self.other.journey(browser, response_type="code token").params)


class Registration(LegacyStory):
    GRANTS = ["authorization_code", "implicit", "refresh_token"]
    modules = modules(access="open", grants=GRANTS)

    def test_a_site_registers_itself_for_what_there_is(self):
        said = metadata(response_types=["code id_token", "id_token"], grant_types=self.GRANTS, redirect_uris=[self.site.redirect])
        response = register(self.browser(), said)
        self.assertEqual(201, response.status, response)
        self.assertEqual(said["response_types"], response.json()["response_types"])
        registered = Registered(self.server, response.json()).site()
        self.assertIn("id_token", registered.journey(self.browser(), self.user, response_type="code id_token").params)

    @for_each(((["code id_token"], ["authorization_code"]), (["id_token"], ["authorization_code", "implicit"]),
               (["token"], GRANTS), (["code code"], GRANTS), (["receipt code"], GRANTS)))
    def test_what_does_not_fit_is_refused(self, case):
        types, grants = case
        response = register(self.browser(), metadata(response_types=types, grant_types=grants))
        self.assertEqual(400, response.status, response)
        self.assertEqual("invalid_client_metadata", response.json()["error"])


class Switch(Story):
    """Without the plugins nothing of it is there; with them and without the switch nothing starts."""

    modules = modules(access="open", grants=Registration.GRANTS)

    @for_each([[kind] for kind in ALL])
    def test_without_the_plugins_no_site_registers_itself_for_them(self, types):
        response = register(self.browser(), metadata(response_types=types, grant_types=Registration.GRANTS))
        self.assertEqual(400, response.status, response)

    def test_without_the_plugins_only_codes_are_given(self):
        for kind in ALL:
            landing = self.site.journey(self.browser(), self.user, response_type=kind, state="s")
            self.assertErrorBack(landing, "unsupported_response_type", "s")
            self.assertEqual("query", landing.mode)
        metadata = self.server.metadata
        self.assertEqual(["code"], metadata["response_types_supported"])
        self.assertEqual(["query", "form_post"], metadata["response_modes_supported"])
        self.assertNotIn("implicit", metadata["grant_types_supported"])

    def configure(self, plugins, **oauth):
        before = copy.deepcopy(self.server.config)
        self.server.config["plugins"] = [{"use": use} for use in plugins]
        self.server.config["oauth"].update(oauth)
        self.server.write_config()
        self.server.config = before
        self.addCleanup(self.server.write_config)

    def check(self, plugins, **oauth):
        self.configure(plugins, **oauth)
        return self.server.run("check", "--config", self.server.config_file)

    def test_plugins_alone_start_nothing(self):
        done = self.check([*USES, *KINDS])
        self.assertEqual(78, done.returncode)
        for kind in KINDS[:2]:
            self.assertIn(f"{kind}: gives tokens in the browser's address bar", done.stdout + done.stderr)
        self.assertIn("oauth: legacy_response_types: true", done.stdout + done.stderr)

    def test_the_switch_is_warned_of(self):
        done = self.check([*USES, *KINDS], legacy_response_types=True)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn("sites should ask for a code", done.stdout + done.stderr)

    def test_tokens_without_a_fragment_to_stand_in_start_nothing(self):
        done = self.check([*USES, *KINDS[:2]], legacy_response_types=True)
        self.assertEqual(78, done.returncode)
        self.assertIn("response_mode.fragment", done.stdout + done.stderr)

    def test_discovery_names_what_is_enabled(self):
        self.assertEqual((["code", "id_token", "code id_token"], ["query", "form_post", "fragment"]),
                         self.told([KINDS[0], KINDS[2]]))
        self.assertEqual((["code", "code token"], ["query", "form_post", "fragment"]), self.told(KINDS[1:]))
        self.assertEqual((["code"], ["query", "form_post", "fragment"]), self.told(KINDS[2:]))
        self.server.stop()
        self.server.write_config()
        self.server.launch()

    def told(self, kinds):
        self.configure([*USES, *kinds], legacy_response_types=True)
        self.server.stop()
        self.server.launch()
        metadata = self.server.metadata
        self.assertEqual(len(kinds) > 1, "implicit" in metadata["grant_types_supported"])
        return metadata["response_types_supported"], metadata["response_modes_supported"]
