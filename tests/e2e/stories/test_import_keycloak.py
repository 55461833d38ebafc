# SPDX-License-Identifier: Apache-2.0
"""A realm of Keycloak moves in: its people with their passwords, its clients with their secrets."""
import json
from pathlib import Path

from harness.importing import Importing
from harness.server import USES
from harness.site import TOKEN, Person, Site

DATA = Path(__file__).resolve().parents[1] / "data"


class RealmOfKeycloak(Importing):
    """The export that a Keycloak 26.7.3 wrote; README.md beside it says what is in it."""

    plugins = [*USES, "client_metadata_rule.backchannel_logout"]
    realm = (DATA / "keycloak-realm-shop.json").read_text()
    passwords = {"ada": "correct horse battery staple", "grace": "käse 7 ☕ blanks  inside", "old.hash": "from long ago",
                 "margaret.h": "apollo guidance"}

    @classmethod
    def furnish(cls):
        cls.shop = Site(cls.server, "shop-web", "shop-web-secret-0123456789abcdef", "https://shop.example/callback")

    def imported(self, *options):
        done = self.run_import("keycloak", self.file(self.realm), *options)
        self.assertEqual("", done.stderr)
        return json.loads(done.stdout)

    def test_1_the_dry_run_tells_and_writes_nothing(self):
        dry = self.imported("--dry-run")
        self.assertEqual(({"added": 6, "there": 0}, {"added": 4, "there": 0}), (dry["people"], dry["clients"]))
        self.assertEqual(["margaret.h"], self.names(dry["left_behind"], "login_step.totp would take its key"))
        self.assertEqual({"Keycloak's own": 6, "its client comes along": 1},
                         {told: group["count"] for told in ("Keycloak's own", "its client comes along")
                          for group in dry["left_behind"] if told in group["why"]})
        self.assertEqual(["shop-web"], self.names(dry["remarks"], "does without https://shop.example/* of redirect_uris"))
        self.assertEqual([], self.people())
        self.assertEqual([], self.server.command("client", "list"))

    def test_2_people_and_clients_go_on_as_before(self):
        self.assertEqual({"added": 6, "there": 0}, self.imported()["people"])
        realm = json.loads(self.realm)
        ids = {user["username"]: user["id"] for user in realm["users"]}
        for login in ("ada", "grace", "old.hash"):
            tokens = self.shop.tokens(self.browser(), Person(login, self.passwords[login]),
                                      scope="openid profile email roles groups offline_access")
            told = self.shop.userinfo(tokens["access_token"]).json()
            self.assertEqual(ids[login], told["sub"])
            self.assertEqual(f"{login}@example.org", told["email"])
            self.assertEqual(200, self.shop.refresh(tokens["refresh_token"]).status)
        ada = self.shown("ada")["claims"]
        self.assertEqual((["admin", "customer"], ["/staff/warehouse"], "Ada Lovelace", True),
                         (ada["roles"], ada["groups"], ada["name"], ada["email_verified"]))
        self.assertEqual({"linus": True, "nopass": False}, {login: self.shown(login)["disabled"]
                                                            for login in ("linus", "nopass")})
        temp = self.shop.journey(self.browser(), Person("temp", "change me now"), stop_at=("new_password",))
        self.assertFalse(temp.is_back)
        self.assertTrue(self.shown("temp")["needs_new_password"])

    def test_3_clients_keep_what_they_had(self):
        clients = {client["client_id"]: client for client in self.server.command("client", "list")}
        self.assertEqual(["https://shop.example/callback"], clients["shop-web"]["redirect_uris"])
        self.assertEqual(["https://shop.example/bye"], clients["shop-web"]["post_logout_redirect_uris"])
        self.assertEqual("https://shop.example/backchannel", clients["shop-web"]["backchannel_logout_uri"])
        self.assertEqual(("none", "required"), (clients["shop-spa"]["token_endpoint_auth_method"], clients["shop-spa"]["pkce"]))
        self.assertEqual(["com.example.shop:/cb", "http://localhost:8080/cb"], clients["shop-spa"]["redirect_uris"])
        self.assertEqual("optional", clients["disabled-one"]["pkce"])
        self.assertTrue(clients["disabled-one"]["disabled"])
        reports = Site(self.server, "reports", "reports-secret-0123456789abcdef00")
        self.assertEqual(200, reports.call(TOKEN, {"grant_type": "client_credentials"}).status)

    def test_4_again_is_nothing(self):
        again = self.imported()
        self.assertEqual(({"added": 0, "there": 6}, {"added": 0, "there": 4}), (again["people"], again["clients"]))

    def test_5_one_who_does_without_the_second_factor(self):
        self.assertEqual({"added": 1, "there": 6}, self.imported("--without-second-factor")["people"])
        self.assertLogsIn("margaret.h", self.passwords["margaret.h"], self.shop)


class Realms(Importing):
    def realm(self, **members):
        return json.dumps({"realm": "r", **members})

    def test_what_cannot_come_along_is_named(self):
        def client(name, **members):
            return {"clientId": name, "secret": "s" * 32, "standardFlowEnabled": True, "redirectUris": ["https://r.example/cb"],
                    **members}
        report = self.imports("keycloak", self.realm(
            identityProviders=[{"alias": "google"}],
            components={"org.keycloak.storage.UserStorageProvider": [{"name": "ldap"}]},
            users=[{"username": "u.ok", "id": "u-1", "clientRoles": {"x": ["y"]}, "attributes": {"shoe": ["44"], "locale": ["de"]}},
                   {"username": "u.passkey", "id": "u-2", "credentials": [{"type": "webauthn-passwordless"}]},
                   {"username": "u.bad", "credentials": [{"type": "password", "secretData": "{", "credentialData": "{}"}]},
                   {"username": "u.dear", "credentials": [{"type": "password", "secretData": '{"value":"AAAA","salt":"AAAA"}',
                    "credentialData": '{"hashIterations":2000000000,"algorithm":"pbkdf2-sha256"}'}]},
                   {"id": "nameless"}, None],
            clients=[client("c.ok"), client("c.saml", protocol="saml"), client("c.api", bearerOnly=True),
                     client("c.wild", redirectUris=["*"]), client("c.masked", secret="**********"),
                     client("c.relative", rootUrl="https://r.example", redirectUris=["/cb"]),
                     client("c.direct", standardFlowEnabled=False, directAccessGrantsEnabled=True),
                     client("c.short", secret="short"), client("c.logout", attributes={"backchannel.logout.url": "https://r.example/o"}),
                     client("c.kerberos", clientAuthenticatorType="kerberos"), client("c.ok")]), code=1)
        left = report["left_behind"]
        for kind, told, names in (
                ("person", "(webauthn-passwordless)", ["u.passkey"]), ("person", "a password hash that is not taken", ["u.bad", "u.dear"]),
                ("person", "has no username", ["number 5"]), ("person", "is no object", ["number 6"]),
                ("client", "saml", ["c.saml"]), ("client", "only takes tokens", ["c.api"]),
                ("client", "needed for the grant authorization_code", ["c.wild"]), ("client", "no grant", ["c.direct"]),
                ("client", "must have at least 16", ["c.short"]), ("client", "backchannel_logout_uri: no plugin", ["c.logout"]),
                ("client", "kerberos", ["c.kerberos"]), ("client", "an id that the file has given", ["c.ok"])):
            self.assertEqual(names, self.names([group for group in left if group["what"] == kind], told), told)
        self.assertEqual({"user federation", "identity provider"}, {group["what"] for group in left} - {"person", "client"})
        self.assertEqual(["c.masked"], self.names(report["remarks"], "rotate-secret"))
        self.assertEqual(["https://r.example/cb"], self.server.command("client", "show", "c.relative")["redirect_uris"])
        self.assertEqual(["u.ok"], self.names(report["remarks"], "the claim shoe, which no client would be told"))
        self.assertEqual("de", self.shown("u.ok")["claims"]["locale"])

    def test_a_client_that_is_here_stays(self):
        text = self.realm(clients=[{"clientId": "k", "secret": "k" * 32, "redirectUris": ["https://k.example/cb"]}])
        self.assertEqual(1, self.imports("keycloak", text)["clients"]["added"])
        for other in (text.replace("kkkk", "llll"), text.replace("k.example", "l.example")):
            report = self.imports("keycloak", other, code=1)
            self.assertEqual(["k"], self.names(report["left_behind"], "is here already, with other data"))

    def test_what_is_no_realm_is_refused(self):
        for content, told in (("", "ends too early"), ("[]", "is no export of a realm"), ("{}", "is no export of a realm"),
                              ('[{"realm": "a"}]', "is a list"), ("realm: a", "is not JSON at byte 1"),
                              ('{"realm": "a", "users": [{}', "ends too early")):
            self.assertRefused("keycloak", content, told)


class EveryHashOfKeycloak(Importing):
    """What tests/import/make_keycloak_export made."""

    def test_people_and_clients_of_a_fresh_keycloak_go_on(self):
        report = self.imports("keycloak", (DATA / "keycloak-realm-moving.json").read_text())
        self.assertEqual((3, 2), (report["people"]["added"], report["clients"]["added"]))
        web = Site(self.server, "moving-web", "moving-web-secret-0123456789abcd", "https://moving.example/cb")
        for number, login in enumerate(("default", "sha256", "sha512"), 1):
            with self.subTest(login):
                self.assertLogsIn(login, f"correct horse {number}", web)
                self.assertFalse(web.journey(self.browser(), Person(login, "another horse")).is_back)
        job = Site(self.server, "moving-job", "moving-job-secret-0123456789abcd")
        self.assertEqual(200, job.call(TOKEN, {"grant_type": "client_credentials"}).status)
