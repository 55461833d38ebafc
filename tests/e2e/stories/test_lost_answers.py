# SPDX-License-Identifier: Apache-2.0
"""The database commits, and its answer is lost: whoever tries again honestly is no thief."""
import unittest
from urllib.parse import urlsplit

from harness.postgresql import private_postgresql
from harness.proxy import CuttingProxy
from harness.server import Gatehouse
from harness.site import Site, ada
from harness.web import wait_until

OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}
# As a call has it; sessions that are opened name it otherwise.
BATCH = b"\0gatehouse_apply\0"


class LostAnswers(unittest.TestCase):
    def setUp(self):
        postgresql = private_postgresql()
        url = postgresql.__enter__()
        self.addCleanup(postgresql.__exit__, None, None, None)
        port = urlsplit(url).port
        self.proxy = CuttingProxy(port)
        self.addCleanup(self.proxy.close)
        self.server = Gatehouse({"database": {"url": url.replace(f":{port}/", f":{self.proxy.port}/")},
                                 "security": {"jwt_secret": "the root secret of a node whose answers are lost"}},
                                database="sqlite")
        self.addCleanup(self.server.remove)
        self.user = ada()
        self.server.add_user(self.user.login, self.user.password, self.user.claims)
        secret = self.server.add_client("site", "https://site.example/callback")["client_secret"]
        self.server.launch()
        self.site = Site(self.server, "site", secret)

    def again(self, ask):
        """The answer of a server that can be asked."""
        answers = []

        def is_answered():
            answers.append(ask())
            return answers[-1].status != 503
        wait_until(is_answered, 60, "it did not recover")
        return answers[-1]

    def test_a_code_whose_exchange_was_not_answered_is_no_theft(self):
        code = self.site.journey(self.server.browser(), self.user, **OFFLINE).code
        self.proxy.cut_answer_to(BATCH)
        lost = self.site.redeem(code)
        self.assertTrue(self.proxy.is_cut.is_set())
        self.assertEqual(503, lost.status, lost)
        retried = self.again(lambda: self.site.redeem(code))
        self.assertEqual((400, "invalid_grant"), (retried.status, retried.json()["error"]), retried)
        self.assertNotIn("authorization_code.reused", self.server.settled_log())
        tokens = self.site.tokens(self.server.browser(), self.user, **OFFLINE)
        self.assertEqual(200, self.site.refresh(tokens["refresh_token"]).status)

    def test_a_refresh_that_was_not_answered_is_answered_when_tried_again(self):
        token = self.site.tokens(self.server.browser(), self.user, **OFFLINE)["refresh_token"]
        self.proxy.cut_answer_to(BATCH)
        lost = self.site.refresh(token)
        self.assertTrue(self.proxy.is_cut.is_set())
        self.assertEqual(503, lost.status, lost)
        retried = self.again(lambda: self.site.refresh(token))
        self.assertEqual(200, retried.status, retried)
        self.assertEqual(200, self.site.refresh(retried.json()["refresh_token"]).status)
