# SPDX-License-Identifier: Apache-2.0
"""Clients whose id is the address of a document about them (draft-ietf-oauth-client-id-metadata-document)."""
import json
import tempfile
import threading
from pathlib import Path

from harness import jwt
from harness.certificate import Authority
from harness.port import free_port
from harness.server import USES, CommandFailed
from harness.shelf import Shelf
from harness.site import AUTHORIZE, TOKEN, Site
from harness.story import Story
from harness.web import wait_until

SOURCE = "client_source.metadata_document"
SCOPES = ["openid", "profile", "offline_access", "notes"]
BOTH = ["authorization_code", "refresh_token"]


class Documents(Story):
    """A site with documents, https as "localhost"; the operator lets the server go there."""

    source = {"use": SOURCE, "scopes": SCOPES, "refetch_after": "1s"}
    limits = {"new_clients": 0}

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(Path(folder.name))
        tls = cls.authority.server_context("localhost", "localhost")
        cls.shelf, *cls.slow_shelves = [Shelf("application/json", tls) for _ in range(4)]
        shelves = [cls.shelf, *cls.slow_shelves]
        for shelf in shelves:
            cls.addClassCleanup(shelf.close)
        cls.settings = {"outgoing": {"allow": [shelf.origin for shelf in shelves], "ca_file": str(cls.authority.root),
                                     "pause": "100ms"}, "limits": cls.limits}
        cls.plugins = [*USES, cls.source, "client_metadata_rule.jwks_uri"]
        super().setUpClass()

    @classmethod
    def put(cls, name, redirect="https://app.example/callback", answer=None, **members):
        """Publishes a document; the client. None takes a member away."""
        url = f"{cls.shelf.origin}/{name}"
        said = {"client_id": url, "client_name": f"The app {name}", "redirect_uris": [redirect], "grant_types": BOTH,
                "token_endpoint_auth_method": "none", **members}
        cls.shelf.put("/" + name, json.dumps({key: value for key, value in said.items() if value is not None}),
                      Cache_Control="max-age=1", **(answer or {}))
        return Site(cls.server, url, redirect=redirect)

    def fetches(self, name):
        return [path for path, _ in self.shelf.asked].count("/" + name)

    def assertUnknown(self, site):
        response = self.browser().get(site.url())
        self.assertErrorPage(response, "invalid_client")

    def login(self, site, **changes):
        return site.tokens(self.browser(), self.user, **{"scope": "openid offline_access", "prompt": "consent", **changes})

    def until_read_again(self, name):
        """The server has the document of now, also where it remembers what it read."""
        before = self.fetches(name)
        site = Site(self.server, f"{self.shelf.origin}/{name}")
        wait_until(lambda: site.refresh("none") and self.fetches(name) > before, 60, "it is not fetched again")


class ClientDocuments(Documents):
    def test_discovery_says_so(self):
        self.assertIs(True, self.server.metadata["client_id_metadata_document_supported"])
        self.assertIn("none", self.server.metadata["token_endpoint_auth_methods_supported"])

    def test_a_login_by_document(self):
        site = self.put("app", scope="openid offline_access notes admin")
        landing = site.journey(self.browser(), self.user, stop_at=("consent",))
        page = landing.page
        self.assertIn("The app app", page.title)
        self.assertIn(self.shelf.origin.removeprefix("https://"), page.text_of("consent-host"))
        self.assertFalse(page.has("consent-here"))
        tokens = self.login(site, scope="openid offline_access notes", nonce="once")
        claims = self.assertIdToken(tokens["id_token"], site, "once")
        self.assertEqual(site.id, claims["aud"])
        tokens = self.assertTokens(site.refresh(tokens["refresh_token"]))
        self.assertEqual("openid offline_access notes", tokens["scope"])
        self.assertEqual(200, site.userinfo(tokens["access_token"]).status)
        shown = self.server.command("client", "show", site.id)
        self.assertEqual(("metadata_document", "none"), (shown["source"], shown["token_endpoint_auth_method"]))
        wait_until(lambda: "client.fetched" in self.server.log(), 30, "the audit trail has it not")

    def test_whatever_scope_it_names_it_has_what_is_allowed(self):
        site = self.put("greedy", scope="openid admin")
        landing = site.journey(self.browser(), self.user, scope="openid admin")
        self.assertEqual("openid", site.redeem(landing.code).json().get("scope", "openid"))
        narrow = self.put("narrow", scope="openid")
        landing = narrow.journey(self.browser(), self.user, scope="openid notes")
        self.assertEqual("openid", narrow.redeem(landing.code).json().get("scope", "openid"))

    def test_a_program_on_the_persons_machine(self):
        site = self.put("native", "http://127.0.0.1/callback")
        site.redirect = "http://127.0.0.1:51234/callback"
        landing = site.journey(self.browser(), self.user, stop_at=("consent",))
        self.assertTrue(landing.page.has("consent-here"))
        self.assertTokens(site.redeem(site.journey(self.browser(), self.user).code))
        for other in ("http://127.0.0.1:51234/other", "http://localhost:51234/callback", "http://127.0.0.2/callback"):
            self.assertErrorPage(self.browser().get(site.url(redirect_uri=other)))

    def test_what_is_the_operators_to_say(self):
        site = self.put("bold", consent="implicit", any_app_scheme=True, id_token_claims=["email"])
        landing = site.journey(self.browser(), self.user)
        self.assertIn("consent", landing.shown)
        scheme = self.put("scheme", "cursor://callback", any_app_scheme=True)
        self.assertUnknown(scheme)

    def test_consent_for_one_more_scope_keeps_the_others(self):
        site = self.put("growing")
        browser = self.browser()
        site.journey(browser, self.user, scope="openid notes")
        self.assertNotIn("consent", site.journey(browser, self.user, scope="openid notes").shown)
        self.assertIn("consent", site.journey(browser, self.user, scope="openid notes profile").shown)
        self.assertNotIn("consent", site.journey(browser, self.user, scope="openid notes profile").shown)

    def test_a_client_that_proves_itself_by_a_key(self):
        signer = jwt.Signer("ES256", kid="one")
        keys = {"jwks": {"jwks": {"keys": [signer.jwk()]}}, "jwks_uri": {"jwks_uri": f"{self.shelf.origin}/keys"}}
        self.shelf.put("/keys", json.dumps({"keys": [signer.jwk()]}))
        for name, members in keys.items():
            with self.subTest(name):
                site = self.put("keyed-" + name, token_endpoint_auth_method="private_key_jwt", **members)
                landing = site.journey(self.browser(), self.user)
                self.assertTokenError(site.redeem(landing.code), "invalid_client", 401)
                site.signer = signer
                self.assertTokens(site.redeem(landing.code))

    def test_documents_that_are_none(self):
        url = f"{self.shelf.origin}/bad-"
        bad = {
            "html": ("<html>", {"Content_Type": "text/html"}), "html-as-json": ("<html>", {}), "empty": ("", {}),
            "list": ("[]", {}), "nested": ("[" * 9_000, {}), "not-json-type": (None, {"Content_Type": "text/html"}),
            "missing": (None, {"status": 404}), "created": (None, {"status": 201}),
            "moved": (None, {"status": 302, "Location": f"{self.shelf.origin}/target"}),
        }
        self.put("target")
        for name, (body, answer) in bad.items():
            site = self.put("bad-" + name, answer=answer)
            if body is not None:
                self.shelf.put("/bad-" + name, body, **answer)
            with self.subTest(name):
                self.assertUnknown(site)
        self.assertEqual(0, self.fetches("target"))
        self.assertEqual(503, self.browser().get(self.put("bad-huge", x="y" * 20_000).url()).status)
        for name, members in {
                "other": {"client_id": url + "html"}, "nameless": {"client_id": None},
                "secret": {"client_secret": "s3cret"}, "expiring": {"client_secret_expires_at": 0},
                "basic": {"token_endpoint_auth_method": "client_secret_basic"},
                "private": {"jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}}, "machine": {"grant_types": ["implicit"]},
                "script": {"redirect_uris": ["javascript:alert(1)"]}, "plain": {"redirect_uris": ["http://app.example/"]},
                "wild": {"redirect_uris": ["https://*.app.example/"]}, "without": {"redirect_uris": None},
                "hidden": {"client_name": "An\u202eapp"}, "keyless": {"token_endpoint_auth_method": "private_key_jwt"},
                "text": {"redirect_uris": "https://app.example/callback"}}.items():
            with self.subTest(name):
                self.assertUnknown(self.put("bad-" + name, **members))
        self.assertAlive()

    def test_addresses_that_nobody_has_a_document_at(self):
        secret = Shelf("application/json")
        self.addCleanup(secret.close)
        for url in (f"http://127.0.0.1:{secret.server.server_address[1]}/client", f"https://127.0.0.1:{free_port()}/client",
                    "https://[::1]/client", "https://169.254.169.254/latest/meta-data", "https://10.0.0.1/client",
                    "https://[64:ff9b::7f00:1]/client", f"{self.shelf.origin}", f"{self.shelf.origin}/a/../app",
                    f"{self.shelf.origin}/%2e%2e/app", f"{self.shelf.origin}/app#one",
                    self.shelf.origin.replace("https://", "https://ada@") + "/app", "https://"):
            with self.subTest(url):
                self.assertUnknown(Site(self.server, url))
        self.assertEqual([], secret.asked)

    def test_at_the_token_endpoint_too(self):
        site = self.put("unmet")
        self.assertTokenError(site.redeem("none"), "invalid_grant")
        stranger = Site(self.server, f"{self.shelf.origin}/nobody")
        self.assertTokenError(stranger.redeem("none"), "invalid_client", 401)

    def test_redirect_uris_that_change_between_request_and_consent(self):
        site = self.put("turning")
        browser = self.browser()
        landing = site.journey(browser, self.user, stop_at=("consent",))
        self.put("turning", "https://evil.example/callback")
        self.until_read_again("turning")
        self.assertErrorPage(landing.page.press(browser, "consent-allow"))

    def test_redirect_uris_that_change_before_the_code_is_redeemed(self):
        site = self.put("late")
        earlier = self.login(site)
        landing = site.journey(self.browser(), self.user)
        changed = self.put("late", "https://late.example/callback")
        self.until_read_again("late")
        self.assertTokenError(site.redeem(landing.code), "invalid_grant")
        self.assertTokenError(site.refresh(earlier["refresh_token"]), "invalid_grant")
        self.assertEqual(401, site.userinfo(earlier["access_token"]).status)
        self.assertIn("consent", changed.journey(self.browser(), self.user).shown)

    def test_a_name_that_changes_changes_nothing_else(self):
        site = self.put("renamed")
        tokens = self.login(site)
        self.put("renamed", client_name="Another name")
        self.until_read_again("renamed")
        self.assertTokens(site.refresh(tokens["refresh_token"]))
        shown = self.server.command("client", "show", site.id)
        self.assertEqual("Another name", shown["client_name"])

    def test_a_document_that_vanishes_is_missed_later(self):
        site = self.put("vanishing")
        tokens = self.login(site)
        self.shelf.put("/vanishing", "", status=404)
        self.until_read_again("vanishing")
        self.assertTokens(site.refresh(tokens["refresh_token"]))

    def test_a_restart_forgets_nothing(self):
        site = self.put("lasting")
        tokens = self.login(site)
        self.shelf.put("/lasting", "", status=503)
        self.server.stop()
        self.server.launch()
        self.assertTokens(site.refresh(tokens["refresh_token"]))

    def test_what_the_operator_switches_off_and_takes_away(self):
        site = self.put("bad-app")
        tokens = self.login(site)
        self.server.command("client", "update", site.id, "--disable")
        wait_until(lambda: site.refresh(tokens["refresh_token"]).status == 401, 30, "it is still served")
        self.assertUnknown(site)
        self.server.command("client", "remove", site.id)
        wait_until(lambda: site.journey(self.browser(), self.user).shown[-1:] == ["consent"], 30, "it is not met again")
        self.assertTokenError(site.refresh(tokens["refresh_token"]), "invalid_grant")

    def test_one_that_the_operator_registered(self):
        url = f"{self.shelf.origin}/registered"
        self.server.add_client(url, "https://registered.example/callback", method="none")
        site = Site(self.server, url, redirect="https://registered.example/callback")
        self.assertTokens(site.redeem(site.journey(self.browser(), self.user).code))
        self.assertEqual(0, self.fetches("registered"))

    def test_slow_sites_hold_up_nobody_else(self):
        known = self.put("known")
        tokens = self.login(known)
        release, done = threading.Event(), threading.Event()
        self.addCleanup(release.set)
        for shelf in self.slow_shelves:
            shelf.put("/slow", lambda: release.wait(60) and b"{}" or b"{}", Content_Length="2")
        asking = [threading.Thread(target=lambda shelf=shelf: [
            self.browser().get(Site(self.server, f"{shelf.origin}/slow").url()) for _ in range(1000)
            if not done.is_set()]) for shelf in self.slow_shelves for _ in range(2)]
        for thread in asking:
            thread.start()
        try:
            wait_until(lambda: all(shelf.asked for shelf in self.slow_shelves), 60, "the slow sites are not asked")
            tokens = self.assertTokens(known.refresh(tokens["refresh_token"]))
            self.assertIn("login", self.site.journey(self.browser(), self.user).shown)
            newcomer = self.put("newcomer")
            wait_until(lambda: self.browser().get(newcomer.url()).location, 60, "nobody else gets a turn")
        finally:
            done.set()
            release.set()
            for thread in asking:
                thread.join()


class ManyDocuments(Documents):
    source = {"use": SOURCE, "refetch_after": "1s", "keep_for": "0s"}
    limits = {"new_clients": 5, "new_clients_window": "1h"}

    def test_whoever_makes_up_a_thousand_addresses_is_stopped(self):
        known = self.put("known")
        tokens = self.login(known)
        asked = len(self.shelf.asked)
        answers = [self.browser().get(AUTHORIZE, **Site(self.server, f"{self.shelf.origin}/{number}").request()).status
                   for number in range(1000)]
        self.assertEqual({400, 503}, set(answers))
        self.assertLessEqual(len(self.shelf.asked) - asked, 5)
        self.assertTokens(known.refresh(tokens["refresh_token"]))
        self.assertEqual(503, Site(self.server, f"{self.shelf.origin}/one-more").redeem("none").status)


class DeniedDocuments(Documents):
    source = {"use": SOURCE, "refetch_after": "1s", "keep_for": "0s", "allowed_hosts": ["localhost"]}

    def test_a_document_that_has_vanished_for_too_long(self):
        site = self.put("gone")
        tokens = self.login(site)
        self.shelf.put("/gone", "", status=404)
        wait_until(lambda: site.refresh(tokens["refresh_token"]).status == 401, 60, "it is served without its document")
        self.assertUnknown(site)

    def test_a_host_that_is_denied_at_a_reload(self):
        site = self.put("denied")
        tokens = self.login(site)
        entry = next(each for each in self.server.config["plugins"] if each["use"] == SOURCE)
        entry["denied_hosts"] = ["localhost"]
        self.server.write_config()
        self.server.reload()
        wait_until(lambda: self.browser().get(site.url()).status == 400, 30, "it is served still")
        self.assertTokenError(site.refresh(tokens["refresh_token"]), "invalid_client", 401)
        self.assertUnknown(site)
        entry.pop("denied_hosts")
        self.server.write_config()
        self.server.reload()

    def test_a_host_that_is_none_is_told_at_a_check(self):
        entry = next(each for each in self.server.config["plugins"] if each["use"] == SOURCE)
        entry["denied_hosts"] = ["https://evil.example"]
        self.server.write_config()
        with self.assertRaises(CommandFailed) as refused:
            self.server.command("check")
        entry.pop("denied_hosts")
        self.server.write_config()
        self.assertIn('denied_hosts: "https://evil.example" is no host', json.loads(refused.exception.output)["problems"][0]["problem"])
