# SPDX-License-Identifier: Apache-2.0
"""One process, several issuers: one by host name, two by path, and nothing crosses between them."""
import json
import os
import subprocess
import threading
from collections import Counter
from urllib.parse import urlsplit

from harness import jwt
from harness.page import Page
from harness.server import ROOT, clean_environment
from harness.site import INTROSPECT, JWKS, REVOKE, TOKEN, USERINFO, Person, Site, ada
from harness.story import Story
from harness.web import Browser, Cookie, wait_until

NODE = os.environ.get("GATEHOUSE_TEST_NODE", "node")
CALLBACK = "https://site.example/callback"


class SeveralIssuers(Story):
    """`host` is found by its name, `acme` and `zeta` by their path; each has a client "site" and an "ada"."""

    @classmethod
    def furnish(cls):
        port = cls.server.port
        cls.host = cls.server.tenant(f"http://localhost:{port}")
        cls.acme = cls.server.tenant(f"http://127.0.0.1:{port}/acme")
        cls.zeta = cls.server.tenant(f"http://127.0.0.1:{port}/zeta")
        cls.tenants = (cls.host, cls.acme, cls.zeta)
        cls.ada = {}
        cls.sites = {}
        for number, tenant in enumerate(cls.tenants):
            cls.ada[tenant] = Person("ada", f"the password at issuer {number}", ada().claims)
            tenant.add_user("ada", cls.ada[tenant].password, cls.ada[tenant].claims)
            cls.sites[tenant] = cls.site_of(tenant)

    @classmethod
    def site_of(cls, tenant, identifier="site", redirect=CALLBACK, **options):
        made = tenant.add_client(identifier, redirect, **options)
        return Site(tenant, identifier, made.get("client_secret"), redirect)

    def tokens(self, tenant, browser=None, **changes):
        return self.sites[tenant].tokens(browser or tenant.browser(), self.ada[tenant], **changes)

    def crossings(self):
        return [(one, other) for one in self.tenants for other in self.tenants if one is not other]

    # Each is whole by itself

    def test_each_describes_itself_under_its_own_url(self):
        for tenant in self.tenants:
            metadata = tenant.metadata
            self.assertEqual(tenant.issuer, metadata["issuer"])
            for name, value in metadata.items():
                if name.endswith(("_endpoint", "_uri")):
                    place = "/logout" if name == "end_session_endpoint" else "/api/oauth/"
                    self.assertTrue(value.startswith(tenant.issuer + place), (name, value))
            path = urlsplit(tenant.issuer).path
            inserted = self.server.browser().get(f"/.well-known/oauth-authorization-server{path}") if path else None
            if inserted:
                self.assertEqual(metadata, inserted.json())

    def test_a_real_client_logs_in_at_each(self):
        people = set()
        for tenant in self.tenants:
            site = self.sites[tenant]
            given = {"issuer": tenant.issuer, "client_id": site.id, "client_secret": site.secret,
                     "redirect_uri": site.redirect,
                     "user": {"username": "ada", "password": self.ada[tenant].password,
                              "email": self.ada[tenant].claims["email"]}}
            done = subprocess.run([NODE, "openid-client.mjs", json.dumps(given)], cwd=ROOT / "tests/e2e/clients",
                                  env=clean_environment(), capture_output=True, text=True, timeout=120, check=False)
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            people.add(done.stdout.split("logged in as ")[1].strip())
        self.assertEqual(len(self.tenants), len(people), "every issuer has a `sub` of its own")

    def test_each_has_keys_of_its_own(self):
        kids = [key["kid"] for tenant in self.tenants for key in tenant.browser().get(JWKS).json()["keys"]]
        self.assertEqual(len(kids), len(set(kids)))
        for tenant in self.tenants:
            token = self.tokens(tenant)["id_token"]
            header, claims = jwt.verify(token, tenant.browser().get(JWKS).json()["keys"], ["RS256"])
            self.assertEqual(tenant.issuer, claims["iss"])

    # Nothing crosses

    def test_a_password_is_good_at_its_own_issuer_only(self):
        for one, other in self.crossings():
            landing = self.sites[other].journey(other.browser(), self.ada[one])
            self.assertEqual(["login", "login"], landing.shown)

    def test_a_client_secret_is_good_at_its_own_issuer_only(self):
        for one, other in self.crossings():
            stranger = Site(other, "site", self.sites[one].secret)
            self.assertTokenError(stranger.redeem("whatever"), "invalid_client")

    def test_a_code_is_redeemed_at_its_own_issuer_only(self):
        for one, other in self.crossings():
            site, foreign = self.sites[one], self.sites[other]
            landing = site.journey(one.browser(), self.ada[one])
            foreign.pkce = site.pkce
            self.assertTokenError(foreign.redeem(landing.code), "invalid_grant", 400)
            self.assertTokens(site.redeem(landing.code))

    def test_a_refresh_token_is_good_at_its_own_issuer_only(self):
        for one, other in self.crossings():
            token = self.tokens(one)["refresh_token"]
            self.assertTokenError(self.sites[other].refresh(token), "invalid_grant", 400)
            self.assertTokens(self.sites[one].refresh(token))

    def test_an_access_token_is_good_at_its_own_issuer_only(self):
        for token_format in ("jwt", "opaque"):
            for one, other in self.crossings():
                identifier = f"{token_format}-{self.tenants.index(one)}-{self.tenants.index(other)}"
                site = self.site_of(one, identifier, options=("--access-token-format", token_format))
                tokens = site.tokens(one.browser(), self.ada[one])
                token = tokens["access_token"]
                foreign = self.sites[other]
                self.assertDead(foreign, token)
                self.assertDead(foreign, tokens["refresh_token"])
                self.assertEqual(401, foreign.userinfo(token).status)
                self.assertEqual(200, foreign.revoke(token).status)
                self.assertEqual(200, foreign.revoke(tokens["refresh_token"]).status)
                self.assertActive(site, token)
                self.assertEqual(200, site.userinfo(token).status)
                self.assertTokens(site.refresh(tokens["refresh_token"]))

    def test_a_session_is_good_at_its_own_issuer_only(self):
        for one, other in self.crossings():
            browser = one.browser()
            self.tokens(one, browser)
            self.assertEqual([], self.sites[one].journey(browser, None).shown)
            everywhere = other.browser()
            everywhere.cookies = browser.cookies
            self.assertEqual(["login"], self.sites[other].journey(everywhere, None).shown)
            for cookie in list(browser.cookies.values()):  # under the name it would have there
                for number in ("", "_1", "_2", "_3"):
                    name = cookie.name.rstrip("_123") + number
                    everywhere.cookies[(name, "/")] = type(cookie)(name, cookie.value, "/", {})
            self.assertEqual(["login"], self.sites[other].journey(everywhere, None).shown)

    def test_issuers_of_one_host_keep_their_sessions_in_one_browser(self):
        browser = self.acme.browser()
        self.tokens(self.acme, browser)
        other = self.zeta.browser()
        other.cookies = browser.cookies
        self.tokens(self.zeta, other)
        self.assertEqual([], self.sites[self.acme].journey(browser, None).shown)
        self.assertEqual([], self.sites[self.zeta].journey(other, None).shown)

    def test_a_login_begun_at_one_does_not_go_on_at_another(self):
        browser = self.acme.browser()
        landing = self.sites[self.acme].journey(browser, None)
        self.assertEqual(["login"], landing.shown)
        for tenant in (self.zeta, self.host):
            foreign = tenant.browser()
            foreign.cookies = browser.cookies
            path = urlsplit(landing.response.url).path.removeprefix("/acme")
            answer = foreign.get(path)
            self.assertEqual(400, answer.status, answer)
            self.assertFalse(Page(answer).has("login-form"))

    def test_an_id_token_is_a_hint_at_its_own_issuer_only(self):
        hint = self.tokens(self.acme)["id_token"]
        own = self.sites[self.acme].journey(self.acme.browser(), None, prompt="none", id_token_hint=hint)
        foreign = self.sites[self.zeta].journey(self.zeta.browser(), None, prompt="none", id_token_hint=hint)
        self.assertEqual("login_required", own.error)
        self.assertEqual("invalid_request", foreign.error)

    def test_a_client_assertion_is_for_one_issuer(self):
        signer = jwt.Signer("ES256")
        jwks = self.server.folder / "jwks.json"
        jwks.write_text(json.dumps({"keys": [signer.jwk()]}))
        keyed = {}
        for tenant in (self.acme, self.zeta):
            tenant.add_client("keyed", method="private_key_jwt", grants=("client_credentials",), scope="api",
                              options=("--jwks", str(jwks)))
            keyed[tenant] = Site(tenant, "keyed", signer=signer)
        assertion = keyed[self.acme].assertion()
        form = {"grant_type": "client_credentials", "client_id": "keyed", **assertion}
        self.assertTokenError(self.zeta.browser().post(TOKEN, form), "invalid_client")
        self.assertEqual(200, self.acme.browser().post(TOKEN, form).status)
        # One `jti` at two issuers is two marks.
        for tenant in (self.acme, self.zeta):
            form.update(keyed[tenant].assertion(jti="the same at both"))
            self.assertEqual(200, tenant.browser().post(TOKEN, form).status)

    def test_endpoints_of_one_are_not_found_under_another(self):
        at_root = self.server.browser()
        for path in (TOKEN, INTROSPECT, REVOKE, USERINFO, JWKS, "/.well-known/openid-configuration",
                     "/.well-known/openid-configuration/other", "/acmex" + JWKS, "/acme/zeta" + JWKS):
            self.assertEqual(404, at_root.get(path).status, path)
        self.assertEqual(404, self.host.browser().get("/acme" + JWKS).status)

    def test_a_host_that_is_nobodys_finds_nothing_but_the_state_of_the_process(self):
        browser = self.host.browser(headers={"Host": "evil.example"})
        self.assertEqual(404, browser.get("/.well-known/openid-configuration").status)
        self.assertEqual(404, browser.get("/acme" + JWKS).status)
        self.assertEqual(200, browser.get("/api/healthz").status)

    # Commands

    def test_a_command_needs_to_know_which(self):
        for command in (("client", "list"), ("user", "list"), ("keys", "list")):
            done = self.server.run(*command, "--config", self.server.config_file)
            self.assertEqual(64, done.returncode, done.stderr)
            self.assertIn(f"--issuer is missing; there are 1 ({self.host.issuer}), 2 (", done.stderr)
        done = self.server.run("client", "list", "--config", self.server.config_file, "--issuer", "3")
        self.assertEqual(0, done.returncode, done.stderr)
        done = self.server.run("client", "list", "--config", self.server.config_file, "--issuer", "x")
        self.assertEqual(64, done.returncode)
        self.assertIn('no issuer "x"; there are', done.stderr)

    def test_lists_are_an_issuers_own(self):
        self.site_of(self.zeta, "only-zeta")
        self.assertIn("only-zeta", [client["client_id"] for client in self.zeta.command("client", "list")])
        self.assertNotIn("only-zeta", [client["client_id"] for client in self.acme.command("client", "list")])
        subs = {tenant.command("user", "show", "ada")["sub"] for tenant in self.tenants}
        self.assertEqual(len(self.tenants), len(subs))


class OwnParts(Story):
    """What an issuer has of its own: clients in files, pages, grants, user stores."""

    @classmethod
    def furnish(cls):
        server = cls.server
        base = f"http://127.0.0.1:{server.port}"
        pages = server.folder / "pages-of-branded"
        pages.mkdir()
        stock = (ROOT / "share/pages/login.html").read_text()
        (pages / "login.html").write_text(stock.replace("</form>", "</form><p id=\"own\">branded</p>", 1))
        (pages / "locale").mkdir()
        for name in ("plain", "branded", "broken"):
            (server.folder / f"{name}.d").mkdir()
        (server.folder / "plain.d/site.yaml").write_text(json.dumps(
            {"client_id": "of-file", "client_secret": "a-secret-of-this-file-0123456789",
             "redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
             "scope": "openid api"}))
        (server.folder / "broken.d/site.yaml").write_text("{client_id: of-file, redirect_urls: [x]}")
        server.config["plugins"].append({"use": "user_store.local", "name": "partners"})
        cls.plain = server.tenant(f"{base}/plain", clients_dir="plain.d", user_stores=["local"])
        cls.branded = server.tenant(f"{base}/branded", clients_dir="branded.d", pages_override_dir=str(pages),
                                    grants=["authorization_code"], user_stores=["partners"])
        cls.broken = server.tenant(f"{base}/broken", clients_dir="broken.d", pages_override_dir="nowhere",
                                   grants=["client_credentials"])

    def site_of(self, tenant, identifier, **options):
        made = tenant.add_client(identifier, CALLBACK, **options)
        return Site(tenant, identifier, made.get("client_secret"))

    def test_clients_of_files_are_one_issuers(self):
        form = {"grant_type": "client_credentials", "scope": "api", "client_id": "of-file",
                "client_secret": "a-secret-of-this-file-0123456789"}
        site = Site(self.plain, "of-file", form["client_secret"])
        answer = site.call(TOKEN, {"grant_type": "client_credentials", "scope": "api"})
        self.assertEqual(200, answer.status, answer)
        foreign = Site(self.branded, "of-file", form["client_secret"])
        self.assertTokenError(foreign.call(TOKEN, {"grant_type": "client_credentials"}), "invalid_client")

    def test_own_pages_are_shown_at_their_issuer(self):
        for tenant, is_own in ((self.branded, True), (self.plain, False)):
            site = self.site_of(tenant, "pages")
            page = site.journey(tenant.browser(), None).page
            self.assertTrue(page.has("login-form"))
            self.assertEqual(is_own, page.has("own"))

    def test_a_grant_that_is_not_enabled_is_not_there(self):
        self.assertEqual(["authorization_code"], self.branded.metadata["grant_types_supported"])
        site = self.site_of(self.branded, "grants", grants=("authorization_code", "refresh_token"))
        self.branded.command("user", "add", "eve", "--store", "partners", "--password-stdin",
                             stdin="the password of eve")
        tokens = site.tokens(self.branded.browser(), Person("eve", "the password of eve"), scope="openid offline_access")
        self.assertNotIn("refresh_token", tokens)
        self.assertTokenError(site.refresh("whatever"), "unsupported_grant_type", 400)

    def test_an_issuer_without_codes_has_no_authorization_endpoint(self):
        self.assertNotIn("authorization_endpoint", self.broken.metadata)

    def test_people_of_another_store_are_nobody(self):
        self.plain.command("user", "add", "tom", "--store", "local", "--password-stdin", stdin="the password of tom")
        refused = self.server.run("user", "show", "tom", "--store", "local", "--issuer", self.branded.issuer,
                                  "--config", self.server.config_file)
        self.assertEqual(1, refused.returncode)
        self.assertIn('the issuer has no user store "local"', refused.stderr)
        site = self.site_of(self.branded, "people")
        landing = site.journey(self.branded.browser(), Person("tom", "the password of tom"))
        self.assertEqual(["login", "login"], landing.shown)

    def test_an_issuer_with_broken_files_is_out_and_the_others_serve(self):
        site = Site(self.broken, "of-file", "whatever")
        answer = site.call(TOKEN, {"grant_type": "client_credentials"})
        self.assertEqual(503, answer.status, answer)
        self.assertIsNotNone(answer.header("Retry-After"))
        self.assertEqual(200, self.plain.browser().get(JWKS).status)
        self.assertIn("broken.d/site.yaml:1:22: client: unknown key", self.server.settled_log())
        checked = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(78, checked.returncode)
        self.assertIn("broken.d/site.yaml:1:22: client: unknown key \"redirect_urls\"", checked.stderr)
        self.assertIn("nowhere: is not a folder", checked.stderr)
        (self.server.folder / "broken.d/site.yaml").unlink()

    def test_none_is_where_the_urls_of_another_are(self):
        place = self.server.folder / "in_the_way.yaml"
        config = {**self.server.config, "issuers": [{"id": 1}]}
        for path in ("/api/oauth", "/logout"):
            config["issuers"][0]["url"] = f"https://a.example{path}"
            place.write_text(json.dumps(config))
            checked = self.server.run("check", "--config", place)
            self.assertEqual(78, checked.returncode)
            self.assertRegex(checked.stderr, rf'"https://a.example{path}" has a path that begins with /[a-z.-]+, where module\.')
        for path in ("/apis", "/id/api", "/device"):
            config["issuers"][0]["url"] = f"https://a.example{path}"
            place.write_text(json.dumps(config))
            self.assertNotIn("has a path that begins", self.server.run("check", "--config", place).stderr)
        config["modules"] = [*config["modules"], "device"]
        place.write_text(json.dumps(config))
        self.assertIn('"https://a.example/device" has a path that begins with /device, where module.device answers',
                      self.server.run("check", "--config", place).stderr)

    def test_config_shows_what_is_whose(self):
        shown = self.server.run("config", "--config", self.server.config_file).stdout
        self.assertIn(f"issuer 2: {self.branded.issuer}", shown)
        self.assertIn("  user_stores: partners\n", shown)


class ManyIssuers(Story):
    """10,000 of them are configured; two are asked for."""

    starts_anew = True

    @classmethod
    def furnish(cls):
        base = f"http://127.0.0.1:{cls.server.port}"
        cls.server.config["oauth"].pop("issuer")
        cls.server.config.pop("clients_dir")
        cls.server.config["issuers"] = [{"id": number, "url": f"{base}/t{number}"} for number in range(1, 10_001)]
        cls.server.write_config()

    def test_only_those_asked_for_have_anything(self):
        for number in (1, 9_999):
            issuer = f"http://127.0.0.1:{self.server.port}/t{number}"
            document = self.get(f"/t{number}/.well-known/openid-configuration").json()
            self.assertEqual(issuer, document["issuer"])
            self.assertEqual(4, len(self.get(f"/t{number}" + JWKS).json()["keys"]))
        self.assertEqual(404, self.get("/t10001" + JWKS).status)
        wait_until(lambda: self.makers()[9_999] == 4, 30, self.server.log)
        self.assertEqual({1: 4, 9_999: 4}, self.makers())

    def makers(self):
        """For whom signing keys were made, as the log tells."""
        return Counter(line["issuer"] for line in self.server.log_lines() if line["message"] == "signing key made")


class Strangers(Story):
    """Anybody may ask for an issuer that nobody asked for before."""

    @classmethod
    def furnish(cls):
        cls.base = f"http://127.0.0.1:{cls.server.port}"
        cls.busy = cls.server.tenant(f"{cls.base}/t1")
        cls.server.config["issuers"] += [{"id": number, "url": f"{cls.base}/t{number}"} for number in range(2, 401)]
        cls.server.write_config()
        cls.ada = Person("ada", "the password of ada")
        cls.busy.add_user(cls.ada.login, cls.ada.password)
        cls.site = Site(cls.busy, "site", cls.busy.add_client("site", CALLBACK)["client_secret"])

    def test_first_requests_to_others_do_not_stop_an_issuer_in_use(self):
        token = self.site.tokens(self.busy.browser(), self.ada)["access_token"]
        left = list(range(2, 401))
        done = threading.Event()
        answers = Counter()

        def stranger():
            while left and not done.is_set():
                answer = Browser(self.base, timeout=60).get(f"/t{left.pop()}/.well-known/openid-configuration")
                answers[answer.status] += 1
                if answer.status == 503:
                    self.assertIsNotNone(answer.header("Retry-After"))

        strangers = [threading.Thread(target=stranger) for _ in range(40)]
        for one in strangers:
            one.start()
        wait_until(lambda: answers[503] > 20, 30, lambda: f"nobody is told to come again: {answers}")
        seen = Counter()
        for _ in range(50):
            seen[self.server.browser().get("/api/readyz").status] += 1
            self.assertActive(self.site, token)
            self.assertEqual(200, self.busy.browser().get(JWKS).status)
        done.set()
        for one in strangers:
            one.join()
        self.assertEqual({200: 50}, seen)
        self.assertLessEqual(set(answers), {200, 503})


class Hosts(Story):
    @classmethod
    def furnish(cls):
        cls.server.tenant(f"http://127.0.0.1:{cls.server.port}")
        cls.gone = cls.server.tenant(f"http://gone.example:{cls.server.port}")

    def test_a_removed_issuers_host_is_nobodys(self):
        document = "/.well-known/openid-configuration"
        asked = self.browser(headers={"Host": f"gone.example:{self.server.port}"})
        self.assertEqual(self.gone.issuer, asked.get(document).json()["issuer"])
        self.server.config["issuers"].pop()
        self.server.write_config()
        self.server.reload()
        wait_until(lambda: asked.get(document).status == 404, 20, self.server.log)
        self.assertEqual(200, self.get(document).status)


class Keys(Story):
    """A mistake in an issuer's pages stops nothing else of it."""

    @classmethod
    def furnish(cls):
        base = f"http://127.0.0.1:{cls.server.port}"
        cls.server.config["oauth"].update(access_token_ttl_secs=60, id_token_ttl_secs=60)
        cls.server.plugin("key_store.local").update(rotate_every="4s", publish_for="1s", keep_for="1m")
        cls.server.tenant(f"{base}/whole")
        cls.server.tenant(f"{base}/broken", pages_override_dir="nowhere")

    def makers(self):
        return Counter(line["issuer"] for line in self.server.log_lines() if line["message"] == "signing key made")

    def test_keys_of_an_issuer_with_broken_pages_are_rotated(self):
        for path in ("/whole", "/broken"):
            self.assertEqual(200, self.get(path + JWKS).status)
        wait_until(lambda: min(self.makers()[1], self.makers()[2]) > 4, 60, lambda: f"made: {self.makers()}")


class Forms(Story):
    @classmethod
    def furnish(cls):
        base = f"http://127.0.0.1:{cls.server.port}"
        cls.tenants = [cls.server.tenant(f"{base}/one"), cls.server.tenant(f"{base}/two")]
        cls.ada = Person("ada", "the password of ada")
        for tenant in cls.tenants:
            tenant.add_user("ada", cls.ada.password)
        cls.sites = [Site(tenant, "site", tenant.add_client("site", CALLBACK)["client_secret"]) for tenant in cls.tenants]

    def test_a_form_token_is_good_at_its_own_issuer_only(self):
        here, there = (tenant.browser() for tenant in self.tenants)
        for site, browser in zip(self.sites, (here, there)):
            site.tokens(browser, self.ada)
        token = Page(here.get("/logout")).forms[0].fields["csrf"]
        stolen = here.cookies[("gatehouse_browser_1", "/")].value
        there.cookies[("gatehouse_browser_2", "/")] = Cookie("gatehouse_browser_2", stolen, "/", {})
        self.assertEqual(403, there.post("/logout", {"csrf": token, "decision": "leave"}).status)
        self.assertEqual(200, here.post("/logout", {"csrf": token, "decision": "leave"}).status)


class Numbers(Story):
    """What is stored belongs to a number; the storage remembers whose each is."""

    @classmethod
    def furnish(cls):
        cls.base = f"http://127.0.0.1:{cls.server.port}"
        cls.server.tenant(f"{cls.base}/one")
        cls.server.tenant(f"{cls.base}/two")

    def urls(self, *paths):
        for issuer, path in zip(self.server.config["issuers"], paths):
            issuer["url"] = self.base + path
        self.server.write_config()
        self.server.reload()

    def test_numbers_that_were_exchanged_are_refused(self):
        for path in ("/one", "/two"):
            self.assertEqual(200, self.get(path + JWKS).status)
        self.urls("/two", "/one")
        wait_until(lambda: self.get("/one" + JWKS).status == 503, 20, self.server.log)
        self.assertEqual(503, self.get("/two" + JWKS).status)
        wait_until(lambda: f"the id 1 is that of {self.base}/one in the storage, not of {self.base}/two"
                   in self.server.log(), 30, self.server.log)
        for arguments in (("user", "list"), ("client", "remove", "site"), ("keys", "list")):
            done = self.server.run(*arguments, "--issuer", f"{self.base}/one", "--config", self.server.config_file)
            self.assertEqual(69, done.returncode, done)
            self.assertIn(f"the id 2 is that of {self.base}/two in the storage, not of {self.base}/one", done.stderr)
        self.urls("/one", "/two")
        wait_until(lambda: self.get("/one" + JWKS).status == 200, 20, self.server.log)
        self.urls("/one", "/new")
        wait_until(lambda: self.get("/new" + JWKS).status == 200, 20, self.server.log)
        wait_until(lambda: "issuer has another URL than before" in self.server.log(), 30, self.server.log)


class Reload(Story):
    """An issuer is added and removed without a restart."""

    @classmethod
    def furnish(cls):
        cls.first = cls.server.tenant(f"http://127.0.0.1:{cls.server.port}/one")

    def test_an_issuer_comes_and_goes(self):
        self.assertEqual(404, self.get("/two" + JWKS).status)
        kids = self.get("/one" + JWKS).json()
        second = self.server.tenant(f"http://127.0.0.1:{self.server.port}/two")
        self.server.reload()
        wait_until(lambda: second.browser().get(JWKS).status == 200, 20, self.server.log)
        self.assertEqual(kids, self.get("/one" + JWKS).json())
        self.server.config["issuers"].pop()
        self.server.write_config()
        self.server.reload()
        wait_until(lambda: second.browser().get(JWKS).status == 404, 20, self.server.log)
        self.assertEqual(kids, self.get("/one" + JWKS).json())


class TokenFormatGone(Story):
    """A plugin goes that one client of an issuer needs, which nobody has asked for yet."""

    @classmethod
    def furnish(cls):
        folder = cls.server.folder / "b.d"
        folder.mkdir()
        for name, own in {"plain": {}, "formatted": {"access_token_format": "opaque"}}.items():
            (folder / f"{name}.yaml").write_text(json.dumps(
                {"client_id": name, "client_secret": "a-secret-of-this-file-0123456789",
                 "grant_types": ["client_credentials"], "scope": "api", **own}))
        base = f"http://127.0.0.1:{cls.server.port}"
        cls.server.tenant(f"{base}/one")
        cls.two = cls.server.tenant(f"{base}/two", clients_dir="b.d")

    def test_the_other_clients_of_the_issuer_go_on(self):
        self.server.config["plugins"] = [entry for entry in self.server.config["plugins"]
                                         if entry["use"] != "token_format.opaque"]
        self.server.write_config()
        checked = self.server.run("check", "--config", self.server.config_file)
        self.assertIn('formatted.yaml:1:', checked.stdout + checked.stderr)
        self.server.reload()
        wait_until(lambda: "reloaded" in self.server.log(), 20, self.server.log)
        ask = {"grant_type": "client_credentials", "scope": "api"}
        status = {name: Site(self.two, name, "a-secret-of-this-file-0123456789").call(TOKEN, ask).status
                  for name in ("plain", "formatted")}
        self.assertEqual({"plain": 200, "formatted": 500}, status)


class BrokenReload(Story):
    """A mistake in the files of an issuer that is served refuses the reload."""

    @classmethod
    def furnish(cls):
        base = f"http://127.0.0.1:{cls.server.port}"
        cls.folder = cls.server.folder / "a.d"
        cls.folder.mkdir()
        (cls.folder / "site.yaml").write_text(json.dumps(
            {"client_id": "of-file", "client_secret": "a-secret-of-this-file-0123456789",
             "grant_types": ["client_credentials"], "scope": "api"}))
        cls.one = cls.server.tenant(f"{base}/one", clients_dir="a.d")
        cls.server.tenant(f"{base}/two")

    def test_a_reload_with_a_typo_does_not_stop_a_serving_issuer(self):
        site = Site(self.one, "of-file", "a-secret-of-this-file-0123456789")
        ask = {"grant_type": "client_credentials", "scope": "api"}
        self.assertEqual(200, site.call(TOKEN, ask).status)
        (self.folder / "site.yaml").write_text("{client_id: of-file, redirect_urls: [x]}")
        self.server.reload()
        wait_until(lambda: "reload refused, nothing changed: 1 problem" in self.server.log(), 20, self.server.log)
        self.assertEqual(200, site.call(TOKEN, ask).status)
