# SPDX-License-Identifier: Apache-2.0
"""Identity assertions from one server to another (draft-ietf-oauth-identity-assertion-authz-grant): people sign in to a wiki at
`self.server`, and the wiki gets tokens of `self.chat` for them, which knows the wiki by another name."""
import json
import time

from harness import jwt, registration, site
from harness.exchange import ACCESS, BEARER, EXCHANGE, GRANT, ID, JWT, MEMBER, Elsewhere, exchange, show
from harness.server import USES, CommandFailed, Gatehouse
from harness.story import Story
from harness.web import wait_until

RULE = "client_metadata_rule.id_jag"
ID_JAG = "urn:ietf:params:oauth:token-type:id-jag"
TYP = "oauth-id-jag+jwt"
PROFILE = "urn:ietf:params:oauth:grant-profile:id-jag"
API = "https://api.chat.example/"
FILES = "https://files.chat.example/"
LOGIN = ("authorization_code", "refresh_token", EXCHANGE)


def trusted(name, issuer, jwks_uri):
    return {"use": "trusted_issuer.jwt", "name": name, "issuer": issuer, "jwks_uri": jwks_uri, "types": [TYP], "subjects": {
        "people": {"clients": ["wiki-at-chat", "app"], "scopes": ["chat.read", "chat.history"], "audience": [API, FILES],
                   "person": {"by": "login"}}}}


class IdJagStory(Story):
    plugins = [*USES, GRANT, MEMBER, RULE]

    @classmethod
    def furnish(cls):
        cls.elsewhere = Elsewhere()
        cls.addClassCleanup(cls.elsewhere.close)
        cls.chat = cls.second([RULE])
        cls.user = cls.person()
        given = {"client_id": "wiki-at-chat", "scope": "chat.read chat.history", "resource": [API, FILES]}
        cls.wiki = cls.client("wiki", grants=LOGIN, options=cls.policy(
            {cls.chat.issuer: given, cls.server.issuer: given, "https://plain.example": {"client_id": "w"}}))
        cls.notes = cls.client("notes", "https://notes.example/cb", grants=LOGIN)
        cls.public = cls.client("public", "https://public.example/cb", grants=LOGIN, method="none",
                                options=cls.policy({cls.chat.issuer: given}))
        cls.there, cls.stranger = cls.at_chat("wiki-at-chat"), cls.at_chat("stranger")
        cls.app = cls.at_chat("app", "none")
        cls.chat.add_user("ada", "a password of ada's", {})

    @classmethod
    def second(cls, more):
        """A server that trusts this one and another."""
        server = Gatehouse({"outgoing": {"allow": [cls.server.issuer, cls.elsewhere.shelf.origin]}}, [
            *USES, "grant.jwt_bearer", *more, trusted("here", cls.server.issuer, cls.server.issuer + site.JWKS),
            trusted("elsewhere", cls.elsewhere.url, cls.elsewhere.jwks_uri),
            {"use": "resource_registry.local", "resources": {"api": {"identifier": API}, "files": {"identifier": FILES}}}])
        cls.addClassCleanup(server.remove)
        server.launch()
        return server

    @staticmethod
    def policy(entries):
        return ("--member", "id_jag=" + json.dumps(entries))

    @classmethod
    def at_chat(cls, name, method="client_secret_basic", server=None):
        server = server or cls.chat
        made = server.add_client(name, grants=(BEARER,), scope="chat.read chat.history chat.write", method=method)
        return site.Site(server, name, made.get("client_secret"), None, method)

    def login(self, client=None, **changes):
        client = client or self.wiki
        return client.tokens(self.browser(), self.user, **{"scope": "openid offline_access", "prompt": "consent", **changes})

    def ask(self, token, client=None, kind=ID, **changes):
        return exchange(client or self.wiki, token, kind, **{"requested_token_type": ID_JAG, "audience": self.chat.issuer,
                                                             **changes})

    def given(self, token, **changes):
        response = self.ask(token, **changes)
        self.assertEqual(200, response.status, response)
        return response.json()

    def known_at_chat(self, tokens):
        """The person has their `sub` here as login there."""
        sub = jwt.claims_of(tokens["id_token"])["sub"]
        if not any(user["login"] == sub for user in self.chat.command("user", "list")):
            self.chat.add_user(sub, "a password that is never used", {})

    def assertNotGiven(self, response):
        self.assertTokenError(response, "invalid_grant", 400)


class Issuing(IdJagStory):
    def test_discovery_names_each_side_where_it_is(self):
        here, there = self.server.metadata, self.chat.metadata
        self.assertEqual([ID_JAG], here["identity_chaining_requested_token_types_supported"])
        self.assertNotIn("authorization_grant_profiles_supported", here)
        self.assertEqual([PROFILE], there["authorization_grant_profiles_supported"])
        self.assertNotIn("identity_chaining_requested_token_types_supported", there)

    def test_an_id_token_brings_an_assertion_and_that_a_token_of_the_other_server(self):
        tokens = self.login()
        self.known_at_chat(tokens)
        body = self.given(tokens["id_token"], scope="chat.read", resource=API)
        self.assertEqual({"access_token", "issued_token_type", "token_type", "expires_in", "scope"}, set(body))
        self.assertEqual((ID_JAG, "N_A", "chat.read"), (body["issued_token_type"], body["token_type"], body["scope"]))
        header, claims = jwt.verify(body["access_token"], self.keys(), ["RS256"])
        own = jwt.claims_of(tokens["id_token"])
        self.assertEqual(TYP, header["typ"])
        self.assertEqual({"iss": self.server.issuer, "sub": own["sub"], "aud": self.chat.issuer, "client_id": "wiki-at-chat",
                          "scope": "chat.read", "resource": API, "auth_time": own["auth_time"], "acr": own["acr"],
                          "amr": own["amr"]},
                         {name: value for name, value in claims.items() if name not in ("iat", "exp", "jti")})
        self.assertAboutNow(claims["iat"])
        self.assertEqual((300, 300), (claims["exp"] - claims["iat"], body["expires_in"]))
        got = self.assertTokens(show(self.there, body["access_token"]), openid=False)
        self.assertNotIn("refresh_token", got)
        there = jwt.verify(got["access_token"], self.chat.browser().get(site.JWKS).json()["keys"])[1]
        self.assertEqual(("wiki-at-chat", "chat.read", API), (there["client_id"], there["scope"], there["aud"]))
        self.assertNotGiven(show(self.there, body["access_token"]))

    def test_without_a_wish_it_is_all_that_the_client_may_have(self):
        claims = jwt.claims_of(self.given(self.login()["id_token"])["access_token"])
        self.assertEqual(("chat.read chat.history", [API, FILES]), (claims["scope"], claims["resource"]))
        plain = jwt.claims_of(self.given(self.login()["id_token"], audience="https://plain.example")["access_token"])
        self.assertFalse({"scope", "resource"} & set(plain))

    def test_nobody_gets_one_for_what_was_not_allowed(self):
        token = self.login()["id_token"]
        for changes, error in (({"audience": "https://other.example"}, "invalid_target"),
                               ({"audience": self.chat.issuer + "/"}, "invalid_target"), ({"audience": None}, "invalid_target"),
                               ({"audience": self.server.issuer}, "invalid_target"),
                               ({"audience": [self.chat.issuer, "https://plain.example"]}, ("invalid_target", "invalid_request")),
                               ({"resource": "https://other.example/"}, "invalid_target"),
                               ({"resource": [API, "https://other.example/"]}, "invalid_target"),
                               ({"scope": "chat.read chat.write"}, "invalid_scope"), ({"scope": "openid"}, "invalid_scope"),
                               ({"actor_token": token, "actor_token_type": ID}, "invalid_request"),
                               ({"requested_token_type": ID_JAG + "x"}, "invalid_request")):
            with self.subTest(changes):
                self.assertTokenError(self.ask(token, **changes), error, 400)
        self.assertTokenError(self.ask(self.login(self.notes)["id_token"], self.notes), "invalid_target", 400)
        self.assertTokenError(self.ask(self.login(self.public)["id_token"], self.public), "unauthorized_client", 400)

    def test_for_nothing_but_its_own_good_id_token(self):
        tokens, foreign = self.login(), self.login(self.notes)
        for token, kind in ((foreign["id_token"], ID), (tokens["access_token"], ID), (tokens["access_token"], ACCESS),
                            (tokens["refresh_token"], ID), (tokens["id_token"], JWT), (tokens["id_token"][:-4] + "AAAA", ID),
                            ("", ID), ("x", ID), (tokens["id_token"], "")):
            with self.subTest(kind=kind, token=token[:20]):
                self.assertTokenError(self.ask(token, kind=kind), "invalid_request", 400)
        self.given(tokens["id_token"])
        self.assertEqual(200, self.wiki.revoke(tokens["refresh_token"]).status)
        self.assertTokenError(self.ask(tokens["id_token"]), "invalid_request", 400)

    def test_a_person_who_was_disabled_brings_none(self):
        gone = self.person("gone")
        token = self.wiki.tokens(self.browser(), gone)["id_token"]
        self.given(token)
        self.server.command("user", "disable", "gone")
        self.assertTokenError(self.ask(token), ("invalid_grant", "invalid_request"), 400)

    def test_here_it_is_worth_nothing(self):
        assertion = self.given(self.login()["id_token"])["access_token"]
        self.assertEqual(401, self.wiki.userinfo(assertion).status)
        self.assertEqual({"active": False}, self.wiki.introspect(assertion).json())
        for kind in (ID, ACCESS, JWT):
            self.assertTokenError(self.ask(assertion, kind=kind), "invalid_request", 400)
            self.assertTokenError(exchange(self.wiki, assertion, kind), ("invalid_request", "unauthorized_client"), 400)

    def test_the_audit_trail_tells_for_whom_and_where_it_went(self):
        claims = jwt.claims_of(self.given(self.login()["id_token"])["access_token"])

        def line():
            return next((line for line in self.server.log_lines() if line.get("details", {}).get("jti") == claims["jti"]), None)
        wait_until(line, 20, "no event")
        self.assertEqual(("token.issued", EXCHANGE, claims["sub"], self.chat.issuer, claims["scope"]),
                         (line()["event"], line()["details"]["grant"], line()["subject"], line()["details"]["audience"],
                          line()["details"]["scope"]))

    def test_the_command_line_checks_the_policy(self):
        for wrong, told in (([], "id_jag: is an object"), ({"https://x.example": 1}, "https://x.example: is an object"),
                            ({"https://x.example": {}}, "needs client_id"),
                            ({"https://x.example": {"client_id": ["a"]}}, "client_id is a text"),
                            ({"https://x.example": {"client_id": "a", "resource": [1]}}, "resource is a list of texts"),
                            ({"https://x.example": {"client_id": "a", "scopes": "b"}}, "has no member scopes")):
            with self.subTest(wrong), self.assertRaises(CommandFailed) as failed:
                self.client("wrong", options=self.policy(wrong))
            self.assertIn(told, failed.exception.output)


class Taking(IdJagStory):
    """What one of another issuer has to say."""

    def assertion(self, typ=TYP, signer=None, **changes):
        claims = self.elsewhere.claims(**{"audience": self.chat.issuer, "sub": "ada", "client_id": "wiki-at-chat",
                                          "scope": "chat.read", "resource": API, **changes})
        return (signer or self.elsewhere.signer).sign(claims, typ=typ)

    def test_a_good_one(self):
        for changes in ({}, {"scope": None, "resource": None}, {"resource": [API, FILES]}, {"scope": "chat.read elsewhere.write"},
                        {"aud": [self.chat.issuer]}):
            with self.subTest(changes):
                self.assertTokens(show(self.there, self.assertion(**changes)), openid=False)
        narrowed = self.assertTokens(show(self.there, self.assertion(scope="chat.read chat.history"), scope="chat.history"),
                                     openid=False)
        self.assertEqual("chat.history", narrowed["scope"])

    def test_it_gives_no_more_than_it_says(self):
        self.assertTokenError(show(self.there, self.assertion(), scope="chat.history"), "invalid_scope", 400)
        self.assertTokenError(show(self.there, self.assertion(), resource=FILES), "invalid_target", 400)

    def test_ones_that_are_not_good(self):
        now = int(time.time())
        for changes in ({"client_id": "stranger"}, {"client_id": None}, {"client_id": ["wiki-at-chat"]},
                        {"audience": "https://other.example"}, {"audience": self.chat.issuer + "/"},
                        {"audience": self.chat.issuer + site.TOKEN}, {"aud": [self.chat.issuer, self.chat.issuer + site.TOKEN]},
                        {"aud": None}, {"jti": None}, {"jti": ""}, {"iat": None}, {"sub": None}, {"sub": "nobody"},
                        {"life": -1}, {"life": 7200}, {"exp": None}, {"iat": now + 300}, {"nbf": now + 300},
                        {"scope": "chat.write"}, {"scope": "elsewhere.write"}, {"scope": ""}, {"scope": 7},
                        {"resource": "https://other.example/"}, {"resource": [API, "https://other.example/"]}, {"resource": []},
                        {"resource": 7}, {"act": {"sub": "root"}}, {"cnf": {"jkt": "x"}}, {"authorization_details": []},
                        {"typ": "JWT"}, {"typ": None}, {"typ": "at+jwt"}, {"typ": "x+jwt"}, {"typ": ""},
                        {"iss": "https://nobody.example"}, {"signer": jwt.Signer("ES256", kid="e1")}):
            with self.subTest(changes):
                self.assertNotGiven(show(self.there, self.assertion(**changes)))
        self.assertTokens(show(self.there, self.assertion()), openid=False)

    def test_it_is_its_clients_alone(self):
        self.assertNotGiven(show(self.stranger, self.assertion()))
        self.assertNotGiven(show(self.stranger, self.assertion(client_id="stranger")))
        self.assertNotGiven(show(self.app, self.assertion(client_id="app")))
        refused = self.chat.browser().post(site.TOKEN, {"grant_type": BEARER, "assertion": self.assertion(),
                                                        "client_id": "wiki-at-chat"}, cookies=False)
        self.assertTokenError(refused, "invalid_client", 401)

    def test_it_is_good_once(self):
        assertion = self.assertion()
        self.assertTokens(show(self.there, assertion), openid=False)
        self.assertNotGiven(show(self.there, assertion))

    def test_without_the_plugin_it_is_nothing(self):
        other = self.second([])
        other.add_user("ada", "a password of ada's", {})
        there = self.at_chat("wiki-at-chat", server=other)
        self.assertNotGiven(show(there, self.assertion(audience=other.issuer)))
        wait_until(lambda: f"no plugin knows the typ {TYP}" in other.log(), 20)
        self.assertNotIn("authorization_grant_profiles_supported", other.metadata)


class Registering(IdJagStory):
    modules = registration.modules(access="open")

    def test_no_client_says_of_itself_what_it_is_given(self):
        answer = registration.register(self.browser(), registration.metadata(
            id_jag={self.chat.issuer: {"client_id": "x"}}))
        self.assertEqual(201, answer.status, answer)
        self.assertNotIn("id_jag", json.dumps(self.server.command("client", "show", answer.json()["client_id"])))
