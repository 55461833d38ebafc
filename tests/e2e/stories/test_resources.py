# SPDX-License-Identifier: Apache-2.0
"""Tokens are for APIs that somebody registered, and for no other (RFC 8707); who may introspect them (RFC 7662)."""
from harness import jwt, site
from harness.server import USES, CommandFailed, trusting
from harness.page import Page
from harness.story import Story

ORDERS = "https://api.example/orders"
MAIL = "https://mail.example/"
VAULT = "urn:example:vault"
LEDGER = "https://ledger.example/"
CONFIGURED = {
    "orders": {"identifier": ORDERS, "name": "Orders & <more>", "scopes": ["orders:read", "orders:write"],
               "signing_alg": "ES256", "ttl_secs": 120, "introspected_by": ["orders-api"]},
    "mail": {"identifier": MAIL},
    "ledger": {"identifier": LEDGER, "signing_alg": "EdDSA"},
    "vault": {"identifier": VAULT, "token_format": "opaque", "clients": ["machine"]},
}
SCOPE = "openid profile email address phone offline_access orders:read orders:write"


class ResourceStory(Story):
    plugins = [*USES, {"use": "resource_registry.local", "resources": CONFIGURED}]

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.client("site", scope=SCOPE)
        cls.asker = cls.client("asker", "https://asker.example/cb")
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="orders:read orders:write audit")
        cls.api = cls.client("orders-api", grants=("client_credentials",), scope="audit")
        cls.gateway = cls.client("gateway", grants=("client_credentials",), scope="audit")

    def ask(self, **parameters):
        return self.machine.call(site.TOKEN, {"grant_type": "client_credentials", **parameters})

    def tokens(self, scope="openid offline_access orders:read", **changes):
        return self.site.tokens(self.browser(), self.user, scope=scope, prompt="consent", **changes)


class Resources(ResourceStory):
    def test_what_nobody_registered_is_no_target(self):
        for unknown in ("https://elsewhere.example/", ORDERS + "/", ORDERS.upper(), "https://api.example",
                        [ORDERS, "https://elsewhere.example/"]):
            with self.subTest(unknown):
                landing = self.site.journey(self.browser(), self.user, resource=unknown, state="s")
                self.assertErrorBack(landing, "invalid_target", "s")
                self.assertTokenError(self.ask(resource=unknown), "invalid_target", 400)

    def test_the_identifier_stands_in_aud_as_it_is(self):
        for identifier in (ORDERS, MAIL):
            claims = jwt.verify(self.ask(resource=identifier).json()["access_token"], self.keys())[1]
            self.assertEqual(identifier, claims["aud"])

    def test_a_token_has_the_scopes_of_its_resource_alone(self):
        tokens = self.tokens(scope="openid profile offline_access orders:read", resource=[ORDERS, MAIL])
        self.assertEqual({"openid", "profile", "offline_access", "orders:read"}, set(tokens["scope"].split()))
        narrow = self.assertTokens(self.site.refresh(tokens["refresh_token"], resource=ORDERS))
        self.assertEqual("orders:read", narrow["scope"])
        self.assertEqual("orders:read", jwt.verify(narrow["access_token"], self.keys())[1]["scope"])
        self.assertIn("id_token", narrow)
        wide = self.assertTokens(self.site.refresh(narrow["refresh_token"]))
        self.assertEqual(set(tokens["scope"].split()), set(wide["scope"].split()))

    def test_a_machines_token_too(self):
        answer = self.ask(resource=ORDERS).json()
        self.assertEqual({"orders:read", "orders:write"}, set(answer["scope"].split()))

    def test_it_lives_as_long_and_is_signed_as_the_resource_says(self):
        answer = self.ask(resource=ORDERS).json()
        header, claims = jwt.verify(answer["access_token"], self.keys())
        self.assertEqual(("ES256", 120, 120), (header["alg"], answer["expires_in"], claims["exp"] - claims["iat"]))
        answer = self.ask(resource=MAIL).json()
        self.assertEqual(("RS256", 600), (jwt.verify(answer["access_token"], self.keys())[0]["alg"], answer["expires_in"]))

    def test_its_format_is_the_resources(self):
        token = self.ask(resource=VAULT).json()["access_token"]
        self.assertEqual(1, len(token.split(".")))
        self.assertEqual(VAULT, self.machine.introspect(token).json()["aud"])

    def test_one_token_is_for_several_that_go_together(self):
        self.assertEqual(200, self.ask(resource=[VAULT, MAIL]).status)  # the mail takes any
        self.assertEqual({ORDERS, MAIL},
                         set(jwt.verify(self.ask(resource=[ORDERS, MAIL]).json()["access_token"], self.keys())[1]["aud"]))

    def test_no_token_is_for_several_that_want_different_ones(self):
        self.assertTokenError(self.ask(resource=[ORDERS, LEDGER]), "invalid_target", 400)
        landing = self.site.journey(self.browser(), self.user, resource=[ORDERS, LEDGER], state="s")
        self.assertErrorBack(landing, "invalid_target", "s")

    def test_a_client_that_is_not_named_gets_none(self):
        landing = self.site.journey(self.browser(), self.user, resource=VAULT, state="s")
        self.assertErrorBack(landing, "invalid_target", "s")

    def test_without_a_resource_all_is_as_ever(self):
        tokens = self.tokens()
        claims = jwt.verify(tokens["access_token"], self.keys())[1]
        self.assertEqual(self.server.issuer, claims["aud"])
        self.assertEqual({"openid", "offline_access", "orders:read"}, set(claims["scope"].split()))

    def test_the_issuer_itself_needs_no_registration(self):
        tokens = self.tokens(resource=[self.server.issuer, ORDERS])
        self.assertEqual(200, self.site.userinfo(tokens["access_token"]).status)

    def test_the_person_is_told_which_api_it_is_for(self):
        for resource, name in ((ORDERS, "Orders & <more>"), (MAIL, MAIL)):
            landing = self.site.journey(self.browser(), self.user, stop_at=("consent",), resource=resource,
                                        prompt="consent")
            self.assertIn(name, Page(landing.response).text_of("consent-resources"))
        landing = self.site.journey(self.browser(), self.user, stop_at=("consent",), prompt="consent")
        self.assertFalse(Page(landing.response).has("consent-resources"))

    def test_a_person_is_asked_once_for_each(self):
        browser = self.browser()
        for resource, shown in (([], ["login", "consent"]), (ORDERS, ["consent"]), (ORDERS, []), ([], []), (MAIL, ["consent"]),
                                ([ORDERS, MAIL, self.server.issuer], [])):
            self.assertEqual(shown, self.asker.journey(browser, self.user, resource=resource).shown)
        landing = self.asker.journey(browser, resource=[MAIL, LEDGER], prompt="none", state="s")
        self.assertErrorBack(landing, "consent_required", "s")


class Introspection(ResourceStory):
    modules = trusting("gateway")

    def test_who_is_not_meant_learns_nothing(self):
        token = self.ask(resource=ORDERS).json()["access_token"]
        self.assertEqual({"active": False}, self.site.introspect(token).json())
        for client in (self.machine, self.api, self.gateway):
            with self.subTest(client.id):
                answer = client.introspect(token).json()
                self.assertEqual((True, ORDERS, "machine"), (answer["active"], answer["aud"], answer["client_id"]))

    def test_an_api_looks_into_its_own_tokens_alone(self):
        for resource in ({"resource": MAIL}, {}):
            token = self.ask(**resource).json()["access_token"]
            self.assertEqual({"active": False}, self.api.introspect(token).json())
            self.assertTrue(self.gateway.introspect(token).json()["active"])

    def test_nobody_but_its_client_looks_into_a_refresh_token(self):
        token = self.tokens()["refresh_token"]
        self.assertTrue(self.site.introspect(token).json()["active"])
        for client in (self.gateway, self.api):
            self.assertEqual({"active": False}, client.introspect(token).json())


class Commands(ResourceStory):
    NEW = "https://new.example/api"

    def test_a_life_of_one_beside_the_running_server(self):
        self.assertTokenError(self.ask(resource=self.NEW), "invalid_target", 400)
        self.server.command("resource", "add", self.NEW, "--name", "New", "--scope", "orders:read audit", "--ttl", "60",
                            "--introspected-by", "orders-api", "--client", "machine")
        answer = self.ask(resource=self.NEW).json()
        self.assertEqual(({"orders:read", "audit"}, 60), (set(answer["scope"].split()), answer["expires_in"]))
        self.assertTrue(self.api.introspect(answer["access_token"]).json()["active"])
        listed = {row["identifier"]: row["from"] for row in self.server.command("resource", "list")}
        self.assertEqual({ORDERS: "configuration", MAIL: "configuration", VAULT: "configuration",
                          LEDGER: "configuration", self.NEW: "storage"},
                         listed)
        self.assertEqual({"resource": self.NEW, "resource_name": "New", "scopes_supported": ["orders:read", "audit"],
                          "authorization_servers": [self.server.issuer], "bearer_methods_supported": ["header"]},
                         self.server.command("resource", "metadata", self.NEW))
        self.assertRefused("is there already", "add", self.NEW)
        self.server.command("resource", "remove", self.NEW)
        self.assertTokenError(self.ask(resource=self.NEW), "invalid_target", 400)
        self.assertRefused("no resource", "remove", self.NEW)

    def test_what_was_granted_for_one_that_is_gone_gives_no_more_tokens(self):
        gone = "https://gone.example/"
        self.server.command("resource", "add", gone)
        tokens = self.tokens(resource=[gone, ORDERS])
        self.server.command("resource", "remove", gone)
        self.assertTokenError(self.site.refresh(tokens["refresh_token"]), "invalid_target", 400)
        narrow = self.site.refresh(tokens["refresh_token"], resource=ORDERS)
        self.assertEqual(ORDERS, jwt.verify(self.assertTokens(narrow)["access_token"], self.keys())[1]["aud"])

    def test_what_cannot_be_registered_says_why(self):
        for words, *arguments in (("absolute URI", "no-uri"), ("absolute URI", "https://api.example/#part"),
                                  ("is there already", ORDERS), ("ttl_secs", self.NEW, "--ttl", "0"),
                                  ("ttl_secs", self.NEW, "--ttl", "soon"), ("scopes", self.NEW, "--scope", 'a"b'),
                                  ("no instance \"jtw\"", self.NEW, "--token-format", "jtw"),
                                  ("no key for HS256", self.NEW, "--signing-alg", "HS256"),
                                  ("one line", self.NEW, "--name", "two\nlines")):
            with self.subTest(arguments):
                self.assertRefused(words, "add", *arguments)
        self.assertRefused("stands in the configuration", "remove", ORDERS)

    def assertRefused(self, words, *arguments):
        with self.assertRaises(CommandFailed) as refused:
            self.server.command("resource", *arguments)
        self.assertIn(words, refused.exception.output)
