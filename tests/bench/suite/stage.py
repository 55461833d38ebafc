# SPDX-License-Identifier: Apache-2.0
"""A running server with the clients, people and tokens that the jobs need."""
import resource
from concurrent.futures import ThreadPoolExecutor

from harness.server import USES, Gatehouse
from harness.site import Person, Site, authorization

from . import raw
from .load import BenchFailed, Load, cpu_seconds, measure

PASSWORD = "correct horse battery staple"
# Proofs are made before the load.
BINDING = {"use": "token_binding.dpop", "proof_life": "10m"}
CHEAP_HASH = {"use": "user_store.local", "memory_kib": 8, "iterations": 1}
TOKEN = "/api/oauth/token"
INTROSPECT = "/api/oauth/introspect"
CREDENTIALS_FORM = "grant_type=client_credentials"


def allow_many_files():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Loads:
    """What a load is made of, and running it. `self` has `browser()` and secrets of clients."""

    def __init__(self, seconds, pid, port, secrets):
        self.seconds = seconds
        self.pid = pid
        self.port = port
        self.secrets = secrets

    def basic(self, client):
        return authorization(client, self.secrets[client])["Authorization"]

    def token_request(self, client):
        return f"POST\t{TOKEN}\t{self.basic(client)}\t{CREDENTIALS_FORM}"

    def introspections(self, client, count=500):
        return [f"POST\t{INTROSPECT}\t{self.basic(client)}\ttoken={token}" for token in self.tokens(client, count)]

    def tokens(self, client, count):
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda _: self.send(self.token_request(client)), range(count)))
        return [answer.json()["access_token"] for answer in answers]

    def send(self, line):
        """One request of a load, by hand."""
        method, path, credentials, body = line.split("\t")
        sent = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        if credentials:
            sent["Authorization"] = credentials
        return self.browser().request(method, path, headers=sent, body=body or None, cookies=False)

    def measure(self, kind, lines, seconds=None, **shape):
        self.check_first(kind, lines)
        return measure(self.pid, self.port, kind, lines, seconds or self.seconds, **shape)

    def start_load(self, kind, lines, seconds=None, **shape):
        return Load(self.port, kind, lines, seconds or self.seconds, **shape)

    def check_first(self, kind, lines):
        """The first answer is looked at: a fast wrong one is worth nothing."""
        if kind != "requests":
            return
        response = self.send(lines[0])
        method, path = lines[0].split("\t")[:2]
        known = {TOKEN: "access_token", INTROSPECT: "active"}.get(path)
        if response.status != 200 or (known and not response.json().get(known)):
            raise BenchFailed(f"{method} {path}: {response!r}")


class Stage(Loads):
    """`has_cheap_hash`: passwords cost next to nothing, so that a login shows what the rest costs.
    `options` are the server's."""

    def __init__(self, people=0, has_cheap_hash=True, seconds=8, **options):
        self.server = Gatehouse(plugins=[CHEAP_HASH if use == "user_store.local" and has_cheap_hash else use
                                         for use in [*USES, BINDING]], **options)
        super().__init__(seconds, None, self.server.port, {})
        for name, options in {"es256": ("--access-token-format", "jwt", "--access-token-alg", "ES256"),
                              "rs256": ("--access-token-format", "jwt", "--access-token-alg", "RS256"),
                              "opaque": ("--access-token-format", "opaque")}.items():
            self._add_client(name, (), ("client_credentials",), options)
        self._add_client("site", ("https://site.example/callback",), ("authorization_code", "refresh_token"),
                         ("--access-token-format", "jwt", "--access-token-alg", "ES256"))
        self.people = [f"person{number}" for number in range(people)]
        for person in self.people:
            self.server.add_user(person, PASSWORD)
        self.sessions = {}
        self.server.launch()
        self.pid = self.server.process.pid

    def _add_client(self, name, redirects, grants, options):
        answer = self.server.add_client(name, *redirects, grants=grants, options=options)
        self.secrets[name] = answer["client_secret"]

    def remove(self):
        self.server.remove()

    def browser(self):
        return self.server.browser()

    def sign_in_all(self):
        """Everybody signs in and agrees once; their cookies stay for single sign-on."""
        for person in self.people:
            if person not in self.sessions:
                browser = self.server.browser()
                landing = self.site().journey(browser, Person(person, PASSWORD))
                if not landing.is_back:
                    raise BenchFailed(f"{person} could not sign in: {landing!r}")
                self.sessions[person] = browser

    def site(self):
        return Site(self.server, "site", self.secrets["site"])

    def sign_ins(self):
        self.sign_in_all()
        lines = [f"site\t{self.basic('site')}"]
        for person, browser in self.sessions.items():
            lines.append(f"{person}\t{PASSWORD}\t{browser.cookie_header('/')}")
        return lines

    def refresh_tokens(self, count):
        """Without `openid`, so that no ID token is signed beside the access token."""
        self.sign_in_all()
        browsers = list(self.sessions.values())

        def one(number):
            return self.site().tokens(browsers[number % len(browsers)], None, scope="profile")["refresh_token"]
        with ThreadPoolExecutor(4) as pool:
            return [self.basic("site"), *pool.map(one, range(count))]

    def proofs(self, count):
        """DPoP proofs for the token endpoint."""
        url = self.server.issuer + TOKEN
        return raw.run("bench_proofs", "POST", url, str(count)).splitlines()

    def issued(self):
        """Access tokens since the start."""
        lines = self.browser().get("/metrics").text.splitlines()
        return int(float(next(line.split()[1] for line in lines if line.startswith("gatehouse_tokens_issued_total"))))

    def cpu(self):
        return cpu_seconds(self.pid)
