# SPDX-License-Identifier: Apache-2.0
"""An API for access tokens that are JWTs: bearer tokens, and those bound by DPoP or to a certificate. WSGI, for any framework;
`Tokens(app)` is a middleware, and the certificate that a client showed comes from the proxy. pip install joserfc"""
import base64
import hashlib
import json
import ssl
import time
import urllib.request
from urllib.parse import unquote

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, import_key

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
TWO_FACTORS = "urn:gatehouse:acr:two-factors"
METADATA = "/.well-known/oauth-protected-resource"


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def ensure(holds, why):
    if not holds:
        raise ValueError(why)


class Tokens:
    """Answers 401 to who has no good token for `resource`; `app` finds what the token says in environ["token"]."""

    def __init__(self, app, issuer, resource):
        self.app, self.issuer, self.resource = app, issuer, resource
        self.keys = None
        self.fetched = 0
        self.proofs = {}  # until when each is remembered; where several processes serve, keep them in one place (Redis)

    def __call__(self, environ, start_response):
        if environ["PATH_INFO"] == METADATA:  # RFC 9728
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps({"resource": self.resource, "authorization_servers": [self.issuer],
                                "bearer_methods_supported": ["header"]}).encode()]
        if "HTTP_AUTHORIZATION" not in environ:
            return self.refuse(start_response, "")
        try:
            environ["token"] = self.check(environ)
        except (ValueError, KeyError, TypeError, AttributeError, JoseError) as error:
            print(error, file=environ["wsgi.errors"])
            return self.refuse(start_response, 'error="invalid_token", ')
        return self.app(environ, start_response)

    def refuse(self, start_response, challenge):
        found = f'resource_metadata="{self.resource.rstrip("/")}{METADATA}"'
        start_response("401 Unauthorized", [("WWW-Authenticate", f"Bearer {challenge}{found}"),
                                            ("WWW-Authenticate", f'DPoP {challenge}algs="ES256 PS256 EdDSA"')])
        return [b""]

    def check(self, environ):
        scheme, _, text = environ["HTTP_AUTHORIZATION"].partition(" ")
        token = jwt.decode(text, self.keys_for(jws.extract_compact(text.encode()).headers().get("kid")), ALGORITHMS)
        claims = token.claims
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        ensure(token.header["typ"] == "at+jwt" and claims["iss"] == self.issuer and self.resource in audience
               and claims["exp"] > time.time(), "no access token for here and now")
        bound = claims.get("cnf", {})
        ensure(scheme.lower() == ("dpop" if "jkt" in bound else "bearer"), "bound to a key, or not, and shown otherwise")
        if "jkt" in bound:
            self.prove(environ, bound["jkt"], text)
        if "x5t#S256" in bound:  # RFC 8705 section 3
            certificate = unquote(environ.get("HTTP_CLIENT_CERT", ""))
            ensure(certificate and digest(ssl.PEM_cert_to_DER_cert(certificate)) == bound["x5t#S256"],
                   "bound to another certificate")
        return claims

    def keys_for(self, kid):
        """The issuer's keys, fetched again for one that is new, at most once a minute."""
        if not self.keys or (kid not in {key.kid for key in self.keys.keys} and time.time() > self.fetched + 60):
            with urllib.request.urlopen(f"{self.issuer}/.well-known/openid-configuration", timeout=5) as answer:
                address = json.load(answer)["jwks_uri"]
            with urllib.request.urlopen(address, timeout=5) as answer:
                self.keys, self.fetched = KeySet.import_key_set(json.load(answer)), time.time()
        return self.keys

    def prove(self, environ, thumbprint, text):
        """RFC 9449 sections 4.3 and 7.1."""
        proof = environ["HTTP_DPOP"]
        header = jws.extract_compact(proof.encode()).headers()
        key = import_key(header["jwk"])
        ensure(header["typ"] == "dpop+jwt" and not key.is_private and key.thumbprint() == thumbprint, "a foreign key")
        claims = jwt.decode(proof, key, ALGORITHMS).claims
        target = self.resource.rstrip("/") + environ["PATH_INFO"]
        ensure(claims["htm"] == environ["REQUEST_METHOD"] and claims["htu"].partition("?")[0] == target
               and claims["ath"] == digest(text.encode()) and abs(claims["iat"] - time.time()) < 60,
               "a proof of something else")
        now, used = time.time(), f"{thumbprint} {claims['jti']}"
        self.proofs = {name: end for name, end in self.proofs.items() if end > now}
        ensure(self.proofs.setdefault(used, now + 180) == now + 180, "this proof was used before")


def stock(environ, start_response):
    token = environ["token"]
    is_strong = token.get("acr") == TWO_FACTORS and token.get("auth_time", 0) > time.time() - 300
    if environ["PATH_INFO"] == "/orders" and not is_strong:  # RFC 9470
        start_response("401 Unauthorized", [("WWW-Authenticate", 'Bearer error="insufficient_user_authentication", '
                                             f'acr_values="{TWO_FACTORS}", max_age="300"')])
        return [b""]
    start_response("200 OK" if environ["PATH_INFO"] in ("/stock", "/orders") else "404 Not Found",
                   [("Content-Type", "application/json")])
    return [json.dumps({"sub": token["sub"]}).encode()]


if __name__ == "__main__":
    import os
    from wsgiref.simple_server import make_server

    make_server("127.0.0.1", int(os.environ["PORT"]), Tokens(stock, os.environ["ISSUER"], os.environ["RESOURCE"])).serve_forever()
