# SPDX-License-Identifier: Apache-2.0
"""The example resource servers of the guide, in five languages, with good tokens and with every kind of bad one."""
import functools
import shutil

from harness import jwt, site
from harness.dpop import Prover
from harness.mutual import BOUND, PLUGINS, MutualStory
from harness.resource_servers import Go, Introspecting, Nginx, Node, Python, Spring
from harness.server import ROOT
from harness.story import Story
from harness.word_card import TWO, WordCards
from test_clocks import clock

KINDS = (Node, Go, Python, Spring, Nginx, Introspecting)


def for_each(*without):
    """The test is one of every example but these."""
    def decorate(test):
        @functools.wraps(test)
        def all_of_them(self):
            for api in self.apis:
                if not isinstance(api, without):
                    with self.subTest(api.name):
                        test(self, api)
        return all_of_them
    return decorate


class ResourceServers(WordCards, MutualStory, Story):
    starts_anew = True  # an hour ago
    plugins = [*PLUGINS, "token_binding.dpop", "client_metadata_rule.dpop", "client_metadata_rule.jwt_introspection",
               {"use": "resource_registry.local", "resources": {}}]

    @classmethod
    def install_step(cls):
        cls.server.build_plugin("login_step.word_card", "share/examples/word_card/WordCard.cpp")
        shutil.copytree(ROOT / "share/examples/word_card/pages", cls.server.folder / "plugins/login_step.word_card")

    @classmethod
    def furnish(cls):
        cls.server.environment = clock("-1h")  # for tokens that have expired
        super().furnish()
        cls.api_files = cls.server_authority.issue("api", "localhost")
        cls.apis = [kind(cls) for kind in KINDS]
        for api in cls.apis:
            cls.addClassCleanup(api.remove)
        cls.server.plugin("resource_registry.local")["resources"] = {
            f"api-{number}": {"identifier": api.resource, "introspected_by": ["gateway"]} for number, api in enumerate(cls.apis)}
        cls.server.write_config()
        cls.site = cls.client("site")
        cls.machine = cls.client("machine", grants=("client_credentials",))
        cls.gateway = cls.client("gateway", grants=("client_credentials",), options=(
            "--member", "introspection_signed_response_alg=ES256"))
        cls.pair = cls.certificates.issue("holder")
        cls.thief = cls.certificates.issue("thief")
        cls.holder = cls.mutual_site("holder", cls.pair, grants=("client_credentials",), options=(
            *BOUND, "--member", "tls_client_auth_subject_dn=CN=holder"))
        cls.expired = cls.issued_an_hour_ago()

    @classmethod
    def issued_an_hour_ago(cls):
        """By API, a token of the machine's."""
        cls.server.launch()
        answers = [cls.machine.call(site.TOKEN, {"grant_type": "client_credentials", "resource": api.resource}) for api in cls.apis]
        cls.server.stop()
        cls.server.environment = {}
        if any(answer.status != 200 for answer in answers):
            raise AssertionError(answers)
        return {api: answer.json()["access_token"] for api, answer in zip(cls.apis, answers)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        try:
            for api in cls.apis:
                api.launch()
            for api in cls.apis:
                api.wait_ready()
        except BaseException:
            cls.doClassCleanups()
            raise

    def ask(self, who, resource, prover=None, **form):
        """A token of a machine's, bound to the key of `prover` if there is one."""
        headers, fields = who.credentials()
        if prover:
            headers["DPoP"] = prover.proof("POST", site.TOKEN)
        browser = who.doors(who.pair) if who is self.holder else self.browser()
        answer = browser.post(site.TOKEN, {**fields, "grant_type": "client_credentials", "resource": resource, **form},
                              headers=headers, cookies=False)
        self.assertEqual(200, answer.status, answer)
        return answer.json()["access_token"]

    def assertGood(self, api, answer):
        self.assertEqual(200, answer.status, f"{answer!r}\n{api.said()}")
        return answer.json()

    def assertRefused(self, answer, code="invalid_token"):
        self.assertEqual(401, answer.status, answer)
        challenges = ", ".join(answer.all("WWW-Authenticate"))
        if code:
            self.assertIn(f'error="{code}"', challenges)
        else:
            self.assertNotIn("error", challenges)
            self.assertIn("Bearer", challenges)
        return challenges

    @for_each()
    def test_a_good_token(self, api):
        token = self.ask(self.machine, api.resource)
        for scheme in ("Bearer", "bearer"):
            told = self.assertGood(api, api.get("stock", token, scheme))
            self.assertEqual("machine", told["sub"])
            self.assertIsNone(told.get("authorization"), "the token stays at the door")

    @for_each()
    def test_a_persons_token(self, api):
        tokens = self.site.tokens(self.browser(), self.user, resource=api.resource)
        told = self.assertGood(api, api.get("stock", tokens["access_token"]))
        self.assertEqual(jwt.claims_of(tokens["id_token"])["sub"], told["sub"])

    @for_each()
    def test_no_token(self, api):
        challenges = self.assertRefused(api.get("stock"), None)
        if api.tells_metadata and not isinstance(api, Introspecting):
            self.assertIn(f'resource_metadata="{api.resource}.well-known/oauth-protected-resource"', challenges)

    @for_each(Introspecting)
    def test_who_finds_the_metadata_finds_the_issuer(self, api):
        document = self.assertGood(api, api.get(".well-known/oauth-protected-resource"))
        self.assertEqual((api.resource, [self.server.issuer]), (document["resource"], document["authorization_servers"]))

    @for_each()
    def test_a_token_that_has_expired(self, api):
        self.assertRefused(api.get("stock", self.expired[api]))

    @for_each()
    def test_a_token_of_somebody_elses(self, api):
        header, claims, _ = jwt.parts(self.ask(self.machine, api.resource))
        stranger = jwt.Signer("RS256", header["kid"])
        unsigned = jwt.encode({**header, "alg": "none"}) + "." + jwt.encode(claims) + "."
        for token in (stranger.sign(claims, typ="at+jwt"), jwt.Signer("ES256", "other").sign(claims, typ="at+jwt"),
                      jwt.hs256(claims, jwt.pem(next(key for key in self.keys() if key["kid"] == header["kid"])),
                                typ="at+jwt", kid=header["kid"]), unsigned, "x", "a.b.c"):
            self.assertRefused(api.get("stock", token))
        self.assertGood(api, api.get("stock", self.ask(self.machine, api.resource)))

    @for_each()
    def test_a_token_for_another_api(self, api):
        for other in (self.apis[api is self.apis[0]].resource, self.server.issuer):
            self.assertRefused(api.get("stock", self.ask(self.machine, other)))

    @for_each()
    def test_an_id_token_is_no_access_token(self, api):
        tokens = self.site.tokens(self.browser(), self.user, resource=api.resource)
        self.assertRefused(api.get("stock", tokens["id_token"]))

    @for_each(Nginx, Introspecting)
    def test_a_token_that_is_bound_to_a_key(self, api):
        prover, thief = Prover(self.server.issuer), Prover(self.server.issuer)
        token, stock = self.ask(self.machine, api.resource, prover), api.resource + "stock"
        other = self.ask(self.machine, api.resource, prover)
        proof = prover.proof("GET", "", token, htu=stock)
        self.assertGood(api, api.get("stock", token, "DPoP", DPoP=proof))
        for title, scheme, bad in (
                ("replayed", "DPoP", proof), ("as a bearer token", "Bearer", None),
                ("as a bearer token with a proof", "Bearer", prover.proof("GET", "", token, htu=stock)),
                ("by another key", "DPoP", thief.proof("GET", "", token, htu=stock)),
                ("with the key of another in its header", "DPoP", prover.proof("GET", "", token, signer=thief.signer, htu=stock)),
                ("for another method", "DPoP", prover.proof("POST", "", token, htu=stock)),
                ("for another address", "DPoP", prover.proof("GET", "", token, htu=api.resource + "orders")),
                ("for another token", "DPoP", prover.proof("GET", "", other, htu=stock)),
                ("without the token's hash", "DPoP", prover.proof("GET", "", htu=stock)),
                ("without an id", "DPoP", prover.proof("GET", "", token, htu=stock, jti=None)),
                ("of an hour ago", "DPoP", prover.proof("GET", "", token, htu=stock, iat=jwt.claims_of(token)["iat"] - 3600)),
                ("of another type", "DPoP", prover.proof("GET", "", token, htu=stock, header={"typ": "JWT"})),
                ("malformed", "DPoP", "x")):
            with self.subTest(title):
                answer = api.get("stock", token, scheme, **({"DPoP": bad} if bad else {}))
                self.assertIn(answer.status, (400, 401), answer)
        with self.subTest("without a proof"):
            self.assertIn(api.get("stock", token, "DPoP").status, (400, 401))
        self.assertGood(api, api.get("stock", token, "DPoP", DPoP=prover.proof("GET", "", token, htu=stock)))

    @for_each(Nginx, Introspecting)
    def test_a_bearer_token_proves_nothing(self, api):
        token, prover = self.ask(self.machine, api.resource), Prover(self.server.issuer)
        answer = api.get("stock", token, "DPoP", DPoP=prover.proof("GET", "", token, htu=api.resource + "stock"))
        self.assertIn(answer.status, (400, 401), answer)

    @for_each(Node, Go, Python, Spring)
    def test_who_cannot_check_a_proof_takes_no_token_that_needs_one(self, api):
        prover = Prover(self.server.issuer)
        token = self.ask(self.machine, api.resource, prover)
        self.assertRefused(api.get("stock", token))
        proof = prover.proof("GET", "", token, htu=api.resource + "stock")
        self.assertRefused(api.get("stock", token, "DPoP", DPoP=proof), None)

    @for_each(Introspecting)
    def test_a_token_that_is_bound_to_a_certificate(self, api):
        token = self.ask(self.holder, api.resource)
        self.assertEqual("holder", self.assertGood(api, api.get("stock", token, pair=self.pair))["sub"])
        self.assertRefused(api.get("stock", token, pair=self.thief))
        self.assertRefused(api.get("stock", token))

    @for_each(Introspecting)
    def test_a_certificate_that_a_client_only_names(self, api):
        token = self.ask(self.holder, api.resource)
        named = {"Client-Cert": site.quote(self.pair[0].read_text(), safe="")}
        self.assertRefused(api.get("stock", token, **named))
        self.assertRefused(api.get("stock", token, pair=self.thief, **named))

    @for_each(Introspecting)
    def test_a_token_without_the_login_that_an_api_wants(self, api):
        browser = self.browser()
        weak = self.site.tokens(browser, self.user, resource=api.resource)["access_token"]
        self.assertGood(api, api.get("stock", weak))
        challenges = self.assertRefused(api.get("orders", weak), "insufficient_user_authentication")
        self.assertIn(f'acr_values="{TWO}"', challenges)
        self.assertIn('max_age="300"', challenges)
        landing = self.site.journey(browser, self.user, acr_values=TWO, max_age="300", resource=api.resource)
        landing = self.site.walk(browser, self.answer_card(browser, landing.page))
        strong = self.assertTokens(self.site.redeem(landing.code))["access_token"]
        self.assertGood(api, api.get("orders", strong))

    @for_each(Node, Go, Python, Spring)
    def test_who_asks_the_server_learns_at_once_of_a_token_taken_back(self, api):
        token = self.ask(self.machine, api.resource)
        self.assertGood(api, api.get("stock", token))
        self.machine.revoke(token)
        self.assertRefused(api.get("stock", token))


