# SPDX-License-Identifier: Apache-2.0
"""Tokens bound to a key of the client's (RFC 9449): the rows of the FAPI 2.0 plan, at each endpoint that takes a proof."""
import json
import time

from harness import jwt
from harness.dpop import Prover
from harness.server import USES, CommandFailed, trusting
from harness.site import AUTHORIZE, TOKEN, USERINFO
from harness.story import Story
from harness.web import at_once, wait_until

BINDING = "token_binding.dpop"
MEMBERS = "client_metadata_rule.dpop"
PUSH = "/api/oauth/par"
ERRORS = ("invalid_dpop_proof", "invalid_token")


class DpopStory(Story):
    modules = [*trusting("shop"), "par"]
    binding = {}
    more = []

    @classmethod
    def setUpClass(cls):
        cls.plugins = [*USES, {"use": BINDING, **cls.binding}, MEMBERS, "request_source.par", *cls.more]
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop = cls.client("shop", "https://shop.example/callback", scope="openid profile")
        cls.app = cls.client("app", "https://app.example/callback", scope="openid profile", method="none")
        cls.service = cls.client("service", "https://service.example/callback",
                                 options=("--grant", "client_credentials"))
        cls.key, cls.other_key = Prover(cls.server.issuer), Prover(cls.server.issuer)

    def call(self, client, proof, **form):
        """The token endpoint; `proof`: None, one, or headers."""
        headers, fields = client.credentials()
        headers = {**headers, **self.fields(proof)}
        return self.server.browser().post(TOKEN, {**fields, **form}, headers=headers, cookies=False)

    @staticmethod
    def fields(proof):
        return proof if isinstance(proof, dict) else {"DPoP": proof} if proof is not None else {}

    def proof(self, key=None, **changes):
        return (key or self.key).proof("POST", TOKEN, **changes)

    def code(self, client, **request):
        return client.journey(self.browser(), self.user, **request).code

    def redeem(self, client, proof, code=None):
        return self.call(client, proof, grant_type="authorization_code", code=code or self.code(client),
                         redirect_uri=client.redirect, code_verifier=client.pkce.verifier)

    def push(self, client, proof, **request):
        headers, fields = client.credentials()
        return self.server.browser().post(PUSH, {**fields, **client.request(**request)},
                                          headers={**headers, **self.fields(proof)}, cookies=False)

    def push_proof(self, key=None, **changes):
        return (key or self.key).proof("POST", PUSH, **changes)

    def pushed_code(self, client, proof, **request):
        pushed = self.push(client, proof, **request)
        self.assertEqual(201, pushed.status, pushed)
        browser = self.browser()
        return client.walk(browser, browser.get(AUTHORIZE, client_id=client.id, request_uri=pushed.json()["request_uri"]),
                           self.user).code

    def tokens(self, client, key=None):
        response = self.redeem(client, self.proof(key))
        self.assertEqual(200, response.status, response)
        return response.json()

    def refresh(self, client, tokens, proof):
        return self.call(client, proof, grant_type="refresh_token", refresh_token=tokens["refresh_token"])

    def show(self, tokens, proof=None, scheme="DPoP", url=USERINFO):
        headers = {"Authorization": f"{scheme} {tokens['access_token']}", **self.fields(proof)}
        return self.server.browser().get(url, headers=headers)

    def userinfo(self, tokens, key=None, **changes):
        return self.show(tokens, (key or self.key).proof("GET", USERINFO, tokens["access_token"], **changes))

    def assertProofRefused(self, response, error="invalid_dpop_proof"):
        """By the token endpoint."""
        self.assertEqual((400, error), (response.status, response.json()["error"]), response)
        self.assertIn("no-store", response.header("Cache-Control"))

    def assertAsked(self, response, errors=ERRORS):
        """By a resource (RFC 9449 section 7.1)."""
        self.assertEqual(401, response.status, response)
        asked = [line for line in response.all("WWW-Authenticate") if line.startswith("DPoP ")]
        self.assertEqual(1, len(asked), response.headers)
        self.assertIn(response.json()["error"], errors)
        self.assertIn(f'error="{response.json()["error"]}"', asked[0])
        self.assertIn('algs="ES256 ES384 PS256 EdDSA"', asked[0])


class Dpop(DpopStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.opaque = cls.client("opaque", "https://opaque.example/callback", scope="openid profile",
                                options=("--access-token-format", "opaque"))
        cls.bound = cls.client("bound", "https://bound.example/callback",
                               options=("--member", "dpop_bound_access_tokens=true"))

    # What holds

    def test_discovery_names_the_algorithms(self):
        self.assertEqual(["ES256", "ES384", "PS256", "EdDSA"], self.server.metadata["dpop_signing_alg_values_supported"])

    def test_happy_flow(self):
        for client in (self.shop, self.app, self.opaque):
            tokens = self.tokens(client)
            self.assertEqual("DPoP", tokens["token_type"])
            self.assertEqual(200, self.userinfo(tokens).status)
            told = self.shop.introspect(tokens["access_token"]).json()
            self.assertEqual((True, "DPoP", {"jkt": self.key.jkt}), (told["active"], told["token_type"], told["cnf"]))
        token = self.tokens(self.shop)["access_token"]
        self.assertEqual({"jkt": self.key.jkt}, jwt.claims_of(token)["cnf"])

    def test_each_algorithm(self):
        for algorithm in ("PS256", "EdDSA"):
            key = Prover(self.server.issuer, algorithm)
            tokens = self.tokens(self.shop, key)
            self.assertEqual({"jkt": key.jkt}, jwt.claims_of(tokens["access_token"])["cnf"])
            self.assertEqual(200, self.userinfo(tokens, key).status)

    def test_a_service_has_bound_tokens_too(self):
        tokens = self.call(self.service, self.proof(), grant_type="client_credentials").json()
        self.assertEqual("DPoP", tokens["token_type"])
        self.assertEqual({"jkt": self.key.jkt}, jwt.claims_of(tokens["access_token"])["cnf"])

    def test_without_a_proof_a_token_is_a_bearer_token(self):
        tokens = self.assertTokens(self.redeem(self.shop, None))
        self.assertEqual(200, self.shop.userinfo(tokens["access_token"]).status)
        self.assertEqual(401, self.userinfo(tokens).status)

    def test_access_token_type_header_case_sensitivity(self):
        tokens = self.tokens(self.shop)
        for scheme in ("dpop", "DPOP", "DPoP"):
            proof = self.key.proof("GET", USERINFO, tokens["access_token"])
            self.assertEqual(200, self.show(tokens, {"dPoP": proof}, scheme).status)

    def test_check_dpop_proof_nbf_exp(self):
        now = int(time.time())
        times = {"nbf": now - 10, "exp": now + 60}
        tokens = self.redeem(self.shop, self.proof(**times)).json()
        self.assertEqual(200, self.userinfo(tokens, **times).status)

    def test_ensure_dpopproof_with_iat_10seconds_before_and_after_succeeds(self):
        for difference in (-10, 10):
            tokens = self.redeem(self.shop, self.proof(iat=int(time.time()) + difference)).json()
            self.assertEqual(200, self.userinfo(tokens, iat=int(time.time()) + difference).status)
            self.assertEqual(201, self.push(self.shop, self.push_proof(iat=int(time.time()) + difference)).status)

    # The negative list: each at all endpoints, with a good request after it

    def assertRefusedEverywhere(self, client=None, changes=None, header=None, spoil=lambda proof: proof):
        client = client or self.shop
        changes, header = changes or {}, header or {}
        code = self.code(client)
        self.assertProofRefused(self.redeem(client, spoil(self.proof(header=header, **changes)), code))
        tokens = self.redeem(client, self.proof(), code).json()
        shown = self.key.proof("GET", USERINFO, tokens["access_token"], header=header, **changes)
        self.assertAsked(self.show(tokens, spoil(shown)))
        self.assertEqual(200, self.userinfo(tokens).status)
        self.assertProofRefused(self.push(client, spoil(self.push_proof(header=header, **changes))))
        self.assertEqual(201, self.push(client, self.push_proof()).status)

    def test_two_dpop_headers(self):
        self.assertRefusedEverywhere(spoil=lambda proof: {"DPoP": proof, "dpop": proof})
        self.assertRefusedEverywhere(spoil=lambda proof: {"DPoP": f"{proof}, {proof}"})

    def test_malformed_jwt(self):
        for spoil in (lambda proof: "x", lambda proof: "", lambda proof: proof + ".x", lambda proof: proof[1:],
                      lambda proof: proof.replace(".", " ."), lambda proof: proof.rsplit(".", 1)[0]):
            self.assertRefusedEverywhere(spoil=spoil)

    def test_missing_or_wrong_typ(self):
        for typ in (None, "JWT", "at+jwt"):
            self.assertRefusedEverywhere(header={"typ": typ})

    def test_algorithm_none_symmetric_or_rs256(self):
        unsigned = lambda proof: jwt.encode({**jwt.parts(proof)[0], "alg": "none"}) + "." + proof.split(".")[1] + "."
        self.assertRefusedEverywhere(spoil=unsigned)
        symmetric = lambda proof: jwt.hs256(jwt.claims_of(proof), "k" * 32, typ="dpop+jwt",
                                            jwk={"kty": "oct", "k": jwt.b64(b"k" * 32)})
        self.assertRefusedEverywhere(spoil=symmetric)
        rs256 = Prover(self.server.issuer, "RS256")
        self.assertProofRefused(self.redeem(self.shop, self.proof(rs256)))

    def test_missing_jwk(self):
        self.assertRefusedEverywhere(header={"jwk": None})

    def test_private_key_in_jwk(self):
        self.assertRefusedEverywhere(header={"jwk": {**self.key.key, "d": self.key.key["x"]}})

    def test_bad_signature(self):
        self.assertRefusedEverywhere(header={"jwk": self.other_key.key})
        self.assertRefusedEverywhere(spoil=lambda proof: proof[:-4] + ("AAAA" if proof[-4:] != "AAAA" else "BBBB"))

    def test_missing_claims(self):
        for claim in ("jti", "htm", "htu", "iat"):
            self.assertRefusedEverywhere(changes={claim: None})
        tokens = self.tokens(self.shop)
        self.assertAsked(self.userinfo(tokens, ath=None))
        self.assertEqual(200, self.userinfo(tokens).status)

    def test_wrong_claims(self):
        origin = self.server.issuer
        for changes in ({"htm": "PUT"}, {"htu": origin + "/api/oauth/revoke"}, {"htu": "https://evil.example" + TOKEN},
                        {"htu": origin.replace("://", "://user@") + TOKEN}, {"htu": origin.upper() + TOKEN.upper()},
                        {"iat": int(time.time()) - 3600}, {"iat": int(time.time()) + 3600}):
            self.assertRefusedEverywhere(changes=changes)
        tokens = self.tokens(self.shop)
        other = self.tokens(self.shop)["access_token"]
        for ath in (jwt.b64(b"0" * 32), self.key.claims("GET", USERINFO, other)["ath"]):
            self.assertAsked(self.userinfo(tokens, ath=ath))
        self.assertEqual(200, self.userinfo(tokens).status)

    def test_a_proof_for_another_endpoint(self):
        tokens = self.tokens(self.shop)
        self.assertAsked(self.show(tokens, self.key.proof("POST", TOKEN, tokens["access_token"])))
        self.assertProofRefused(self.redeem(self.shop, self.key.proof("GET", USERINFO)))
        self.assertProofRefused(self.push(self.shop, self.proof()))
        self.assertProofRefused(self.redeem(self.shop, self.push_proof()))

    def test_another_key_than_the_tokens(self):
        tokens = self.tokens(self.shop)
        self.assertAsked(self.userinfo(tokens, self.other_key), ("invalid_token",))
        self.assertEqual(200, self.userinfo(tokens).status)

    def test_no_proof_at_all(self):
        tokens = self.tokens(self.shop)
        self.assertAsked(self.show(tokens))
        self.assertEqual(200, self.userinfo(tokens).status)

    def test_a_bound_token_as_bearer(self):
        tokens = self.tokens(self.shop)
        for proof in (None, self.key.proof("GET", USERINFO, tokens["access_token"])):
            refused = self.show(tokens, proof, "Bearer")
            self.assertEqual((401, "invalid_token"), (refused.status, refused.json()["error"]))
            self.assertEqual(['Bearer realm', 'DPoP algs'],
                             [line.partition("=")[0] for line in refused.all("WWW-Authenticate")])
        browser = self.server.browser()
        form = browser.post(USERINFO, {"access_token": tokens["access_token"]},
                            headers={"DPoP": self.key.proof("POST", USERINFO, tokens["access_token"])}, cookies=False)
        self.assertEqual(401, form.status)
        self.assertEqual(200, self.userinfo(tokens).status)

    def test_a_request_that_gets_no_tokens_uses_no_proof_up(self):
        proof = self.proof()
        code = self.pushed_code(self.shop, self.push_proof(self.other_key))
        self.assertTokenError(self.redeem(self.shop, proof, code), "invalid_grant")
        self.assertEqual(200, self.redeem(self.shop, proof, self.code(self.shop)).status)
        self.assertProofRefused(self.redeem(self.shop, proof, self.code(self.shop)))

    def test_one_proof_for_many_codes_gives_tokens_once(self):
        proof, codes = self.proof(), []
        for _ in range(8):
            codes.append((self.code(self.shop), self.shop.pkce.verifier))
        answers = at_once(len(codes), lambda number: self.call(
            self.shop, proof, grant_type="authorization_code", code=codes[number][0],
            redirect_uri=self.shop.redirect, code_verifier=codes[number][1]))
        self.assertEqual([200] + [400] * 7, sorted(answer.status for answer in answers))

    def test_a_repeated_jti(self):
        proof = self.proof()
        code = self.code(self.shop)
        self.assertEqual(200, self.call(self.service, proof, grant_type="client_credentials").status)
        self.assertProofRefused(self.redeem(self.shop, proof, code))
        tokens = self.redeem(self.shop, self.proof(), code).json()
        shown = self.key.proof("GET", USERINFO, tokens["access_token"])
        self.assertEqual([200, 401], [self.show(tokens, shown).status for _ in range(2)])
        self.assertEqual(200, self.userinfo(tokens).status)

    def test_what_is_no_mistake(self):
        port = self.server.issuer.rsplit(":", 1)[1]
        for htu in (f"HTTP://127.0.0.1:{port}{{}}", self.server.issuer + "{}?a=b", self.server.issuer + "{}#c",
                    self.server.issuer + "/x/..{}", self.server.issuer + "{}?"):
            tokens = self.redeem(self.shop, self.proof(htu=htu.format(TOKEN))).json()
            self.assertEqual(200, self.userinfo(tokens, htu=htu.format(USERINFO)).status)
        more = {"header": {"kid": "k", "more": {"a": 1}}, "more": [1]}
        tokens = self.redeem(self.shop, self.proof(**more)).json()
        self.assertEqual(200, self.userinfo(tokens, **more).status)
        proof = self.key.proof("GET", USERINFO, tokens["access_token"])
        self.assertEqual(200, self.show(tokens, {"DPOP": proof}, url=USERINFO + "?a=b").status)

    def test_a_proof_by_a_huge_key_is_not_tried(self):
        header = {"alg": "PS256", "jwk": {"kty": "RSA", "n": "_" * 1366, "e": "AQAB"}}
        self.assertRefusedEverywhere(header=header)
        self.assertRefusedEverywhere(changes={"more": "x" * 7000})

    def test_a_point_off_its_curve(self):
        for key in ({"y": self.key.key["x"]}, {"x": "A" * 43, "y": "A" * 43}, {"crv": "P-384"}, {"kty": "OKP"}):
            self.assertRefusedEverywhere(header={"jwk": {**self.key.key, **key}})

    # Who asks

    def test_who_shows_no_token_learns_both_schemes(self):
        asked = self.get(USERINFO)
        self.assertEqual(401, asked.status)
        self.assertEqual([f'Bearer realm="{self.server.issuer}"', 'DPoP algs="ES256 ES384 PS256 EdDSA"'],
                         asked.all("WWW-Authenticate"))
        self.assertEqual({}, asked.json())

    def test_a_token_that_is_none(self):
        tokens = {"access_token": "x" * 43}
        self.assertAsked(self.userinfo(tokens), ("invalid_token",))

    def test_scripts_of_sites_may_send_proofs(self):
        for url in (TOKEN, USERINFO):
            allowed = self.browser().request("OPTIONS", url, {
                "Origin": "https://spa.example", "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "dpop"})
            self.assertIn("DPoP", allowed.header("Access-Control-Allow-Headers"))
        exposed = self.get(USERINFO, headers={"Origin": "https://spa.example"}).header("Access-Control-Expose-Headers")
        for name in ("DPoP-Nonce", "WWW-Authenticate"):
            self.assertIn(name, exposed)

    # What is bound

    def test_refresh_tokens_of_public_clients_are_bound(self):
        tokens = self.tokens(self.app)
        self.assertTokenError(self.refresh(self.app, tokens, None), "invalid_grant")
        self.assertTokenError(self.refresh(self.app, tokens, self.proof(self.other_key)), "invalid_grant")
        again = self.refresh(self.app, tokens, self.proof())
        self.assertEqual("DPoP", again.json()["token_type"])
        self.assertEqual(200, self.userinfo(again.json()).status)

    def test_a_confidential_client_may_change_its_key(self):
        tokens = self.tokens(self.shop)
        again = self.refresh(self.shop, tokens, self.proof(self.other_key)).json()
        self.assertEqual({"jkt": self.other_key.jkt}, jwt.claims_of(again["access_token"])["cnf"])
        self.assertEqual([401, 200], [self.userinfo(again, key).status for key in (self.key, self.other_key)])

    def test_ensure_holder_of_key_required(self):
        code = self.code(self.bound)
        self.assertProofRefused(self.redeem(self.bound, None, code))
        tokens = self.redeem(self.bound, self.proof(), code).json()
        self.assertProofRefused(self.refresh(self.bound, tokens, None))
        self.assertEqual("DPoP", self.refresh(self.bound, tokens, self.proof()).json()["token_type"])

    def test_ensure_dpop_auth_code_binding_success(self):
        for client in (self.shop, self.app):
            code = self.code(client, dpop_jkt=self.key.jkt)
            self.assertEqual("DPoP", self.redeem(client, self.proof(), code).json()["token_type"])

    def test_ensure_token_endpoint_fails_with_mismatched_dpop_jkt(self):
        for client in (self.shop, self.app):
            code = self.code(client, dpop_jkt=self.key.jkt)
            self.assertTokenError(self.redeem(client, self.proof(self.other_key), code), "invalid_grant")
            self.assertTokenError(self.redeem(client, None, code), "invalid_grant")
            self.assertEqual(200, self.redeem(client, self.proof(), code).status)

    def test_what_follows_a_bound_code_of_a_confidential_client_is_not_bound_to_it(self):
        tokens = self.redeem(self.shop, self.proof(), self.code(self.shop, dpop_jkt=self.key.jkt)).json()
        self.assertEqual(200, self.refresh(self.shop, tokens, self.proof(self.other_key)).status)

    def test_a_dpop_jkt_that_is_none(self):
        for value in ("x", self.key.jkt + "=", self.key.jkt[:-1]):
            self.assertErrorBack(self.shop.journey(self.browser(), dpop_jkt=value), "invalid_request")

    def test_a_client_says_true_or_false(self):
        with self.assertRaises(CommandFailed) as failed:
            self.client("odd", options=("--member", "dpop_bound_access_tokens=maybe"))
        self.assertIn("dpop_bound_access_tokens: must be true or false", failed.exception.output)

    # Pushed requests

    def test_ensure_dpopproof_at_par_endpoint_binding_success(self):
        for client in (self.shop, self.app):
            code = self.pushed_code(client, self.push_proof())
            self.assertEqual("DPoP", self.redeem(client, self.proof(), code).json()["token_type"])
            both = self.pushed_code(client, self.push_proof(), dpop_jkt=self.key.jkt)
            self.assertEqual(200, self.redeem(client, self.proof(), both).status)

    def test_a_dpop_jkt_that_is_pushed_without_a_proof(self):
        code = self.pushed_code(self.shop, None, dpop_jkt=self.key.jkt)
        self.assertTokenError(self.redeem(self.shop, self.proof(self.other_key), code), "invalid_grant")
        self.assertEqual("DPoP", self.redeem(self.shop, self.proof(), code).json()["token_type"])

    def test_ensure_mismatched_dpop_jkt_fails(self):
        refused = self.push(self.shop, self.push_proof(), dpop_jkt=self.other_key.jkt)
        self.assertEqual((400, "invalid_request"), (refused.status, refused.json()["error"]))
        self.assertEqual(201, self.push(self.shop, self.push_proof(), dpop_jkt=self.key.jkt).status)

    def test_ensure_token_endpoint_fails_with_mismatched_dpop_proof_jkt(self):
        for client in (self.shop, self.app):
            code = self.pushed_code(client, self.push_proof())
            self.assertTokenError(self.redeem(client, self.proof(self.other_key), code), "invalid_grant")
            self.assertTokenError(self.redeem(client, None, code), "invalid_grant")
            self.assertEqual(200, self.redeem(client, self.proof(), code).status)

    def test_a_dpop_jkt_beside_the_request_uri_does_not_count(self):
        uri = self.push(self.shop, self.push_proof()).json()["request_uri"]
        browser = self.browser()
        landing = self.shop.walk(browser, browser.get(AUTHORIZE, client_id="shop", request_uri=uri,
                                                      dpop_jkt=self.other_key.jkt), self.user)
        self.assertTokenError(self.redeem(self.shop, self.proof(self.other_key), landing.code), "invalid_grant")
        self.assertEqual(200, self.redeem(self.shop, self.proof(), landing.code).status)

    def test_a_push_that_is_refused_uses_no_proof_up(self):
        proof = self.push_proof()
        for wrong in ({"redirect_uri": "https://elsewhere.example/cb"}, {"response_type": "none"}):
            self.assertEqual(400, self.push(self.shop, proof, **wrong).status)
        self.assertEqual(201, self.push(self.shop, proof).status)
        self.assertProofRefused(self.push(self.shop, proof))

    def test_a_client_that_has_to_bind_may_push_without_a_proof(self):
        self.assertProofRefused(self.redeem(self.bound, None, self.pushed_code(self.bound, None)))

    # At once, and later

    def test_one_proof_of_32_threads_is_used_once(self):
        proof = self.proof()
        answers = at_once(32, lambda _: self.call(self.service, proof, grant_type="client_credentials"))
        self.assertEqual([200], [answer.status for answer in answers if answer.status != 400])
        tokens = self.tokens(self.shop)
        shown = self.key.proof("GET", USERINFO, tokens["access_token"])
        answers = at_once(32, lambda _: self.show(tokens, shown))
        self.assertEqual(1, [answer.status for answer in answers].count(200))


class DpopAfterARestart(DpopStory):
    def test_replay_after_a_restart(self):
        proof = self.proof()
        self.assertEqual(200, self.call(self.service, proof, grant_type="client_credentials").status)
        for end in (self.server.stop, self.server.kill):
            end()
            self.server.launch()
            self.assertProofRefused(self.call(self.service, proof, grant_type="client_credentials"))
            self.assertEqual(200, self.call(self.service, self.proof(), grant_type="client_credentials").status)

    def test_a_refused_request_uses_no_proof_up(self):
        code, proof = self.pushed_code(self.shop, self.push_proof()), self.proof(self.other_key)
        self.assertEqual("invalid_grant", self.redeem(self.shop, proof, code).json()["error"])
        self.assertEqual(200, self.call(self.service, proof, grant_type="client_credentials").status)
        self.assertEqual("DPoP", self.redeem(self.shop, self.proof(), code).json()["token_type"])

    def test_without_the_plugin_nothing_that_it_bound_is_good(self):
        tokens, proof = self.tokens(self.app), self.proof()
        self.server.config["plugins"] = [entry for entry in self.server.config["plugins"]
                                         if entry["use"] not in (BINDING, MEMBERS)]
        self.server.write_config()
        self.server.stop()
        self.server.launch()
        self.assertEqual([401, 401], [self.userinfo(tokens).status, self.show(tokens, None, "Bearer").status])
        self.assertTokenError(self.refresh(self.app, tokens, proof), "invalid_grant")
        self.assertNotIn("dpop_signing_alg_values_supported", self.server.metadata)
        self.assertEqual([f'Bearer realm="{self.server.issuer}"'], self.get(USERINFO).all("WWW-Authenticate"))


class DpopAfterTheMachinesEnd(DpopStory):
    database = "sqlite"
    binding = {"clock_skew": "0s"}

    def test_a_mark_that_may_be_lost_is_not_taken_for_none(self):
        def ask(proof):
            return self.call(self.service, proof, grant_type="client_credentials")

        proof = self.proof()
        self.assertEqual(200, ask(proof).status)
        self.server.kill()
        marks = self.server.folder / "gatehouse.db-marks"
        for file in marks.iterdir():
            file.unlink()
        (marks / "run").write_text("1700000000000 of-another-machine 0\n")  # when another start of the machine was
        self.server.launch()
        refused = ask(proof)
        self.assertEqual((503, "temporarily_unavailable"), (refused.status, refused.json()["error"]))
        self.assertTrue(refused.header("Retry-After"))
        wait_until(lambda: any("replay marks" in line["message"] for line in self.server.log_lines()), 30,
                   "the log does not say why")
        wait_until(lambda: ask(self.proof()).status == 200, 30, "it does not recover")
        self.assertEqual(503, ask(proof).status)


class DpopWithSignedRequests(DpopStory):
    more = ["request_source.request_object", "client_metadata_rule.request_object"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.signer = jwt.Signer("ES256")
        jwks = cls.server.folder / "signing.json"
        jwks.write_text(json.dumps({"keys": [cls.signer.jwk()]}))
        cls.signing = cls.client("signing", "https://signing.example/callback", options=("--jwks", str(jwks)))

    def push_object(self, **changes):
        headers, fields = self.signing.credentials()
        signed = self.signer.sign({"iss": "signing", "aud": self.server.issuer, **self.signing.request(**changes)})
        return self.server.browser().post(PUSH, {**fields, "client_id": "signing", "request": signed},
                                          headers={**headers, "DPoP": self.push_proof()}, cookies=False)

    def test_a_proof_beside_a_signed_request_binds_its_code(self):
        for changes in ({}, {"dpop_jkt": self.key.jkt}):
            uri = self.push_object(**changes).json()["request_uri"]
            browser = self.browser()
            asked = browser.get(AUTHORIZE, client_id="signing", request_uri=uri)
            code = self.signing.walk(browser, asked, self.user).code
            self.assertTokenError(self.redeem(self.signing, self.proof(self.other_key), code), "invalid_grant")
            self.assertEqual("DPoP", self.redeem(self.signing, self.proof(), code).json()["token_type"])

    def test_a_signed_dpop_jkt_must_be_the_key_of_the_proof(self):
        refused = self.push_object(dpop_jkt=self.other_key.jkt)
        self.assertEqual((400, "invalid_request"), (refused.status, refused.json()["error"]))


class DpopForAll(DpopStory):
    binding = {"required": True}

    def test_nobody_gets_a_bearer_token(self):
        code = self.code(self.shop)
        self.assertProofRefused(self.redeem(self.shop, None, code))
        self.assertProofRefused(self.call(self.service, None, grant_type="client_credentials"))
        self.assertEqual("DPoP", self.redeem(self.shop, self.proof(), code).json()["token_type"])


class DpopNonces(DpopStory):
    binding = {"nonce_life": "1h"}

    def test_the_token_endpoint_asks_for_its_nonce(self):
        code = self.code(self.shop)
        for changes in ({}, {"nonce": "old"}):
            asked = self.redeem(self.shop, self.proof(**changes), code)
            self.assertProofRefused(asked, "use_dpop_nonce")
            self.assertEqual(1, len(asked.all("DPoP-Nonce")))
        good = self.redeem(self.shop, self.proof(nonce=asked.header("DPoP-Nonce")), code)
        self.assertEqual(200, good.status)
        self.assertEqual(1, len(good.all("DPoP-Nonce")))

    def test_a_resource_asks_for_its_nonce(self):
        nonce = self.redeem(self.shop, self.proof()).header("DPoP-Nonce")
        tokens = self.redeem(self.shop, self.proof(nonce=nonce)).json()
        asked = self.userinfo(tokens)
        self.assertAsked(asked, ("use_dpop_nonce",))
        self.assertEqual(1, len(asked.all("DPoP-Nonce")))
        good = self.userinfo(tokens, nonce=asked.header("DPoP-Nonce"))
        self.assertEqual((200, 1), (good.status, len(good.all("DPoP-Nonce"))))

    def test_pushing_asks_for_the_nonce_too(self):
        asked = self.push(self.shop, self.push_proof())
        self.assertProofRefused(asked, "use_dpop_nonce")
        good = self.push(self.shop, self.push_proof(nonce=asked.header("DPoP-Nonce")))
        self.assertEqual((201, 1), (good.status, len(good.all("DPoP-Nonce"))))
        self.assertEqual((201, []), (self.push(self.shop, None).status, self.push(self.shop, None).all("DPoP-Nonce")))

    def test_a_missing_proof_is_not_answered_with_a_nonce(self):
        nonce = self.redeem(self.app, self.proof()).header("DPoP-Nonce")
        tokens = self.redeem(self.app, self.proof(nonce=nonce)).json()
        refused = self.refresh(self.app, tokens, None)
        self.assertTokenError(refused, "invalid_grant")
        shown = self.show(tokens)
        self.assertAsked(shown, ("invalid_dpop_proof",))
        self.assertEqual([[], []], [answer.all("DPoP-Nonce") for answer in (refused, shown)])

    def test_a_nonce_does_not_replace_the_time(self):
        nonce = self.redeem(self.shop, self.proof()).header("DPoP-Nonce")
        self.assertProofRefused(self.redeem(self.shop, self.proof(nonce=nonce, iat=int(time.time()) - 3600)))
