# SPDX-License-Identifier: Apache-2.0
"""Another issuer, and clients that exchange tokens (RFC 8693) or show assertions (RFC 7523)."""
import json
import secrets
import time

from . import jwt
from .shelf import Shelf
from .site import TOKEN

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
