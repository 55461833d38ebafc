# SPDX-License-Identifier: Apache-2.0
"""https without a proxy: what is agreed on and what is not, which certificate, and what happens when it changes."""
import http.client
import re
import socket
import ssl
import subprocess
import warnings
from pathlib import Path

from harness import raw
from harness.certificate import RSA, Authority, openssl
from harness.load import Load
from harness.server import Gatehouse
from harness.story import Story
from harness.web import Browser, wait_until

ANY = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"
OLD_SUITES = {"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
              "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384"}
HALF_OPEN = 500


class TlsStory(Story):
    @classmethod
    def furnish(cls):
        cls.authority = Authority(cls.server.folder)
        cls.server.config["server"]["hsts"] = "365d"
        cls.server.speak_tls(cls.authority, cls.certificates())
        super().furnish()

    @classmethod
    def certificates(cls):
        return cls.authority.issue("own", "localhost", "127.0.0.1")

    def agree(self, context=None, name="localhost", session=None):
        """A TLS connection."""
        plain = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        try:
            return (context or self.authority.context()).wrap_socket(plain, server_hostname=name, session=session)
        except BaseException:
            plain.close()
            raise

    def is_agreed(self, context):
        try:
            self.agree(context).close()
            return True
        except (ssl.SSLError, ConnectionResetError):
            return False

    def s_client(self, *arguments, stdin="Q\n"):
        done = subprocess.run(["openssl", "s_client", "-connect", f"127.0.0.1:{self.server.port}",
                               "-CAfile", str(self.authority.root), *arguments],
                              input=stdin, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout + done.stderr

    def metric(self, line):
        lines = self.get("/metrics").text.splitlines()
        return float(next((each.split()[-1] for each in lines if each.startswith(line)), 0))

    def wait_for_metric(self, line, value):
        wait_until(lambda: self.metric(line) >= value, message=lambda: f"{line} is {self.metric(line)}, not yet {value}")


class Agreement(TlsStory):
    """What a scanner would look for (RFC 9325)."""

    @classmethod
    def certificates(cls):
        return [cls.authority.issue("own", "localhost", "127.0.0.1"),
                cls.authority.issue("rsa", "rsa.example", kind=RSA),
                cls.authority.issue("wild", "*.wild.example")]

    def test_a_person_logs_in_and_cookies_are_secure(self):
        browser = self.browser()
        tokens = self.site.tokens(browser, self.user, nonce="n")
        self.assertIdToken(tokens["id_token"], self.site, nonce="n")
        self.assertTrue(browser.cookies)
        self.assertEqual(200, self.get("/.well-known/openid-configuration").status)

    def test_browsers_are_told_to_come_by_https_only(self):
        for path in ("/.well-known/openid-configuration", "/", "/nowhere", "/api/oauth/authorize"):
            self.assertEqual("max-age=31536000", self.get(path).header("Strict-Transport-Security"), path)
        plain = Browser(self.server.issuer.replace("https", "http")).get("/", headers={"Accept": "text/html"})
        self.assertEqual((308, None), (plain.status, plain.header("Strict-Transport-Security")))

    def test_only_tls_1_2_and_1_3(self):
        warnings.simplefilter("ignore", DeprecationWarning)
        agreed = set()
        for version in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1, ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = self.authority.context()
            context.set_ciphers(ANY)
            context.minimum_version = context.maximum_version = version
            if self.is_agreed(context):
                agreed.add(version.name)
        self.assertEqual({"TLSv1_2", "TLSv1_3"}, agreed)

    def test_only_ecdhe_with_aes_gcm(self):
        offered = openssl("ciphers", "-tls1_2", "-s", ANY).strip().split(":")
        self.assertGreater(len(offered), 20)
        agreed = set()
        for name in ("localhost", "rsa.example"):
            for suite in offered:
                done = self.s_client("-tls1_2", "-servername", name, "-cipher", f"{suite}:@SECLEVEL=0")
                if f"Cipher is {suite}" in done:
                    agreed.add(suite)
        self.assertEqual(OLD_SUITES, agreed)

    def test_only_aes_gcm_in_tls_1_3(self):
        agreed = {suite for suite in ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                                      "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_CCM_SHA256")
                  if f"Cipher is {suite}" in self.s_client("-tls1_3", "-ciphersuites", suite)}
        self.assertEqual({"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"}, agreed)

    def test_only_elliptic_curves(self):
        agreed = {group for group in ("X25519", "P-256", "P-384", "ffdhe2048")
                  if "Cipher is TLS_" in self.s_client("-tls1_3", "-groups", group)}
        self.assertEqual({"X25519", "P-256", "P-384"}, agreed)

    def test_no_sha1_no_compression_no_renegotiation(self):
        self.assertIn("Cipher is (NONE)", self.s_client("-tls1_2", "-sigalgs", "ECDSA+SHA1:RSA+SHA1"))
        shown = self.s_client("-tls1_2", stdin="R\n")
        self.assertIn("Compression: NONE", shown)
        self.assertIn("Secure Renegotiation IS supported", shown)
        self.assertIn("no renegotiation", shown)

    def test_the_protocol_is_http_1_1(self):
        context = self.authority.context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        with self.agree(context) as connection:
            self.assertEqual("http/1.1", connection.selected_alpn_protocol())
        context.set_alpn_protocols(["h2"])
        with self.assertRaises(ssl.SSLError):
            self.agree(context)

    def test_the_name_chooses_the_certificate(self):
        context = self.authority.context()
        chosen = {}
        for name in ("localhost", "rsa.example", "RSA.Example", "a.wild.example"):
            with self.agree(context, name) as connection:
                chosen[name] = connection.getpeercert()["subject"][0][0][1]
        self.assertEqual({"localhost": "own", "rsa.example": "rsa", "RSA.Example": "rsa", "a.wild.example": "wild"},
                         chosen)

    def test_an_unknown_name_gets_the_first(self):
        context = self.authority.context()
        context.check_hostname = False
        for name in ("elsewhere.example", "a.b.wild.example", "wild.example", None):
            with self.agree(context, name) as connection:
                self.assertEqual("own", connection.getpeercert()["subject"][0][0][1])

    def test_a_session_is_resumed(self):
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            context = self.authority.context()
            context.minimum_version = context.maximum_version = version
            before = self.metric('gatehouse_tls_handshakes_total{resumed="yes"}')
            with self.agree(context, session=self.session(context)) as connection:
                self.assertTrue(connection.session_reused, version)
            # A client of TLS 1.3 is done before the server is.
            self.wait_for_metric('gatehouse_tls_handshakes_total{resumed="yes"}', before + 1)

    def session(self, context):
        with self.agree(context) as connection:
            connection.sendall(raw.request(fields=(b"Host: localhost", b"Connection: close")))
            raw.read_all(connection)
            return connection.session

    def test_nothing_is_accepted_before_the_handshake_is_over(self):
        tickets = self.server.folder / "session.pem"
        shown = self.s_client("-tls1_3", "-sess_out", str(tickets), "-quiet",
                              stdin="GET /api/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        self.assertIn("200 OK", shown)
        self.assertIn("TLSv1.3", openssl("sess_id", "-in", tickets, "-text", "-noout"))
        self.assertNotIn("Early data was accepted", self.s_client("-tls1_3", "-sess_in", str(tickets)))
        self.assertIn("Max Early Data: 0", openssl("sess_id", "-in", tickets, "-text", "-noout"))

    def test_the_end_is_said(self):
        """A client that sees no close_notify must take an answer without length for cut off."""
        with self.agree() as connection:
            connection.sendall(raw.request(fields=(b"Host: localhost", b"Connection: close")))
            answer = raw.read_all(connection)  # raises ssl.SSLEOFError without it
        self.assertEqual([200], raw.statuses(answer))

    def test_a_large_request_comes_through_in_pieces(self):
        body = b"x=" + b"a" * 60_000
        head = (f"POST /api/oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n").encode()
        with self.agree() as connection:
            for begin in range(0, len(body), 7_000):
                connection.sendall((head if begin == 0 else b"") + body[begin:begin + 7_000])
            self.assertEqual([401], raw.statuses(raw.read_all(connection)))

    def test_requests_in_a_row_on_one_connection(self):
        with self.agree() as connection:
            connection.sendall(raw.request(fields=(b"Host: localhost",)) * 40 +
                               raw.request(fields=(b"Host: localhost", b"Connection: close")))
            self.assertEqual([200] * 41, raw.statuses(raw.read_all(connection)))

    def test_health_of_the_command_line(self):
        self.assertEqual(0, self.server.run("health", "--config", self.server.config_file).returncode)


class PlainHttp(TlsStory):
    """On the port where TLS is wanted."""

    def plain(self, method, target, **fields):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        self.addCleanup(connection.close)
        connection.request(method, target, headers={"Host": f"localhost:{self.server.port}", **fields})
        return connection.getresponse()

    def test_a_browser_is_sent_to_https(self):
        for method, target in (("GET", "/api/oauth/authorize?client_id=site&state=1"), ("HEAD", "/assets/icon.svg?x=1")):
            answer = self.plain(method, target, Accept="text/html,*/*")
            self.assertEqual(308, answer.status)
            self.assertEqual(self.server.issuer + target, answer.getheader("Location"))
            self.assertEqual("close", answer.getheader("Connection"))

    def test_the_place_is_the_issuer_s_whatever_the_request_says(self):
        answer = self.plain("GET", "/api/oauth/authorize", Accept="text/html", Host="evil.example")
        self.assertNotIn("evil", answer.getheader("Location") or "")

    def test_everybody_else_is_refused(self):
        for method, target, fields in (("POST", "/api/oauth/token", {"Accept": "text/html"}),
                                       ("GET", "/api/oauth/userinfo", {"Accept": "text/html", "Authorization": "Bearer x"}),
                                       ("GET", "/.well-known/openid-configuration", {}),
                                       ("GET", "/nowhere", {"Accept": "text/html"})):
            answer = self.plain(method, target, **fields)
            self.assertEqual(400, answer.status, target)
            self.assertEqual(b'{"error":"https_required"}', answer.read())

    def test_what_is_neither_is_refused(self):
        for data in (b"\x15\x03\x01\x00\x02\x02\x28", b"\x80\x2e\x01\x00\x02", b"SSH-2.0-x\r\n", b"\x00\r\n\r\n"):
            self.assertIn(b"400", raw.exchange(self.server.port, data, half_close=True)[:20] or b"400")
        self.assertEqual(200, self.get("/api/healthz").status)

    def test_damaged_handshakes_end_in_an_alert(self):
        self.assertEqual(b"\x15", raw.exchange(self.server.port, b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00")[:1])
        self.assertEqual(200, self.get("/api/healthz").status)


class Change(TlsStory):
    """New files, while requests run."""

    def setUp(self):
        self.files = self.server.config["server"]["tls"]

    def serial(self):
        context = self.authority.context()
        with self.agree(context) as connection:
            return connection.getpeercert()["serialNumber"]

    def put(self, files):
        """As tools do that renew: each file at once."""
        for member in ("certificate", "key"):
            fresh = Path(self.files[member] + ".new")
            fresh.write_text(Path(files[member]).read_text())
            fresh.chmod(0o600)
            fresh.rename(self.files[member])

    def swap(self):
        """Another certificate, and SIGHUP; returns when it is served."""
        before = self.serial()
        self.put(self.authority.issue("next", "localhost", "127.0.0.1"))
        self.server.reload()
        wait_until(lambda: self.serial() != before, 30, lambda: f"not served:\n{self.server.log()[-2000:]}")

    def test_under_load_no_request_fails_and_no_connection_is_dropped(self):
        context = self.authority.context()
        kept = http.client.HTTPSConnection("localhost", self.server.port, context=context, timeout=30)
        self.addCleanup(kept.close)
        kept.connect()
        socket_before = kept.sock
        load = Load(lambda: self.browser().get("/.well-known/openid-configuration"))
        try:
            for _ in range(3):
                load.wait_for(20)
                self.swap()
                kept.request("GET", "/api/healthz")
                answer = kept.getresponse()
                self.assertEqual((200, socket_before), (answer.status, kept.sock))
                answer.read()
            load.wait_for(20)
        finally:
            load.stop()
        self.assertEqual([], load.broken)
        self.assertEqual({200}, {answer.status for answer in load.answers})
        print(f"{len(load.answers)} requests over 3 changes of the certificate, {len(load.broken)} failed")

    def test_sessions_outlive_it(self):
        context = self.authority.context()
        session = Agreement.session(self, context)
        self.swap()
        with self.agree(context, session=session) as connection:
            self.assertTrue(connection.session_reused)

    def test_without_a_signal_too(self):
        before = self.serial()
        self.put(self.authority.issue("polled", "localhost", "127.0.0.1"))
        wait_until(lambda: self.serial() != before, 60, lambda: f"not served:\n{self.server.log()[-2000:]}")

    def test_broken_files_change_nothing_and_are_told(self):
        before = self.serial()
        certificate = Path(self.files["certificate"])
        good = certificate.read_text()
        for broken in ("nothing at all", good[:300]):
            length = len(self.server.log())
            certificate.write_text(broken)
            wait_until(lambda length=length: "not replaced, the ones before stay" in self.server.log()[length:], 60,
                       "nothing was said")
            self.assertEqual(before, self.serial())
            certificate.write_text(good)
            self.swap()
            before = self.serial()
        certificate.write_text("and by a signal")
        length = self.server.reload()
        wait_until(lambda: "reload refused" in self.server.log()[length:], 30, "nothing was said")
        self.assertEqual(before, self.serial())


class Wrong(TlsStory):
    """What `check` says of files that clients would stumble over."""

    def check(self, files, change=None):
        config = self.server.config["server"]["tls"]
        self.addCleanup(self.server.config["server"].update, {"tls": config})
        self.server.config["server"]["tls"] = files
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        return done.returncode, done.stdout + done.stderr

    def assertRefused(self, files, said):
        code, text = self.check(files)
        self.assertEqual(78, code, text)
        self.assertRegex(text, r"gatehouse\.yaml:\d+:\d+: server.tls: .*" + said)

    def test_a_key_of_another_certificate(self):
        other = self.authority.issue("other", "localhost")
        mixed = {**self.authority.issue("one", "localhost"), "key": other["key"]}
        self.assertRefused(mixed, "does not belong to the certificate")

    def test_a_chain_out_of_order(self):
        files = self.authority.issue("order", "localhost")
        chain = Path(files["certificate"])
        parts = re.findall(r"-----BEGIN.*?-----END CERTIFICATE-----\n", chain.read_text(), re.S)
        chain.write_text("".join(reversed(parts)))
        self.assertRefused(files, "out of order")
        chain.write_text(parts[0] + self.authority.root.read_text())
        self.assertRefused(files, "did not issue the one before it")

    def test_a_key_that_everybody_can_read(self):
        files = self.authority.issue("open", "localhost")
        Path(files["key"]).chmod(0o644)
        self.assertRefused(files, "is open to everybody")

    def test_a_key_with_a_passphrase(self):
        files = self.authority.issue("locked", "localhost")
        openssl("pkey", "-in", files["key"], "-aes256", "-passout", "pass:x", "-out", files["key"] + ".locked")
        Path(files["key"] + ".locked").chmod(0o600)
        self.assertRefused({**files, "key": files["key"] + ".locked"}, "passphrase")

    def test_files_that_are_not_there_or_not_named(self):
        self.assertRefused({"certificate": "nowhere.pem", "key": "nowhere.key"}, "cannot be read")
        self.assertRefused({"certificate": "nowhere.pem"}, "key: missing")
        self.assertRefused([], "names no certificate")

    def test_what_clients_object_to_is_a_warning(self):
        code, text = self.check(self.authority.issue("elsewhere", "elsewhere.example"))
        self.assertEqual(0, code, text)
        self.assertIn("no certificate of server.tls names localhost", text)
        code, text = self.check(self.authority.issue("past", "localhost", dates=("20240101000000Z", "20240201000000Z")))
        self.assertEqual(0, code, text)
        self.assertIn("expired on 2024-02-01", text)


class Expired(TlsStory):
    @classmethod
    def certificates(cls):
        return cls.authority.issue("past", "localhost", dates=("20240101000000Z", "20240201000000Z"))

    @classmethod
    def setUpClass(cls):
        """It is never ready: see setUp()."""

    def setUp(self):
        server = self.server = Gatehouse(database=self.database)
        self.addCleanup(server.remove)
        self.authority = type(self).authority = Authority(server.folder)
        server.speak_tls(self.authority, self.certificates())
        server.launch(wait=False)

    def test_it_is_a_problem_and_a_metric(self):
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        browser = Browser(self.server.issuer, tls=context)
        wait_until(lambda: "listening on" in self.server.log(), 60, self.server.log)
        answer = browser.get("/api/readyz")
        self.assertEqual(503, answer.status)
        self.assertIn("a TLS certificate expired on 2024-02-01", answer.text)
        self.assertIn("gatehouse_tls_certificate_expiry_seconds", browser.get("/metrics").text)
        self.assertIn("1706745600", browser.get("/metrics").text.replace(".0", ""))


class HalfOpen(TlsStory):
    settings = {"server": {"request_timeout": "3s"}}

    def open_plain(self, data=b""):
        connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
        self.addCleanup(connection.close)
        connection.sendall(data)
        return connection

    def hello(self):
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        try:
            self.authority.context().wrap_bio(incoming, outgoing, server_hostname="localhost").do_handshake()
        except ssl.SSLWantReadError:
            return outgoing.read()

    def test_others_are_served_and_they_end(self):
        hello = self.hello()
        silent = [self.open_plain() for _ in range(HALF_OPEN)]
        begun = [self.open_plain(hello) for _ in range(HALF_OPEN)]
        for _ in range(20):
            self.assertEqual(200, self.get("/api/healthz").status)
        for connection in silent + begun:
            raw.read_all(connection)  # until the server has enough of it
        self.wait_for_metric('gatehouse_http_refused_total{reason="handshake_timeout"}', 2 * HALF_OPEN)

    def test_one_byte_at_a_time_is_no_way_to_stay(self):
        connection = self.open_plain()
        hello = self.hello()
        connection.settimeout(0.2)
        for byte in hello + bytes(1000):
            try:
                connection.sendall(bytes([byte]))
                if connection.recv(65536) == b"":
                    return
            except socket.timeout:
                continue
            except (ConnectionResetError, BrokenPipeError):
                return
        self.fail("still connected")


class Clients(TlsStory):
    """Programs that nobody here wrote; libraries: see test_real_clients."""

    def test_curl(self):
        done = subprocess.run(["curl", "-fsS", "--cacert", str(self.authority.root),
                               self.server.issuer + "/.well-known/openid-configuration"],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertIn(f'"issuer":"{self.server.issuer}"', done.stdout, done.stderr)
