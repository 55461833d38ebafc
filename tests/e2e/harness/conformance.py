# SPDX-License-Identifier: Apache-2.0
"""The issuer of etc/examples/conformance.yaml, for stories that are named after the modules of a certification plan."""
from . import example, jwt, registration
from .shelf import Shelf
from .site import Person
from .story import Story

CALLBACK = "https://localhost.emobix.co.uk:8443/test/a/gatehouse/callback"
ADA = Person("ada", "conformance")


class ConformanceStory(Story):
    """`shelf` is the suite's server, with a certificate of the named authority."""

    @classmethod
    def furnish(cls):
        authority = example.use(cls.server, example.EXAMPLES / "conformance.yaml")
        cls.shelf = Shelf("application/json", authority.server_context("suite", "localhost"))
        cls.addClassCleanup(cls.shelf.close)
        cls.user = ADA
        cls.signer = jwt.Signer("RS256")

    @classmethod
    def registered(cls, signer=None, **members):
        """A client as the plans register theirs, who proves itself by its key."""
        signer = signer or cls.signer
        keys = {} if "jwks_uri" in members else {"jwks": {"keys": [signer.jwk()]}}
        response = registration.register(cls.server.browser(), registration.metadata(**{
            "redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token"],
            "response_types": ["code"], "token_endpoint_auth_method": "private_key_jwt",
            "contacts": ["certification@oidf.org"], **keys, **members}))
        if response.status != 201:
            raise AssertionError(f"not registered: {response!r}")
        return registration.Registered(cls.server, response.json())

    @classmethod
    def site_of(cls, registered, signer=None):
        """Plans of OpenID Connect send no code challenge, and the token endpoint as audience."""
        site = registered.site()
        site.use_pkce = False
        site.signer = signer or cls.signer
        return site

    def login(self, site, browser=None, **changes):
        """A whole login; the ID token's header and claims, the tokens."""
        browser = browser or self.browser()
        request = site.request(**changes)
        landing = site.walk(browser, browser.get("/api/oauth/authorize", **request), self.user)
        code = self.assertBack(landing, request)
        tokens = self.assertTokens(site.redeem(code))
        claims = self.assertIdToken(tokens["id_token"], site, request.get("nonce"), tokens["access_token"])
        return jwt.parts(tokens["id_token"])[0], claims, tokens
