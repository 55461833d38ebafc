# SPDX-License-Identifier: Apache-2.0
"""A private MariaDB for as long as it is asked for."""
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

PROGRAM = Path(__file__).resolve().parents[2] / "private_mariadb"


class MariaDb:
    def __init__(self):
        self.process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError("there is no private MariaDB")

    def tell(self, command):
        """One of tests/private_mariadb; returns when it is done."""
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        if self.process.stdout.readline() != "ok\n":
            raise RuntimeError(f"the private MariaDB did not {command}")

    def run(self, statements):
        url = urlsplit(self.url)
        subprocess.run(["mariadb", "--default-character-set=utf8mb4", "-h", url.hostname, "-P", str(url.port), "-u", url.username,
                        f"-p{unquote(url.password)}", url.path[1:]], input=statements, text=True, check=True)

    def remove(self):
        self.process.communicate()
