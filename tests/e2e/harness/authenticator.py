# SPDX-License-Identifier: Apache-2.0
"""An authenticator with its browser (WebAuthn level 3), in software: what a page's script would send."""
import hashlib
import json
import secrets

from . import jwt

PRESENT, VERIFIED, ELIGIBLE, BACKED_UP, CREDENTIAL = 0x01, 0x04, 0x08, 0x10, 0x40
COSE = {"ES256": -7, "EdDSA": -8, "RS256": -257}


def cbor(value):
    """Deterministic CBOR (RFC 8949) of whole numbers, bytes and maps of them."""
    def head(major, number):
        for size, info in ((1, 24), (2, 25), (4, 26)):
            if number < 24:
                return bytes([major << 5 | number])
            if number < 1 << 8 * size:
                return bytes([major << 5 | info]) + number.to_bytes(size, "big")
        raise ValueError(number)
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, bytes):
        return head(2, len(value)) + value
    return head(5, len(value)) + b"".join(cbor(name) + cbor(one) for name, one in value.items())


class Passkey:
    """A credential that an authenticator holds."""

    def __init__(self, rp_id, handle, algorithm):
        self.id = secrets.token_bytes(32)
        self.rp_id, self.handle = rp_id, handle
        self.signer = jwt.Signer(algorithm)

    def cose_key(self):
        """RFC 9052 section 7, RFC 9053."""
        jwk, number = self.signer.jwk(), COSE[self.signer.algorithm]
        part = {name: jwt.unb64(jwk[name]) for name in ("x", "y", "n", "e") if name in jwk}
        if number == -257:
            return {1: 3, 3: number, -1: part["n"], -2: part["e"]}
        if number == -8:
            return {1: 1, 3: number, -1: 6, -2: part["x"]}
        return {1: 2, 3: number, -1: 1, -2: part["x"], -3: part["y"]}

    def signature(self, data):
        made = self.signer.signature(data)
        return jwt.der_signature(made) if self.signer.algorithm == "ES256" else made


class Authenticator:
    """`changes` of its answers are what an attacker would do: origin, type, challenge, rp_id, flags, count ..."""

    def __init__(self, origin, algorithm="ES256", flags=PRESENT | VERIFIED, counts=True):
        self.origin, self.algorithm, self.flags = origin, algorithm, flags
        self.counts, self.count = counts, 0
        self.passkeys = []

    @staticmethod
    def options(page):
        return json.loads(page.form("passkey-form").options)

    def _client_data(self, kind, options, **changes):
        data = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        data.update((name, value) for name, value in changes.items() if name in (
            "type", "challenge", "origin", "crossOrigin", "topOrigin"))
        return changes.get("client_data") or json.dumps(data).encode()

    def _data(self, own, more=b"", extra=0, **changes):
        self.count += self.counts
        flags = changes.get("flags", self.flags) | extra
        count = changes.get("count", self.count)
        return hashlib.sha256(changes.get("rp_id", own).encode()).digest() + bytes([flags]) + count.to_bytes(4, "big") + more

    def create(self, page, passkey=None, **changes):
        """The fields of the form that sets a passkey up."""
        options = self.options(page)
        passkey = passkey or Passkey(options["rp"]["id"], jwt.unb64(options["user"]["id"]), self.algorithm)
        identifier = changes.get("id", passkey.id)
        tail = bytes(16) + len(identifier).to_bytes(2, "big") + identifier + changes.get("key", cbor(passkey.cose_key()))
        self.passkeys.append(passkey)
        data = self._data(passkey.rp_id, changes.get("tail", tail), CREDENTIAL, **changes)
        return {"clientDataJSON": jwt.b64(self._client_data("webauthn.create", options, **changes)),
                "authenticatorData": jwt.b64(data), "transports": "internal,hybrid"}

    def get(self, page, passkey=None, **changes):
        """The fields of the form that signs somebody in."""
        options = self.options(page)
        passkey = passkey or self.passkeys[-1]
        client_data = self._client_data("webauthn.get", options, **changes)
        data = self._data(passkey.rp_id, changes.get("tail", b""), **changes)
        made = passkey.signature(data + hashlib.sha256(client_data).digest())
        return {"id": jwt.b64(changes.get("id", passkey.id)), "clientDataJSON": jwt.b64(client_data),
                "authenticatorData": jwt.b64(data), "signature": jwt.b64(changes.get("signature", made)),
                "userHandle": jwt.b64(changes.get("handle", passkey.handle))}
