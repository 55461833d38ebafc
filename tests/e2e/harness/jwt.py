# SPDX-License-Identifier: Apache-2.0
"""JSON Web Tokens, checked and made with the openssl command: nothing of the server's own code."""
import base64
import hashlib
import hmac
import json
import subprocess
import tempfile
from pathlib import Path

CURVES = {"P-256": (bytes.fromhex("06082a8648ce3d030107"), 32),
          "P-384": (bytes.fromhex("06052b81040022"), 48),
          "P-521": (bytes.fromhex("06052b81040023"), 66)}
HASHES = {"256": "sha256", "384": "sha384", "512": "sha512"}


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    if "=" in text or "+" in text or "/" in text:
        raise AssertionError(f"not base64url without padding: {text[:60]}")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def parts(token):
    pieces = token.split(".")
    if len(pieces) != 3:
        raise AssertionError(f"not a compact JWS: {token[:80]}")
    return json.loads(unb64(pieces[0])), json.loads(unb64(pieces[1])), unb64(pieces[2])


def claims_of(token):
    return parts(token)[1]


def verify(token, keys, algorithms=None):
    """Header and claims of a token that one of `keys` (a JWKS list) signed; raises otherwise."""
    header, claims, signature = parts(token)
    if algorithms and header["alg"] not in algorithms:
        raise AssertionError(f"alg {header['alg']} is none of {algorithms}")
    fitting = [key for key in keys if key.get("kid") == header.get("kid")]
    if len(fitting) != 1:
        raise AssertionError(f"{len(fitting)} keys have kid {header.get('kid')}")
    signed = token.rsplit(".", 1)[0].encode()
    if not signature_is_good(header["alg"], fitting[0], signed, signature):
        raise AssertionError("the signature does not verify")
    return header, claims


def signature_is_good(algorithm, jwk, signed, signature):
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        (folder / "key.pem").write_text(pem(jwk))
        (folder / "data").write_bytes(signed)
        if algorithm.startswith("ES"):
            signature = der_signature(signature)
        (folder / "signature").write_bytes(signature)
        if algorithm == "EdDSA":
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin",
                       "-in", "data", "-sigfile", "signature"]
        else:
            command = ["openssl", "dgst", "-" + HASHES[algorithm[2:]], "-verify", "key.pem",
                       *padding(algorithm), "-signature", "signature", "data"]
        return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def padding(algorithm):
    if not algorithm.startswith("PS"):
        return []
    return ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest"]


def der(tag, content):
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def der_integer(data):
    data = data.lstrip(b"\0") or b"\0"
    return der(0x02, (b"\0" if data[0] & 0x80 else b"") + data)


def der_signature(raw):
    half = len(raw) // 2
    return der(0x30, der_integer(raw[:half]) + der_integer(raw[half:]))


def pem(jwk):
    """A public JWK as SubjectPublicKeyInfo (RFC 5280 section 4.1)."""
    if jwk["kty"] == "RSA":
        algorithm = bytes.fromhex("300d06092a864886f70d0101010500")
        key = der(0x30, der_integer(unb64(jwk["n"])) + der_integer(unb64(jwk["e"])))
    elif jwk["kty"] == "EC":
        curve, size = CURVES[jwk["crv"]]
        algorithm = der(0x30, bytes.fromhex("06072a8648ce3d0201") + curve)
        x, y = unb64(jwk["x"]), unb64(jwk["y"])
        if len(x) != size or len(y) != size:
            raise AssertionError("EC coordinates have the wrong length (RFC 7518 section 6.2.1)")
        key = b"\x04" + x + y
    elif jwk["kty"] == "OKP" and jwk["crv"] == "Ed25519":
        algorithm = bytes.fromhex("300506032b6570")
        key = unb64(jwk["x"])
    else:
        raise AssertionError(f"a key that nobody can use: {jwk}")
    body = base64.encodebytes(der(0x30, algorithm + der(0x03, b"\0" + key))).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}-----END PUBLIC KEY-----\n"


class Signer:
    """A private key made by openssl; signs JWTs as a client would."""

    def __init__(self, algorithm, kid="client-key"):
        self.algorithm = algorithm
        self.kid = kid
        kind = {"RS": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
                "PS": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
                "ES": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
                "Ed": ["ED25519"]}[algorithm[:2]]
        self.private = run("openssl", "genpkey", "-algorithm", *kind)
        self.public = run("openssl", "pkey", "-pubout", "-outform", "DER", data=self.private)

    def jwk(self, **members):
        base = {"kid": self.kid, "use": "sig", "alg": self.algorithm}
        if self.algorithm[:2] in ("RS", "PS"):
            modulus = run("openssl", "rsa", "-noout", "-modulus", data=self.private).decode()
            number = bytes.fromhex(modulus.split("=")[1].strip())
            base.update(kty="RSA", n=b64(number), e="AQAB")
        elif self.algorithm.startswith("ES"):
            base.update(kty="EC", crv="P-256", x=b64(self.public[-64:-32]), y=b64(self.public[-32:]))
        else:
            base.update(kty="OKP", crv="Ed25519", x=b64(self.public[-32:]))
        base.update(members)
        return base

    def sign(self, claims, **header):
        head = {"alg": self.algorithm, "kid": self.kid, "typ": "JWT", **header}
        signed = encode(head) + "." + encode(claims)
        return signed + "." + b64(self.signature(signed.encode()))

    def signature(self, data):
        with tempfile.TemporaryDirectory() as folder:
            key = Path(folder) / "key.pem"
            key.write_bytes(self.private)
            (Path(folder) / "data").write_bytes(data)
            if self.algorithm == "EdDSA":
                return run("openssl", "pkeyutl", "-sign", "-inkey", str(key), "-rawin",
                           "-in", str(Path(folder) / "data"))
            made = run("openssl", "dgst", "-" + HASHES[self.algorithm[2:]], "-sign", str(key),
                       *padding(self.algorithm), str(Path(folder) / "data"))
        return raw_signature(made) if self.algorithm.startswith("ES") else made


def raw_signature(made):
    """r and s of a DER signature, 32 bytes each."""
    length = made[3]
    first, second = made[4:4 + length], made[6 + length:]
    return b"".join(part.lstrip(b"\0").rjust(32, b"\0") for part in (first, second))


def hs256(claims, secret, **header):
    head = {"alg": "HS256", "typ": "JWT", **header}
    signed = encode(head) + "." + encode(claims)
    key = secret if isinstance(secret, bytes) else secret.encode()
    return signed + "." + b64(hmac.new(key, signed.encode(), hashlib.sha256).digest())


def encode(value):
    return b64(json.dumps(value, separators=(",", ":")).encode())


def run(*command, data=None):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
