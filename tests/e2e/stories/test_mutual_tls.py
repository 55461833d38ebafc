# SPDX-License-Identifier: Apache-2.0
"""Clients that authenticate by a certificate, and tokens that are bound to one (RFC 8705)."""
import base64
import json
import socket
import subprocess

from harness import jwt
from harness.certificate import Authority
from harness.dpop import Prover
from harness.jwt import Signer
from harness.mutual import BOUND, PLUGINS, MutualStory, der_of, jwks, registered, thumbprint
from harness.server import MODULES, CommandFailed
from harness.shelf import Shelf
from harness.site import AUTHORIZE, INTROSPECT, REVOKE, TOKEN, USERINFO
from harness.story import Story
from harness.web import wait_until

BASIC = {"token_endpoint", "introspection_endpoint", "revocation_endpoint", "userinfo_endpoint"}
SUBJECT = ("--member", "tls_client_auth_subject_dn=CN=shop")


class MutualTls(MutualStory, Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.shop_pair = cls.certificates.issue("shop")
        cls.bank_pair = cls.certificates.own("bank")
        cls.shop = cls.mutual_site("shop", cls.shop_pair, options=(*SUBJECT, *BOUND),
                                   grants=("authorization_code", "refresh_token", "client_credentials"))
        cls.bank = cls.mutual_site("bank", cls.bank_pair, "self_signed_tls_client_auth",
                                   (*registered(cls.bank_pair), *BOUND))
        cls.both = (cls.shop, cls.bank)

    def redeemed(self, site, **changes):
        landing = site.journey(self.browser(), self.user, **changes)
        return site.redeem(landing.code)

    def userinfo(self, tokens, pair=None, base=None, scheme="Bearer"):
        return self.door(pair, base).get(USERINFO, headers={"Authorization": f"{scheme} {tokens['access_token']}"})

    def own_token(self, pair, identifier="shop"):
        return self.door(pair).post(TOKEN, {"grant_type": "client_credentials", "client_id": identifier})

    # fapi2-security-profile-final, client_auth_type=mtls, sender_constrain=mtls

    def test_discovery_end_point_verification(self):
        told = self.server.metadata
        self.assertTrue(told["tls_client_certificate_bound_access_tokens"])
        self.assertLessEqual({"tls_client_auth", "self_signed_tls_client_auth"},
                             set(told["token_endpoint_auth_methods_supported"]))
        aliases = told["mtls_endpoint_aliases"]
        self.assertEqual(BASIC, set(aliases))
        for name, url in aliases.items():
            self.assertEqual(told[name].replace(self.server.issuer, self.mutual), url)
        here = self.door().get("/.well-known/openid-configuration").json()
        self.assertEqual(told, here)

    def test_happy_flow(self):
        for site in self.both:
            response = self.redeemed(site, nonce="once")
            tokens = self.assertTokens(response)
            self.assertEqual("Bearer", tokens["token_type"])
            self.assertIdToken(tokens["id_token"], site, "once")
            self.assertEqual({"x5t#S256": thumbprint(site.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])
            self.assertEqual(200, self.userinfo(tokens, site.pair).status)
            told = site.introspect(tokens["access_token"]).json()
            self.assertEqual((True, {"x5t#S256": thumbprint(site.pair)}), (told["active"], told["cnf"]))

    def test_access_token_type_header_case_sensitivity(self):
        tokens = self.redeemed(self.shop).json()
        for scheme in ("Bearer", "bearer", "BEARER"):
            self.assertEqual(200, self.userinfo(tokens, self.shop_pair, scheme=scheme).status)

    def test_ensure_holder_of_key_required(self):
        for site in self.both:
            landing = site.journey(self.browser(), self.user)
            refused = site.by(None).redeem(landing.code)
            self.assertTokenError(refused, "invalid_client", status=401)
            elsewhere = site.by(None)
            elsewhere.doors = lambda pair: self.door(None, self.server.issuer)
            self.assertTokenError(elsewhere.redeem(landing.code), "invalid_client", status=401)
            self.assertTokens(site.redeem(landing.code))

    def test_a_bound_token_is_refused_without_its_certificate(self):
        tokens = self.redeemed(self.shop).json()
        for pair, base in ((None, None), (self.bank_pair, None), (self.shop_pair, self.server.issuer)):
            refused = self.userinfo(tokens, pair, base)
            self.assertEqual(401, refused.status)
            self.assertIn('error="invalid_token"', refused.header("WWW-Authenticate"))
        self.assertEqual(401, self.door().post(USERINFO, {"access_token": tokens["access_token"]}).status)
        self.assertEqual(200, self.door(self.shop_pair).post(USERINFO, {"access_token": tokens["access_token"]}).status)

    def test_refresh_token(self):
        tokens = self.redeemed(self.shop, scope="openid offline_access", prompt="consent").json()
        refused = self.shop.by(None).refresh(tokens["refresh_token"])
        self.assertTokenError(refused, "invalid_client", status=401)
        refused = self.bank.refresh(tokens["refresh_token"])
        self.assertTokenError(refused, "invalid_grant")
        renewed = self.certificates.issue("shop")
        again = self.assertTokens(self.shop.by(renewed).refresh(tokens["refresh_token"]))
        self.assertEqual({"x5t#S256": thumbprint(renewed)}, jwt.claims_of(again["access_token"])["cnf"])
        self.assertEqual((200, 401), (self.userinfo(again, renewed).status, self.userinfo(again, self.shop_pair).status))

    def test_ensure_client_id_in_token_endpoint(self):
        landing = self.shop.journey(self.browser(), self.user)
        refused = self.shop.call(TOKEN, {"grant_type": "authorization_code", "code": landing.code, "client_id": "bank",
                                         "redirect_uri": self.shop.redirect, "code_verifier": self.shop.pkce.verifier})
        self.assertTokenError(refused, "invalid_client", status=401)

    def test_ensure_authorization_code_is_bound_to_client(self):
        landing = self.shop.journey(self.browser(), self.user)
        stolen = self.bank.redeem(landing.code, redirect_uri=self.shop.redirect, code_verifier=self.shop.pkce.verifier)
        self.assertTokenError(stolen, "invalid_grant")

    def test_all_of_a_clients_endpoints_take_the_certificate(self):
        tokens = self.redeemed(self.shop).json()
        for pair, status in ((self.shop_pair, 200), (self.bank_pair, 401), (None, 401)):
            answer = self.door(pair).post(INTROSPECT, {"client_id": "shop", "token": tokens["access_token"]})
            self.assertEqual(status, answer.status)
        self.assertEqual(200, self.door(self.shop_pair).post(
            REVOKE, {"client_id": "shop", "token": tokens["access_token"]}).status)
        self.assertEqual(401, self.userinfo(tokens, self.shop_pair).status)

    # What else shows a certificate

    def test_a_public_clients_refresh_token_is_bound_to_the_certificate(self):
        app = self.mutual_site("app", self.certificates.own("app"), "none")
        tokens = self.redeemed(app, scope="openid offline_access", prompt="consent").json()
        for pair in (None, self.certificates.own("another app")):
            refused = app.by(pair).refresh(tokens["refresh_token"])
            self.assertIn(refused.status, (400,))
        self.assertTokens(app.refresh(tokens["refresh_token"]))
        landing = app.journey(self.browser(), self.user)
        self.assertTokenError(app.by(None).redeem(landing.code), "invalid_request")

    def test_private_key_jwt_with_bound_tokens(self):
        signer = Signer("ES256")
        file = self.server.folder / "signing.jwks"
        file.write_text(json.dumps({"keys": [signer.jwk()]}))
        keys = ("--jwks", str(file))
        site = self.mutual_site("signing", self.certificates.own("signing"), "private_key_jwt", (*keys, *BOUND))
        site.signer, site.method = signer, "private_key_jwt"
        landing = site.journey(self.browser(), self.user)
        for audience in (self.server.issuer, self.mutual + TOKEN, self.server.issuer + TOKEN):
            credentials = {"client_id": site.id, **site.assertion(aud=audience)}
            answer = self.door(None).post(TOKEN, {"grant_type": "authorization_code", "code": landing.code,
                                                  "redirect_uri": site.redirect,
                                                  "code_verifier": site.pkce.verifier, **credentials})
            self.assertTokenError(answer, "invalid_request")
        for audience in ("https://localhost:1" + TOKEN, self.mutual, self.mutual + INTROSPECT):
            answer = self.door(site.pair).post(TOKEN, {"grant_type": "authorization_code", "code": landing.code,
                                                       "client_id": site.id, **site.assertion(aud=audience)})
            self.assertTokenError(answer, "invalid_client", status=401)
        tokens = self.assertTokens(site.redeem(landing.code))
        self.assertEqual({"x5t#S256": thumbprint(site.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])

    def test_who_does_not_ask_for_it_is_not_bound(self):
        plain = self.mutual_site("plain", self.shop_pair, "client_secret_basic", ())
        tokens = self.redeemed(plain).json()
        self.assertNotIn("cnf", jwt.claims_of(tokens["access_token"]))
        self.assertEqual(200, self.userinfo(tokens, None, self.server.issuer).status)
        known = self.mutual_site("known", self.certificates.issue("known"), "tls_client_auth",
                                 ("--member", "tls_client_auth_subject_dn=CN=known"))
        self.assertNotIn("cnf", jwt.claims_of(self.redeemed(known).json()["access_token"]))

    def test_every_way_to_name_a_certificate(self):
        ways = {"san_dns": ("DNS:shop.example", "shop.example", "*.example"),
                "san_uri": ("URI:spiffe://shop.example/a", "spiffe://shop.example/a", "spiffe://shop.example/b"),
                "san_ip": ("IP:192.0.2.7", "192.0.2.7", "192.0.2.8"),
                "san_email": ("email:ops@shop.example", "ops@SHOP.example", "root@shop.example")}
        for way, (name, registered_as, other) in ways.items():
            with self.subTest(way):
                pair = self.certificates.issue(way, f"subjectAltName={name}")
                kind = name.partition(":")[0]
                wrong = self.certificates.issue(way + "-wrong", f"subjectAltName={kind}:{other}")
                self.client(way, method="tls_client_auth", grants=("client_credentials",),
                            options=("--member", f"tls_client_auth_{way}={registered_as}"))
                self.assertEqual(200, self.own_token(pair, way).status)
                self.assertTokenError(self.own_token(wrong, way), "invalid_client", status=401)

    # Bad certificates

    def test_bad_certificates_and_a_good_one_after_each(self):
        strange = Authority(self.server.folder / "tls")
        between = self.certificates.authority.between
        cases = {
            "expired": self.certificates.issue("shop", dates=("20200101000000Z", "20210101000000Z")),
            "not yet valid": self.certificates.issue("shop", dates=("20900101000000Z", "20910101000000Z")),
            "of another authority": strange.sign("shop", (), strange.between),
            "by itself": self.certificates.own("shop"),
            "for servers": self.certificates.issue("shop", "extendedKeyUsage=serverAuth"),
            "of a wrong subject": self.certificates.issue("shop2"),
            "of a client that is none": self.certificates.issue("nobody"),
            "by another client": self.certificates.issue(
                "shop", by=self.certificates.authority.sign("leaf", (), between)),
        }
        for name, pair in cases.items():
            with self.subTest(name):
                refused = self.own_token(pair)
                self.assertTokenError(refused, "invalid_client", status=401)
                self.assertEqual("Client authentication failed", refused.json()["error_description"])
                self.assertTokens(self.own_token(self.shop_pair), openid=False)
        for reason in ("certificate has expired", "certificate is not yet valid"):
            self.assertIn(reason, self.server.settled_log())

    def test_certificates_that_end_the_handshake(self):
        names = ",".join(f"DNS:host-{number}.{'x' * 50}.example" for number in range(700))
        huge = self.certificates.own("huge", more=("-addext", f"subjectAltName={names}"))
        weak = self.certificates.own("weak", kind=("-newkey", "rsa:1024"))
        chain = self.certificates.own("chain")
        chain[0].write_text(chain[0].read_text() + self.certificates.authority.between[0].read_text() * 100)
        for pair in (huge, weak, chain):
            with self.subTest(pair[0].name):
                context = self.server_authority.context()
                context.set_ciphers("DEFAULT:@SECLEVEL=0")
                context.load_cert_chain(*pair)
                with self.assertRaises(OSError), context.wrap_socket(
                        socket.create_connection(("127.0.0.1", self.mutual_port), timeout=30),
                        server_hostname="localhost") as agreed:
                    agreed.sendall(b"GET /api/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    if not agreed.recv(1):
                        raise ConnectionResetError
                self.assertTokens(self.own_token(self.shop_pair), openid=False)

    def test_a_field_of_a_stranger_is_nobodys_certificate(self):
        field = ":" + base64.b64encode(der_of(self.shop_pair[0])).decode() + ":"
        for base in (self.mutual, self.server.issuer):
            refused = self.door(None, base).post(TOKEN, {"grant_type": "client_credentials", "client_id": "shop"},
                                                 headers={"Client-Cert": field})
            self.assertTokenError(refused, "invalid_client", status=401)

    # Registration

    def test_wrong_registrations_are_refused(self):
        def told(method, *members):
            options = [word for member in members for word in ("--member", member)]
            with self.assertRaises(CommandFailed) as refused:
                self.client("wrong", method=method, options=options)
            return refused.exception.output

        self.assertIn("tls_client_auth_subject_dn: it, or one of", told("tls_client_auth"))
        self.assertIn("tls_client_auth_san_dns: excludes tls_client_auth_subject_dn",
                      told("tls_client_auth", "tls_client_auth_subject_dn=CN=a", "tls_client_auth_san_dns=a.example"))
        self.assertIn("must be a distinguished name", told("tls_client_auth", "tls_client_auth_subject_dn=/CN=a"))
        self.assertIn("jwks: needed for self_signed_tls_client_auth", told("self_signed_tls_client_auth"))
        self.assertIn("must be true or false",
                      told("client_secret_basic", "tls_client_certificate_bound_access_tokens=1"))

    def test_a_registration_is_changed_like_any_other(self):
        self.client("moving", method="tls_client_auth", grants=("client_credentials",),
                    options=("--member", "tls_client_auth_subject_dn=CN=one"))
        one, two = self.certificates.issue("one"), self.certificates.issue("two")
        self.assertEqual([200, 401], [self.own_token(pair, "moving").status for pair in (one, two)])
        self.server.command("client", "update", "moving", "--member", "tls_client_auth_subject_dn=CN=two")
        wait_until(lambda: [self.own_token(pair, "moving").status for pair in (one, two)] == [401, 200])

    # A real client

    def curl(self, pair, *arguments):
        done = subprocess.run(["curl", "--silent", "--show-error", "--cacert", self.server_authority.root, "--cert",
                               pair[0], "--key", pair[1], *arguments], capture_output=True, text=True, timeout=60,
                              check=True)
        return json.loads(done.stdout)

    def test_curl_with_a_certificate(self):
        aliases = self.server.metadata["mtls_endpoint_aliases"]
        landing = self.shop.journey(self.browser(), self.user)
        tokens = self.curl(self.shop_pair, aliases["token_endpoint"], "--data", "grant_type=authorization_code",
                           "--data", "client_id=shop", "--data-urlencode", f"code={landing.code}", "--data-urlencode",
                           f"redirect_uri={self.shop.redirect}", "--data", f"code_verifier={self.shop.pkce.verifier}")
        self.assertEqual("Bearer", tokens["token_type"])
        bearer = ("--header", f"Authorization: Bearer {tokens['access_token']}")
        person = self.curl(self.shop_pair, aliases["userinfo_endpoint"], *bearer)
        self.assertEqual(jwt.claims_of(tokens["id_token"])["sub"], person["sub"])
        refused = self.curl(self.bank_pair, aliases["userinfo_endpoint"], *bearer)
        self.assertEqual("invalid_token", refused["error"])


class CertificatesByUrl(MutualStory, Story):
    """Clients whose certificates lie at an address of theirs."""

    @classmethod
    def setUpClass(cls):
        cls.shelf = Shelf("application/jwk-set+json")
        cls.addClassCleanup(cls.shelf.close)
        cls.settings = {"outgoing": {"allow": [cls.shelf.origin]}}
        cls.plugins = [*PLUGINS, {"use": "client_metadata_rule.jwks_uri", "refetch_after": "1s"}]
        super().setUpClass()

    def test_a_new_certificate_is_taken_without_a_word(self):
        old, new = self.certificates.own("bank"), self.certificates.own("bank")
        self.shelf.put("/bank", jwks(old))
        site = self.mutual_site("bank", old, "self_signed_tls_client_auth",
                                ("--member", f"jwks_uri={self.shelf.origin}/bank"), grants=("client_credentials",))
        own_token = {"grant_type": "client_credentials"}
        self.assertEqual([200, 401], [site.by(pair).call(TOKEN, own_token).status for pair in (old, new)])
        self.shelf.put("/bank", jwks(new))
        wait_until(lambda: site.by(new).call(TOKEN, own_token).status == 200, 60, "the new certificate is not taken")
        self.assertEqual(401, site.by(old).call(TOKEN, own_token).status)


class BesideDpop(MutualStory, Story):
    """Two bindings: the first that stands in the configuration has the tokens of who proves both."""

    plugins = [*PLUGINS[:-2], "token_binding.dpop", "client_metadata_rule.dpop", *PLUGINS[-2:]]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.pair = cls.certificates.own("shop")
        cls.shop = cls.mutual_site("shop", cls.pair, "client_secret_basic")
        cls.prover = Prover(cls.mutual)

    def tokens(self, pair, proof=None):
        landing = self.shop.journey(self.browser(), self.user)
        headers, fields = self.shop.credentials()
        form = {"grant_type": "authorization_code", "code": landing.code, "redirect_uri": self.shop.redirect,
                "code_verifier": self.shop.pkce.verifier, **fields}
        return self.door(pair).post(TOKEN, form, headers={**headers, **({"DPoP": proof} if proof else {})})

    def test_the_first_binding_has_the_tokens(self):
        tokens = self.tokens(self.pair, self.prover.proof("POST", TOKEN)).json()
        self.assertEqual(("DPoP", {"jkt": self.prover.jkt}),
                         (tokens["token_type"], jwt.claims_of(tokens["access_token"])["cnf"]))
        proof = self.prover.proof("GET", USERINFO, tokens["access_token"])
        answer = self.door().get(USERINFO, headers={"Authorization": f"DPoP {tokens['access_token']}", "DPoP": proof})
        self.assertEqual(200, answer.status)

    def test_the_other_has_those_of_who_proves_nothing_else(self):
        tokens = self.tokens(self.pair).json()
        self.assertEqual(("Bearer", {"x5t#S256": thumbprint(self.pair)}),
                         (tokens["token_type"], jwt.claims_of(tokens["access_token"])["cnf"]))
        self.assertTokenError(self.tokens(None), "invalid_request")

    def test_a_proof_is_for_the_host_that_was_called(self):
        elsewhere = Prover(self.server.issuer).proof("POST", TOKEN)
        self.assertEqual("invalid_dpop_proof", self.tokens(self.pair, elsewhere).json()["error"])

    def test_nobody_is_registered_for_both(self):
        with self.assertRaises(CommandFailed) as refused:
            self.client("both", options=(*BOUND, "--member", "dpop_bound_access_tokens=true"))
        self.assertIn("excludes dpop_bound_access_tokens", refused.exception.output)


class PushedByCertificate(MutualStory, Story):
    """Pushed requests of clients that must push them, with their certificates (RFC 9126, RFC 8705)."""

    plugins = [*PLUGINS, "request_source.par", "client_metadata_rule.par"]
    modules = [*MODULES, "par"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.pairs = [cls.certificates.own("shop"), cls.certificates.own("bank")]
        cls.shop, cls.bank = (
            cls.mutual_site(name, pair, "self_signed_tls_client_auth",
                            (*registered(pair), *BOUND, "--member", "require_pushed_authorization_requests=true"))
            for name, pair in zip(("shop", "bank"), cls.pairs))

    def test_happy_flow(self):
        alias = self.server.metadata["mtls_endpoint_aliases"]["pushed_authorization_request_endpoint"]
        for site in (self.shop, self.bank):
            pushed = site.call(alias, site.request())
            self.assertEqual(201, pushed.status, pushed)
            browser = self.browser()
            landing = site.walk(browser, browser.get(AUTHORIZE, client_id=site.id,
                                                     request_uri=pushed.json()["request_uri"]), self.user)
            tokens = self.assertTokens(site.redeem(landing.code))
            self.assertEqual({"x5t#S256": thumbprint(site.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])

    def test_without_or_with_anothers_certificate_nothing_is_pushed(self):
        alias = self.server.metadata["mtls_endpoint_aliases"]["pushed_authorization_request_endpoint"]
        for pair in (None, self.bank.pair):
            refused = self.shop.by(pair).call(alias, self.shop.request())
            self.assertTokenError(refused, "invalid_client", status=401)


class ForAll(MutualStory, Story):
    """A server that binds every token."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.plugin("token_binding.tls")["required"] = True
        cls.server.write_config()
        cls.pair = cls.certificates.own("anyone")
        cls.plain = cls.mutual_site("plain", cls.pair, "client_secret_basic", ())

    def test_all_tokens_are_bound(self):
        landing = self.plain.journey(self.browser(), self.user)
        self.assertTokenError(self.plain.by(None).redeem(landing.code), "invalid_request")
        tokens = self.assertTokens(self.plain.redeem(landing.code))
        self.assertEqual({"x5t#S256": thumbprint(self.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])


class SeveralIssuers(MutualStory, Story):
    """The host for mutual TLS says which issuer is meant, as the issuer's own does."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["oauth"].pop("mtls_url")
        cls.one = cls.server.tenant(f"https://localhost:{cls.server.port}", mtls_url=cls.mutual)
        cls.two = cls.server.tenant(f"https://localhost:{cls.server.port}/two", mtls_url=cls.mutual)
        cls.three = cls.server.tenant(f"https://127.0.0.1:{cls.server.port}")

    def test_each_is_found_at_its_alias(self):
        for path in ("", "/two"):
            told = self.door().get(path + "/.well-known/openid-configuration").json()
            self.assertEqual(f"https://localhost:{self.server.port}{path}", told["issuer"])
            self.assertEqual(f"{self.mutual}{path}{TOKEN}", told["mtls_endpoint_aliases"]["token_endpoint"])
        told = self.server.browser().get(f"{self.three.issuer}/.well-known/openid-configuration").json()
        self.assertNotIn("mtls_endpoint_aliases", told)
