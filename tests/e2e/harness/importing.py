# SPDX-License-Identifier: Apache-2.0
"""What stories of `gatehouse import` have in common."""
import json

from .site import Person
from .story import Story

PASSWORD = "correct horse"
BCRYPT = "$2b$06$7icTUjGi7vcIR5nhvmUGzeLwhVk2aG4gcVfLgFInZmp3JIDyhPdXa"
WORDPRESS = "$P$55FI4wky9tSq0pQ8ugxWdO.0QJjnmW/"
CLAIMS = {"groups": {"type": "list", "scope": "groups"}, "roles": {"type": "list", "scope": "roles"}}


class Importing(Story):
    settings = {"oauth": {"claims": CLAIMS}}

    def file(self, content, mode=0o600):
        path = self.server.folder / f"{self.id().rsplit('.', 1)[-1]}.import"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        path.chmod(mode)
        return path

    def run_import(self, format_, path, *options):
        return self.server.run("import", format_, str(path), "--json", *options, "--config", self.server.config_file)

    def imports(self, format_, content, *options, code=0):
        done = self.run_import(format_, self.file(content), *options)
        self.assertEqual(code, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def assertRefused(self, format_, content, told):
        done = self.run_import(format_, self.file(content))
        self.assertEqual(1, done.returncode, done.stderr)
        self.assertIn(told, done.stderr)

    @staticmethod
    def names(groups, told):
        """Who stands in the groups whose sentence says this."""
        return sorted(name for group in groups if told in group["why"] for name in group["names"])

    def people(self, **named):
        return [user for user in self.server.command("user", "list")
                if all(user[name] == value for name, value in named.items())]

    def shown(self, login):
        return self.server.command("user", "show", login)

    def assertLogsIn(self, login, password=PASSWORD, site=None):
        self.assertTrue((site or self.site).journey(self.browser(), Person(login, password)).is_back, login)
