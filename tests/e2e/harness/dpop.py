# SPDX-License-Identifier: Apache-2.0
"""A client's key, and proofs that it has it (RFC 9449)."""
import hashlib
import json
import secrets
import time

from . import jwt


class Prover:
    """`issuer`: what the htu of its proofs begins with."""

    def __init__(self, issuer, algorithm="ES256"):
        self.origin = "/".join(issuer.split("/")[:3])
        self.signer = jwt.Signer(algorithm)
        self.key = {name: value for name, value in self.signer.jwk().items() if name not in ("kid", "use", "alg")}

    @property
    def jkt(self):
        members = {name: self.key[name] for name in ("crv", "e", "kty", "n", "x", "y") if name in self.key}
        text = json.dumps(members, sort_keys=True, separators=(",", ":"))
        return jwt.b64(hashlib.sha256(text.encode()).digest())

    def claims(self, method, path, token=None, **changes):
        claims = {"jti": secrets.token_urlsafe(16), "htm": method, "htu": self.origin + path, "iat": int(time.time())}
        if token:
            claims["ath"] = jwt.b64(hashlib.sha256(token.encode()).digest())
        claims.update(changes)
        return {name: value for name, value in claims.items() if value is not None}

    def proof(self, method, path, token=None, header=None, signer=None, **changes):
        """Claims and members of the header may be changed; None takes one away."""
        head = {"typ": "dpop+jwt", "alg": self.signer.algorithm, "jwk": self.key, **(header or {})}
        head = {name: value for name, value in head.items() if value is not None}
        signed = jwt.encode(head) + "." + jwt.encode(self.claims(method, path, token, **changes))
        return signed + "." + jwt.b64((signer or self.signer).signature(signed.encode()))
