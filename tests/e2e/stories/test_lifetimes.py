# SPDX-License-Identifier: Apache-2.0
"""How long what a client is given is good: its own to say, or else its issuer's, or the server's."""
from harness import jwt
from harness.server import USES, CommandFailed
from harness.site import Person, Site, ada
from harness.story import Story

ALL = {"access_token_ttl_secs": 120, "refresh_token_ttl_secs": 86400, "id_token_ttl_secs": 90, "authorization_code_ttl_secs": 20,
       "refresh_token_grace_secs": 0, "refresh_token_idle_secs": 3600}
OPTIONS = ("--access-token-ttl", 120, "--refresh-token-ttl", 86400, "--id-token-ttl", 90, "--code-ttl", 20,
           "--refresh-token-grace", 0, "--refresh-token-idle", 3600)
SCOPE = "openid offline_access"
PLUGINS = [*(use for use in USES if use != "key_store.local"), {"use": "key_store.local", "keep_for": "1h"}]


def lives(token):
    claims = jwt.claims_of(token)
    return claims["exp"] - claims["iat"]


class Lifetimes(Story):
    plugins = PLUGINS

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.hasty = cls.client("hasty", options=[str(part) for part in OPTIONS])

    def tokens(self, site):
        return site.tokens(self.browser(), self.user, scope=SCOPE, prompt="consent")

    def policy(self, name):
        return self.server.command("client", "show", name)["policy"]

    def refused(self, *arguments):
        with self.assertRaises(CommandFailed) as failed:
            self.server.command("client", *map(str, arguments))
        return failed.exception.output

    def test_a_clients_tokens_live_as_long_as_it_says(self):
        tokens = self.tokens(self.hasty)
        self.assertEqual((120, 120, 90), (tokens["expires_in"], lives(tokens["access_token"]), lives(tokens["id_token"])))
        fresh = self.assertTokens(self.hasty.refresh(tokens["refresh_token"]))
        self.assertEqual((120, 120), (fresh["expires_in"], lives(fresh["access_token"])))
        known = self.hasty.introspect(fresh["refresh_token"]).json()
        self.assertEqual(86400, known["exp"] - jwt.claims_of(tokens["access_token"])["iat"])

    def test_others_live_as_the_server_says(self):
        tokens = self.tokens(self.site)
        self.assertEqual((600, 600, 3600), (tokens["expires_in"], lives(tokens["access_token"]), lives(tokens["id_token"])))

    def test_without_grace_the_token_before_is_reuse_at_once(self):
        before = self.tokens(self.hasty)["refresh_token"]
        after = self.assertTokens(self.hasty.refresh(before))["refresh_token"]
        self.assertTokenError(self.hasty.refresh(before), "invalid_grant")
        self.assertTokenError(self.hasty.refresh(after), "invalid_grant")
        lenient = self.tokens(self.site)["refresh_token"]
        self.assertTokens(self.site.refresh(lenient))
        self.assertTokens(self.site.refresh(lenient))

    def test_client_show_tells_them_and_who_says_so(self):
        policy = self.policy("hasty")
        for member, value in ALL.items():
            self.assertEqual({"value": value, "from": "registered"}, policy[member])
        policy = self.policy("site")
        self.assertEqual({"value": 600, "from": "oauth.access_token_ttl_secs"}, policy["access_token_ttl_secs"])
        self.assertNotIn("refresh_token_grace_secs", policy)

    def test_what_is_out_of_bounds_is_refused_when_it_is_written(self):
        add = ("add", "--id", "odd", "--redirect-uri", "https://odd.example/cb")
        for options, said in {
                ("--access-token-ttl", 0): "access_token_ttl_secs: must be a number of seconds from 1 to 86400",
                ("--code-ttl", 601): "authorization_code_ttl_secs: must be a number of seconds from 1 to 600",
                ("--refresh-token-grace", 601): "refresh_token_grace_secs: must be a number of seconds from 0 to 600",
                ("--id-token-ttl", 3601): "id_token_ttl_secs: 3601, and a replaced key stays published for 3600 seconds alone",
                ("--id-token-ttl", "1h"): '--id-token-ttl: "1h" is not a number of seconds'}.items():
            self.assertIn(said, self.refused(*add, *options))
            self.assertIn(said, self.refused("update", "site", *options))

    def test_they_can_be_changed_and_taken_away(self):
        self.server.command("client", "update", "other", "--access-token-ttl", "240")
        self.assertEqual({"value": 240, "from": "registered"}, self.policy("other")["access_token_ttl_secs"])
        self.server.command("client", "update", "other", "--clear", "access_token_ttl_secs")
        self.assertEqual("oauth.access_token_ttl_secs", self.policy("other")["access_token_ttl_secs"]["from"])

    def test_a_file_says_them_too(self):
        file = self.server.clients_dir / "filed.yaml"
        text = "client_id: filed\nclient_secret: a-secret-of-more-than-32-characters-0\nredirect_uris: ['https://filed.example/cb']\n"
        file.write_text(text + "access_token_ttl_secs: 240\n")
        self.addCleanup(file.unlink)
        self.assertEqual({"value": 240, "from": "its file"}, self.policy("filed")["access_token_ttl_secs"])
        for wrong, said in (("access_token_ttl_secs: 86401", "access_token_ttl_secs"),
                            ("id_token_ttl_secs: 3601", "a replaced key stays published for 3600 seconds alone")):
            file.write_text(f"{text}{wrong}\n")
            done = self.server.run("check", "--config", self.server.config_file)
            self.assertEqual(78, done.returncode, done)
            self.assertIn(said, done.stdout + done.stderr)
            self.assertIn("filed.yaml:4:", done.stdout + done.stderr)


class OfIssuers(Story):
    plugins = PLUGINS

    @classmethod
    def furnish(cls):
        port = cls.server.port
        cls.plain = cls.server.tenant(f"http://localhost:{port}")
        cls.strict = cls.server.tenant(f"http://127.0.0.1:{port}/strict", access_token_ttl_secs=60, refresh_token_grace_secs=0)
        cls.user = Person("ada", "the password of ada here", ada().claims)
        cls.sites = {}
        for tenant in (cls.plain, cls.strict):
            tenant.add_user("ada", cls.user.password, cls.user.claims)
            cls.sites[tenant] = cls.site_of(tenant)
        cls.own = cls.site_of(cls.strict, "own", options=("--access-token-ttl", "90"))

    @classmethod
    def site_of(cls, tenant, identifier="site", **options):
        made = tenant.add_client(identifier, "https://site.example/callback", **options)
        return Site(tenant, identifier, made["client_secret"], "https://site.example/callback")

    def test_an_issuer_has_its_own_and_its_clients_theirs(self):
        for site, life in ((self.sites[self.plain], 600), (self.sites[self.strict], 60), (self.own, 90)):
            tokens = site.tokens(site.server.browser(), self.user)
            self.assertEqual((life, 3600), (tokens["expires_in"], lives(tokens["id_token"])))

    def test_client_show_tells_who_says_so(self):
        policy = self.strict.command("client", "show", "site")["policy"]
        self.assertEqual({"value": 60, "from": "issuers.access_token_ttl_secs"}, policy["access_token_ttl_secs"])
        self.assertEqual({"value": 0, "from": "issuers.refresh_token_grace_secs"}, policy["refresh_token_grace_secs"])
        self.assertEqual("oauth.id_token_ttl_secs", policy["id_token_ttl_secs"]["from"])

    def test_one_that_outlives_the_keys_is_told_before_the_start(self):
        self.addCleanup(self.server.write_config)
        entry = self.server.config["issuers"][1]
        self.addCleanup(entry.update, access_token_ttl_secs=60)
        entry["access_token_ttl_secs"] = 7200
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(78, done.returncode, done)
        self.assertIn("an access token lives for 2h (issuers: access_token_ttl_secs)", done.stdout + done.stderr)
