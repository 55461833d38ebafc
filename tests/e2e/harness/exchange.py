# SPDX-License-Identifier: Apache-2.0
"""Another issuer, and clients that exchange tokens (RFC 8693) or show assertions (RFC 7523)."""
import json
import secrets
import time

from . import jwt
from .server import USES, trusting
from .shelf import Shelf
from .site import TOKEN
from .story import Story

EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
ACCESS = "urn:ietf:params:oauth:token-type:access_token"
ID = "urn:ietf:params:oauth:token-type:id_token"
REFRESH = "urn:ietf:params:oauth:token-type:refresh_token"
JWT = "urn:ietf:params:oauth:token-type:jwt"


class Elsewhere:
    """An issuer with its own key, which lies on a shelf."""

    def __init__(self, url="https://elsewhere.example", algorithm="ES256", kid="e1"):
        self.url = url
        self.signer = jwt.Signer(algorithm, kid=kid)
        self.shelf = Shelf("application/jwk-set+json")
        self.publish(self.signer)

    def publish(self, *signers, **answer):
        self.shelf.put("/jwks", json.dumps({"keys": [signer.jwk() for signer in signers]}), **answer)

    @property
    def jwks_uri(self):
        return self.shelf.origin + "/jwks"

    @property
    def fetches(self):
        return len(self.shelf.asked)

    def claims(self, audience, sub="ada", life=300, **changes):
        """What an assertion says; None takes a claim away."""
        now = int(time.time())
        claims = {"iss": self.url, "sub": sub, "aud": audience, "iat": now, "exp": now + life,
                  "jti": secrets.token_urlsafe(12), **changes}
        return {name: value for name, value in claims.items() if value is not None}

    def assertion(self, audience, sub="ada", life=300, **changes):
        return self.signer.sign(self.claims(audience, sub, life, **changes))

    def close(self):
        self.shelf.close()


def policy(*options, **member):
    """Options of a client that may exchange."""
    return ("--member", "token_exchange=" + json.dumps(member), *options)


def exchange(client, token, kind=ACCESS, headers=None, **more):
    own, fields = client.credentials()
    form = {"grant_type": EXCHANGE, "subject_token": token, "subject_token_type": kind, **fields, **more}
    form = {name: value for name, value in form.items() if value is not None}
    return client.server.browser().post(TOKEN, form, headers={**own, **(headers or {})}, cookies=False)


def show(client, assertion, **more):
    return client.call(TOKEN, {"grant_type": BEARER, "assertion": assertion, **more})


GRANT = "grant.token_exchange"
MEMBER = "client_metadata_rule.token_exchange"
ORDERS = "https://api.example/orders"
MAIL = "https://mail.example/"
SCOPE = "openid profile offline_access orders:read orders:write"
BOTH = ["impersonation", "delegation"]


class ExchangeStory(Story):
    modules = trusting("auditor")
    more = []

    @classmethod
    def setUpClass(cls):
        cls.plugins = [*USES, GRANT, MEMBER, {"use": "resource_registry.local", "resources": {
            "orders": {"identifier": ORDERS}, "mail": {"identifier": MAIL}}}, *cls.more]
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.client("site", scope=SCOPE)
        cls.other = cls.client("other", "https://other.example/cb", scope=SCOPE)
        cls.gateway = cls.service("gateway", policy(**{"from": ["site", "gateway", "opaque-site", "next"], "as": BOTH}))
        cls.auditor = cls.client("auditor", grants=("client_credentials",), scope="audit")

    @classmethod
    def service(cls, name, options=(), grants=(EXCHANGE, "client_credentials"), scope=SCOPE + " audit", **more):
        return cls.client(name, grants=grants, scope=scope, options=options, **more)

    def login(self, client=None, **changes):
        client = client or self.site
        return client.tokens(self.browser(), self.user, **{"scope": SCOPE, "resource": [ORDERS, MAIL], "prompt": "consent",
                                                           **changes})

    def own(self, client, **more):
        return client.call(TOKEN, {"grant_type": "client_credentials", **more}).json()["access_token"]

    def assertExchanged(self, response, kind="bearer"):
        body = self.assertTokens(response, openid=False, kind=kind)
        self.assertEqual(ACCESS, body["issued_token_type"])
        self.assertNotIn("refresh_token", body)
        return body

    def claims(self, body):
        return jwt.verify(body["access_token"], self.keys())[1]
