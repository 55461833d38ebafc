# SPDX-License-Identifier: Apache-2.0
"""Tokens for assertions of issuers that are trusted (RFC 7523): people of elsewhere, and workloads."""
import json
import secrets
import threading
import time

from harness import jwt
from harness.exchange import BEARER, Elsewhere, show
from harness.server import USES
from harness.story import Story
from harness.web import at_once, wait_until

GRANT = "grant.jwt_bearer"
DEPLOY = "https://deploy.example/"
CLUSTER = "https://kubernetes.default.svc.cluster.local"
BUILDS = "https://token.actions.example"


class BearerStory(Story):
    """`issuers()`: what stands in the configuration of those that are trusted."""
    outgoing = {}

    @classmethod
    def setUpClass(cls):
        cls.elsewhere = Elsewhere()
        cls.addClassCleanup(cls.elsewhere.close)
        cls.shelves = [cls.elsewhere.shelf]
        trusted = cls.issuers()
        cls.settings = {"outgoing": {"allow": [shelf.origin for shelf in cls.shelves], **cls.outgoing}}
        cls.plugins = [*USES, GRANT, *({"use": "trusted_issuer.jwt", "name": f"issuer-{number}", **entry}
                                       for number, entry in enumerate(trusted)),
                       {"use": "resource_registry.local", "resources": {"deploy": {"identifier": DEPLOY}}}]
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.portal = cls.bearer("portal")
        cls.other = cls.bearer("other")

    @classmethod
    def bearer(cls, name, scope="openid profile email deploy", **options):
        return cls.client(name, grants=(BEARER,), scope=scope, **options)

    def assertGiven(self, response):
        body = self.assertTokens(response, openid=False)
        self.assertNotIn("refresh_token", body)
        return jwt.verify(body["access_token"], self.keys())[1]

    def assertNotGiven(self, response):
        self.assertTokenError(response, "invalid_grant", 400)


class People(BearerStory):
    @classmethod
    def issuers(cls):
        return [{"issuer": cls.elsewhere.url, "jwks_uri": cls.elsewhere.jwks_uri, "longest_life": "10m", "subjects": {
            "people": {"when": {"staff": True}, "clients": ["portal", "app"], "scopes": ["openid", "email"],
                       "person": {"claim": "email", "by": "login", "store": "local"}},
            "unverified": {"clients": ["loose"], "person": {"by": "login"}, "scopes": ["openid"]}}}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.person("ada@people.example")
        cls.app = cls.bearer("app", method="none")
        cls.loose = cls.bearer("loose")

    def assertion(self, **changes):
        return self.elsewhere.assertion(**{"audience": self.server.issuer, "sub": "x-17", "staff": True,
                                           "email": "ada@people.example", "email_verified": True, **changes})

    def test_discovery_names_the_grant(self):
        self.assertIn(BEARER, self.server.metadata["grant_types_supported"])

    def test_a_person_who_is_named_by_a_verified_claim(self):
        for audience in (self.server.issuer, self.server.metadata["token_endpoint"]):
            assertion = self.assertion(audience=audience, life=60)
            claims = self.assertGiven(show(self.portal, assertion))
            self.assertEqual(("portal", "openid email"), (claims["client_id"], claims["scope"]))
            self.assertLessEqual(claims["exp"], jwt.claims_of(assertion)["exp"])
            self.assertNotEqual("x-17", claims["sub"])
            self.assertNotIn("act", claims)

    def test_a_public_client_may_show_one_too(self):
        self.assertGiven(show(self.app, self.assertion()))

    def test_scopes_are_the_mappings(self):
        self.assertEqual("openid", self.assertGiven(show(self.portal, self.assertion(), scope="openid"))["scope"])
        for wide in ("openid profile", "deploy", " "):
            self.assertTokenError(show(self.portal, self.assertion(), scope=wide), "invalid_scope", 400)
        self.assertTokenError(show(self.portal, self.assertion(), resource=DEPLOY), "invalid_target", 400)

    def test_one_assertion_gives_tokens_once(self):
        assertion = self.assertion()
        answers = at_once(16, lambda _: show(self.portal, assertion))
        self.assertEqual([200] + [400] * 15, sorted(answer.status for answer in answers))
        self.assertNotGiven(show(self.portal, assertion))
        again = self.elsewhere.signer.sign(jwt.claims_of(assertion))
        self.assertNotGiven(show(self.portal, again))
        nameless = self.assertion(jti=None)
        self.assertGiven(show(self.portal, nameless))
        self.assertNotGiven(show(self.portal, nameless))

    def test_assertions_that_are_not_good(self):
        now = int(time.time())
        claims = jwt.claims_of(self.assertion())
        signer = self.elsewhere.signer
        for bad in (jwt.encode({"alg": "none"}) + "." + jwt.encode(claims) + ".",
                    jwt.hs256(claims, json.dumps(signer.jwk())), jwt.hs256(claims, jwt.pem(signer.jwk()), kid="e1"),
                    jwt.Signer("ES256", kid="e1").sign(claims), signer.sign(claims)[:-6] + "AAAAAA",
                    self.assertion(iss="https://nobody.example"), self.assertion(iss=self.elsewhere.url + "/"),
                    self.assertion(audience="https://other.example"), self.assertion(audience=None),
                    self.assertion(audience=[self.server.issuer, "https://other.example"]),
                    self.assertion(audience=self.server.issuer + "/api/oauth/authorize"),
                    self.assertion(life=-1), self.assertion(life=3600), self.assertion(exp=None), self.assertion(exp="1"),
                    self.assertion(nbf=now + 300), self.assertion(iat=now + 300), self.assertion(sub=None),
                    self.assertion(staff=False), self.assertion(staff="true"), self.assertion(staff=None),
                    self.assertion(email="nobody@people.example"), self.assertion(email_verified=False),
                    self.assertion(email_verified="true"), self.assertion(email=None),
                    self.assertion(act={"sub": "root"}), self.assertion(jti="x" * 300),
                    "", "x", "a.b", "a.b.c", "x" * 10_000, "\x00", "." * 50):
            with self.subTest(bad[-30:]):
                self.assertTokenError(show(self.portal, bad), "invalid_grant" if bad.strip("\0") else "invalid_request", 400)

    def test_who_may_not_show_it_is_refused(self):
        self.assertNotGiven(show(self.other, self.assertion()))
        self.assertNotGiven(show(self.loose, self.assertion(sub="nobody")))
        site = self.client("site")
        self.assertTokenError(show(site, self.assertion()), "unauthorized_client", 400)

    def test_a_person_who_was_removed_gets_nothing(self):
        gone = self.person("gone@people.example")
        self.assertGiven(show(self.portal, self.assertion(email=gone.login)))
        self.server.command("user", "disable", gone.login)
        self.assertNotGiven(show(self.portal, self.assertion(email=gone.login)))

    def test_the_audit_trail_tells_who_and_how(self):
        claims = self.assertGiven(show(self.portal, self.assertion()))

        def line():
            return next((line for line in self.server.log_lines() if line.get("details", {}).get("jti") == claims["jti"]), None)
        wait_until(line, 20, "no event")
        self.assertEqual(("token.issued", BEARER, claims["sub"]),
                         (line()["event"], line()["details"]["grant"], line()["subject"]))


class StoreAway(BearerStory):
    """Whether somebody has a login cannot be told while a store is away that may know them."""

    @classmethod
    def issuers(cls):
        return [{"issuer": cls.elsewhere.url, "jwks_uri": cls.elsewhere.jwks_uri, "subjects": {
            "people": {"clients": ["portal"], "scopes": ["openid"], "person": {"by": "login"}}}}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.build_plugin("user_store.absent", "tests/e2e/plugins/absent_people.cpp")
        cls.server.config["plugins"].append({"use": "user_store.absent"})
        cls.server.write_config()

    def test_an_unknown_login_is_no_refusal(self):
        unknown = show(self.portal, self.elsewhere.assertion(self.server.issuer, sub="nobody-here"))
        self.assertEqual(503, unknown.status, unknown)
        self.assertGiven(show(self.portal, self.elsewhere.assertion(self.server.issuer, sub=self.user.login)))


class Workloads(BearerStory):
    """Tokens of the shape that clusters and build services give."""

    @classmethod
    def issuers(cls):
        cls.cluster, cls.builds = Elsewhere(CLUSTER, "RS256", "k1"), Elsewhere(BUILDS, "RS256", "b1")
        for other in (cls.cluster, cls.builds):
            cls.addClassCleanup(other.close)
            cls.shelves.append(other.shelf)
        pod = {"kubernetes.io": {"namespace": "shop", "serviceaccount": {"name": "web"}}}
        return [{"issuer": CLUSTER, "jwks_uri": cls.cluster.jwks_uri, "algorithms": ["RS256"], "single_use": False,
                 "subjects": {"web": {"when": pod, "clients": ["shop-web"], "scopes": ["deploy"], "audience": [DEPLOY]}}},
                {"issuer": BUILDS, "jwks_uri": cls.builds.jwks_uri, "algorithms": ["RS256"], "subjects": {
                    "release": {"when": {"repository": "acme/shop", "ref": "refs/heads/main",
                                         "environment": ["production", "staging"]},
                                "clients": ["deployer"], "scopes": ["deploy"]}}}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.web = cls.bearer("shop-web", method="none", scope="deploy")
        cls.deployer = cls.bearer("deployer", method="none", scope="deploy")

    def pod(self, namespace="shop", account="web"):
        return self.cluster.assertion([self.server.issuer], f"system:serviceaccount:{namespace}:{account}", 3600, **{
            "nbf": int(time.time()), "kubernetes.io": {
                "namespace": namespace, "node": {"name": "node-1", "uid": secrets.token_hex(16)},
                "pod": {"name": "web-6d4c", "uid": secrets.token_hex(16)},
                "serviceaccount": {"name": account, "uid": secrets.token_hex(16)}, "warnafter": int(time.time()) + 3607}})

    def build(self, repository="acme/shop", ref="refs/heads/main", environment="production"):
        return self.builds.assertion(self.server.issuer, f"repo:{repository}:environment:{environment}", 300, **{
            "repository": repository, "ref": ref, "environment": environment, "repository_owner": repository.split("/")[0],
            "sha": secrets.token_hex(20), "actor": "ada", "workflow": "release", "run_id": "1", "runner_environment":
            "github-hosted", "job_workflow_ref": f"{repository}/.github/workflows/release.yml@{ref}"})

    def test_a_service_account_is_its_client(self):
        token = self.pod()
        for _ in range(3):  # it is read again from the pod's file until it is renewed
            claims = self.assertGiven(show(self.web, token))
            self.assertEqual(("shop-web", "shop-web", "deploy", DEPLOY),
                             (claims["sub"], claims["client_id"], claims["scope"], claims["aud"]))

    def test_another_one_is_not(self):
        for token in (self.pod(account="db"), self.pod(namespace="mail"), self.build()):
            self.assertNotGiven(show(self.web, token))
        self.assertNotGiven(show(self.deployer, self.pod()))

    def test_a_build_of_the_branch_deploys(self):
        for environment in ("production", "staging"):
            self.assertEqual("deployer", self.assertGiven(show(self.deployer, self.build(environment=environment)))["sub"])
        token = self.build()
        self.assertGiven(show(self.deployer, token))
        self.assertNotGiven(show(self.deployer, token))

    def test_a_build_of_another_does_not(self):
        for token in (self.build("acme/shop-fork"), self.build("mallory/shop"), self.build(ref="refs/heads/main2"),
                      self.build(ref="refs/pull/1/merge"), self.build(environment="test")):
            self.assertNotGiven(show(self.deployer, token))

    def test_keys_change_without_a_word(self):
        self.assertGiven(show(self.web, self.pod()))
        before = self.cluster.fetches
        for _ in range(20):
            self.assertGiven(show(self.web, self.pod()))
        self.assertEqual(before, self.cluster.fetches)
        self.cluster.signer = jwt.Signer("RS256", kid="k2")
        self.cluster.publish(self.cluster.signer)
        wait_until(lambda: show(self.web, self.pod()).status == 200, 60, "the new key is not taken")
        self.assertEqual(before + 1, self.cluster.fetches)


class BadKeys(BearerStory):
    outgoing = {"timeout": "1s", "pause": "100ms"}

    @classmethod
    def issuers(cls):
        cls.shelf = cls.elsewhere.shelf
        signer = cls.elsewhere.signer
        gate = threading.Event()
        cls.addClassCleanup(gate.set)
        good = json.dumps({"keys": [signer.jwk()]})
        cls.shelf.put("/huge", json.dumps({"keys": [signer.jwk()], "x": "y" * 1_000_000}))
        cls.shelf.put("/html", "<html>")
        cls.shelf.put("/private", json.dumps({"keys": [{**signer.jwk(), "d": "AAAA"}]}))
        cls.shelf.put("/redirecting", "", status=302, Location=cls.elsewhere.jwks_uri)
        cls.shelf.put("/slow", lambda: gate.wait(30) and good.encode() or b"")
        cls.urls = {name: f"{cls.shelf.origin}/{name}" for name in ("huge", "html", "private", "redirecting", "slow", "gone")}
        cls.urls["near"] = "https://127.0.0.1:1/jwks"
        cls.urls["plain"] = "http://192.0.2.1/jwks"
        return [{"issuer": f"https://{name}.example", "jwks_uri": url, "subjects": {
            "any": {"clients": ["portal"], "person": {"by": "login"}}}} for name, url in cls.urls.items()]

    def test_keys_that_cannot_be_had(self):
        for name in self.urls:
            with self.subTest(name):
                answer = show(self.portal, self.elsewhere.assertion(self.server.issuer, iss=f"https://{name}.example"))
                self.assertIn((answer.status, answer.json()["error"]),
                              {(400, "invalid_grant"), (503, "temporarily_unavailable")})
        self.assertAlive()


class UnknownKeys(BearerStory):
    @classmethod
    def issuers(cls):
        return [{"issuer": cls.elsewhere.url, "jwks_uri": cls.elsewhere.jwks_uri, "refetch_after": "1h", "subjects": {
            "any": {"clients": ["portal"], "person": {"by": "login"}, "scopes": ["openid"]}}}]

    def test_unknown_kids_fetch_once_in_a_while(self):
        self.assertGiven(show(self.portal, self.elsewhere.assertion(self.server.issuer)))
        claims = self.elsewhere.claims(self.server.issuer)
        for number in range(20):
            self.assertNotGiven(show(self.portal, self.elsewhere.signer.sign(claims, kid=f"k{number}")))
        self.assertEqual(1, self.elsewhere.fetches)


class Switch(BearerStory):
    issuers = People.issuers

    def test_its_line_away_and_back(self):
        before = list(self.server.config["plugins"])

        def load(plugins):
            self.server.config["plugins"] = plugins
            self.server.write_config()
            self.server.reload()

        def names():
            return BEARER in self.get("/.well-known/openid-configuration").json()["grant_types_supported"]
        load([entry for entry in before if entry["use"] != GRANT])
        wait_until(lambda: not names(), 20, "discovery names it still")
        self.assertTokenError(show(self.portal, "x.y.z"), "unsupported_grant_type", 400)
        load(before)
        wait_until(names, 20, "discovery does not name it")
        self.assertNotGiven(show(self.portal, "x.y.z"))
