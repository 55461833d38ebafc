# SPDX-License-Identifier: Apache-2.0
"""`user_store.http`: people behind a service of the operator's log in, and what becomes of that when the service fails."""
import contextlib
import hashlib
import json
import socket
import subprocess
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from harness.certificate import Authority
from harness.port import free_port
from harness.raw import exchange
from harness.server import ROOT, USES
from harness.site import Person
from harness.story import Story
from harness.web import at_once, wait_until

EXAMPLE = ROOT / "etc/examples/user-service/people.py"
SECRET = "s" * 24
PASSWORD = "correct horse"
GRACE = {"id": "1", "login": "grace", "claims": {"name": "Grace Hopper", "email": "g@x.example", "email_verified": True}}
FRANK = {"id": "2", "login": "frank", "disabled": True}


def kept(identifier, login, disabled=False, **claims):
    """Somebody as the example keeps them."""
    salt = "0a" * 16
    made = hashlib.scrypt(PASSWORD.encode(), salt=bytes.fromhex(salt), n=16384, r=8, p=1).hex()
    return {"id": identifier, "login": login, "disabled": disabled, "claims": claims, "salt": salt, "hash": made}


class Service:
    """Knows two people. `trouble(handler)` answers in its place."""

    def __init__(self, tls=None):
        self.port = free_port()
        self.origin = f"{'https' if tls else 'http'}://{'localhost' if tls else '127.0.0.1'}:{self.port}"
        self.tls = tls
        self.trouble = None
        self.fresh = "no-store"
        self.got = []  # (path, Authorization, what was asked)
        self.connections = []
        self.server = None
        self.open()

    def open(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                service.connections.append(self.connection)

            def do_POST(self):
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.got.append((self.path, self.headers["Authorization"], asked))
                try:
                    (service.trouble or service.answer)(self, asked)
                except OSError:
                    pass  # nobody waits any more

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        if self.tls:
            self.server.socket = self.tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
            while self.connections:
                with contextlib.suppress(OSError):
                    self.connections.pop().shutdown(socket.SHUT_RDWR)

    def answer(self, handler, asked):
        names = [name for name in ("id", "login") if name in asked]
        person = next((each for each in (GRACE, FRANK) if all(each[name] == asked[name] for name in names)), None)
        if "password" in asked and asked["password"] != PASSWORD:
            person = None
        say(handler, {"person": person}, fields={"Cache-Control": self.fresh})

    def asked(self, path):
        return [question for at, _, question in list(self.got) if at == path]


def say(handler, body, status=200, kind="application/json", length=None, fields=None):
    text = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(length or len(text)), **(fields or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(text)
    handler.wfile.flush()


def store(origin, **more):
    return {"use": "user_store.http", "url": origin, "secret": SECRET, **more}


class ExampleService(Story):
    """The service of etc/examples."""

    @classmethod
    def furnish(cls):
        folder = cls.server.folder
        (folder / "people.json").write_text(json.dumps([
            kept("7", "grace", name="Grace Hopper", email="g@x.example", email_verified=True), kept("8", "barred", disabled=True)]))
        (folder / "people.secret").write_text(SECRET + "\n")
        (folder / "people.secret").chmod(0o600)
        port = free_port()
        service = subprocess.Popen([sys.executable, EXAMPLE, folder / "people.json", folder / "people.secret", str(port)],
                                   stderr=subprocess.DEVNULL)
        cls.addClassCleanup(service.wait)
        cls.addClassCleanup(service.kill)
        cls.port = port
        wait_until(cls.is_up, 20, "the example does not start")
        origin = f"http://127.0.0.1:{port}"
        cls.server.config["outgoing"] = {"allow": [origin]}
        cls.server.config["plugins"].append(store(origin, secret={"file": str(folder / "people.secret")}))
        cls.server.write_config()
        cls.site = cls.client("site")

    @classmethod
    def is_up(cls):
        try:
            return exchange(cls.port, b"GET / HTTP/1.0\r\n\r\n")
        except OSError:
            return False

    def test_its_people_log_in_and_have_their_claims(self):
        tokens = self.site.tokens(self.browser(), Person("grace", PASSWORD), scope="openid email profile offline_access", prompt="consent")
        told = self.site.userinfo(tokens["access_token"]).json()
        self.assertEqual(("Grace Hopper", "g@x.example", True), (told["name"], told["email"], told["email_verified"]))
        self.assertTokens(self.site.refresh(tokens["refresh_token"]))

    def test_who_may_not_is_asked_again(self):
        for login, password in (("grace", "wrong"), ("barred", PASSWORD), ("nobody", PASSWORD), ("Grace", PASSWORD), ('grace", "x": "', PASSWORD)):
            with self.subTest(login):
                self.assertEqual(["login", "login"], self.site.journey(self.browser(), Person(login, password)).shown)

    def test_a_question_without_its_secret_is_refused(self):
        for field in (b"", b"Authorization: Bearer wrong\r\n"):
            body = b'{"login": "grace"}'
            head = b"POST /find HTTP/1.0\r\n" + field + b"Content-Length: %d\r\n\r\n" % len(body)
            self.assertIn(b" 401 ", exchange(self.port, head + body))


class HttpUsers(Story):
    more = {"timeout": "1s"}
    outgoing = {"pause": "100ms"}

    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        cls.addClassCleanup(cls.service.close)
        cls.settings = {"outgoing": {"allow": [cls.service.origin], **cls.outgoing}}
        cls.plugins = [*USES, store(cls.service.origin + "/people", **cls.more)]
        super().setUpClass()

    def setUp(self):
        self.over = threading.Event()
        self.addCleanup(self.mend)

    def mend(self):
        self.over.set()
        self.service.trouble = None
        self.service.fresh = "no-store"
        if self.service.server is None:
            self.service.open()
        wait_until(self.is_in, 30, "not back")
        self.service.got.clear()

    def go(self, login="grace", password=PASSWORD):
        return self.site.journey(self.browser(), Person(login, password))

    def is_in(self):
        return self.go().is_back

    def assertAway(self, landing):
        self.assertEqual(503, landing.response.status, landing)
        self.assertGreater(int(landing.response.header("Retry-After")), 0)

    def assertOthersGoOn(self):
        self.assertTrue(self.go(self.user.login, self.user.password).is_back)


class FailingService(HttpUsers):
    def silent(self, handler, asked):
        self.over.wait(60)

    def half_dead(self, handler, asked):
        say(handler, b"", length=50)
        self.over.wait(60)

    def cut(self, handler, asked):
        say(handler, b'{"person": null}', length=50)
        handler.close_connection = True

    def test_each_way_to_fail_is_neither_yes_nor_no(self):
        eve = {"person": {**GRACE, "login": "eve"}}
        troubles = {
            "silent": self.silent, "headers then nothing": self.half_dead, "cut": self.cut,
            "huge": lambda handler, asked: say(handler, json.dumps({"person": None}).encode() + b" " * 10_000_000),
            "not JSON": lambda handler, asked: say(handler, b"<html>grace</html>", kind="text/html"),
            "no JSON inside": lambda handler, asked: say(handler, b"{'person': None}"),
            "another person": lambda handler, asked: say(handler, eve),
            "a claim of the server's": lambda handler, asked: say(handler, {"person": {**GRACE, "claims": {"sub": "root"}}}),
            "a member more": lambda handler, asked: say(handler, {"person": GRACE, "admin": True}),
            "an id that is a number": lambda handler, asked: say(handler, {"person": {**GRACE, "id": 1}}),
            "not found": lambda handler, asked: say(handler, {"person": None}, status=404),
            "refused": lambda handler, asked: say(handler, {"person": None}, status=401),
            "broken": lambda handler, asked: say(handler, {"person": GRACE}, status=500),
            "elsewhere": lambda handler, asked: say(handler, b"", status=307, fields={"Location": self.service.origin + "/other"}),
        }
        for name, trouble in troubles.items():
            with self.subTest(name):
                self.service.trouble = trouble
                self.assertAway(self.go())
                self.assertOthersGoOn()
                self.mend()
        self.assertEqual([], self.service.asked("/other/check"))

    def test_dead(self):
        self.service.close()
        for _ in range(3):
            self.assertAway(self.go())
        self.assertOthersGoOn()
        self.service.open()
        wait_until(self.is_in, 20, "not back")

    def test_the_log_says_what_was_wrong(self):
        self.service.trouble = lambda handler, asked: say(handler, {"person": {**GRACE, "login": "eve"}})
        self.assertAway(self.go())
        wait_until(lambda: "answered about another person" in self.server.log(), 20, "not told")
        self.assertNotIn(PASSWORD, self.server.log())
        self.assertNotIn(SECRET, self.server.log())

    def test_known_and_unknown_are_asked_about_and_answered_alike(self):
        self.service.got.clear()
        lengths = set()
        for login in ("grace", "frank", "nancy"):
            landing = self.go(login, "wrong")
            self.assertEqual((200, ["login", "login"]), (landing.response.status, landing.shown))
            lengths.add(len(landing.response.body))
        self.assertEqual(1, len(lengths))
        self.assertEqual([(path, f"Bearer {SECRET}", {"login": login, **more}) for login in ("grace", "frank", "nancy")
                          for path, more in (("/people/find", {}), ("/people/check", {"password": "wrong"}))], self.service.got)

    def test_who_was_found_is_known_as_long_as_the_answer_said_though_the_service_is_away(self):
        self.service.fresh = "max-age=600"
        tokens = self.site.tokens(self.browser(), Person("grace", PASSWORD), scope="openid email")
        self.assertEqual("g@x.example", self.site.userinfo(tokens["access_token"]).json()["email"])
        self.service.close()
        self.assertEqual("g@x.example", self.site.userinfo(tokens["access_token"]).json()["email"])
        self.assertAway(self.go())


class ManyAtOnce(HttpUsers):
    """A service that hangs holds up as many as may ask it, and nobody else."""

    more = {"timeout": "30s", "checks": 2}
    outgoing = {"pause": "100ms", "timeout": "30s"}

    def test_those_over_the_limit_are_told_at_once(self):
        def hang(handler, asked):
            if "password" in asked:
                self.over.wait(60)
            self.service.answer(handler, asked)

        self.service.trouble = hang
        landings = []
        waiting = threading.Thread(target=lambda: landings.extend(at_once(2, lambda number: self.go(("grace", "nancy")[number]))))
        waiting.start()
        wait_until(lambda: len(self.service.asked("/people/check")) == 2, 30, "not asked")
        self.assertAway(self.go("frank"))
        self.assertOthersGoOn()
        self.assertEqual(2, len(self.service.asked("/people/check")))
        self.over.set()
        waiting.join()
        self.assertEqual([["login", "consent"], ["login", "login"]], [landing.shown for landing in landings])


class StrangersCertificate(Story):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        authority = Authority(Path(folder.name))
        cls.right = Service(authority.server_context("right", "localhost"))
        cls.wrong = Service(authority.server_context("wrong", "elsewhere.example"))
        for service in (cls.right, cls.wrong):
            cls.addClassCleanup(service.close)
        cls.settings = {"outgoing": {"allow": [cls.right.origin, cls.wrong.origin], "ca_file": str(authority.root)}}
        cls.plugins = [*USES, store(cls.right.origin, name="right"), store(cls.wrong.origin, name="wrong")]
        super().setUpClass()

    def test_a_service_with_a_certificate_of_another_name_is_told_nothing(self):
        self.assertTrue(self.site.journey(self.browser(), Person("grace", PASSWORD)).is_back)
        self.assertEqual(503, self.site.journey(self.browser(), Person("nobody", PASSWORD)).response.status)
        self.assertNotEqual([], self.right.got)
        self.assertEqual([], self.wrong.got)
