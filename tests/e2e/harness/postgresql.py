# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL for as long as it is asked for."""
import contextlib
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "private_postgresql"


class Postgresql:
    """`within`: the words before the command, for instance those that enter a namespace."""

    def __init__(self, *arguments, within=()):
        self.process = subprocess.Popen([*within, PROGRAM, *arguments], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError("there is no private PostgreSQL")

    def tell(self, command):
        """One of tests/private_postgresql; returns when it is done."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "ok\n":
            raise RuntimeError(f"the private PostgreSQL did not {command}")

    def remove(self):
        self.process.communicate()


@contextlib.contextmanager
def private_postgresql(*settings):
    """Its URL; it ends with the block. `settings` are the server's: "autovacuum=off"."""
    server = Postgresql(*settings)
    try:
        yield server.url
    finally:
        server.remove()
