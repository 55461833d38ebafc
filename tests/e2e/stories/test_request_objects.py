# SPDX-License-Identifier: Apache-2.0
"""Authorization requests that their client has signed, by value and by reference (RFC 9101, OpenID Connect Core section
6), and what strangers make of them."""
import hashlib
import hmac
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import jwe, jwt
from harness.server import USES, CommandFailed
from harness.shelf import Shelf
from harness.site import AUTHORIZE
from harness.story import Story
from harness.web import wait_until

SOURCE = "request_source.request_object"
MEMBERS = "client_metadata_rule.request_object"
TYPE = "application/oauth-authz-req+jwt"


class RequestObjectStory(Story):
    source = {}
    keys_of_issuer = {}

    @classmethod
    def setUpClass(cls):
        cls.shelf, cls.slow_shelf = Shelf(TYPE), Shelf(TYPE)
        for shelf in (cls.shelf, cls.slow_shelf):
            cls.addClassCleanup(shelf.close)
        cls.settings = {"outgoing": {"allow": [cls.shelf.origin, cls.slow_shelf.origin], "timeout": "2s", "pause": "100ms"}}
        cls.plugins = [use for use in USES if use != "key_store.local"] + [
            {"use": "key_store.local", **cls.keys_of_issuer}, {"use": SOURCE, **cls.source}, MEMBERS]
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.signer = jwt.Signer("ES256")
        cls.signing = cls.keyed("signing", cls.signer)

    @classmethod
    def keyed(cls, identifier, signer, **members):
        jwks = cls.server.folder / f"{identifier}.json"
        jwks.write_text(json.dumps({"keys": [signer.jwk()]}))
        options = [part for name, value in members.items() for part in ("--member", f"{name}={value}")]
        return cls.client(identifier, f"https://{identifier}.example/callback",
                          options=("--jwks", str(jwks), *options))

    def claims(self, site=None, **changes):
        site = site or self.signing
        given = {"iss": site.id, "aud": self.server.issuer, **site.request(scope="openid email"), **changes}
        return {name: value for name, value in given.items() if value is not None}

    def object(self, site=None, signer=None, header=None, **changes):
        return (signer or self.signer).sign(self.claims(site, **changes), **(header or {}))

    def ask(self, site=None, user=None, browser=None, **query):
        """Where the browser ends that is sent to the server with these parameters."""
        site = site or self.signing
        browser = browser or self.browser()
        query = {"client_id": site.id, **query}
        return site.walk(browser, browser.get(AUTHORIZE, **{k: v for k, v in query.items() if v is not None}), user)

    def assertLoggedIn(self, landing, site=None, nonce=None):
        site = site or self.signing
        tokens = self.assertTokens(site.redeem(landing.code))
        nonce = nonce or jwt.claims_of(tokens["id_token"])["nonce"]
        return self.assertIdToken(tokens["id_token"], site, nonce, tokens["access_token"]), tokens

    def refused(self, code="invalid_request_object", site=None, **query):
        """The client learns it at the redirect URI beside the object, with the state beside it."""
        site = site or self.signing
        landing = self.ask(site, redirect_uri=site.redirect, state="beside", **query)
        self.assertErrorBack(landing, code, "beside")


class RequestObjects(RequestObjectStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.by_algorithm = {}
        for algorithm in ("RS256", "PS256", "EdDSA"):
            signer = jwt.Signer(algorithm)
            cls.by_algorithm[algorithm] = signer, cls.keyed(algorithm.lower(), signer, request_object_signing_alg=algorithm)
        cls.strict = cls.keyed("strict", cls.signer, require_signed_request_object="true")

    def test_ensure_request_object_with_redirect_uri(self):
        nonce = secrets.token_urlsafe(12)
        landing = self.ask(user=self.user, request=self.object(nonce=nonce, state="inside"))
        self.assertEqual("inside", landing.params["state"])
        _, tokens = self.assertLoggedIn(landing, nonce=nonce)
        self.assertEqual("openid email", tokens["scope"])

    def test_request_object_as_openid_connect_sends_it(self):
        landing = self.ask(user=self.user, request=self.object(), response_type="code", scope="openid",
                           redirect_uri=self.signing.redirect)
        self.assertLoggedIn(landing)

    def test_every_algorithm(self):
        for algorithm, (signer, site) in self.by_algorithm.items():
            with self.subTest(algorithm):
                self.assertLoggedIn(self.ask(site, self.user, request=self.object(site, signer)), site)

    def test_posted_and_of_the_right_type(self):
        browser = self.browser()
        made = self.object(header={"typ": "oauth-authz-req+jwt"})
        response = browser.post(AUTHORIZE, {"client_id": "signing", "request": made})
        self.assertLoggedIn(self.signing.walk(browser, response, self.user))

    def test_form_post_is_the_mode_of_the_object(self):
        landing = self.ask(user=self.user, request=self.object(response_mode="form_post"))
        self.assertEqual("form_post", landing.mode)
        self.assertLoggedIn(landing)

    def test_numbers_and_objects_are_values(self):
        landing = self.ask(user=self.user, request=self.object(
            max_age=600, claims={"id_token": {"email": {"essential": True}}}))
        claims, _ = self.assertLoggedIn(landing)
        self.assertIn("auth_time", claims)
        self.assertEqual(self.user.claims["email"], claims["email"])

    def test_ensure_different_nonce_and_state_inside_and_outside_request_object(self):
        landing = self.ask(user=self.user, request=self.object(state="inside", nonce="n" * 20), state="outside",
                           nonce="outside", scope="openid phone")
        self.assertEqual("inside", landing.params["state"])
        _, tokens = self.assertLoggedIn(landing, nonce="n" * 20)
        self.assertEqual("openid email", tokens["scope"])

    def test_state_only_outside_request_object_not_used(self):
        landing = self.ask(user=self.user, request=self.object(state=None), state="outside")
        self.assertNotIn("state", landing.params)
        self.assertLoggedIn(landing)

    def test_what_is_inside_is_checked_like_a_query(self):
        self.assertErrorBack(self.ask(request=self.object(code_challenge=None)), "invalid_request")
        self.assertErrorBack(self.ask(request=self.object(prompt="none", state="s")), "login_required", "s")
        self.assertErrorPage(self.ask(request=self.object(redirect_uri="https://evil.example/")).response)

    def test_unsigned_request_object_is_rejected(self):
        unsigned = jwt.encode({"alg": "none"}) + "." + jwt.encode(self.claims()) + "."
        for made in (unsigned, unsigned + "AAAA", json.dumps(self.claims()), "x", "a.b.c", "a.b.c.d.e", "." * 4):
            with self.subTest(made[:20]):
                self.refused(request=made)

    def test_invalid_signatures_and_other_clients_keys(self):
        good = self.object()
        foreign = jwt.Signer("ES256")
        _, rsa_site = self.by_algorithm["RS256"]
        for name, made in {"damaged": good[:-6] + ("AAAAAA" if good[-6:] != "AAAAAA" else "BBBBBB"),
                           "another key": self.object(signer=foreign),
                           "embedded key": self.object(signer=foreign, header={"jwk": foreign.jwk()}),
                           "another claim": ".".join([good.split(".")[0], jwt.encode(self.claims(scope="openid phone")),
                                                      good.split(".")[2]])}.items():
            with self.subTest(name):
                self.refused(request=made)
        self.refused(site=rsa_site, request=self.object(rsa_site))

    def test_a_public_key_is_no_secret(self):
        text = jwt.encode({"alg": "HS256"}) + "." + jwt.encode(self.claims())
        for secret in (self.signer.public, jwt.pem(self.signer.jwk()).encode(), json.dumps(self.signer.jwk()).encode(),
                       self.signing.secret.encode()):
            self.refused(request=text + "." + jwt.b64(hmac.new(secret, text.encode(), hashlib.sha256).digest()))

    def test_the_registered_algorithm_alone(self):
        signer, site = self.by_algorithm["PS256"]
        rs256 = jwt.Signer("RS256")
        rs256.private = signer.private
        self.refused(site=site, request=self.object(site, rs256))

    def test_bad_aud_iss_and_times(self):
        now = int(time.time())
        for changes in ({"aud": "https://else.example"}, {"aud": None}, {"aud": self.server.issuer + "/api/oauth/par"},
                        {"iss": "other"}, {"iss": None}, {"client_id": "other"}, {"sub": "signing"},
                        {"exp": now - 300}, {"nbf": now + 300}, {"iat": now + 300}, {"exp": "soon"}):
            with self.subTest(changes):
                self.refused(request=self.object(**changes))

    def test_multiple_aud_and_nbf_8_seconds_in_the_future_are_accepted(self):
        now = int(time.time())
        made = self.object(aud=["https://else.example", self.server.issuer], nbf=now + 8, exp=now + 300)
        self.assertLoggedIn(self.ask(user=self.user, request=made))

    def test_nested_objects_are_refused(self):
        self.refused(request=self.object(request=self.object()))
        self.refused(request=self.object(request_uri=self.shelf.origin + "/nested"))

    def test_another_kind_of_jwt_is_no_request(self):
        self.refused(request=self.object(header={"typ": "at+jwt"}))
        assertion = self.signer.sign({"iss": "signing", "sub": "signing", "aud": self.server.issuer, "jti": "1",
                                      "exp": int(time.time()) + 60})
        self.refused(request=assertion)

    def test_addresses_of_keys_are_not_asked_and_odd_kids_name_none(self):
        before = len(self.shelf.asked)
        made = self.object(header={"jku": self.shelf.origin + "/jku", "x5u": self.shelf.origin + "/x5u"})
        self.assertLoggedIn(self.ask(user=self.user, request=made))
        for kid in ("\"'; --\x01é", "../../etc/passwd", "x" * 5000, ""):
            self.refused(request=self.object(header={"kid": kid}))
        self.assertEqual(before, len(self.shelf.asked))

    def test_an_object_with_an_id_has_one_answer(self):
        made = self.object(jti=secrets.token_urlsafe(8), exp=int(time.time()) + 300, state="s")
        browser = self.browser()
        self.assertEqual(["login"], self.ask(browser=browser, request=made).shown)
        self.assertLoggedIn(self.ask(user=self.user, browser=browser, request=made))
        again = self.ask(user=self.user, browser=browser, request=made)
        self.assertIn("error", again.params)
        self.assertNotIn("code", again.params)

    def test_ensure_authorization_request_without_request_object_fails(self):
        landing = self.strict.journey(self.browser(), self.user, state="s")
        self.assertErrorBack(landing, "invalid_request", "s")
        self.assertLoggedIn(self.ask(self.strict, self.user, request=self.object(self.strict)), self.strict)
        self.assertLoggedIn(self.signing.journey(self.browser(), self.user))
        self.assertLoggedIn(self.site.journey(self.browser(), self.user), self.site)

    def test_discovery_names_what_is_enabled(self):
        document = self.server.metadata
        self.assertEqual((True, True, True), tuple(document[name] for name in (
            "request_parameter_supported", "request_uri_parameter_supported", "require_request_uri_registration")))
        self.assertEqual({"RS256", "PS256", "ES256", "EdDSA"}, set(document["request_object_signing_alg_values_supported"]))
        self.assertNotIn("request_object_encryption_alg_values_supported", document)

    def test_what_cannot_be_done_is_not_registered(self):
        for members, told in (({"request_object_signing_alg": "none"}, "request_object_signing_alg: must be one of RS256"),
                              ({"request_object_signing_alg": "HS256"}, "request_object_signing_alg: must be one of RS256"),
                              ({"request_object_encryption_enc": "A256GCM"}, "needs request_object_encryption_alg"),
                              ({"request_uris": '["ftp://x"]'}, "request_uris: must be a list"),
                              ({"require_signed_request_object": '"yes"'}, "require_signed_request_object: must be true")):
            with self.subTest(members), self.assertRaises(CommandFailed) as failed:
                self.keyed("refused", self.signer, **members)
            self.assertIn(told, failed.exception.output)


class RequestUris(RequestObjectStory):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.rsa = jwt.Signer("RS256")
        paths = ("object", "object#" + "h" * 43, "big", "redirect", "html", "gone", "changing", "cached")
        cls.uris = {"slow": cls.slow_shelf.origin + "/", **{path: f"{cls.shelf.origin}/{path}" for path in paths}}
        cls.secret_server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
        cls.addClassCleanup(cls.secret_server.server_close)
        cls.private = [f"https://127.0.0.1:{cls.secret_server.server_address[1]}/", "https://[::1]/",
                       "https://169.254.169.254/latest/meta-data", "https://localhost/"]
        cls.referring = cls.keyed("referring", cls.rsa, request_object_signing_alg="RS256",
                                  request_uris=json.dumps([*cls.uris.values(), *cls.private]))

    def made(self, **changes):
        return self.object(self.referring, self.rsa, **changes)

    def refused_uri(self, uri):
        self.refused("invalid_request_uri", self.referring, request_uri=uri)

    def test_request_uri_signed_rs256(self):
        self.shelf.put("/object", self.made(state="inside"))
        landing = self.ask(self.referring, self.user, request_uri=self.uris["object"])
        self.assertEqual("inside", landing.params["state"])
        self.assertLoggedIn(landing, self.referring)
        self.assertIn(TYPE, self.shelf.asked[-1][1])

    def test_request_uri_as_openid_connect_sends_it_with_a_fragment(self):
        self.shelf.put("/object", self.made())
        uri = self.uris["object#" + "h" * 43]
        landing = self.ask(self.referring, self.user, request_uri=uri, response_type="code", scope="openid",
                           redirect_uri=self.referring.redirect)
        self.assertLoggedIn(landing, self.referring)
        self.assertEqual("/object", self.shelf.asked[-1][0])

    def test_only_registered_addresses_are_asked(self):
        before = len(self.shelf.asked)
        for uri in (self.uris["object"] + "2", self.uris["object"] + "?a=b", self.uris["object"] + "#x",
                    self.uris["object"].replace("http", "HTTP"), "https://else.example/object", "urn:x", "x" * 2000):
            self.refused_uri(uri)
        self.refused("invalid_request_uri", self.signing, request_uri=self.uris["object"])
        self.assertEqual(before, len(self.shelf.asked))

    def test_addresses_in_here_are_not_asked(self):
        self.secret_server.socket.settimeout(0)
        for uri in self.private:
            self.refused_uri(uri)
        with self.assertRaises(BlockingIOError):
            self.secret_server.socket.accept()

    def test_what_is_huge_slow_elsewhere_or_no_object(self):
        self.shelf.put("/big", "x" * 70_000)
        self.shelf.put("/redirect", "", 302, Location=self.uris["object"])
        self.shelf.put("/html", "<html>", Content_Type="text/html")
        released = threading.Event()
        self.addCleanup(released.set)
        self.slow_shelf.put("/", lambda: (released.wait(60), b"")[1])
        for path in ("big", "redirect", "html", "gone", "slow"):
            with self.subTest(path):
                self.refused_uri(self.uris[path])
        self.assertAlive()

    def test_what_is_there_the_second_time_is_checked_again(self):
        self.shelf.put("/changing", self.made())
        self.assertLoggedIn(self.ask(self.referring, self.user, request_uri=self.uris["changing"]), self.referring)
        self.shelf.put("/changing", self.made(aud="https://else.example"))
        self.refused(site=self.referring, request_uri=self.uris["changing"])

    def test_a_page_of_a_login_goes_on_with_what_was_there_when_it_was_opened(self):
        self.shelf.put("/changing", self.made(state="first"))
        browser = self.browser()
        page = self.ask(self.referring, browser=browser, request_uri=self.uris["changing"])
        self.shelf.put("/changing", self.made(state="second"))
        landing = self.referring.walk(browser, page.response, self.user)
        self.assertEqual("first", landing.params["state"])

    def test_what_its_server_lets_remember_is_remembered(self):
        self.shelf.put("/cached", self.made(), Cache_Control="max-age=600")
        for _ in range(3):
            self.assertEqual(["login"], self.ask(self.referring, request_uri=self.uris["cached"]).shown)
        self.assertEqual(1, [path for path, _ in self.shelf.asked].count("/cached"))

    def test_by_value_and_by_reference_at_once(self):
        self.refused("invalid_request", self.referring, request=self.made(), request_uri=self.uris["object"])

    def test_the_log_says_why(self):
        self.refused_uri(self.uris["gone"])
        wait_until(lambda: [line for line in self.server.log_lines() if "answers 404" in json.dumps(line)], 30, "not told")


class EncryptedRequestObjects(RequestObjectStory):
    keys_of_issuer = {"encryption": ["RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW",
                                     "ECDH-ES+A256KW"]}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.registered = cls.keyed("registered", cls.signer, request_object_encryption_alg="ECDH-ES+A256KW",
                                   request_object_encryption_enc="A256GCM")

    def key(self, algorithm):
        return next(key for key in self.keys() if key.get("alg") == algorithm)

    def encrypted(self, library, algorithm, plain=None, enc="A256GCM", **header):
        key = self.key(algorithm)
        return library.encrypt(key, plain or self.object(), alg=algorithm, enc=enc, kid=key["kid"], cty="JWT", **header)

    def test_objects_that_other_libraries_encrypted(self):
        for library in jwe.LIBRARIES:
            for number, algorithm in enumerate(jwe.ALGORITHMS):
                with self.subTest(f"{library.name} {algorithm}"):
                    made = self.encrypted(library, algorithm, enc=jwe.ENCRYPTIONS[number % 4])
                    self.assertLoggedIn(self.ask(user=self.user, request=made))

    def test_what_is_registered_is_kept_to(self):
        library = jwe.LIBRARIES[0]
        plain = self.object(self.registered)
        made = self.encrypted(library, "ECDH-ES+A256KW", plain)
        self.assertLoggedIn(self.ask(self.registered, self.user, request=made), self.registered)
        for algorithm, enc in (("ECDH-ES", "A256GCM"), ("ECDH-ES+A256KW", "A128GCM")):
            self.refused(site=self.registered, request=self.encrypted(library, algorithm, plain, enc))

    def test_what_is_changed_zipped_or_unsigned_is_refused(self):
        library = jwe.LIBRARIES[0]
        good = self.encrypted(library, "RSA-OAEP-256").split(".")
        changed = [".".join(good[:part] + [good[part][:-4] + ("AAAA" if good[part][-4:] != "AAAA" else "BBBB")] +
                            good[part + 1:]) for part in range(5)]
        header = json.loads(jwt.unb64(good[0]))
        zipped = ".".join([jwt.encode({**header, "zip": "DEF"}), *good[1:]])
        other = library.encrypt(library.key("ECDH-ES")["public"], self.object(), alg="ECDH-ES", enc="A256GCM")
        unsigned = self.encrypted(library, "ECDH-ES", json.dumps(self.claims()))
        twice = self.encrypted(library, "ECDH-ES", self.encrypted(library, "ECDH-ES"))
        for made in (*changed, zipped, other, unsigned, twice):
            self.refused(request=made)
        answers = {self.ask(request=made, redirect_uri=self.signing.redirect).params["error_description"]
                   for made in changed}
        self.assertEqual(1, len(answers), "what is wrong with it can be told")

    def test_the_keys_are_for_encryption_and_rotate(self):
        published = [key for key in self.keys() if key["use"] == "enc"]
        self.assertEqual(set(jwe.ALGORITHMS), {key["alg"] for key in published})
        self.assertEqual(set(jwe.ALGORITHMS),
                         set(self.server.metadata["request_object_encryption_alg_values_supported"]))
        self.assertEqual(set(jwe.ENCRYPTIONS),
                         set(self.server.metadata["request_object_encryption_enc_values_supported"]))
        listed = self.server.command("keys", "list")
        self.assertTrue({key["kid"] for key in published} <= {key["kid"] for key in listed})


class StrictRequestObjects(RequestObjectStory):
    """As FAPI asks for it: no reference, no RS256, times that are close."""
    source = {"algorithms": ["PS256", "ES256", "EdDSA"], "by_reference": False, "longest_life": "60m"}

    def test_times(self):
        now = int(time.time())
        self.assertLoggedIn(self.ask(user=self.user, request=self.object(nbf=now, exp=now + 300)))
        for changes in ({"exp": now + 300}, {"nbf": now}, {"nbf": now, "exp": now + 4200},
                        {"nbf": now - 4200, "exp": now + 300}, {"nbf": now - 600, "exp": now - 300}):
            with self.subTest(changes):
                self.refused(request=self.object(**changes))

    def test_signed_request_object_with_rs256_fails(self):
        signer = jwt.Signer("RS256")
        site = self.keyed("weak", signer)
        now = int(time.time())
        wait_until(lambda: site.journey(self.browser(), None).shown == ["login"], 30, "not seen")
        self.refused(site=site, request=self.object(site, signer, nbf=now, exp=now + 60))

    def test_references_are_not_supported(self):
        self.refused("request_uri_not_supported", request_uri=self.shelf.origin + "/object")
        self.assertIs(False, self.server.metadata["request_uri_parameter_supported"])
        self.assertNotIn("RS256", self.server.metadata["request_object_signing_alg_values_supported"])


class WithoutRequestObjects(Story):
    def test_unsigned_request_object_and_request_uri_are_rejected(self):
        for name in ("request", "request_uri"):
            self.assertErrorBack(self.site.journey(self.browser(), **{name: "x"}), f"{name}_not_supported")
            self.assertIs(False, self.server.metadata[f"{name}_parameter_supported"])
        self.assertNotIn("request_object_signing_alg_values_supported", self.server.metadata)

    def test_the_members_need_the_source_that_holds_clients_to_them(self):
        self.server.config["plugins"].append({"use": MEMBERS})
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.server.config["plugins"].pop()
        self.server.write_config()
        self.assertEqual(78, done.returncode)
        self.assertIn(f"{MEMBERS}: needs {SOURCE}", done.stdout + done.stderr)
