# SPDX-License-Identifier: Apache-2.0
"""Claims of the operator's own reach clients where the configuration says, and nobody else."""
import json

from harness import jwt
from harness.server import USES
from harness.site import Person
from harness.story import Story

CLAIMS = {"groups": {"type": "list", "scope": "groups", "in": ["userinfo", "id_token"]},
          "customer_number": {"scope": "orders", "in": ["access_token"]},
          "department": {"scope": "profile"}}
PASSWORD = "a sufficiently long password"


class OwnClaims(Story):
    settings = {"oauth": {"claims": CLAIMS}}

    @classmethod
    def furnish(cls):
        cls.user = Person("ada", PASSWORD, {"email": "ada@example.org", "groups": ["staff", "admins"], "department": "HR",
                                            "customer_number": "C-17"})
        cls.server.add_user(cls.user.login, cls.user.password, cls.user.claims)
        cls.site = cls.client("site", scope="openid email profile groups orders offline_access")
        cls.cluster = cls.client("cluster", scope="openid email groups",
                                 options=("--id-token-claim", "email", "--id-token-claim", "department",
                                          "--access-token-claim", "groups"))
        cls.opaque = cls.client("opaque", scope="openid orders", options=("--access-token-format", "opaque"))

    def tokens(self, client, scope):
        return client.tokens(self.browser(), self.user, scope=scope)

    def told(self, client, scope):
        """What UserInfo, the ID token and the access token say of ada's own claims."""
        tokens = self.tokens(client, scope)
        everywhere = (client.userinfo(tokens["access_token"]).json(), jwt.claims_of(tokens["id_token"]),
                      jwt.claims_of(tokens["access_token"]))
        return [{name: told[name] for name in ("email", *CLAIMS) if name in told} for told in everywhere]

    def test_each_is_told_where_it_is_declared_to_be(self):
        userinfo, id_token, access_token = self.told(self.site, "openid groups orders profile")
        self.assertEqual({"groups": ["staff", "admins"], "department": "HR"}, userinfo)
        self.assertEqual({"groups": ["staff", "admins"]}, id_token)
        self.assertEqual({"customer_number": "C-17"}, access_token)

    def test_none_is_told_without_its_scope(self):
        self.assertEqual([{}, {}, {}], self.told(self.site, "openid"))

    def test_a_client_is_told_more_where_it_is_registered_for_it(self):
        userinfo, id_token, access_token = self.told(self.cluster, "openid email groups")
        self.assertEqual({"groups": ["staff", "admins"], "email": "ada@example.org"}, userinfo)
        self.assertEqual({"groups": ["staff", "admins"], "email": "ada@example.org"}, id_token)
        self.assertEqual({"groups": ["staff", "admins"]}, access_token)

    def test_a_refresh_tells_what_is_true_now(self):
        eve = Person("eve", PASSWORD, {"groups": ["staff"]})
        self.server.add_user(eve.login, eve.password, eve.claims)
        tokens = self.site.tokens(self.browser(), eve, scope="openid groups offline_access", prompt="consent")
        self.server.command("user", "update", "eve", "--claim", 'groups=["guests"]')
        fresh = self.site.refresh(tokens["refresh_token"]).json()
        self.assertEqual(["guests"], jwt.claims_of(fresh["id_token"])["groups"])

    def test_introspection_tells_those_of_an_access_token_of_either_format(self):
        for client in (self.site, self.opaque):
            token = self.tokens(client, "openid orders")["access_token"]
            self.assertEqual("C-17", client.introspect(token).json()["customer_number"])

    def test_discovery_lists_them(self):
        self.assertLessEqual(set(CLAIMS), set(self.server.metadata["claims_supported"]))
        self.assertLessEqual({"groups", "orders"}, set(self.server.metadata["scopes_supported"]))

    def test_the_claims_parameter_may_name_them(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid",
                                  claims=json.dumps({"id_token": {"department": None}}))
        self.assertEqual("HR", jwt.claims_of(tokens["id_token"])["department"])

    def test_user_add_takes_what_is_declared_and_refuses_the_rest(self):
        for claim, words in (("groups=staff", "is a list of texts"), ("nickame=Ada", 'did you mean "nickname"'),
                             ("shoe_size=38", "oauth: claims"), ("birthdate=yesterday", "is a date"),
                             ("address={}", "is a JSON object of formatted"), ("email=ada", "is an e-mail address"),
                             ("sub=ada", "the server's to say")):
            with self.subTest(claim):
                done = self.server.run("user", "add", "nobody", "--password-stdin", "--claim", claim,
                                       "--config", self.server.config_file, stdin=PASSWORD)
                self.assertEqual(64, done.returncode)
                self.assertIn(words, done.stderr)


class ClaimsOfAnotherStore(Story):
    """`user_store.file` hands over all it reads; clients are told what is declared."""
    plugins = [use for use in USES if use != "user_store.local"]
    settings = {"oauth": {"claims": {"roles": {"type": "list", "scope": "roles"}}}}

    @classmethod
    def furnish(cls):
        from test_file_users import HASH, PASSWORD as password
        users = cls.server.folder / "users"
        users.write_text(f"filed:{HASH}:{json.dumps({'roles': ['chief'], 'salary': 17})}\n")
        users.chmod(0o600)
        cls.server.config["plugins"].append({"use": "user_store.file", "path": str(users)})
        cls.server.write_config()
        cls.user = Person("filed", password)
        cls.site = cls.client("site", scope="openid profile roles")

    def test_what_is_declared_is_told_and_nothing_else(self):
        tokens = self.site.tokens(self.browser(), self.user, scope="openid profile roles")
        told = self.site.userinfo(tokens["access_token"]).json()
        self.assertEqual({"sub": told["sub"], "roles": ["chief"]}, told)
