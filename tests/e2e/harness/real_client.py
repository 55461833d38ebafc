# SPDX-License-Identifier: Apache-2.0
"""Client libraries that nobody here wrote, each a program of its own in tests/e2e/clients."""
import json
import os
import subprocess
from pathlib import Path

from .server import BUILD, ROOT, clean_environment

CLIENTS = ROOT / "tests/e2e/clients"
VENV = Path(os.environ.get("GATEHOUSE_TEST_VENV", BUILD.parent / "test-venv"))
NODE = os.environ.get("GATEHOUSE_TEST_NODE", "node")


def run_client(command, site, user, environment=None, **more):
    """A whole login; raises with what the program said when it did not get through."""
    given = {"issuer": site.server.issuer, "client_id": site.id, "client_secret": site.secret,
             "redirect_uri": site.redirect,
             "user": {"username": user.login, "password": user.password, "email": user.claims["email"]}, **more}
    environment = clean_environment(PYTHONPATH=str(ROOT / "tests/e2e"), PYTHONDONTWRITEBYTECODE="1",
                                    **(environment or {}))
    done = subprocess.run([*command, json.dumps(given)], cwd=CLIENTS, env=environment, capture_output=True, text=True,
                          timeout=120, check=False)
    if done.returncode != 0 or "logged in as " not in done.stdout:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")
