# SPDX-License-Identifier: Apache-2.0
"""Client libraries that nobody here wrote, each a program of its own in tests/e2e/clients."""
import json
import os
import subprocess
from pathlib import Path

from .server import BUILD, ROOT, clean_environment

MADE = Path(os.environ.get("GATEHOUSE_TEST_CLIENTS", BUILD.parent / "test-clients"))
CLIENTS = ROOT / "tests/e2e/clients"
VENV = Path(os.environ.get("GATEHOUSE_TEST_VENV", BUILD.parent / "test-venv"))
NODE = os.environ.get("GATEHOUSE_TEST_NODE", "node")


def given(site, user, **more):
    """What a client program is told, as JSON."""
    return json.dumps({"issuer": site.server.issuer, "client_id": site.id, "client_secret": site.secret,
                       "redirect_uri": site.redirect,
                       "user": {"username": user.login, "password": user.password, "email": user.claims["email"]},
                       **more})


def run_client(command, site, user, environment=None, **more):
    """A whole login; raises with what the program said when it did not get through."""
    environment = clean_environment(PYTHONPATH=str(ROOT / "tests/e2e"), PYTHONDONTWRITEBYTECODE="1",
                                    **(environment or {}))
    done = subprocess.run([*command, given(site, user, **more)], cwd=CLIENTS, env=environment, capture_output=True,
                          text=True, timeout=120, check=False)
    if done.returncode != 0 or "logged in as " not in done.stdout:
        raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}{done.stderr}")


def run_site(command, site, user, environment=None):
    """The same with a program that has nobody at a browser: it says where to go, and reads where that led."""
    with subprocess.Popen([*command, given(site, user)], env=clean_environment(**(environment or {})), text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        start = program.stdout.readline().strip()
        browser = site.server.browser()
        back = site.walk(browser, browser.get(start), user).response.location if start else ""
        output, errors = program.communicate(f"{back}\n", timeout=120)
    if program.returncode != 0 or "logged in as " not in output:
        raise AssertionError(f"{command}: {program.returncode}\n{start}\n{back}\n{output}{errors}")
