# SPDX-License-Identifier: Apache-2.0
"""What people are called at sites (`sub`) cannot be guessed, and never changes, whatever is made anew."""
import base64
import hashlib
import sqlite3

from harness.story import Story


def without_key(issuer, store, identifier):
    source = b"\0".join(part.encode() for part in (str(issuer), store, identifier))
    return base64.urlsafe_b64encode(hashlib.sha256(source).digest()).decode()[:22]


class Subjects(Story):
    database = "sqlite"

    def told(self):
        tokens = self.site.tokens(self.browser(), self.user)
        told = self.site.userinfo(tokens["access_token"]).json()["sub"]
        self.assertEqual(told, self.server.command("user", "show", "ada")["sub"])
        return told

    def restart(self):
        self.server.stop()
        self.server.launch()

    def test_it_survives_a_restart_and_cannot_be_guessed_from_the_store_id(self):
        told = self.told()
        self.restart()
        self.assertEqual(told, self.told())
        ada = self.server.command("user", "show", "ada")
        self.assertNotEqual(without_key(1, "local", ada["id"]), told)


class OlderDatabase(Subjects):
    """One that was begun before subs had a key: it lacks the mark of the first start."""

    @classmethod
    def furnish(cls):
        super().furnish()
        with sqlite3.connect(cls.server.folder / "gatehouse.db") as database:
            marks = database.execute("DELETE FROM records WHERE payload = CAST('keyed' AS BLOB)").rowcount
        assert marks == 1, marks

    def test_it_survives_a_restart_and_cannot_be_guessed_from_the_store_id(self):
        """Its people keep what sites know them by."""
        told = self.told()
        self.restart()
        self.assertEqual(told, self.told())
        ada = self.server.command("user", "show", "ada")
        self.assertEqual(without_key(1, "local", ada["id"]), told)
