# SPDX-License-Identifier: Apache-2.0
"""What a node keeps in memory is true within a second of a change at another, or it says that it cannot tell."""
import time

from cluster import KNOWN_WITHIN
from cluster_story import ClusterStory
from harness import jwt, site
from harness.dpop import Prover
from harness.web import at_once, seconds_until, wait_until

OFFLINE = {"scope": "openid offline_access"}


def machine_token(at):
    return at.call(site.TOKEN, {"grant_type": "client_credentials"})


class Caches(ClusterStory):
    def setUp(self):
        self.one, self.two = self.cluster.nodes
        self.user = self.cluster.people[0]
        self.here, self.there = (self.cluster.at(node) for node in self.cluster.nodes)

    def tokens(self, user=None):
        return self.cluster.site.tokens(self.cluster.door.browser(), user or self.user, **OFFLINE)

    def service(self, identifier):
        """A client that gets tokens of its own, known to all nodes."""
        made = self.one.add_client(identifier, grants=("client_credentials",), scope="read")
        client = site.Site(self.cluster.door, identifier, made["client_secret"])
        for node in self.cluster.nodes:
            wait_until(lambda node=node: machine_token(self.cluster.at(node, client)).status == 200, 30, "not known")
        return client

    def tell(self, what, seconds):
        print(f"{what}: {seconds * 1000:.0f} ms ... ", end="", flush=True)

    def assertRefusedWithin(self, what, is_refused):
        self.tell(what, seconds_until(is_refused, KNOWN_WITHIN))


class BetweenTwoNodes(Caches):
    def assertTokenDiesThere(self, token):
        self.assertRefusedWithin("introspection", lambda: not self.there.introspect(token).json().get("active", True))
        self.assertRefusedWithin("userinfo", lambda: self.there.userinfo(token).status == 401)

    def test_an_access_token_revoked_at_one_node_is_refused_at_the_other(self):
        token = self.tokens()["access_token"]
        self.assertTrue(self.there.introspect(token).json()["active"])
        self.assertEqual(200, self.here.revoke(token).status)
        self.assertTokenDiesThere(token)

    def test_a_family_revoked_at_one_node(self):
        tokens = self.tokens()
        self.assertEqual(200, self.here.revoke(tokens["refresh_token"]).status)
        self.assertEqual(400, self.there.refresh(tokens["refresh_token"]).status)
        self.assertTokenDiesThere(tokens["access_token"])

    def test_also_when_every_session_with_the_database_breaks_meanwhile(self):
        token = self.tokens()["access_token"]
        self.assertEqual(200, self.here.revoke(token).status)
        self.cluster.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'gatehouse'")
        self.assertTokenDiesThere(token)

    def test_a_person_disabled_by_a_command(self):
        user = site.ada("disabled")
        self.one.add_user(user.login, user.password, user.claims)
        tokens = self.tokens(user)
        self.one.command("user", "disable", user.login)
        self.assertTokenDiesThere(tokens["access_token"])
        self.assertEqual(400, self.there.refresh(tokens["refresh_token"]).status)

    def test_a_client_removed_by_a_command(self):
        client = self.service("removed")
        there = self.cluster.at(self.two, client)
        token = machine_token(there).json()["access_token"]
        self.one.command("client", "remove", client.id)
        self.assertRefusedWithin("client", lambda: machine_token(there).status == 401)
        self.assertFalse(self.there.introspect(token).json()["active"])

    def test_a_client_changed_by_a_command(self):
        client = self.service("changed")
        there = self.cluster.at(self.two, client)
        self.one.command("client", "update", client.id, "--scope", "write")
        self.tell("scope", seconds_until(lambda: machine_token(there).json().get("scope") == "write", KNOWN_WITHIN))
        self.one.command("client", "rotate-secret", client.id, "--overlap", "0")
        self.assertRefusedWithin("secret", lambda: machine_token(there).status == 401)

    def test_a_new_key_is_published_everywhere_before_anyone_signs_with_it(self):
        before = {key["kid"] for key in self.published(self.two)}
        client = self.service("signing")
        self.one.command("keys", "rotate")
        self.assertRefusedWithin("new key in the other's JWKS",
                                 lambda: {key["kid"] for key in self.published(self.two)} - before)
        signers = {node: set() for node in self.cluster.nodes}

        def all_sign_with_a_new_one():
            for node, used in signers.items():
                token = machine_token(self.cluster.at(node, client)).json()["access_token"]
                used.add(jwt.parts(token)[0]["kid"])
                for reader in self.cluster.nodes:
                    self.assertIn(jwt.parts(token)[0]["kid"], {key["kid"] for key in self.published(reader)})
            return all(used - before for used in signers.values())
        wait_until(all_sign_with_a_new_one, 30, "nobody signs with the new key")

    def test_a_dpop_proof_used_at_one_node_is_refused_at_the_other(self):
        client = self.service("bound")
        key = Prover(self.cluster.issuer)

        def ask(node, proof):
            headers, fields = client.credentials()
            return node.browser().post(site.TOKEN, {**fields, "grant_type": "client_credentials"},
                                       headers={**headers, "DPoP": proof}, cookies=False)
        used = key.proof("POST", site.TOKEN)
        self.assertEqual(200, ask(self.one, used).status)
        self.assertEqual("invalid_dpop_proof", ask(self.two, used).json()["error"])
        once = key.proof("POST", site.TOKEN)
        answers = at_once(32, lambda number: ask(self.cluster.nodes[number % 2], once))
        self.assertEqual(1, [answer.status for answer in answers].count(200))

    def published(self, node):
        return node.browser().get(site.JWKS).json()["keys"]


class CutOff(Caches):
    """A third node that alone loses the database, or stands still."""

    def setUp(self):
        super().setUp()
        self.cable = self.cluster.database_cables[1]
        self.lonely = self.cluster.node(self.cable)
        self.addCleanup(self.lonely.remove)
        self.lonely.launch()
        self.at_lonely = self.cluster.at(self.lonely)

    def cut_off(self):
        self.cable.pull()
        self.addCleanup(self.cable.mend)

    def assertNeverSaysYesAgain(self, ask, is_yes):
        """From a second later on: 503 while it cannot know, then no."""
        time.sleep(KNOWN_WITHIN)
        answers = [ask() for _ in range(3)]
        self.assertFalse([answer for answer in answers if is_yes(answer)], answers)
        self.assertTrue(all(answer.status == 503 and answer.header("Retry-After") for answer in answers), answers)
        self.cable.mend()
        wait_until(lambda: (answer := ask()).status != 503 and not self.assertFalse(is_yes(answer), answer), 30,
                   "it does not come back")

    def test_a_token_revoked_elsewhere(self):
        token = self.tokens()["access_token"]
        self.assertTrue(self.at_lonely.introspect(token).json()["active"])
        self.cut_off()
        self.assertEqual(200, self.here.revoke(token).status)
        self.assertNeverSaysYesAgain(lambda: self.at_lonely.introspect(token),
                                     lambda answer: answer.status == 200 and answer.json()["active"])

    def test_a_client_removed_elsewhere(self):
        client = self.service("gone")
        there = self.cluster.at(self.lonely, client)
        self.assertEqual(200, machine_token(there).status)
        self.cut_off()
        self.one.command("client", "remove", client.id)
        self.assertNeverSaysYesAgain(lambda: machine_token(there), lambda answer: answer.status == 200)

    def test_a_client_that_was_removed_while_the_node_stood_still(self):
        client = self.service("late")
        there = self.cluster.at(self.lonely, client)
        for _ in range(10):
            self.assertEqual(200, machine_token(there).status)
        self.cluster.stop_node(self.lonely)
        self.one.command("client", "remove", client.id)
        time.sleep(KNOWN_WITHIN)
        self.cluster.continue_node(self.lonely)
        self.assertEqual(401, machine_token(there).status)

    def test_whoever_asks_is_told_in_time(self):
        """Sessions that are dead without having said so do not make everybody wait, one after the other."""
        token = self.tokens()["access_token"]
        at_once(12, lambda _: self.at_lonely.userinfo(token))
        self.cut_off()
        wait_until(lambda: self.at_lonely.introspect(token).status == 503, 30, "it still answers")
        begun = time.monotonic()
        answers = at_once(20, lambda _: self.at_lonely.introspect(token))
        self.assertEqual({503}, {answer.status for answer in answers})
        self.tell("20 answers while it cannot know", time.monotonic() - begun)
        self.cable.mend()
        begun = time.monotonic()
        wait_until(lambda: self.at_lonely.introspect(token).status == 200, 30, "it does not come back")
        self.tell("recovered after", time.monotonic() - begun)
