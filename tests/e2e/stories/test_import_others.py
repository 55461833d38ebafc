# SPDX-License-Identifier: Apache-2.0
"""What Authelia and Hydra have moves in."""
import json

from harness.importing import BCRYPT, PASSWORD, Importing
from harness.site import TOKEN, Person, Site


class PeopleOfAuthelia(Importing):
    @classmethod
    def furnish(cls):
        cls.site = cls.client("site")

    def test_people_come_along_once_it_is_said_that_their_second_factors_do_not(self):
        users = f"""\
---
users:
  auth.ada:
    disabled: false
    displayname: 'Ada'
    password: '{BCRYPT}'
    email: ada@example.org
    groups: [admins, dev]
  auth.bob:
    disabled: true
    displayname: "Bob"
    password: "$argon2id$v=19$m=64,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$AAAA"
    extra: {{shoe: 44}}
  auth.list: [ada]
  auth.flag: {{disabled: perhaps, password: '{BCRYPT}'}}
  7: {{password: '{BCRYPT}'}}
"""
        dry = self.imports("authelia", users, "--dry-run", code=1)
        self.assertEqual(["7", "auth.ada", "auth.bob"], self.names(dry["left_behind"], "Authelia's database knows"))
        report = self.imports("authelia", users, "--without-second-factor", code=1)
        self.assertEqual(["auth.list"], self.names(report["left_behind"], "is no mapping"))
        self.assertEqual(["auth.flag"], self.names(report["left_behind"], "neither true nor false"))
        self.assertEqual(["auth.bob"], self.names(report["left_behind"], "a password hash that is not taken"))
        self.assertEqual(["7", "auth.ada"], self.names(report["remarks"], "gets a sub that sites do not know"))
        self.assertEqual({"name": "Ada", "email": "ada@example.org", "email_verified": True, "groups": ["admins", "dev"],
                          "preferred_username": "auth.ada"}, self.shown("auth.ada")["claims"])
        self.assertLogsIn("auth.ada")
        self.assertEqual({"added": 0, "there": 2}, self.imports("authelia", users, "--without-second-factor", code=1)["people"])

    def test_subs_come_along_from_the_export_of_identifiers_before_the_users(self):
        identifiers = """\
identifiers:
  - {service: openid, sector_id: '', username: sub.ada, identifier: 1c8a1a2e-0001-4f0e-9e57-3a6a4a4b5c6d}
  - {service: openid, sector_id: other.example, username: sub.bob, identifier: 1c8a1a2e-0002-4f0e-9e57-3a6a4a4b5c6d}
"""
        users = f"---\nusers:\n  sub.ada: {{password: '{BCRYPT}'}}\n  sub.bob: {{password: '{BCRYPT}'}}\n"
        report = self.imports("authelia", identifiers + users, "--without-second-factor")
        self.assertEqual("1c8a1a2e-0001-4f0e-9e57-3a6a4a4b5c6d", self.shown("sub.ada")["sub"])
        self.assertEqual(["sub.bob"], self.names(report["remarks"], "gets a sub that sites do not know"))
        self.assertRefused("authelia", users.replace("sub.", "late.") + identifiers, "behind the users")
        self.assertRefused("authelia", "identifiers: {}\n", "identifiers that are no list")

    def test_clients_come_along_from_the_configuration(self):
        configuration = """\
identity_providers:
  oidc:
    clients:
      - client_id: auth.wiki
        client_name: Wiki
        client_secret: '$plaintext$wiki-secret-0123456789'
        redirect_uris: ['https://wiki.example/cb', 'https://*.wiki.example/cb']
        scopes: [openid, profile, offline_access]
        authorization_policy: one_factor
        require_pkce: true
      - client_id: auth.hashed
        client_secret: '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR'
        redirect_uris: ['https://hashed.example/cb']
        token_endpoint_auth_method: client_secret_post
      - client_id: auth.spa
        public: true
        redirect_uris: ['https://spa.example/cb']
      - client_id: auth.pairwise
        sector_identifier_uri: https://pair.example/uris
      - nonsense
"""
        report = self.imports("authelia", configuration, code=1)
        self.assertEqual({"added": 3, "there": 0}, report["clients"])
        self.assertEqual(["auth.pairwise"], self.names(report["left_behind"], "pairwise"))
        self.assertEqual(["number 5"], self.names(report["left_behind"], "is no mapping"))
        self.assertEqual(["auth.hashed"], self.names(report["remarks"], "rotate-secret"))
        self.assertEqual(["auth.hashed", "auth.spa"], self.names(report["remarks"], "asks for two_factor"))
        self.assertEqual(["auth.wiki"], self.names(report["remarks"], "has a wildcard"))
        wiki = Site(self.server, "auth.wiki", "wiki-secret-0123456789", "https://wiki.example/cb")
        self.server.add_user("auth.reader", PASSWORD)
        self.assertIn("refresh_token", wiki.tokens(self.browser(), Person("auth.reader", PASSWORD), scope="openid offline_access"))
        made = self.server.command("client", "rotate-secret", "auth.hashed", "--overlap", "0")
        hashed = Site(self.server, "auth.hashed", made["client_secret"], "https://hashed.example/cb", "client_secret_post",
                      use_pkce=False)
        self.assertIn("access_token", hashed.tokens(self.browser(), Person("auth.reader", PASSWORD), scope="openid"))

    def test_what_is_not_of_authelia_is_refused(self):
        bomb = "a: &a [x]\nb: [*a, *a]\n"
        for content, told in (("", "is empty"), ("{", "is not YAML"), ("a: b\n", "has neither users nor"), ("- a\n", "is a list"),
                              ("text\n", "is one text"), (bomb, "has an anchor in line 1"), ("users: {}\n---\nusers: {}\n", "neither|more"),
                              ("users:\n  a: {b: 1, b: 2}\n", "has a name twice: b"), ("a: " + "[" * 40 + "]" * 40, "deeper than 32"),
                              (b"users:\n  a: {displayname: \xff}\n", "not"), ("identity_providers: {}\n", "has no clients")):
            done = self.run_import("authelia", self.file(content), "--without-second-factor")
            self.assertEqual(1, done.returncode, done.stderr)
            self.assertRegex(done.stderr, told)


class ClientsOfHydra(Importing):
    @staticmethod
    def hydras(**members):
        """As Hydra tells of one, which says everything."""
        return {"client_id": "", "client_name": "", "redirect_uris": ["https://hydra.example/cb"],
                "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
                "scope": "openid offline_access", "audience": [], "owner": "", "policy_uri": "", "allowed_cors_origins": [],
                "tos_uri": "", "client_uri": "", "logo_uri": "", "contacts": None, "client_secret_expires_at": 0,
                "subject_type": "public", "jwks": {}, "token_endpoint_auth_method": "client_secret_basic",
                "userinfo_signed_response_alg": "none", "created_at": "2024-01-01T00:00:00Z", "metadata": {},
                "skip_consent": False, "skip_logout_consent": None, "authorization_code_grant_access_token_lifespan": None,
                **members}

    def test_clients_come_along_and_get_new_secrets(self):
        clients = [self.hydras(client_id="hy.web", client_name="Web", authorization_code_grant_access_token_lifespan="1h0m5s"),
                   self.hydras(client_id="hy.known", client_secret="a secret that was noted", skip_consent=True),
                   self.hydras(client_id="hy.spa", token_endpoint_auth_method="none", audience=["api"]),
                   self.hydras(client_id="hy.pair", subject_type="pairwise"),
                   self.hydras(client_id="hy.implicit", grant_types=["implicit"]),
                   self.hydras(client_id="hy.hash", client_secret="$2a$10$abcdefghijklmnopqrstuv", grant_types=["client_credentials"],
                               redirect_uris=[]), {}, 7]
        for content in (json.dumps(clients), json.dumps({"items": clients, "is_last_page": True, "next_page_token": ""}, indent=2)):
            report = self.imports("hydra", content, code=1)
            left, remarks = report["left_behind"], report["remarks"]
            self.assertEqual(4, report["clients"]["added"] + report["clients"]["there"])
            for told, names in (("pairwise", ["hy.pair"]), ("no grant", ["hy.implicit"]), ("no client_id", ["number 7"]),
                                ("is no object", ["number 8"])):
                self.assertEqual(names, self.names(left, told), told)
            self.assertEqual(["hy.spa"], self.names(remarks, "without its audiences"))
        self.assertEqual({"added": 0, "there": 4}, report["clients"])
        web = self.server.command("client", "show", "hy.web")
        self.assertEqual((3605, "explicit"), (web["access_token_ttl_secs"], web["consent"]))
        self.assertEqual("implicit", self.server.command("client", "show", "hy.known")["consent"])
        self.server.add_user("hy.ada", PASSWORD)
        known = Site(self.server, "hy.known", "a secret that was noted", "https://hydra.example/cb", use_pkce=False)
        self.assertIn("refresh_token", known.tokens(self.browser(), Person("hy.ada", PASSWORD), scope="openid offline_access"))
        made = self.server.command("client", "rotate-secret", "hy.hash", "--overlap", "0")
        job = Site(self.server, "hy.hash", made["client_secret"])
        self.assertEqual(200, job.call(TOKEN, {"grant_type": "client_credentials"}).status)

    def test_one_page_of_several_is_said_to_be_one(self):
        report = self.imports("hydra", json.dumps({"items": [self.hydras(client_id="hy.page")], "next_page_token": "abc"}), code=1)
        self.assertEqual(["the next"], self.names(report["left_behind"], "next_page_token"))

    def test_what_cannot_be_read_is_refused(self):
        self.assertRefused("hydra", '[{"client_id": "a"}', "ends too early")
        self.assertRefused("hydra", "client_id: a", "is not JSON at byte 1")
