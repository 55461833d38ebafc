# SPDX-License-Identifier: Apache-2.0
"""Pairwise subjects (OpenID Connect Core section 8.1): what clients of one sector, and of two, are told of one person."""
import json
import threading

from harness import jwt
from harness.registration import Registered, metadata, modules, register
from harness.server import USES, CommandFailed
from harness.shelf import Shelf
from harness.story import Story
from harness.web import wait_until
from test_legacy_response_types import ALL, KINDS, LegacyStory

RULE = "client_metadata_rule.pairwise"


class PairwiseStory(Story):
    modules = modules(access="open", most_per_address=1000)
    extra = []
    more_settings = {}

    @classmethod
    def setUpClass(cls):
        cls.shelf, cls.slow_shelf = Shelf("application/json"), Shelf("application/json")
        for shelf in (cls.shelf, cls.slow_shelf):
            cls.addClassCleanup(shelf.close)
        cls.settings = {"outgoing": {"allow": [cls.shelf.origin, cls.slow_shelf.origin], "timeout": "2s", "pause": "100ms"}, **cls.more_settings}
        cls.plugins = [*USES, RULE, *cls.extra]
        super().setUpClass()

    @classmethod
    def pairwise(cls, identifier, host=None, *more, **options):
        return cls.client(identifier, f"https://{host or identifier + '.example'}/callback/{identifier}",
                          options=("--subject-type", "pairwise", *more), **options)

    @classmethod
    def list_of(cls, name, uris):
        cls.shelf.put("/" + name, json.dumps(uris))
        return f"{cls.shelf.origin}/{name}"

    def sub(self, site, **changes):
        """What the site is told at a login, the same in each place."""
        tokens = self.assertTokens(site.redeem(site.journey(self.browser(), self.user, **changes).code))
        sub = jwt.claims_of(tokens["id_token"])["sub"]
        self.assertEqual(sub, jwt.claims_of(tokens["access_token"])["sub"])
        self.assertEqual(sub, site.userinfo(tokens["access_token"]).json()["sub"])
        self.assertEqual(sub, self.assertActive(site, tokens["access_token"])["sub"])
        return sub


class Pairwise(PairwiseStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop, cls.bank = cls.pairwise("shop"), cls.pairwise("bank")
        cls.sister = cls.pairwise("sister", "shop.example")
        cls.opaque = cls.pairwise("opaque", "shop.example", "--access-token-format", "opaque")

    def test_clients_of_one_sector_are_told_the_same_and_others_another(self):
        subs = {name: self.sub(site) for name, site in
                {"shop": self.shop, "sister": self.sister, "bank": self.bank, "public": self.site}.items()}
        self.assertEqual(subs["shop"], subs["sister"])
        self.assertEqual(3, len(set(subs.values())), subs)
        self.assertEqual(subs["public"], self.sub(self.other))
        self.assertTrue(all(len(sub) <= 255 and sub.isascii() for sub in subs.values()))

    def test_two_people_are_two(self):
        bob = self.person("bob")
        told = jwt.claims_of(self.shop.tokens(self.browser(), bob)["id_token"])["sub"]
        self.assertNotEqual(self.sub(self.shop), told)

    def test_opaque_tokens_and_refreshed_ones_tell_it_too(self):
        sub = self.sub(self.shop)
        for site in (self.opaque, self.shop):
            tokens = site.tokens(self.browser(), self.user, scope="openid email offline_access", prompt="consent")
            self.assertEqual(sub, self.assertActive(site, tokens["refresh_token"])["sub"])
            fresh = self.assertTokens(site.refresh(tokens["refresh_token"]))
            self.assertEqual(sub, jwt.claims_of(fresh["id_token"])["sub"])
            self.assertEqual(sub, site.userinfo(fresh["access_token"]).json()["sub"])
            self.assertEqual(sub, self.assertActive(site, fresh["access_token"])["sub"])
            self.assertEqual(200, site.revoke(fresh["refresh_token"]).status)
            self.assertDead(site, fresh["access_token"])

    def test_id_token_hint(self):
        browser = self.browser()
        landing = self.shop.journey(browser, self.user)
        hint = self.assertTokens(self.shop.redeem(landing.code))["id_token"]
        self.assertEqual(200, self.shop.redeem(self.shop.journey(
            browser, prompt="none", id_token_hint=hint).code).status)
        bob = self.person("hinted")
        stranger = self.shop.tokens(self.browser(), bob)["id_token"]
        self.assertErrorBack(self.shop.journey(browser, prompt="none", id_token_hint=stranger), "login_required")

    def test_a_sub_that_is_asked_for(self):
        browser = self.browser()
        sub = jwt.claims_of(self.assertTokens(self.shop.redeem(
            self.shop.journey(browser, self.user).code))["id_token"])["sub"]

        def asked(value):
            return self.shop.journey(browser, prompt="none", claims=json.dumps({"id_token": {"sub": {"value": value}}}))

        self.assertTrue(asked(sub).code)
        for foreign in (self.sub(self.bank), self.sub(self.site)):
            self.assertErrorBack(asked(foreign), "login_required")

    def test_events_and_commands_know_the_servers_own(self):
        own, told = self.sub(self.site), self.sub(self.shop)
        wait_until(lambda: any(own in line and '"shop"' in line for line in self.issued()), 30, "there is no event")
        self.assertFalse(any(told in line for line in self.issued()))
        self.assertEqual(own, self.server.command("user", "show", self.user.login)["sub"])

    def issued(self):
        return [line for line in self.server.log().splitlines() if '"token.issued"' in line]

    def test_it_stays_across_a_restart(self):
        before = self.sub(self.shop)
        self.server.stop()
        self.server.launch()
        self.assertEqual(before, self.sub(self.shop))

    def test_discovery_names_both_types(self):
        self.assertEqual(["public", "pairwise"], self.server.metadata["subject_types_supported"])


class Sectors(PairwiseStory):
    TWO = ["https://one.example/cb", "https://two.example/cb"]

    def register(self, **said):
        return register(self.browser(), metadata(subject_type="pairwise", redirect_uris=self.TWO, **said))

    def refused(self, told, **said):
        response = self.register(**said)
        self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]), said)
        self.assertIn(told, response.json()["error_description"])

    def test_registration_sector_uri(self):
        uri = self.list_of("good", [*self.TWO, "https://three.example/cb"])
        response = self.register(sector_identifier_uri=uri)
        self.assertEqual(201, response.status, response)
        made = Registered(self.server, response.json())
        self.assertEqual((uri, "pairwise"), (made.told["sector_identifier_uri"], made.told["subject_type"]))
        first = self.sub(made.site())
        other = self.client("same", "https://two.example/cb", options=(
            "--subject-type", "pairwise", "--member", f"sector_identifier_uri={uri}"))
        self.assertEqual(first, self.sub(other))
        asked = len(self.shelf.asked)
        self.sub(other)
        self.assertEqual(asked, len(self.shelf.asked))
        self.list_of("good", ["https://three.example/cb"])
        self.assertEqual(400, made.ask("PUT", made.said()).status)
        self.assertEqual(first, self.sub(made.site()))

    def test_a_client_moves_itself_into_no_other_sector(self):
        mine, others = ["https://mine.example/cb"], ["https://shop.example/cb"]
        made = Registered(self.server, register(self.browser(), metadata(
            subject_type="pairwise", redirect_uris=mine, scope="openid email")).json())
        site = made.site()
        tokens = self.assertTokens(site.redeem(site.journey(self.browser(), self.user).code))
        shared = self.list_of("shared", [*mine, *others])
        for said in ({"redirect_uris": others}, {"subject_type": "public"}, {"subject_type": None},
                     {"sector_identifier_uri": shared}):
            with self.subTest(said):
                response = made.ask("PUT", made.said(**said))
                self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]))
                self.assertIn("subject_type: ", response.json()["error_description"])
        made.change(redirect_uris=[*mine, "https://mine.example/other"], client_name="Mine")
        sub = jwt.claims_of(tokens["id_token"])["sub"]
        self.assertEqual(sub, site.userinfo(tokens["access_token"]).json()["sub"])
        own = self.sub(self.site)
        self.server.command("client", "update", made.id, "--subject-type", "public")
        wait_until(lambda: site.userinfo(tokens["access_token"]).json()["sub"] == own, 30, "not changed")

    def test_registration_sector_bad(self):
        self.refused("needed for pairwise subjects")
        self.refused("does not name all redirect_uris",
                     sector_identifier_uri=self.list_of("missing", self.TWO[:1]))
        self.refused("must be an https", sector_identifier_uri="ftp://x.example/uris")
        with self.assertRaises(CommandFailed) as failed:
            self.client("missing", *self.TWO[:1], more=self.TWO[1:], options=(
                "--subject-type", "pairwise", "--member", f"sector_identifier_uri={self.shelf.origin}/missing"))
        self.assertIn("does not name all redirect_uris", failed.exception.output)

    def test_documents_that_are_none(self):
        release = threading.Event()
        self.addCleanup(release.set)
        for name, body in {"html": "<html>", "empty": "", "object": "{}", "nested": "[" * 100_000, "lists": '[["x"]]',
                           "huge": json.dumps([*self.TWO, "y" * 5_000_000])}.items():
            self.shelf.put("/" + name, body)
        self.shelf.put("/redirected", "[]", status=302, Location=self.list_of("target", self.TWO))
        self.slow_shelf.put("/", lambda: release.wait(60) and b"[]" or b"[]", Content_Length="2")
        for name in ("html", "empty", "object", "nested", "lists", "huge", "redirected", "absent"):
            with self.subTest(name):
                self.refused("no JSON array of texts can be had there", sector_identifier_uri=f"{self.shelf.origin}/{name}")
        for uri in (self.slow_shelf.origin + "/", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest/meta-data", "https://localhost/"):
            with self.subTest(uri):
                self.refused("no JSON array of texts can be had there", sector_identifier_uri=uri)
        self.assertNotIn(("/target", "application/json"), self.shelf.asked)
        self.assertAlive()

    def test_files_are_taken_at_the_operators_word(self):
        file = self.server.clients_dir / "filed.yaml"
        self.addCleanup(file.unlink)
        text = ("client_id: filed\ntoken_endpoint_auth_method: none\nsubject_type: pairwise\n"
                f"redirect_uris: {json.dumps(self.TWO)}\n")
        file.write_text(text)
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(78, done.returncode)
        self.assertIn("sector_identifier_uri: needed for pairwise subjects", done.stdout + done.stderr)
        file.write_text(text + f"sector_identifier_uri: {self.shelf.origin}/nowhere\n")
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(0, done.returncode, done)


class WithoutThePlugin(PairwiseStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop = cls.pairwise("shop")

    def test_nobody_is_told_the_servers_own_sub(self):
        self.sub(self.shop)
        self.server.stop()
        self.server.config["plugins"] = [{"use": use} for use in USES]
        self.server.write_config()
        self.server.launch()
        self.assertEqual(["public"], self.server.browser().get("/.well-known/openid-configuration").json()[
            "subject_types_supported"])
        self.assertErrorPage(self.shop.journey(self.browser(), self.user).response)
        wait_until(lambda: "no plugin understands its member subject_type" in self.server.log(), 30, "not told why")
        response = register(self.browser(), metadata(subject_type="pairwise"))
        self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]))
        self.assertIn("subject_type: 'pairwise' is not one of public", response.json()["error_description"])


class AnswersInFront(PairwiseStory, LegacyStory):
    """Tokens of the authorization endpoint."""

    extra = KINDS
    more_settings = {"oauth": {"legacy_response_types": True}}

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.site = cls.legacy("hidden", *ALL)
        cls.server.command("client", "update", "hidden", "--subject-type", "pairwise")
        cls.open = cls.legacy("open", *ALL)

    def test_they_tell_what_all_others_tell(self):
        own = self.login("id_token", client=self.open).claims["sub"]
        subs = set()
        for kind in ALL:
            answer = self.login(kind)
            subs.add(answer.claims["sub"] if answer.id_token else None)
            if answer.access_token:
                subs.add(jwt.claims_of(answer.access_token)["sub"])
                subs.add(self.site.userinfo(answer.access_token).json()["sub"])
        self.assertEqual(1, len(subs - {None}), subs)
        self.assertNotIn(own, subs)
