# SPDX-License-Identifier: Apache-2.0
"""A private PostgreSQL for as long as it is asked for."""
import contextlib
import subprocess
from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[2] / "private_postgresql"


@contextlib.contextmanager
def private_postgresql(*settings):
    """Its URL; it ends with the block. `settings` are the server's: "autovacuum=off"."""
    with subprocess.Popen([PROGRAM, *settings], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        url = server.stdout.readline().strip()
        if not url:
            raise RuntimeError("there is no private PostgreSQL")
        yield url
