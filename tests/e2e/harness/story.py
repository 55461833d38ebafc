# SPDX-License-Identifier: Apache-2.0
"""The base of a story: one server a class, its log kept when something failed."""
import hashlib
import string
import time
import unittest

from . import jwt, site
from .page import Page
from .server import Gatehouse

ERROR_TEXT = set(string.printable) - set('"\\\t\n\r\x0b\x0c')
TOKEN_TEXT = set(string.ascii_letters + string.digits + "-._~+/=")
TOKEN_ERRORS = {"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client",
                "unsupported_grant_type", "invalid_scope", "temporarily_unavailable", "invalid_target"}


class Story(unittest.TestCase):
    """Subclasses say `settings`, `plugins`, `modules`, and `furnish()` what must be there before the start;
    `database = "sqlite"` when they are about its file, `starts_anew` when about the first start."""

    settings = None
    plugins = None
    modules = None
    environment = None
    database = None
    starts_anew = False
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.server = Gatehouse(cls.settings, cls.plugins, cls.modules, cls.environment, database=cls.database)
        cls.addClassCleanup(cls.server.remove)
        try:
            if not cls.starts_anew:
                cls.server.take_first_start()
            cls.furnish()
            cls.server.launch()
        except BaseException:
            cls.server.keep(cls.__name__)
            raise

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.site = cls.client("site")
        cls.other = cls.client("other", redirect="https://other.example/callback")

    @classmethod
    def person(cls, login="ada"):
        user = site.ada(login)
        cls.server.add_user(user.login, user.password, user.claims)
        return user

    @classmethod
    def client(cls, identifier, redirect="https://site.example/callback", more=(), use_pkce=True,
               method="client_secret_basic", **options):
        made = cls.server.add_client(identifier, redirect, *more, method=method, **options)
        return site.Site(cls.server, identifier, made.get("client_secret"), redirect, method, use_pkce)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors) if result else 0
        finished = super().run(result)
        if result and len(result.failures) + len(result.errors) > before:
            self.server.keep(self.id())
        return finished

    # What a user agent and a client can see

    def browser(self, **options):
        return self.server.browser(**options)

    def get(self, url, **options):
        return self.browser().get(url, **options)

    def keys(self):
        return self.get(site.JWKS).json()["keys"]

    def assertErrorPage(self, response, code=None):
        """A page with the error, and no redirect to anybody (protocol: error page, not redirect)."""
        self.assertIsNone(response.header("Location"), response)
        self.assertEqual(400, response.status, response)
        self.assertEqual("text/html", response.media_type)
        page = Page(response)
        text = page.text_of("oauth-error")
        if code:
            self.assertIn(code, text)
        self.assertSafePage(response)
        return page

    def assertSafePage(self, response):
        self.assertIn("no-store", response.header("Cache-Control") or "")
        self.assertEqual("no-referrer", response.header("Referrer-Policy"))
        policy = response.header("Content-Security-Policy") or ""
        self.assertIn("frame-ancestors 'none'", policy)
        self.assertNotIn("unsafe-inline", policy)
        self.assertEqual("nosniff", response.header("X-Content-Type-Options"))

    def assertBack(self, landing, request, mode=None):
        """A success answer (RFC 6749 section 4.1.2, RFC 9207), in the mode that was asked for."""
        self.assertTrue(landing.is_back, landing)
        self.assertEqual(mode or request.get("response_mode", "query"), landing.mode)
        self.assertNotIn("error", landing.params, landing)
        self.assertEqual(request.get("state"), landing.params.get("state"))
        self.assertEqual(self.server.issuer, landing.params["iss"])
        self.assertGreaterEqual(len(landing.code), 22)
        return landing.code

    def assertErrorBack(self, landing, code, state=None):
        """An error answer at the site: only known members, printable text."""
        self.assertTrue(landing.is_back, landing)
        codes = (code,) if isinstance(code, str) else code
        self.assertIn(landing.error, codes, landing)
        allowed = {"error", "error_description", "error_uri", "state", "iss", "session_state"}
        self.assertLessEqual(set(landing.params), allowed)
        self.assertLessEqual(set(landing.params.get("error_description", "")), ERROR_TEXT)
        self.assertEqual(self.server.issuer, landing.params["iss"])
        if state is not None:
            self.assertEqual(state, landing.params.get("state"))

    def assertTokenError(self, response, code, status=None):
        codes = (code,) if isinstance(code, str) else code
        self.assertIn(response.status, (status,) if status else (400, 401), response)
        self.assertEqual("application/json", response.media_type)
        body = response.json()
        self.assertIn(body["error"], codes, response)
        self.assertIn(body["error"], TOKEN_ERRORS)
        self.assertLessEqual(set(body.get("error_description", "")), ERROR_TEXT)
        self.assertIn("no-store", response.header("Cache-Control") or "")
        return body

    def assertTokens(self, response, openid=True, kind="bearer"):
        """A token answer (RFC 6749 section 5.1) with all the checks of the conformance suite."""
        self.assertEqual(200, response.status, response)
        self.assertEqual("application/json", response.media_type)
        self.assertIn("no-store", response.header("Cache-Control") or "")
        body = response.json()
        self.assertEqual(kind, body["token_type"].lower())
        self.assertIsInstance(body["expires_in"], int)
        self.assertTrue(0 < body["expires_in"] < 31_536_000)
        self.assertLessEqual(set(body["access_token"]), TOKEN_TEXT)
        self.assertGreaterEqual(len(body["access_token"]), 22)
        self.assertEqual(openid, "id_token" in body, body.keys())
        self.assertNotIn(None, body.values())
        return body

    def assertIdToken(self, token, client, nonce=None, access_token=None):
        """An ID token (OpenID Connect Core section 2); its claims."""
        header, claims = jwt.verify(token, self.keys(), self.server.metadata["id_token_signing_alg_values_supported"])
        self.assertNotEqual("none", header["alg"])
        self.assertEqual(self.server.issuer, claims["iss"])
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        self.assertIn(client.id, audience)
        if len(audience) > 1:
            self.assertEqual(client.id, claims["azp"])
        self.assertAboutNow(claims["iat"])
        self.assertGreater(claims["exp"], claims["iat"])
        self.assertLess(claims["exp"] - claims["iat"], 50 * 31_536_000)
        self.assertTrue(0 < len(claims["sub"]) <= 255 and claims["sub"].isascii())
        self.assertEqual(nonce, claims.get("nonce"))
        self.assertNotIn(None, claims.values())
        if "auth_time" in claims:
            self.assertIsInstance(claims["auth_time"], int)
        if "amr" in claims:
            self.assertIsInstance(claims["amr"], list)
        if "acr" in claims:
            self.assertTrue(isinstance(claims["acr"], str) and claims["acr"])
        if "at_hash" in claims and access_token and header["alg"].endswith("256"):
            half = hashlib.sha256(access_token.encode()).digest()[:16]
            self.assertEqual(jwt.b64(half), claims["at_hash"])
        return claims

    def assertAboutNow(self, seconds, leeway=120):
        self.assertLess(abs(seconds - time.time()), leeway)

    def assertActive(self, client, token):
        response = client.introspect(token)
        self.assertEqual(200, response.status, response)
        self.assertIs(True, response.json()["active"], response)
        return response.json()

    def assertDead(self, client, token):
        response = client.introspect(token)
        self.assertEqual(200, response.status, response)
        self.assertEqual({"active": False}, response.json())

    def assertAlive(self):
        """The process is up and answers."""
        self.assertIsNone(self.server.process.poll(), self.server.log()[-3000:])
        self.assertEqual(200, self.get("/api/healthz").status)
