# SPDX-License-Identifier: Apache-2.0
"""A server with `profile: fapi2` and nothing else: the rows of the FAPI 2.0 plan that its clients are held to."""
import base64
import json
import time

from harness import jwt
from harness.dpop import Prover
from harness.mutual import PLUGINS, MutualStory, thumbprint
from harness.real_client import NODE, VENV, run_client
from harness.registration import metadata, modules, register
from harness.server import MODULES, USES, CommandFailed
from harness.site import AUTHORIZE, TOKEN, USERINFO, Site
from harness.story import Story
from harness.web import wait_until

PUSH = "/api/oauth/par"
PAR = ("request_source.par", "client_metadata_rule.par")
DPOP = ("token_binding.dpop", "client_metadata_rule.dpop")
SIGNED = ("request_source.request_object", "client_metadata_rule.request_object", "response_mode.jwt",
          "client_metadata_rule.jarm")


API = "https://api.example/"


def apis(algorithm):
    return {"use": "resource_registry.local", "resources": {"api": {"identifier": API, "signing_alg": algorithm}}}


class BoundSite(Site):
    """Proves that it has its key wherever it proves itself."""

    key = None

    def call(self, url, form, browser=None, proof=True):
        headers, fields = self.credentials()
        if proof:
            headers = {**headers, "DPoP": self.key.proof("POST", url)}
        return (browser or self.server.browser()).post(url, {**fields, **form}, headers=headers, cookies=False)


class ProfileStory(Story):
    profile = "fapi2"
    lifetimes = {}
    plugins = [*USES, *PAR, *DPOP]
    modules = [*MODULES, "par"]

    @classmethod
    def setUpClass(cls):
        cls.settings = {"oauth": {"profile": cls.profile, **cls.lifetimes}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.shop, cls.bank = cls.keyed("shop", "ES256"), cls.keyed("bank", "PS256")

    @classmethod
    def keyed(cls, name, algorithm, *options):
        signer = jwt.Signer(algorithm)
        file = cls.server.folder / f"{name}.jwks"
        key = {member: value for member, value in signer.jwk().items() if member != "alg"}
        file.write_text(json.dumps({"keys": [key]}))
        made = cls.client(name, f"https://{name}.example/callback", method="private_key_jwt",
                          options=("--jwks", str(file), *options))
        site = BoundSite(cls.server, name, None, made.redirect, "private_key_jwt", signer=signer)
        site.key = Prover(cls.server.issuer)
        return site

    def push(self, site, **changes):
        return site.call(PUSH, site.request(**changes))

    def code(self, site, **changes):
        pushed = self.push(site, **changes)
        self.assertEqual(201, pushed.status, pushed)
        browser = self.browser()
        start = browser.get(AUTHORIZE, client_id=site.id, request_uri=pushed.json()["request_uri"])
        landing = site.walk(browser, start, self.user)
        self.assertEqual(self.server.issuer, landing.params["iss"])
        return landing.code

    def assertBound(self, response):
        return self.assertTokens(response, kind="dpop")

    def run_client(self, program, **told):
        key = jwt.run("openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", data=self.shop.signer.private)
        run_client([NODE, program], self.shop, self.user, private_key=base64.b64encode(key).decode(), **told)

    def refused(self, *arguments):
        with self.assertRaises(CommandFailed) as failed:
            self.server.command(*arguments)
        return failed.exception.output


class Fapi2(ProfileStory):
    plugins = [*ProfileStory.plugins, "resource_registry.local"]

    def pushed_by(self, site, signer=None, **claims):
        form = {**site.request(), "client_id": site.id}
        known, site.signer = site.signer, signer or site.signer
        try:
            form.update(site.assertion(**claims))
        finally:
            site.signer = known
        return self.server.browser().post(PUSH, form, headers={"DPoP": site.key.proof("POST", PUSH)}, cookies=False)

    def test_happy_flow(self):
        for site in (self.shop, self.bank):
            tokens = self.assertBound(site.redeem(self.code(site)))
            self.assertEqual("DPoP", tokens["token_type"])
            self.assertEqual({"jkt": site.key.jkt}, jwt.claims_of(tokens["access_token"])["cnf"])
            for token in (tokens["id_token"], tokens["access_token"]):
                self.assertEqual("PS256", jwt.parts(token)[0]["alg"])
            self.assertEqual(200, self.userinfo(site, tokens).status)

    def userinfo(self, site, tokens):
        token = tokens["access_token"]
        return self.server.browser().get(USERINFO, headers={"Authorization": f"DPoP {token}",
                                                            "DPoP": site.key.proof("GET", USERINFO, token)})

    def test_ensure_unsigned_authorization_request_without_using_par_fails(self):
        landing = self.shop.journey(self.browser(), self.user)
        self.assertEqual("invalid_request", landing.error)

    def test_ensure_holder_of_key_required(self):
        code = self.code(self.shop)
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.shop.redirect,
                "code_verifier": self.shop.pkce.verifier}
        refused = self.shop.call(TOKEN, form, proof=False)
        self.assertEqual(400, refused.status, refused)

    def test_ensure_signed_client_assertion_with_RS256_fails(self):
        weak = jwt.Signer("RS256")
        weak.private = self.bank.signer.private
        self.assertTokenError(self.pushed_by(self.bank, weak), "invalid_client", status=401)
        self.assertEqual(201, self.pushed_by(self.bank).status)

    def test_a_proof_by_an_algorithm_that_the_profile_does_not_admit_fails(self):
        code, strong = self.code(self.shop), self.shop.key
        self.addCleanup(setattr, self.shop, "key", strong)
        self.shop.key = Prover(self.server.issuer, "ES384")
        refused = [self.shop.redeem(code)]
        self.shop.key = strong
        self.assertBound(self.shop.redeem(code))
        self.shop.key = Prover(self.server.issuer, "ES384")
        for answer in (*refused, self.push(self.shop)):
            self.assertEqual((400, "invalid_dpop_proof"), (answer.status, answer.json()["error"]))
        for algorithm in ("PS256", "EdDSA"):
            self.shop.key = Prover(self.server.issuer, algorithm)
            self.assertBound(self.shop.redeem(self.code(self.shop)))

    def test_a_resource_whose_tokens_are_signed_otherwise_is_not_registered(self):
        self.assertIn("signing_alg: RS256, which the profile fapi2 does not admit",
                      self.refused("resource", "add", API, "--signing-alg", "RS256"))
        self.server.command("resource", "add", API, "--signing-alg", "ES256")
        self.addCleanup(self.server.command, "resource", "remove", API)
        tokens = self.assertBound(self.shop.redeem(self.code(self.shop, resource=API)))
        self.assertEqual("ES256", jwt.parts(tokens["access_token"])[0]["alg"])

    def test_ensure_client_assertion_in_token_endpoint(self):
        form = {"grant_type": "authorization_code", "code": "x", "client_id": "shop", "redirect_uri": self.shop.redirect}
        refused = self.server.browser().post(TOKEN, form, cookies=False)
        self.assertTokenError(refused, "invalid_client", status=401)

    def test_ensure_client_assertion_with_wrong_aud_fails_and_others(self):
        wrong = {"aud": ["https://other.example"], "sub": [None], "exp": [1_000_000_000]}
        for claim, values in wrong.items():
            for value in values:
                refused = self.pushed_by(self.shop, **{claim: value})
                self.assertIn(refused.json()["error"], ("invalid_client", "invalid_request"), claim)

    def test_par_test_array_as_audience_fails(self):
        self.assertTokenError(self.pushed_by(self.shop, aud=[self.server.issuer]), "invalid_client", status=401)

    def test_par_endpoint_url_as_audience_fails(self):
        self.assertTokenError(self.pushed_by(self.shop, aud=self.server.issuer + PUSH), "invalid_client", status=401)

    def test_par_token_endpoint_url_as_audience_fails(self):
        self.assertTokenError(self.pushed_by(self.shop, aud=self.server.issuer + TOKEN), "invalid_client", status=401)

    def test_par_ensure_pkce_required_and_plain_rejected(self):
        for changes in ({"code_challenge": None, "code_challenge_method": None},
                        {"code_challenge": self.shop.pkce.verifier, "code_challenge_method": "plain"}):
            refused = self.push(self.shop, **changes)
            self.assertEqual((400, "invalid_request"), (refused.status, refused.json()["error"]))

    def test_ensure_response_type_code_idtoken_and_token_fails(self):
        for wanted in ("code id_token", "token"):
            refused = self.push(self.shop, response_type=wanted)
            self.assertEqual(400, refused.status)
            self.assertIn(refused.json()["error"],
                          ("unsupported_response_type", "unauthorized_client", "invalid_request"))

    def test_refresh_token(self):
        tokens = self.assertBound(self.shop.redeem(self.code(self.shop, scope="openid offline_access", prompt="consent")))
        kept = tokens["refresh_token"]
        refused = self.shop.call(TOKEN, {"grant_type": "refresh_token", "refresh_token": kept}, proof=False)
        self.assertEqual(400, refused.status)
        self.assertTokenError(self.bank.refresh(kept), "invalid_grant")
        for _ in range(3):
            again = self.assertBound(self.shop.refresh(kept))
            self.assertEqual(kept, again["refresh_token"])
            self.assertEqual(200, self.userinfo(self.shop, again).status)

    def test_refresh_token_with_a_new_key(self):
        tokens = self.assertBound(self.shop.redeem(self.code(self.shop, scope="openid offline_access", prompt="consent")))
        before, self.shop.key = self.shop.key, Prover(self.server.issuer)
        self.addCleanup(setattr, self.shop, "key", before)
        again = self.assertBound(self.shop.refresh(tokens["refresh_token"]))
        self.assertEqual(200, self.userinfo(self.shop, again).status)

    def test_a_client_that_contradicts_is_not_registered(self):
        add = ("client", "add", "--id", "loose", "--redirect-uri", "https://loose.example/cb")
        keyed = (*add, "--auth-method", "private_key_jwt", "--jwks", str(self.server.folder / "shop.jwks"))
        self.assertIn("token_endpoint_auth_method: client_secret_basic", self.refused(*add))
        for options, said in {
                ("--pkce", "optional"): "pkce: optional",
                ("--id-token-alg", "RS256"): "id_token_signed_response_alg: RS256",
                ("--member", "dpop_bound_access_tokens=false"): "dpop_bound_access_tokens: false",
                ("--member", "dpop_signing_alg=ES384"): "dpop_signing_alg: ES384",
                ("--code-ttl", "61"): "authorization_code_ttl_secs: 61",
                ("--assertion-audience", "endpoint"): "client_assertion_audience: endpoint",
                ("--redirect-uri", "http://loose.example/cb"): "redirect_uris"}.items():
            self.assertIn(said, self.refused(*keyed, *options))

    def test_client_show_tells_what_the_profile_settles(self):
        policy = self.server.command("client", "show", "shop")["policy"]
        for member, value in {"require_pushed_authorization_requests": True, "dpop_bound_access_tokens": True,
                              "id_token_signed_response_alg": "PS256", "client_assertion_audience": "issuer",
                              "refresh_token_rotation": False, "response_types": ["code"],
                              "token_endpoint_auth_signing_alg": ["PS256", "ES256", "EdDSA"]}.items():
            self.assertEqual({"value": value, "from": "profile fapi2"}, policy[member])
        self.assertEqual("oauth.authorization_code_ttl_secs", policy["authorization_code_ttl_secs"]["from"])
        self.assertEqual([], self.server.command("client", "check", "shop", "--profile", "fapi2"))

    def test_discovery_endpoint_verification_names_what_the_profile_admits(self):
        told = self.get("/.well-known/oauth-authorization-server").json()
        for name, values in {
                "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
                "introspection_endpoint_auth_methods_supported": ["private_key_jwt"],
                "revocation_endpoint_auth_methods_supported": ["private_key_jwt"],
                "token_endpoint_auth_signing_alg_values_supported": ["PS256", "ES256", "EdDSA"],
                "dpop_signing_alg_values_supported": ["PS256", "ES256", "EdDSA"],
                "id_token_signing_alg_values_supported": ["PS256", "ES256", "EdDSA"]}.items():
            self.assertEqual(set(values), set(told[name]), name)
        self.assertIs(True, told["require_pushed_authorization_requests"])
        self.assertEqual(told, self.get("/.well-known/openid-configuration").json())

    def test_openid_client(self):
        self.run_client("openid-client-fapi2.mjs")

    def test_oauth4webapi(self):
        self.run_client("oauth4webapi-fapi2.mjs", is_signed=False)

    def test_authlib(self):
        run_client([str(VENV / "bin/python"), "authlib_fapi2.py"], self.shop, self.user,
                   private_key=self.shop.signer.private.decode())


class Checked(ProfileStory):
    """What contradicts a profile is named before the server starts, and not served after."""

    def check(self, **oauth):
        self.server.config["oauth"].update(oauth)
        self.server.write_config()
        self.addCleanup(self.server.write_config)
        for name in oauth:
            self.addCleanup(self.server.config["oauth"].pop, name, None)
        return self.server.run("check", "--config", self.server.config_file)

    def test_ensure_token_endpoint_fails_with_expired_auth_code(self):
        done = self.check(authorization_code_ttl_secs=61)
        self.assertEqual(78, done.returncode, done)
        self.assertIn("authorization_code_ttl_secs: 61", done.stdout + done.stderr)
        self.assertEqual(0, self.check(authorization_code_ttl_secs=60).returncode)

    def test_a_plugin_that_is_missing(self):
        known = self.server.config["plugins"]
        self.addCleanup(self.server.write_config)
        self.addCleanup(self.server.config.update, plugins=known)
        for gone, member in (("client_metadata_rule.par", "require_pushed_authorization_requests"),
                             ("client_metadata_rule.dpop", "dpop_bound_access_tokens")):
            self.server.config["plugins"] = [entry for entry in known if entry["use"] != gone]
            self.server.write_config()
            done = self.server.run("check", "--config", self.server.config_file)
            self.assertEqual(78, done.returncode, done)
            self.assertIn(f"{member}: no plugin understands it", done.stdout + done.stderr)

    def test_a_client_of_a_file(self):
        file = self.server.clients_dir / "filed.yaml"
        file.write_text("client_id: filed\nclient_secret: a-secret-of-more-than-32-characters-0\n"
                        "redirect_uris: ['https://filed.example/cb']\npkce: optional\n")
        self.addCleanup(file.unlink)
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(78, done.returncode, done)
        for contradicts in ("token_endpoint_auth_method: client_secret_basic", "pkce: optional"):
            self.assertIn(contradicts, done.stdout + done.stderr)

    def test_a_resource_whose_tokens_are_signed_otherwise(self):
        known = self.server.config["plugins"]
        self.addCleanup(self.server.write_config)
        self.addCleanup(self.server.config.update, plugins=known)
        for algorithm, code in (("RS256", 78), ("ES256", 0)):
            self.server.config["plugins"] = [*known, apis(algorithm)]
            self.server.write_config()
            done = self.server.run("check", "--config", self.server.config_file)
            self.assertEqual(code, done.returncode, done)
            self.assertEqual(code == 78, f"{API}: signing_alg: RS256, which the profile fapi2 does not admit"
                             in done.stdout + done.stderr)


class OfAClient(Story):
    """A profile of one client."""

    plugins = [*USES, *PAR, *DPOP, apis("RS256")]
    modules = [*MODULES, "par"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop = ProfileStory.keyed.__func__(cls, "shop", "ES256", "--profile", "fapi2")

    def test_it_is_held_to_it_and_others_are_not(self):
        landing = self.shop.journey(self.browser(), self.user)
        self.assertEqual("invalid_request", landing.error)
        self.assertTokens(self.site.redeem(self.site.journey(self.browser(), self.user).code))

    def test_it_gets_no_token_that_is_signed_otherwise(self):
        refused = self.shop.call(PUSH, self.shop.request(resource=API))
        self.assertTokenError(refused, "invalid_target", 400)
        self.assertEqual(201, self.shop.call(PUSH, self.shop.request()).status)
        tokens = self.assertTokens(self.site.redeem(self.site.journey(self.browser(), self.user, resource=API).code))
        self.assertEqual("RS256", jwt.parts(tokens["access_token"])[0]["alg"])

    def test_discovery_is_about_all_clients(self):
        told = self.get("/.well-known/openid-configuration").json()
        self.assertIn("client_secret_basic", told["token_endpoint_auth_methods_supported"])
        self.assertIs(False, told["require_pushed_authorization_requests"])


class GivenLater(Story):
    """A profile of an issuer that has clients already."""

    plugins = [*USES, *PAR, *DPOP]
    modules = [*MODULES, "par"]

    def test_a_client_that_contradicts_is_not_served_any_more(self):
        self.server.config["oauth"]["profile"] = "fapi2"
        self.server.write_config()
        self.server.reload()
        wait_until(lambda: self.site.journey(self.browser(), self.user).response.status == 400)
        wait_until(lambda: "client not served: it contradicts the profile fapi2: token_endpoint_auth_method"
                   in self.server.log())


class OfResourcesLater(Story):
    """A profile of an issuer that has resources already."""

    plugins = [*USES, *PAR, *DPOP, "resource_registry.local"]
    modules = [*MODULES, "par"]

    def test_a_resource_that_contradicts_is_told(self):
        self.server.command("resource", "add", API, "--signing-alg", "RS256")
        self.addCleanup(self.server.command, "resource", "remove", API)

        def problem():
            return next(row["problem"] for row in self.server.command("resource", "list") if row["identifier"] == API)
        self.assertEqual("", problem())
        known = self.server.config["oauth"]
        self.addCleanup(self.server.write_config)
        self.addCleanup(self.server.config.update, oauth=known)
        self.server.config["oauth"] = {**known, "profile": "fapi2"}
        self.server.write_config()
        self.assertEqual("signing_alg: RS256, which the profile fapi2 does not admit", problem())


class Registered(ProfileStory):
    """Clients that register themselves are told what holds for them."""

    modules = [*modules(access="open"), "par"]

    def register(self, **said):
        return register(self.browser(), metadata(**said))

    def test_it_is_told_what_its_profile_settles(self):
        told = self.register(token_endpoint_auth_method="private_key_jwt",
                             jwks={"keys": [self.shop.signer.jwk()]})
        self.assertEqual(201, told.status, told)
        for member, value in {"id_token_signed_response_alg": "PS256", "dpop_bound_access_tokens": True,
                              "require_pushed_authorization_requests": True}.items():
            self.assertEqual(value, told.json()[member])

    def test_one_that_contradicts_is_refused(self):
        refused = self.register()
        self.assertEqual((400, "invalid_client_metadata"), (refused.status, refused.json()["error"]))


class MessageSigning(ProfileStory):
    profile = "fapi2_message_signing"
    plugins = [*USES, *PAR, *DPOP, *SIGNED]

    def signed(self, site, **claims):
        now = int(time.time())
        body = {**site.request(), "iss": site.id, "aud": self.server.issuer, "nbf": now, "exp": now + 300, **claims}
        body = {name: value for name, value in body.items() if value is not None}
        return site.call(PUSH, {"request": site.signer.sign(body)})

    def test_ensure_unsigned_request_at_par_endpoint_fails(self):
        refused = self.push(self.shop)
        self.assertEqual((400, "invalid_request"), (refused.status, refused.json()["error"]))

    def test_ensure_request_object_without_exp_or_nbf_or_with_exp_over_60_fails(self):
        now = int(time.time())
        for claims in ({"exp": None}, {"nbf": None}, {"exp": now + 3700}, {"nbf": now - 3700}):
            refused = self.signed(self.shop, **claims)
            self.assertEqual((400, "invalid_request_object"), (refused.status, refused.json()["error"]), claims)
        self.assertEqual(201, self.signed(self.shop).status)

    def test_ensure_signed_request_object_with_RS256_fails(self):
        strong, weak = self.bank.signer, jwt.Signer("RS256")
        weak.private = strong.private
        now = int(time.time())
        body = {**self.bank.request(), "iss": "bank", "aud": self.server.issuer, "nbf": now, "exp": now + 300}
        refused = self.bank.call(PUSH, {"request": weak.sign(body)})
        self.assertEqual((400, "invalid_request_object"), (refused.status, refused.json()["error"]))
        self.assertEqual(201, self.bank.call(PUSH, {"request": strong.sign(body)}).status)

    def test_discovery_endpoint_verification_names_what_the_profile_admits(self):
        told = self.get("/.well-known/oauth-authorization-server").json()
        self.assertIs(True, told["require_signed_request_object"])
        self.assertIs(True, told["require_pushed_authorization_requests"])
        for name in ("request_object", "authorization"):
            self.assertEqual({"PS256", "ES256", "EdDSA"}, set(told[f"{name}_signing_alg_values_supported"]))

    def test_happy_flow_jarm(self):
        pushed = self.signed(self.shop, response_mode="jwt")
        browser = self.browser()
        start = browser.get(AUTHORIZE, client_id="shop", request_uri=pushed.json()["request_uri"])
        landing = self.shop.walk(browser, start, self.user)
        self.assertEqual(["response"], list(landing.params))
        header, claims = jwt.parts(landing.params["response"])[0], jwt.claims_of(landing.params["response"])
        self.assertEqual("PS256", header["alg"])
        self.assertBound(self.shop.redeem(claims["code"]))

    def test_oauth4webapi(self):
        self.run_client("oauth4webapi-fapi2.mjs", is_signed=True)


class Fapi2ByCertificate(MutualStory, Story):
    """client_auth_type=mtls, sender_constrain=mtls."""

    plugins = [*PLUGINS, *PAR]
    modules = [*MODULES, "par"]
    settings = {"oauth": {"profile": "fapi2"}}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop = cls.mutual_site("shop", cls.certificates.issue("shop"),
                                   options=("--member", "tls_client_auth_subject_dn=CN=shop"))

    def test_happy_flow(self):
        pushed = self.shop.call(PUSH, self.shop.request())
        self.assertEqual(201, pushed.status, pushed)
        browser = self.browser()
        start = browser.get(AUTHORIZE, client_id="shop", request_uri=pushed.json()["request_uri"])
        tokens = self.assertTokens(self.shop.redeem(self.shop.walk(browser, start, self.user).code))
        self.assertEqual({"x5t#S256": thumbprint(self.shop.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])

    def test_ensure_unsigned_authorization_request_without_using_par_fails(self):
        self.assertEqual("invalid_request", self.shop.journey(self.browser(), self.user).error)
