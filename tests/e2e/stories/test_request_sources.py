# SPDX-License-Identifier: Apache-2.0
"""Requests whose parameters lie elsewhere, by third parties' plugins, compiled against the SDK alone."""
import json
from urllib.parse import urlencode

from harness.server import MODULES, USES
from harness.site import AUTHORIZE
from harness.story import Story
from harness.web import wait_until


class RequestSources(Story):
    plugins = [*USES, "request_source.spelled_out", "request_source.shelf"]
    modules = [*MODULES, "shelf"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("request_source.spelled_out", "tests/e2e/plugins/spelled_out.cpp")
        cls.server.build_plugin("module.shelf", "tests/e2e/plugins/shelf.cpp")
        (cls.server.folder / "plugins" / "request_source.shelf.so").symlink_to("module.shelf.so")

    def shelved(self, site, **changes):
        return site.call("/shelf", site.request(**changes)).json()["request_uri"]

    def ask(self, browser, user=None, **query):
        return self.site.walk(browser, browser.get(AUTHORIZE, **query), user)

    def redeem(self, landing):
        return self.assertTokens(self.site.redeem(landing.code))

    def test_a_request_that_is_good_once_survives_all_pages_of_a_login(self):
        browser = self.browser()
        name = self.shelved(self.site, scope="openid email", state="kept", prompt="consent")
        landing = self.ask(browser, self.user, client_id="site", request_uri=name, state="sent", scope="openid phone")
        self.assertEqual(["login", "consent"], landing.shown)
        self.assertEqual("kept", landing.params["state"])
        self.assertEqual("openid email", self.redeem(landing)["scope"])

    def test_a_request_may_be_opened_again_until_it_is_answered(self):
        name = self.shelved(self.site)
        for _ in range(2):
            self.assertEqual(200, self.ask(self.browser(), client_id="site", request_uri=name).response.status)
        browser = self.browser()
        self.redeem(self.ask(browser, self.user, client_id="site", request_uri=name))
        for again in (browser, self.browser()):
            self.assertErrorBack(self.ask(again, client_id="site", request_uri=name), "invalid_request_uri")

    def test_of_two_tabs_one_is_answered(self):
        browser = self.browser()
        name = self.shelved(self.site, prompt="login")
        tabs = [browser.get(AUTHORIZE, client_id="site", request_uri=name) for _ in range(2)]
        self.redeem(self.site.walk(browser, tabs[0], self.user))
        self.assertErrorBack(self.site.walk(browser, tabs[1], self.user), "invalid_request_uri")

    def test_an_answered_request_is_not_started_again(self):
        browser = self.browser()
        name = self.shelved(self.site, prompt="login")
        tabs = [browser.get(AUTHORIZE, client_id="site", request_uri=name) for _ in range(2)]
        self.redeem(self.site.walk(browser, tabs[0], self.user))
        again = browser.get(tabs[1].location.replace("/login", "/restart"))
        self.assertErrorBack(self.site.walk(browser, again), "invalid_request_uri")

    def test_a_refusal_is_an_answer_too(self):
        browser = self.browser()
        name = self.shelved(self.site, prompt="consent")
        page = self.site.walk(browser, browser.get(AUTHORIZE, client_id="site", request_uri=name), self.user,
                              stop_at=("consent",)).page
        self.assertErrorBack(self.site.walk(browser, page.press(browser, "consent-deny")), "access_denied")
        for button in "consent-allow", "consent-deny":
            again = self.site.walk(browser, page.press(browser, button))
            self.assertErrorBack(again, "invalid_request_uri")

    def test_a_stranger_who_gets_an_error_uses_nothing_up(self):
        name = self.shelved(self.site, prompt="none")
        for _ in range(2):
            self.assertErrorBack(self.ask(self.browser(), client_id="site", request_uri=name), "login_required")

    def test_a_button_that_is_pressed_twice_is_one_answer(self):
        browser = self.browser()
        name = self.shelved(self.site, prompt="consent")
        page = self.site.walk(browser, browser.get(AUTHORIZE, client_id="site", request_uri=name), self.user,
                              stop_at=("consent",)).page
        first, second = (self.site.walk(browser, page.press(browser, "consent-allow")) for _ in range(2))
        self.assertEqual(first.code, second.code)
        self.redeem(first)

    def test_a_head_answers_nothing(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        name = self.shelved(self.site)
        head = browser.request("HEAD", f"{AUTHORIZE}?{urlencode({'client_id': 'site', 'request_uri': name})}")
        self.assertEqual((405, "GET, POST"), (head.status, head.header("Allow")))
        self.redeem(self.ask(browser, client_id="site", request_uri=name))

    def test_who_is_signed_in_is_answered_at_once(self):
        browser = self.browser()
        self.site.tokens(browser, self.user)
        landing = self.ask(browser, client_id="site", request_uri=self.shelved(self.site))
        self.assertEqual([], landing.shown)
        self.redeem(landing)

    def test_a_request_that_is_another_clients_is_refused(self):
        for uri in (self.shelved(self.other), "urn:example:shelf:none"):
            page = self.ask(self.browser(), client_id="site", request_uri=uri, scope="openid")
            self.assertEqual(400, page.response.status)
            self.assertIn("invalid_request_uri", page.response.text)
            back = self.ask(self.browser(), client_id="site", request_uri=uri, redirect_uri=self.site.redirect, state="s")
            self.assertEqual(("invalid_request_uri", "s"), (back.error, back.params["state"]))

    def test_an_object_is_checked_like_a_query(self):
        def ask(user=None, **changes):
            spelled = json.dumps(self.site.request(**changes))
            return self.ask(self.browser(), user, client_id="site", request=spelled)

        self.redeem(ask(self.user))
        self.assertErrorBack(ask(code_challenge=None), "invalid_request")
        self.assertErrorBack(ask(prompt="none", state="s"), "login_required")
        self.assertErrorBack(ask(request="{}"), "request_not_supported")
        elsewhere = ask(redirect_uri="https://evil.example/")
        self.assertFalse(elsewhere.is_back)
        self.assertEqual(400, elsewhere.response.status)

    def test_a_posted_object_is_read_too(self):
        browser = self.browser()
        response = browser.post(AUTHORIZE, {"client_id": "site", "request": json.dumps(self.site.request())})
        self.redeem(self.site.walk(browser, response, self.user))

    def test_both_at_once_are_refused(self):
        back = self.ask(self.browser(), client_id="site", request="{}", request_uri="urn:x", redirect_uri=self.site.redirect)
        self.assertEqual("invalid_request", back.error)

    def test_a_broken_source_is_named_in_the_log(self):
        for state, why in (("throws", "lost my head"), ("forged", "another client's")):
            spelled = json.dumps(self.site.request(state=state, client_id="other"))
            back = self.ask(self.browser(), client_id="site", request=spelled.replace('"other"', '"site"')
                            if state == "throws" else spelled, redirect_uri=self.site.redirect)
            self.assertEqual("server_error", back.error)
            wait_until(lambda why=why: [line for line in self.server.log_lines() if why in str(line.get("detail")) and
                                        "request_source.spelled_out" in line["detail"]], 30, "not named")

    def test_discovery_follows_the_sources(self):
        told = self.server.metadata
        self.assertIs(True, told["request_parameter_supported"])
        self.assertIs(True, told["request_uri_parameter_supported"])
        self.assertEqual(["none"], told["request_object_signing_alg_values_supported"])

    def test_the_order_begins_with_the_sources(self):
        order = ("plugins", "--order", "--config", self.server.config_file)
        listed = json.loads(self.server.run(*order, "--json", check=True).stdout)
        self.assertEqual([("request_source.spelled_out", ["request"]), ("request_source.shelf", ["request_uri"])],
                         [(one["source"], one["parameters"]) for one in listed[:2]])
        self.assertEqual("doubled", listed[2]["rule"])
        self.assertIn("request_source.shelf", self.server.run(*order, check=True).stdout)

    def test_two_sources_of_one_parameter_are_named_at_start(self):
        plugins = self.server.config["plugins"]
        plugins.append({"use": "request_source.spelled_out", "name": "again"})
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        plugins.pop()
        self.server.write_config()
        self.assertEqual(78, done.returncode)
        self.assertIn('request_source.spelled_out (again): answers for the parameter "request", as does '
                      "request_source.spelled_out at", done.stdout + done.stderr)
