# SPDX-License-Identifier: Apache-2.0
"""What jwcrypto makes of a JWE: each line of standard input is a call, each line of standard output its result."""
import json
import sys

from jwcrypto.jwe import JWE
from jwcrypto.jwk import JWK


def key(alg):
    made = JWK.generate(kty="RSA", size=2048) if alg.startswith("RSA") else JWK.generate(kty="EC", crv="P-256")
    return {"public": made.export_public(as_dict=True), "private": made.export_private(as_dict=True)}


def decrypt(key, text):  # pylint: disable=redefined-outer-name
    read = JWE()
    read.deserialize(text, JWK(**key))
    return {"header": read.jose_header, "plain": read.payload.decode()}


def encrypt(key, header, plain):  # pylint: disable=redefined-outer-name
    made = JWE(plain.encode(), json.dumps(header))
    made.add_recipient(JWK(**key))
    return made.serialize(compact=True)


CALLS = {"key": key, "decrypt": decrypt, "encrypt": encrypt}
for line in sys.stdin:
    given = json.loads(line)
    print(json.dumps(CALLS[given.pop("call")](**given)), flush=True)
