# SPDX-License-Identifier: Apache-2.0
"""Audit events told to a URL: at least once each, whoever is down or killed meanwhile."""
import base64
import collections
import hashlib
import hmac
import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness.port import free_port
from harness.postgresql import private_postgresql
from harness.server import USES, Gatehouse
from harness.site import TOKEN, authorization
from harness.web import wait_until

SECRET = "a secret that both ends of the webhook know"


class Receiver:
    """Takes deliveries, once it is opened; `answer(delivery)` gives the status, and may take its time."""

    def __init__(self):
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.answer = lambda delivery: 204
        self.deliveries = []  # (id, body) of what came, answered or not
        self.forged = []
        self.server = None

    def open(self):
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                identifier, time = self.headers["webhook-id"], self.headers["webhook-timestamp"]
                wanted = hmac.new(SECRET.encode(), f"{identifier}.{time}.".encode() + body, hashlib.sha256).digest()
                if self.headers["webhook-signature"] != "v1," + base64.b64encode(wanted).decode():
                    receiver.forged.append(identifier)
                receiver.deliveries.append((identifier, body))
                status = receiver.answer(identifier)
                try:
                    self.send_response(status)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                except OSError:
                    pass  # the node was killed

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()

    def events(self):
        return [event for _, body in list(self.deliveries) for event in json.loads(body)["events"]]

    def tokens(self):
        """How often each token's event came."""
        return collections.Counter(event["details"]["jti"] for event in self.events()
                                   if event["type"] == "token.issued")


class WebhookStory(unittest.TestCase):
    def setUp(self):
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)

    def node(self, settings=None, allow=True):
        """A minute lasts a second for its jobs."""
        webhook = {"use": "event_sink.webhook", "url": f"{self.receiver.origin}/in", "secret": SECRET,
                   "batch": 3}
        server = Gatehouse({"jobs": {"lease": "3s", "first_retry": "80ms", "longest_retry": "1s", "poll": "50ms"},
                            "outgoing": {"allow": [self.receiver.origin] if allow else [], "timeout": "2s",
                                         "pause": "200ms"},
                            **(settings or {})}, [*USES, webhook])
        self.addCleanup(server.remove)
        return server

    def client(self, server):
        made = server.add_client("machine", grants=("client_credentials",), scope="read")
        self.headers = {"Content-Type": "application/x-www-form-urlencoded",
                        **authorization("machine", made["client_secret"])}

    def issue(self, server, count):
        """Gets tokens; their ids, when the sink has all of their events."""
        before = taken(server)
        browser = server.browser()
        tokens = [browser.post(TOKEN, {"grant_type": "client_credentials"}, headers=self.headers).json()["access_token"]
                  for _ in range(count)]
        wait_until(lambda: taken(server) >= before + count, 60, lambda: server.log())
        return [json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))["jti"] for token in tokens]


def taken(server):
    """Events that are durable, as the node's metrics tell."""
    text = server.browser().get("/metrics").text
    lines = [line for line in text.splitlines() if line.startswith("gatehouse_webhook_events_total{")]
    return int(float(lines[0].split()[-1])) if lines else 0


class TestReceiverAndNodeFail(WebhookStory):
    def test_every_event_comes_at_least_once(self):
        with private_postgresql() as url:
            shared = {"database": {"url": url},
                      "security": {"jwt_secret": "a root secret that all nodes share, 40 bytes"}}
            first = self.node(shared)
            second = self.node({**shared, "oauth": {"issuer": first.issuer}})
            self.client(first)
            first.launch()
            second.launch()
            second.issuer = f"http://127.0.0.1:{second.port}"

            # Nobody listens: a minute of the nodes.
            issued = self.issue(first, 30) + self.issue(second, 30)
            wait_until(lambda: "tried again" in first.log() and "tried again" in second.log(), 60, first.log)
            self.assertEqual([], self.receiver.deliveries)

            # It is there again, gets a few, and one node is killed in the middle of a delivery.
            killed = threading.Event()
            hanging = threading.Event()

            def answer(_):
                if len(self.receiver.deliveries) > 10 and not killed.is_set():
                    hanging.set()
                    killed.wait(60)
                return 204

            self.receiver.answer = answer
            self.receiver.open()
            self.assertTrue(hanging.wait(60), first.log())
            issued += self.issue(first, 5)
            first.kill()
            killed.set()
            issued += self.issue(second, 10)
            wait_until(lambda: set(issued) <= set(self.receiver.tokens()), 120, second.log)
            wait_until(lambda: second.command("jobs", "list") == [], 60, second.log)

            self.check(issued)
            self.assertEqual(200, second.browser().get("/api/readyz").status)
            second.stop()

    def check(self, issued):
        """No event is missing; what came twice was said under the same id, in the same words."""
        self.assertEqual([], self.receiver.forged)
        times = self.receiver.tokens()
        self.assertEqual([], [token for token in issued if times[token] == 0])
        bodies = collections.defaultdict(set)
        for identifier, body in self.receiver.deliveries:
            bodies[identifier].add(body)
        self.assertEqual({1}, {len(each) for each in bodies.values()})
        once = collections.Counter(event["details"]["jti"] for each in bodies.values() for body in each
                                   for event in json.loads(body)["events"] if event["type"] == "token.issued")
        self.assertEqual({1}, set(once.values()))
        twice = sum(times[token] > 1 for token in issued)
        print(f"\n{len(issued)} tokens: events of 0 missing, {twice} came more than once; "
              f"{len(self.receiver.deliveries)} requests for {len(bodies)} deliveries")


class TestDeadLetters(WebhookStory):
    def test_what_was_given_up_can_be_tried_again_or_dropped(self):
        server = self.node()
        self.client(server)
        self.receiver.answer = lambda _: 410
        self.receiver.open()
        server.launch()
        issued = self.issue(server, 1)

        def dead():
            return server.command("jobs", "list", "--dead")

        wait_until(dead, 60, server.log)
        wait_until(lambda: all(job["state"] == "dead" for job in server.command("jobs", "list")), 60, server.log)
        job = dead()[0]
        self.assertEqual("event_sink.webhook/deliver", job["handler"])
        self.assertEqual("the receiver answered 410", job["problem"])
        self.assertEqual(200, server.browser().get("/api/readyz").status)
        self.assertIn("gatehouse_jobs_given_up_total", server.browser().get("/metrics").text)

        self.receiver.answer = lambda _: 204
        self.receiver.deliveries.clear()
        count = server.command("jobs", "retry", "--all")["jobs"]
        self.assertGreaterEqual(count, 1)
        wait_until(lambda: set(issued) <= set(self.receiver.tokens()), 60, server.log)
        wait_until(lambda: not dead(), 60, server.log)

        self.receiver.answer = lambda _: 410
        self.issue(server, 1)
        wait_until(dead, 60, server.log)
        done = server.run("jobs", "drop", dead()[0]["id"], "--config", server.config_file)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("1 job dropped", done.stdout)
        for wrong, code in ((("drop", "nothing"), 1), (("drop",), 64), (("retry", "x", "--all"), 64)):
            self.assertEqual(code, server.run("jobs", *wrong, "--config", server.config_file).returncode, wrong)

    def test_one_that_is_not_public_must_be_listed(self):
        server = self.node(allow=False)
        self.client(server)
        self.receiver.open()
        server.launch()
        self.issue(server, 1)
        wait_until(lambda: "is not https; if that is meant, list it under outgoing.allow" in server.log(), 60,
                   server.log)
        self.assertEqual([], self.receiver.deliveries)

    def test_what_is_no_origin_is_told_with_its_place(self):
        server = self.node()
        server.config["outgoing"] = {"allow": [f"{self.receiver.origin}/in"], "ca_file": "nowhere.pem"}
        server.write_config()
        done = server.run("check", "--config", server.config_file)
        self.assertEqual(78, done.returncode, done.stdout)
        told = done.stdout + done.stderr
        self.assertRegex(told, r'gatehouse\.yaml:\d+:\d+: outgoing: allow: ".*/in" is neither an origin')
        self.assertRegex(told, r"gatehouse\.yaml:\d+:\d+: outgoing: ca_file: .*nowhere\.pem")

    def test_events_survive_a_kill_with_the_receiver_down(self):
        server = self.node()
        self.client(server)
        server.launch()
        issued = self.issue(server, 20)
        server.kill()
        self.receiver.open()
        server.launch()
        wait_until(lambda: set(issued) <= set(self.receiver.tokens()), 60, server.log)


if __name__ == "__main__":
    unittest.main()
