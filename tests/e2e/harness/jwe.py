# SPDX-License-Identifier: Apache-2.0
"""JSON Web Encryption by two libraries that nobody here wrote: jose (Node) and jwcrypto (Python)."""
import json
import subprocess

from .real_client import CLIENTS, NODE, VENV
from .server import clean_environment

PROGRAMS = {"jose": [NODE, "jwe.mjs"], "jwcrypto": [str(VENV / "bin/python"), "jwe_jwcrypto.py"]}
ALGORITHMS = ("RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW")
ENCRYPTIONS = ("A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM")


class Library:
    """One of them; several calls are one process."""

    def __init__(self, name):
        self.name = name

    def call(self, *calls):
        done = subprocess.run(PROGRAMS[self.name], cwd=CLIENTS, env=clean_environment(), text=True, capture_output=True,
                              input="".join(json.dumps(call) + "\n" for call in calls), timeout=120, check=False)
        if done.returncode != 0:
            raise AssertionError(f"{self.name}: {done.returncode}\n{done.stdout}{done.stderr}")
        return [json.loads(line) for line in done.stdout.splitlines()]

    def key(self, algorithm):
        """A pair: {"public": JWK, "private": JWK}."""
        return self.call({"call": "key", "alg": algorithm})[0]

    def decrypt(self, key, text):
        """Header and plain text."""
        read = self.call({"call": "decrypt", "key": key, "text": text})[0]
        return read["header"], read["plain"]

    def encrypt(self, key, plain, **header):
        return self.call({"call": "encrypt", "key": key, "header": header, "plain": plain})[0]


LIBRARIES = [Library(name) for name in PROGRAMS]
