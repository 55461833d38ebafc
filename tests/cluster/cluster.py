# SPDX-License-Identifier: Apache-2.0
"""Two nodes behind HAProxy, over a PostgreSQL and a Redis that are machines of their own."""
import json
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from harness import jwt, site
from harness.port import free_port
from harness.postgresql import Postgresql
from harness.redis import Redis, end_with_parent
from harness.server import USES, Gatehouse
from harness.site import Site
from harness.web import GONE, Browser, wait_until
from network import Machine

HERE = Path(__file__).resolve().parent
# Every node knows of a change after so many seconds, or answers 503 (share/doc/operating.md).
KNOWN_WITHIN = 1
SECRET = "the root secret that all nodes of a deployment share"


class Door:
    """An address at which the deployment is reached: the balancer's or a node's. What Site wants of a server."""

    def __init__(self, issuer, address, browser=Browser):
        self.issuer = issuer
        self.address = address
        self.make = browser

    def browser(self, **options):
        return self.make(self.address, **options)


class Cluster:
    def __init__(self):
        self.cleanups = []
        try:
            self.build()
        except BaseException:
            self.remove()
            raise

    def build(self):
        # Its addresses stand for hosts of which each is the primary in turn.
        machine = self.own(Machine(cables=2))
        self.database_cables = machine.cables
        self.postgresql = self.own(Postgresql("--listen", ",".join(machine.addresses), within=machine.within))
        machine = self.own(Machine())
        self.redis_cable = machine.cables[0]
        self.redis = self.own(Redis(self.redis_cable.address, machine.within))
        self.redis.has_long_been_there()
        self.port = free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.nodes = [self.own(self.node()) for _ in range(2)]
        self.door = Door(self.issuer, self.issuer)
        # At the same time: one makes the schema and the keys.
        for node in self.nodes:
            node.launch(wait=False)
        for node in self.nodes:
            node.wait_ready()
        self.furnish()
        self.start_balancer()

    def own(self, thing):
        self.cleanups.append(thing.remove)
        return thing

    def database_url(self, cable=None):
        """By any of its addresses, or by this cable alone."""
        account, hosts = self.postgresql.url.rsplit("@", 1)
        if cable:
            hosts = next(host for host in hosts.split("/")[0].split(",") if host.startswith(cable.address + ":"))
            hosts += "/gatehouse"
        return f"{account}@{hosts}?sslmode=disable"

    def sql(self, statement):
        """As the superuser."""
        url = self.database_url().replace("//gatehouse:", "//postgres:")
        subprocess.run(["psql", "-qAt", "-d", url, "-c", statement], check=True, timeout=60, stdout=subprocess.DEVNULL)

    def node(self, cable=None):
        """All have one configuration, but for the port, as they share this machine."""
        node = Gatehouse(plugins=[*USES, "token_binding.dpop"], settings={
            "oauth": {"issuer": self.issuer},
            "security": {"jwt_secret": SECRET},
            "database": {"url": self.database_url(cable)},
            "redis": {"url": self.redis.url},
            # Counted in Redis, for each token request.
            "limits": {"requests": 1_000_000},
        })
        node.plugin("user_store.local").update(memory_kib=64, iterations=1)
        node.plugin("key_store.local").update(algorithms=["RS256", "ES256"], publish_for="3s")
        node.write_config()
        return node

    def furnish(self):
        first = self.nodes[0]
        self.people = [site.ada(f"ada{number}") for number in range(8)]
        for person in self.people:
            first.add_user(person.login, person.password, person.claims)
        self.site = self.client("site", options=("--consent", "implicit"))
        self.other = self.client("other", "https://other.example/callback")
        self.posting = self.client("posting", method="client_secret_post")
        signer = jwt.Signer("ES256")
        jwks = first.folder / "jwks.json"
        jwks.write_text(json.dumps({"keys": [signer.jwk()]}))
        first.add_client("keyed", grants=("client_credentials",), scope="read", method="private_key_jwt",
                         options=("--jwks", str(jwks)))
        self.keyed = Site(self.door, "keyed", signer=signer)

    def client(self, identifier, redirect="https://site.example/callback", **options):
        made = self.nodes[0].add_client(identifier, redirect, **options)
        return Site(self.door, identifier, made["client_secret"], redirect)

    def start_balancer(self):
        folder = Path(tempfile.mkdtemp(prefix="gatehouse-balancer-"))
        self.cleanups.append(lambda: shutil.rmtree(folder, ignore_errors=True))
        one, two = (f"127.0.0.1:{node.port}" for node in self.nodes)
        (folder / "haproxy.cfg").write_text((HERE / "haproxy.cfg").read_text().format(
            port=self.port, one=one, two=two))
        with open(folder / "log", "wb") as log:
            balancer = subprocess.Popen(["/usr/sbin/haproxy", "-db", "-f", folder / "haproxy.cfg"], stdout=log,
                                        stderr=log, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)

        def end():
            balancer.kill()
            balancer.wait()
        self.cleanups.append(end)
        wait_until(self.answers, 20, lambda: "HAProxy does not answer:\n" + (folder / "log").read_text())

    def answers(self):
        try:
            return self.door.browser().get("/api/healthz").status == 200
        except GONE:
            return False

    # Each node by itself

    def at(self, node, client=None):
        """The client when it speaks to this node alone."""
        client = client or self.site
        return Site(Door(self.issuer, node.issuer), client.id, client.secret, client.redirect, signer=client.signer)

    def is_ready(self, node):
        try:
            return node.browser(timeout=10).get("/api/readyz").status == 200
        except GONE:
            return False

    def wait_for_nodes(self, seconds):
        wait_until(lambda: all(self.is_ready(node) for node in self.nodes), seconds, "a node is not ready again")

    def stop_node(self, node):
        node.process.send_signal(signal.SIGSTOP)

    def continue_node(self, node):
        node.process.send_signal(signal.SIGCONT)

    def remove(self):
        while self.cleanups:
            self.cleanups.pop()()
