# SPDX-License-Identifier: Apache-2.0
"""`gatehouse token show`: what a token is, whether it is genuine, and whether it would be taken now."""
import json

from harness import jwt
from harness.story import Story

OFFLINE = {"scope": "openid email offline_access", "prompt": "consent"}


class TokenShow(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.elliptic = cls.client("elliptic", "https://e.example/cb", options=("--access-token-alg", "ES256"))
        cls.odd = cls.client("odd", "https://odd.example/cb", options=("--access-token-alg", "PS256"))
        cls.shared = cls.client("shared", "https://shared.example/cb", options=("--access-token-alg", "HS256"))
        cls.dark = cls.client("dark", "https://dark.example/cb", options=("--access-token-format", "opaque"))

    def shown(self, token, code=0):
        done = self.server.run("token", "show", "-", "--json", "--config", self.server.config_file, stdin=token + "\n")
        self.assertEqual(code, done.returncode, done)
        return json.loads(done.stdout)

    def test_two_implementations_verify_what_is_signed(self):
        for client, opinion in ((self.site, "genuine"), (self.elliptic, "genuine"), (self.shared, "genuine"),
                                (self.odd, "none")):
            with self.subTest(client.id):
                tokens = client.tokens(self.browser(), self.user)
                told = self.shown(tokens["access_token"])
                self.assertEqual("access token (JWT, RFC 9068)", told["kind"])
                self.assertEqual((True, True, opinion), (told["genuine"], told["good"], told["second_opinion"]))
                self.assertEqual(jwt.claims_of(tokens["access_token"]), told["claims"])
                told = self.shown(tokens["id_token"])
                self.assertEqual(("ID token", True, "genuine"), (told["kind"], told["genuine"], told["second_opinion"]))

    def test_a_forged_token_is_not_genuine(self):
        for client, opinion in ((self.site, "not genuine"), (self.elliptic, "not genuine"), (self.shared, "not genuine"),
                                (self.odd, "none")):
            with self.subTest(client.id):
                head, _, signature = client.tokens(self.browser(), self.user)["access_token"].split(".")
                forged = f"{head}.{jwt.b64(json.dumps({'sub': 'root', 'iss': self.server.issuer}).encode())}.{signature}"
                told = self.shown(forged, 1)
                self.assertEqual((False, False, opinion), (told["genuine"], told["good"], told["second_opinion"]))
                self.assertEqual("root", told["claims"]["sub"])

    def test_a_revoked_token_is_genuine_and_not_good(self):
        token = self.site.tokens(self.browser(), self.user)["access_token"]
        self.assertEqual(200, self.site.revoke(token).status)
        told = self.shown(token, 1)
        self.assertEqual((True, False), (told["genuine"], told["good"]))
        self.assertIn("revoked", told["state"])

    def test_what_says_nothing_by_itself_is_looked_up(self):
        tokens = self.dark.tokens(self.browser(), self.user, **OFFLINE)
        told = self.shown(tokens["access_token"])
        self.assertEqual(("access token (opaque)", "dark"), (told["kind"], told["claims"]["client_id"]))
        told = self.shown(tokens["refresh_token"])
        self.assertEqual(("refresh token", True), (told["kind"], told["good"]))
        self.assertEqual(200, self.dark.refresh(tokens["refresh_token"]).status)
        told = self.shown(tokens["refresh_token"], 1)
        self.assertEqual((True, "replaced by a newer one: number 1 of 2"), (told["genuine"], told["state"]))

    def test_what_is_no_token(self):
        for text in ("x", "a.b.c", "A" * 58, "é"):
            with self.subTest(text):
                self.assertEqual(("unknown", False), (self.shown(text, 1)["kind"], self.shown(text, 1)["genuine"]))

    def test_people_read_words_and_dates(self):
        token = self.site.tokens(self.browser(), self.user)["access_token"]
        done = self.server.run("token", "show", token, "--config", self.server.config_file, check=True)
        for wanted in ("access token (JWT, RFC 9068): good, expires in ", "genuine; Poco::JWT agrees", "who issued it",
                       self.server.issuer, "the client that asked for it"):
            self.assertIn(wanted, done.stdout)
        self.assertRegex(done.stdout, r"exp +20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ +expires, in ")

    def test_what_a_stranger_wrote_does_not_reach_the_terminal(self):
        evil = jwt.b64(json.dumps({"alg": "RS256", "\x1b[31m": "\x07"}).encode()) + "." + jwt.b64(b'{"exp":9e99}') + ".AA"
        done = self.server.run("token", "show", evil, "--config", self.server.config_file)
        self.assertEqual(1, done.returncode)
        self.assertNotRegex(done.stdout + done.stderr, "[\x00-\x09\x0b-\x1f]")
        self.assertIn(r"\u001b[31m", done.stdout)


class Health(Story):
    def test_a_ready_server(self):
        self.assertIn("ready", self.server.run("health", "--config", self.server.config_file, check=True).stdout)
        self.assertIn("ok", self.server.run("health", "--live", "--config", self.server.config_file, check=True).stdout)

    def test_nobody_answers_and_not_ready(self):
        self.server.stop()
        self.addCleanup(self.server.launch)
        done = self.server.run("health", "--config", self.server.config_file)
        self.assertEqual(69, done.returncode, done)
        self.assertIn(f"http://127.0.0.1:{self.server.port}/api/readyz does not answer", done.stderr)
