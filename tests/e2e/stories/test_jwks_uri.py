# SPDX-License-Identifier: Apache-2.0
"""Clients whose keys lie at an address of theirs (OpenID Connect Registration section 2, RFC 7591), and what they may find there."""
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import jwe, jwt
from harness.registration import Registered, metadata, modules, register
from harness.server import USES, CommandFailed
from harness.shelf import Shelf
from harness.site import AUTHORIZE, TOKEN, Site
from harness.story import Story
from harness.web import at_once, wait_until

RULE = "client_metadata_rule.jwks_uri"


class Kidless(jwt.Signer):
    """Whose keys have no name."""

    def jwk(self, **members):
        return {name: value for name, value in super().jwk(**members).items() if name != "kid"}

    def sign(self, claims, **header):
        signed = jwt.encode({"alg": self.algorithm}) + "." + jwt.encode(claims)
        return signed + "." + jwt.b64(self.signature(signed.encode()))


class JwksUris(Story):
    modules = modules(access="open", most_per_address=1000)

    @classmethod
    def setUpClass(cls):
        cls.shelf = Shelf("application/jwk-set+json")
        cls.quick_shelf = Shelf("application/json")
        cls.slow_shelves = [Shelf("application/json") for _ in range(4)]
        shelves = [cls.shelf, cls.quick_shelf, *cls.slow_shelves]
        for shelf in shelves:
            cls.addClassCleanup(shelf.close)
        cls.settings = {"outgoing": {"allow": [shelf.origin for shelf in shelves], "timeout": "2s", "pause": "100ms"}}
        cls.plugins = [*USES, {"use": RULE, "refetch_after": "1s"}, "client_metadata_rule.jwt_responses",
                       "client_metadata_rule.request_object", "request_source.request_object"]
        super().setUpClass()

    @classmethod
    def put(cls, name, *signers, more=(), **answer):
        """Publishes the keys of these under this name; where."""
        cls.shelf.put("/" + name, json.dumps({"keys": [*(signer.jwk() for signer in signers), *more]}), **answer)
        return f"{cls.shelf.origin}/{name}"

    @classmethod
    def machine(cls, name, uri=None, signer=None):
        """A client that proves itself by the keys at this address, or of this name."""
        signer = signer or jwt.Signer("ES256", kid="one")
        uri = uri or cls.put(name, signer)
        made = cls.client(name, f"https://{name}.example/callback", method="private_key_jwt",
                          grants=("authorization_code", "client_credentials"), scope="openid email read",
                          options=("--member", f"jwks_uri={uri}"))
        made.signer = signer
        return made

    def ask(self, machine):
        return machine.call(TOKEN, {"grant_type": "client_credentials"})

    def fetches(self, name):
        return [path for path, _ in self.shelf.asked].count("/" + name)

    def test_registration_jwks_uri(self):
        signer = jwt.Signer("RS256", kid="r1")
        uri = self.put("registered", signer)
        made = Registered(self.server, register(self.browser(), metadata(
            jwks_uri=uri, token_endpoint_auth_method="private_key_jwt")).json())
        self.assertEqual(uri, made.told["jwks_uri"])
        self.assertNotIn("client_secret", made.told)
        site = made.site()
        site.signer = signer
        self.assertTokens(site.redeem(site.journey(self.browser(), self.user).code))

    def test_keys_without_a_kid_are_all_tried(self):
        signers = [Kidless("ES256"), Kidless("RS256"), Kidless("ES256")]
        machine = self.machine("kidless", self.put("kidless", *signers), signers[2])
        self.assertEqual(200, self.ask(machine).status)

    def test_a_set_is_fetched_once(self):
        machine = self.machine("frequent")
        self.assertEqual([200] * 20, [self.ask(machine).status for _ in range(20)])
        self.assertEqual(1, self.fetches("frequent"))

    def test_refresh_token_rp_key_rotation(self):
        machine = self.machine("rotating")
        self.assertEqual(200, self.ask(machine).status)
        old, new = machine.signer, jwt.Signer("ES256", kid="two")
        machine.signer = new
        self.assertTokenError(self.ask(machine), "invalid_client", 401)
        self.put("rotating", new)
        wait_until(lambda: self.ask(machine).status == 200, 60, "the new key is not taken")
        machine.signer = old
        self.assertTokenError(self.ask(machine), "invalid_client", 401)

    def test_a_site_that_is_down_leaves_the_old_keys(self):
        machine = self.machine("down")
        self.assertEqual(200, self.ask(machine).status)
        self.put("down", status=503)
        old, machine.signer = machine.signer, jwt.Signer("ES256", kid="two")
        wait_until(lambda: self.ask(machine).status == 503, 60, "the site was not asked")
        machine.signer = old
        self.assertEqual(200, self.ask(machine).status)
        later = self.machine("down-too", self.shelf.origin + "/down")
        response = self.ask(later)
        self.assertEqual((503, "temporarily_unavailable"), (response.status, response.json()["error"]))
        self.assertGreater(int(response.header("Retry-After")), 0)

    def test_documents_that_are_no_keys(self):
        signer = jwt.Signer("ES256", kid="one")
        private = {**signer.jwk(), "d": "AAAA"}
        for name, body in {"html": "<html>", "empty": "", "list": "[]", "nested": "[" * 100_000, "deep": '{"keys":' * 50,
                           "huge": json.dumps({"keys": [signer.jwk()], "x": "y" * 5_000_000}),
                           "private": json.dumps({"keys": [signer.jwk(), private]}),
                           "symmetric": json.dumps({"keys": [signer.jwk(), {"kty": "oct", "k": "AAAA"}]}),
                           "thousand": json.dumps({"keys": [signer.jwk()] * 1000}),
                           "keyless": json.dumps({"keys": []})}.items():
            with self.subTest(name):
                self.shelf.put("/" + name, body)
                machine = self.machine(name, f"{self.shelf.origin}/{name}", signer)
                self.assertIn(self.ask(machine).status, (401, 503))
        self.assertAlive()

    def test_documents_elsewhere(self):
        secret = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        self.addCleanup(secret.server_close)
        self.put("redirected", status=302, Location=self.put("target", jwt.Signer("ES256")))
        for name, uri in {"private": f"https://127.0.0.1:{secret.server_address[1]}/", "loopback": "https://[::1]/",
                          "metadata": "https://169.254.169.254/latest/meta-data", "local": "https://localhost/",
                          "plain": "http://127.0.0.1:9/", "redirected": self.shelf.origin + "/redirected"}.items():
            with self.subTest(name):
                self.assertIn(self.ask(self.machine("at-" + name, uri)).status, (401, 503))
        self.assertEqual(0, self.fetches("target"))

    def test_a_set_that_is_another_at_the_second_fetch(self):
        machine = self.machine("changing")
        self.assertEqual(200, self.ask(machine).status)
        self.shelf.put("/changing", "{}")
        old, machine.signer = machine.signer, jwt.Signer("ES256", kid="two")
        wait_until(lambda: self.ask(machine).status == 401 and self.fetches("changing") > 1, 60, "not fetched")
        machine.signer = old
        self.assertEqual(200, self.ask(machine).status)

    def test_a_storm_of_unknown_kids_is_few_fetches(self):
        machine = self.machine("stormy")
        self.assertEqual(200, self.ask(machine).status)
        begun = time.monotonic()

        def guess(number):
            stranger = Site(self.server, machine.id, None, machine.redirect, "private_key_jwt")
            stranger.signer = jwt.Signer("ES256", kid=f"guess {number}")
            return self.ask(stranger).status

        guesses = 0
        while self.fetches("stormy") < 4:
            self.assertLessEqual(set(at_once(20, guess)), {401, 503})
            guesses += 20
        fetched, lasted = self.fetches("stormy") - 1, time.monotonic() - begun
        print(f"{guesses} unknown kids in {lasted:.1f} s: {fetched} fetches")
        self.assertLessEqual(fetched, lasted / 1.0 + 1)  # refetch_after: 1s
        self.assertEqual(200, self.ask(machine).status)

    def test_clients_of_one_slow_site_delay_nobody_else(self):
        release = threading.Event()
        self.addCleanup(release.set)
        known, quick = self.machine("known"), self.machine("quick", self.quick_shelf.origin + "/quick")
        self.quick_shelf.put("/quick", json.dumps({"keys": [quick.signer.jwk()]}))
        self.assertEqual(200, self.ask(known).status)
        shelf = self.slow_shelves[0]
        shelf.put("/", lambda: release.wait(60) and b"{}" or b"{}", Content_Length="2")
        slow = [self.machine(f"slow-{number}", shelf.origin + "/") for number in range(4)]
        asked = [threading.Thread(target=self.ask, args=(machine,)) for machine in slow]
        for thread in asked:
            thread.start()
        wait_until(lambda: shelf.asked, 30, "the slow site is not asked")
        self.assertEqual([200, 200], [self.ask(machine).status for machine in (known, quick)])
        release.set()
        for thread in asked:
            thread.join()

    def test_three_slow_sites_leave_turns_for_others(self):
        release, done = threading.Event(), threading.Event()
        self.addCleanup(release.set)
        shelves = self.slow_shelves[1:]
        asking = []
        for number, shelf in enumerate(shelves):
            shelf.put("/", lambda: release.wait(60) and b"{}" or b"{}", Content_Length="2")
            slow = [self.machine(f"hung-{number}-{each}", shelf.origin + "/") for each in range(6)]
            asking.append(threading.Thread(target=lambda slow=slow: [
                self.ask(machine) for _ in range(10_000) for machine in slow if not done.is_set()]))
        machine = self.machine("patient", self.quick_shelf.origin + "/patient")
        self.quick_shelf.put("/patient", json.dumps({"keys": [machine.signer.jwk()]}))
        for thread in asking:
            thread.start()
        try:
            wait_until(lambda: all(shelf.asked for shelf in shelves), 60, "the slow sites are not asked")
            wait_until(lambda: self.ask(machine).status == 200, 30, "nobody else gets a turn")
        finally:
            done.set()
            release.set()
            for thread in asking:
                thread.join()

    def test_request_objects_and_encryption_go_by_them(self):
        signer, pair = jwt.Signer("ES256", kid="sig"), jwe.LIBRARIES[0].key("ECDH-ES")
        uri = self.put("both", signer, more=[{**pair["public"], "use": "enc", "kid": "enc"}])
        site = self.client("both", "https://both.example/callback", options=(
            "--member", f"jwks_uri={uri}", "--member", "id_token_encrypted_response_alg=ECDH-ES",
            "--member", "userinfo_encrypted_response_alg=ECDH-ES", "--member", "require_signed_request_object=true"))
        browser = self.browser()
        made = signer.sign({"iss": site.id, "aud": self.server.issuer, **site.request(scope="openid email")})
        landing = site.walk(browser, browser.get(AUTHORIZE, client_id=site.id, request=made), self.user)
        tokens = self.assertTokens(site.redeem(landing.code))
        _, plain = jwe.LIBRARIES[0].decrypt(pair["private"], tokens["id_token"])
        self.assertEqual(site.id, jwt.claims_of(plain)["aud"])
        _, told = jwe.LIBRARIES[0].decrypt(pair["private"], site.userinfo(tokens["access_token"]).body.decode())
        self.assertEqual(self.user.claims["email"], json.loads(told)["email"])

    def test_no_key_to_encrypt_to_is_no_answer(self):
        uri = self.put("forgetful", jwt.Signer("ES256", kid="sig"))
        site = self.client("forgetful", "https://forgetful.example/callback", options=(
            "--member", f"jwks_uri={uri}", "--member", "id_token_encrypted_response_alg=RSA-OAEP"))
        response = site.redeem(site.journey(self.browser(), self.user).code)
        self.assertGreaterEqual(response.status, 500)
        self.assertNotIn(b"id_token", response.body)

    def test_what_cannot_be_is_refused(self):
        keys = {"keys": [jwt.Signer("ES256").jwk()]}
        for said in ({"jwks_uri": "https://new.example/jwks", "jwks": keys}, {"jwks_uri": "ftp://new.example/jwks"},
                     {"jwks_uri": ["https://new.example/jwks"]}, {"jwks_uri": "https://new.example/jwks#one"},
                     {"jwks_uri": "https://"}, {"jwks_uri": "https:///x"}, {"jwks_uri": "https://new.example:99999/x"},
                     {"jwks_uri": "https://u:p@new.example/x"}):
            response = register(self.browser(), metadata(**said))
            self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]), said)
        with self.assertRaises(CommandFailed) as failed:
            self.client("unkeyed", method="private_key_jwt")
        self.assertIn("jwks: needed for private_key_jwt", failed.exception.output)
        self.machine("moved")
        with self.assertRaises(CommandFailed) as failed:
            self.server.command("client", "update", "moved", "--clear", "jwks_uri")
        self.assertIn("jwks: needed for private_key_jwt", failed.exception.output)

    def test_files_of_clients_may_have_one(self):
        signer = jwt.Signer("ES256", kid="one")
        file = self.server.clients_dir / "filed.yaml"
        text = "client_id: filed\ntoken_endpoint_auth_method: private_key_jwt\ngrant_types: [client_credentials]\njwks_uri: {}\n"
        self.addCleanup(file.unlink)
        file.write_text(text.format("ftp://x"))
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(78, done.returncode)
        self.assertIn("filed.yaml:4:11: jwks_uri: must be", done.stdout + done.stderr)
        file.write_text(text.format(self.put("filed", signer)))
        done = self.server.run("check", "--config", self.server.config_file)
        self.assertEqual(0, done.returncode, done)


class WithoutThePlugin(Story):
    def test_nobody_has_such_a_member(self):
        with self.assertRaises(CommandFailed) as failed:
            self.client("away", method="private_key_jwt", options=("--member", "jwks_uri=https://away.example/jwks"))
        self.assertIn('a client has no member "jwks_uri"', failed.exception.output)
        self.assertNotIn("jwks_uri_values", json.dumps(self.server.metadata))
