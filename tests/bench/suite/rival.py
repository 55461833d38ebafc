# SPDX-License-Identifier: Apache-2.0
"""node-oidc-provider under the same load, with its memory adapter; npm installs it under build/."""
import contextlib
import json
import shutil
import subprocess
from pathlib import Path

from harness.port import free_port
from harness.web import Browser

from .load import BenchFailed
from .raw import BUILD
from .stage import Loads

SOURCE = Path(__file__).resolve().parents[1] / "rival"
FOLDER = BUILD / "rival"
JOBS = ("discovery", "jwks", "token-es256", "token-rs256", "token-opaque", "introspect-opaque", "refresh")


def install():
    if not shutil.which("npm"):
        raise BenchFailed("--rival needs node and npm")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "provider.mjs"):
        shutil.copy(SOURCE / name, FOLDER / name)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)


class Rival(Loads):
    """One for each job: its memory adapter keeps the thousand newest things, and a job's tokens must be among them."""

    def __init__(self, seconds):
        port = free_port()
        self.process = subprocess.Popen(["node", "provider.mjs", str(port)], cwd=FOLDER, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        ready = json.loads(self.process.stdout.readline() or "null")
        if ready is None:
            raise BenchFailed("node-oidc-provider does not start")
        super().__init__(seconds, self.process.pid, port, ready["secrets"])
        self._refresh_tokens = ready["refreshTokens"]

    def close(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def browser(self):
        return Browser(f"http://127.0.0.1:{self.port}")

    def refresh_tokens(self, count):
        return [self.basic("site"), *self._refresh_tokens[:count]]


def measure(job, seconds):
    with contextlib.closing(Rival(seconds)) as rival:
        return job.load(rival)
