# SPDX-License-Identifier: Apache-2.0
"""A private OpenLDAP server for as long as it is asked for."""
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "private_slapd"


class Slapd:
    def __init__(self, ldif, tls=None):
        """`tls`: {certificate, key}, with which it has a second URL."""
        more = ["--tls", tls["certificate"], tls["key"]] if tls else []
        self.process = subprocess.Popen([PROGRAM, *more, ldif], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.urls = self.process.stdout.readline().split()
        if not self.urls:
            raise RuntimeError("there is no private slapd")

    def tell(self, command):
        """One of tests/private_slapd; returns when it is done."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "ok\n":
            raise RuntimeError(f"the private slapd did not {command}")

    def remove(self):
        self.process.communicate()
