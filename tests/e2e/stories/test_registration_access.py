# SPDX-License-Identifier: Apache-2.0
"""Who may register clients: initial access tokens, quotas, software statements, and one issuer beside another."""
import json
import shutil
import time
from concurrent.futures import ThreadPoolExecutor

from harness import jwt
from harness.redis import Redis
from harness.registration import Registered, metadata, modules, register
from harness.server import CommandFailed
from harness.story import Story
from harness.web import Browser, at_once, wait_until

STATEMENTS = "https://federation.example"


class ByToken(Story):
    modules = modules(most_per_address=10_000)

    def token(self, *options):
        return self.server.command("registration-token", "create", *options)

    def register(self, token, **changes):
        return register(self.browser(), metadata(**changes), token)

    def left(self, token):
        rows = self.server.command("registration-token", "list")
        return next(row["left"] for row in rows if row["id"] == token["id"])

    def test_without_a_good_token_nobody_registers(self):
        good = self.token()
        for token in (None, "x", good["id"], good["id"] + ".", good["token"] + "x", good["token"][:-1],
                      good["token"].upper(), "." + good["token"]):
            response = self.register(token)
            self.assertEqual(401, response.status, response)
            self.assertTrue(response.header("WWW-Authenticate").startswith("Bearer "), response)
        self.assertEqual(201, self.register(good["token"]).status)

    def test_a_token_is_good_as_often_as_it_says(self):
        token = self.token("--uses", 2)
        self.assertEqual([201, 201, 401, 401], [self.register(token["token"]).status for _ in range(4)])
        self.assertEqual(0, self.left(token))

    def test_a_registration_that_fails_costs_nothing(self):
        token = self.token()
        for _ in range(3):
            self.assertEqual(400, self.register(token["token"], redirect_uris=["http://x.example/"]).status)
        self.assertEqual(1, self.left(token))
        self.assertEqual(201, self.register(token["token"]).status)

    def test_many_at_once_get_no_more_than_there_are(self):
        token = self.token("--uses", 5)
        answers = at_once(24, lambda number: self.register(token["token"], client_name=f"N{number}"))
        self.assertEqual([201] * 5 + [401] * 19, sorted(answer.status for answer in answers))
        single = self.token()
        answers = at_once(24, lambda number: self.register(single["token"], client_name=f"N{number}"))
        self.assertEqual([201] + [401] * 23, sorted(answer.status for answer in answers))

    def test_its_policy_holds_for_good(self):
        token = self.token("--uses", 9, "--scope", "orders.read openid", "--grant", "client_credentials",
                           "--grant", "authorization_code", "--redirect-host", "*.partner.example",
                           "--redirect-host", "partner.example")["token"]
        fitting = {"redirect_uris": ["https://a.partner.example/cb"]}
        registered = Registered(self.server, self.register(
            token, grant_types=["client_credentials"], scope="orders.read", **fitting).json())
        self.assertEqual(200, registered.site().call("/api/oauth/token", {"grant_type": "client_credentials"}).status)
        for wrong in ({"scope": "orders.write"}, {"scope": "profile"}, {"grant_types": ["refresh_token"]}):
            for response in (self.register(token, **{**fitting, **wrong}),
                             registered.ask("PUT", registered.said(**wrong))):
                self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]), wrong)
                self.assertTrue(response.json()["error_description"].startswith(next(iter(wrong)) + ":"), response)
        for uri in ("https://partner.example.evil.example/cb", "https://evilpartner.example/cb", "com.partner.app:/cb",
                    "http.evil://partner.example/cb", "https+x://partner.example/cb", "http://127.0.0.1/cb", "https://evil.example/?x=.partner.example"):
            response = self.register(token, redirect_uris=[uri])
            self.assertEqual((400, "invalid_redirect_uri"), (response.status, response.json()["error"]), uri)
            response = registered.ask("PUT", registered.said(redirect_uris=[uri]))
            self.assertEqual((400, "invalid_redirect_uri"), (response.status, response.json()["error"]), uri)
        self.assertEqual(201, self.register(token, redirect_uris=["https://PARTNER.example/cb"]).status)

    def test_it_can_be_revoked(self):
        token = self.token("--uses", 5, "--note", "for the partner")
        made = Registered(self.server, self.register(token["token"]).json())
        listed = [row for row in self.server.command("registration-token", "list") if row["id"] == token["id"]]
        self.assertEqual((4, 1, "for the partner"), (listed[0]["left"], listed[0]["used"], listed[0]["note"]))
        self.assertNotIn("token", listed[0])
        self.assertTrue(self.server.command("registration-token", "revoke", token["id"])["revoked"])
        self.assertEqual(401, self.register(token["token"]).status)
        self.assertEqual(200, made.ask("GET").status)
        with self.assertRaises(CommandFailed) as failed:
            self.server.command("registration-token", "revoke", token["id"])
        self.assertIn("no initial access token", failed.exception.output)

    def test_only_a_hash_of_it_is_kept(self):
        token = self.token()["token"]
        self.assertNotIn(token.partition(".")[2].encode(), self.server.stored())

    def test_the_commands_explain_themselves(self):
        done = self.server.run("registration-token", "create", "--help", "--config", self.server.config_file)
        self.assertEqual(0, done.returncode, done.stderr)
        for word in ("--uses NUMBER", "--redirect-host HOST", "once"):
            self.assertIn(word, done.stdout)
        done = self.server.run("--help", environment={"APP_CONFIG": str(self.server.config_file)})
        self.assertIn("registration-token create", done.stdout)
        done = self.server.run("registration-token", "list", "--config", self.server.config_file)
        self.assertRegex(done.stdout, "^ID +LEFT +USED")
        for wrong in (("--uses", "0"), ("--uses", "x"), ("--days", "99999")):
            with self.assertRaises(CommandFailed) as failed:
                self.token(*wrong)
            self.assertIn(f"{wrong[0]} is a number from 1 to", failed.exception.output)
        for option, wrong, member in (("--redirect-host", "https://shop.example", "redirect_hosts"),
                                      ("--grant", "authorisation_code", "grants"), ("--scope", 'a"b', "scopes")):
            with self.assertRaises(CommandFailed) as failed:
                self.token(option, wrong)
            self.assertIn(member, failed.exception.output)

    def test_the_commands_are_audited(self):
        self.server.run("registration-token", "create", "--config", self.server.config_file, check=True)
        wait_until(lambda: '"registration-token create"' in self.server.log(), 30, "no audit event")


class ByTokenWithRedis(ByToken):
    starts_anew = True

    @classmethod
    def furnish(cls):
        cls.server.use_redis(Redis().has_long_been_there())
        cls.server.write_config()
        super().furnish()


class OpenToAll(Story):
    """A token that is shown where none is needed allows what it says."""
    modules = modules(access="open", most_per_address=1000, pkce="optional")

    def test_a_token_allows_more(self):
        token = self.server.command("registration-token", "create", "--scope", "orders.read")["token"]
        said = metadata(scope="orders.read")
        self.assertEqual(400, register(self.browser(), said).status)
        self.assertEqual(201, register(self.browser(), said, token).status)
        self.assertEqual(401, register(self.browser(), said, token).status)

    def test_clients_with_a_secret_may_do_without_pkce(self):
        registered = Registered(self.server, register(self.browser(), metadata()).json())
        site = registered.site()
        site.use_pkce = False
        self.assertTokens(site.redeem(site.journey(self.browser(), self.user).code))
        public = Registered(self.server,
                            register(self.browser(), metadata(token_endpoint_auth_method="none")).json()).site()
        public.use_pkce = False
        self.assertErrorBack(public.journey(self.browser(), self.user), "invalid_request")


class NotConfigured(Story):
    def test_nothing_of_it_is_there(self):
        self.assertNotIn("registration_endpoint", self.server.metadata)
        self.assertEqual(404, register(self.browser(), metadata()).status)
        done = self.server.run("registration-token", "list", "--config", self.server.config_file)
        self.assertEqual(78, done.returncode)
        self.assertIn("module.registration is not configured", done.stderr)


class Quotas(Story):
    modules = modules(access="open", most_per_address=5, most=12, window="1h")

    def register_from(self, address):
        return register(Browser(self.server.issuer, source=address), metadata())

    def test_a_flood_from_one_address_is_stopped_while_others_go_on(self):
        with ThreadPoolExecutor(8) as pool:
            flood = list(pool.map(lambda _: self.register_from("127.0.0.2"), range(60)))
        statuses = sorted(answer.status for answer in flood)
        self.assertEqual([201] * 5 + [429] * 55, statuses)
        refused = next(answer for answer in flood if answer.status == 429)
        self.assertGreater(int(refused.header("Retry-After")), 0)
        self.assertEqual("slow_down", refused.json()["error"])
        print(f"of 60 registrations of one address {statuses.count(201)} were taken, {statuses.count(429)} refused")
        self.assertEqual([201] * 5, [self.register_from("127.0.0.3").status for _ in range(5)])
        self.assertEqual([201, 201, 429], [self.register_from("127.0.0.4").status for _ in range(3)])
        self.assertEqual(429, self.register_from("127.0.0.5").status)


class ManagementQuota(Story):
    modules = modules(access="open", most_managed_per_address=6)

    def ask_from(self, address, made, token):
        path = "/api/oauth/register/" + made.id
        return Browser(self.server.issuer, source=address).request("GET", path, headers={"Authorization": f"Bearer {token}"})

    def test_who_tries_tokens_of_registrations_is_stopped_while_others_go_on(self):
        made = Registered(self.server, register(self.browser(), metadata()).json())
        tried = [self.ask_from("127.0.0.2", made, f"guess{number}").status for number in range(12)]
        self.assertEqual([401] * 6 + [429] * 6, tried)
        good = made.told["registration_access_token"]
        refused = self.ask_from("127.0.0.2", made, good)
        self.assertEqual((429, "slow_down"), (refused.status, refused.json()["error"]))
        self.assertGreater(int(refused.header("Retry-After")), 0)
        self.assertEqual(200, self.ask_from("127.0.0.3", made, good).status)
        self.assertEqual(200, made.ask("PUT", made.said()).status)


class Statements(Story):
    @classmethod
    def setUpClass(cls):
        cls.signer = jwt.Signer("ES256", kid="f1")
        super().setUpClass()

    @classmethod
    def furnish(cls):
        file = cls.server.folder / "federation.jwks.json"
        file.write_text(json.dumps({"keys": [cls.signer.jwk()]}))
        cls.server.config["modules"] = modules(access="open", most_per_address=1000,
                                               software_statements={STATEMENTS: str(file)})
        cls.server.write_config()

    def statement(self, signer=None, **claims):
        said = {"iss": STATEMENTS, "software_id": "s1", "client_name": "Vouched for",
                "redirect_uris": ["https://vouched.example/cb"], **claims}
        return (signer or self.signer).sign(said)

    def refused(self, statement, code):
        response = register(self.browser(), metadata(software_statement=statement))
        self.assertEqual((400, code), (response.status, response.json()["error"]), response)

    def test_what_a_statement_says_wins(self):
        statement = self.statement()
        response = register(self.browser(), metadata(software_statement=statement, contacts=["a@b.example"]))
        self.assertEqual(201, response.status, response)
        told = response.json()
        self.assertEqual(["https://vouched.example/cb"], told["redirect_uris"])
        self.assertEqual(("Vouched for", "s1", ["a@b.example"]),
                         (told["client_name"], told["software_id"], told["contacts"]))
        self.assertEqual(statement, told["software_statement"])
        registered = Registered(self.server, told)
        changed = registered.change(software_statement=None, redirect_uris=["https://evil.example/cb"])
        self.assertEqual(["https://vouched.example/cb"], changed["redirect_uris"])

    def test_a_statement_that_has_expired_since_still_holds(self):
        def in_time():
            response = register(self.browser(), metadata(
                software_statement=self.statement(exp=int(time.time()) - 5)))  # clocks may differ by 10 s
            return response.status == 201 and response.json()
        registered = Registered(self.server, wait_until(in_time, 120, "each had expired when it arrived"))
        wait_until(lambda: register(self.browser(), metadata(
            software_statement=registered.told["software_statement"])).status == 400, 120, "it is still good")
        for changes in ({}, {"software_statement": None}):
            changed = registered.change(redirect_uris=["https://evil.example/cb"], **changes)
            self.assertEqual(["https://vouched.example/cb"], changed["redirect_uris"])
        answer = registered.ask("PUT", registered.said(software_statement=self.statement(exp=1)))
        self.assertEqual("invalid_software_statement", answer.json()["error"])

    def test_times_of_a_statement_are_numbers(self):
        now = time.time()
        for good in ({"exp": now + 600.5}, {"nbf": now - 600.5}, {"exp": 1.5e11}):
            response = register(self.browser(), metadata(software_statement=self.statement(**good)))
            self.assertEqual(201, response.status, good)
        for wrong in ({"exp": now - 60.5}, {"exp": 1.5e9}, {"exp": str(int(now) + 600)}, {"exp": None}, {"exp": -1},
                      {"nbf": now + 600.5}, {"nbf": "0"}, {"nbf": []}):
            self.refused(self.statement(**wrong), "invalid_software_statement")

    def test_statements_that_are_none(self):
        now = int(time.time())
        stranger = jwt.Signer("ES256", kid="f1")
        good = self.statement()
        for wrong in ("x", "", 7, {}, good[:-4] + "AAAA", self.statement(stranger), self.statement(exp=now - 60),
                      self.statement(nbf=now + 600), jwt.encode({"alg": "none"}) + "." + good.split(".")[1] + ".",
                      jwt.hs256({"iss": STATEMENTS}, json.dumps(self.signer.jwk()))):
            self.refused(wrong, "invalid_software_statement")
        self.refused(self.statement(iss="https://elsewhere.example"), "unapproved_software_statement")
        response = register(self.browser(), metadata(software_statement=self.statement(
            redirect_uris=["javascript:alert(1)"])))
        self.assertEqual("invalid_redirect_uri", response.json()["error"])
        response = register(self.browser(), metadata(software_statement=self.statement(consent="implicit")))
        self.assertNotIn("consent", self.server.command("client", "show", response.json()["client_id"]))

    def test_files_that_are_no_key_sets_are_told(self):
        folder = self.server.folder / "other"
        folder.mkdir(0o700)
        file = folder / "keys.json"
        file.write_text("{}")
        config = json.loads(self.server.config_file.read_text())
        config["modules"][-1]["software_statements"] = {STATEMENTS: str(file), "https://b.example": "/nowhere"}
        (folder / "gatehouse.yaml").write_text(json.dumps(config))
        done = self.server.run("check", "--config", folder / "gatehouse.yaml")
        self.assertEqual(78, done.returncode)
        self.assertIn("is no JWK Set", done.stdout + done.stderr)
        self.assertIn("/nowhere", done.stdout + done.stderr)
        shutil.rmtree(folder)

    def test_policies_that_can_never_match_are_told(self):
        folder = self.server.folder / "mistyped"
        folder.mkdir(0o700)
        for setting, wrong in (("redirect_hosts", "https://shop.example"), ("grants", "authorisation_code"),
                               ("scopes", "openid email")):
            config = json.loads(self.server.config_file.read_text())
            config["modules"][-1][setting] = [wrong]
            (folder / "gatehouse.yaml").write_text(json.dumps(config))
            done = self.server.run("check", "--config", folder / "gatehouse.yaml")
            self.assertEqual(78, done.returncode)
            self.assertIn(f'{setting}: "{wrong}"', done.stdout + done.stderr)
        shutil.rmtree(folder)


class TwoIssuers(Story):
    @classmethod
    def furnish(cls):
        cls.server.config["modules"] = modules(most_per_address=1000)
        cls.one = cls.server.tenant(f"http://127.0.0.1:{cls.server.port}/one")
        cls.two = cls.server.tenant(f"http://127.0.0.1:{cls.server.port}/two")

    def test_nothing_of_one_is_good_at_the_other(self):
        token = self.one.command("registration-token", "create", "--uses", "2")["token"]
        self.assertEqual([], self.two.command("registration-token", "list"))
        self.assertEqual(401, register(self.two.browser(), metadata(), token).status)
        registered = Registered(self.one, register(self.one.browser(), metadata(), token).json())
        self.assertEqual(200, registered.ask("GET").status)
        registered.told["registration_client_uri"] = (
            registered.told["registration_client_uri"].replace("/one/", "/two/"))
        self.assertEqual(401, registered.ask("GET").status)
        self.assertEqual(401, registered.ask("DELETE").status)


