# SPDX-License-Identifier: Apache-2.0
"""What the listener refuses, byte by byte. The process stays up, and nothing is read as a second request."""
import random
import socket
import struct

from harness import raw, site
from harness.story import Story

HOST = b"Host: x"
FORM = b"Content-Type: application/x-www-form-urlencoded"
POST = b"POST /api/oauth/token HTTP/1.1"
SMUGGLED = b"GET /api/healthz HTTP/1.1\r\nHost: x\r\n\r\n"

# name: (bytes, statuses that are right). Whatever follows a refused request is never answered.
REFUSED = {
    "two different Content-Length": (raw.request(POST, (HOST, FORM, b"Content-Length: 5", b"Content-Length: 6"), b"a=bcde"), {400}),
    "Content-Length twice": (raw.request(POST, (HOST, FORM, b"Content-Length: 5", b"Content-Length: 5"), b"a=bcd"), {400}),
    "Content-Length as a list": (raw.request(POST, (HOST, FORM, b"Content-Length: 5, 5"), b"a=bcd"), {400}),
    "Content-Length with Transfer-Encoding": (raw.request(POST, (HOST, FORM, b"Content-Length: 5", b"Transfer-Encoding: chunked"), b"0\r\n\r\n" + SMUGGLED), {400}),
    "Transfer-Encoding before Content-Length": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked", b"Content-Length: 5"), b"0\r\n\r\n" + SMUGGLED), {400}),
    "negative Content-Length": (raw.request(POST, (HOST, FORM, b"Content-Length: -1"), SMUGGLED), {400}),
    "signed Content-Length": (raw.request(POST, (HOST, FORM, b"Content-Length: +5"), b"a=bcd"), {400}),
    "hexadecimal Content-Length": (raw.request(POST, (HOST, FORM, b"Content-Length: 0x5"), b"a=bcd"), {400}),
    "Content-Length of many digits": (raw.request(POST, (HOST, FORM, b"Content-Length: 99999999999999999999999")), {400, 413}),
    "empty Content-Length": (raw.request(POST, (HOST, FORM, b"Content-Length:")), {400}),
    "Content-Length with a space inside": (raw.request(POST, (HOST, FORM, b"Content-Length: 5 5"), b"a=bcd"), {400}),
    "Content-Length over the limit": (raw.request(POST, (HOST, FORM, b"Content-Length: 10000000")), {413}),
    "space before the colon": (raw.request(POST, (HOST, FORM, b"Content-Length : 5"), b"a=bcd"), {400}),
    "unknown Transfer-Encoding": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: gzip"), SMUGGLED), {400, 501}),
    "chunked but not last": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked, gzip"), SMUGGLED), {400, 501}),
    "xchunked": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: xchunked"), b"0\r\n\r\n" + SMUGGLED), {400, 501}),
    "Transfer-Encoding twice": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"), b"0\r\n\r\n"), {400, 501}),
    "Transfer-Encoding in HTTP/1.0": (raw.request(b"POST /api/oauth/token HTTP/1.0", (HOST, FORM, b"Transfer-Encoding: chunked"), b"0\r\n\r\n"), {400, 505}),
    "bad chunk size": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"zz\r\n" + SMUGGLED), {400}),
    "negative chunk size": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"-1\r\n" + SMUGGLED), {400}),
    "chunk size of many digits": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"F" * 40 + b"\r\n"), {400, 413}),
    "chunk longer than it says": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"1\r\nab\r\n0\r\n\r\n"), {400}),
    "chunk line that ends with a bare LF": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"1\na\r\n0\r\n\r\n"), {400}),
    "chunk extension without end": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"1;" + b"x" * 100000), {400, 413, 431}),
    "chunks over the limit": (raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked"), b"10000\r\n" + b"a" * 65536 + b"\r\n10000\r\n" + b"a" * 65536 + b"\r\n0\r\n\r\n"), {413}),
    "bare LF": (b"GET /api/healthz HTTP/1.1\nHost: x\n\n", {400}),
    "bare LF after one field": (b"GET /api/healthz HTTP/1.1\r\nHost: x\nX: y\r\n\r\n", {400}),
    "bare CR in a value": (raw.request(fields=(HOST, b"X: a\rb")), {400}),
    "CR CR LF": (b"GET /api/healthz HTTP/1.1\r\r\nHost: x\r\n\r\n", {400}),
    "folded field": (b"GET /api/healthz HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n", {400}),
    "first field begins with a space": (b"GET /api/healthz HTTP/1.1\r\n Host: x\r\n\r\n", {400}),
    "NUL in a value": (raw.request(fields=(HOST, b"X: a\x00b")), {400}),
    "NUL in a name": (raw.request(fields=(HOST, b"X\x00: a")), {400}),
    "NUL in the target": (raw.request(b"GET /api/\x00healthz HTTP/1.1"), {400}),
    "control character in the target": (raw.request(b"GET /api/\x01healthz HTTP/1.1"), {400}),
    "high byte in the target": (raw.request(b"GET /api/\xffhealthz HTTP/1.1"), {400, 404}),
    "field without a colon": (raw.request(fields=(HOST, b"nonsense")), {400}),
    "field with an empty name": (raw.request(fields=(HOST, b": x")), {400}),
    "field name with a bracket": (raw.request(fields=(HOST, b"X[y]: x")), {400}),
    "no Host": (raw.request(fields=()), {400}),
    "two Hosts": (raw.request(fields=(HOST, b"Host: y")), {400}),
    "Host with a path": (raw.request(fields=(b"Host: x/y",)), {400}),
    "Host with a space": (raw.request(fields=(b"Host: x y",)), {400}),
    "no version": (b"GET /api/healthz\r\nHost: x\r\n\r\n", {400, 505}),
    "unknown version": (raw.request(b"GET /api/healthz HTTP/3.0"), {400, 505}),
    "lower-case version": (raw.request(b"GET /api/healthz http/1.1"), {400, 505}),
    "two spaces": (raw.request(b"GET  /api/healthz HTTP/1.1"), {400}),
    "tab for a space": (raw.request(b"GET\t/api/healthz HTTP/1.1"), {400}),
    "space at the end": (raw.request(b"GET /api/healthz HTTP/1.1 "), {400}),
    "method of brackets": (raw.request(b"G[T /api/healthz HTTP/1.1"), {400, 405, 501}),
    "target that is a word": (raw.request(b"GET healthz HTTP/1.1"), {400}),
    "TLS hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64 + b"\r\n\r\n", {400}),
    "10,000 fields": (raw.request(fields=(HOST, *[b"X-%d: y" % number for number in range(10000)])), {400, 431}),
    "101 fields": (raw.request(fields=(HOST, *[b"X-%d: y" % number for number in range(100)])), {400, 431}),
    "a field of 1 MB": (raw.request(fields=(HOST, b"X: " + b"a" * 1_000_000)), {400, 431}),
    "a target of 1 MB": (raw.request(b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1"), {400, 414, 431}),
    "1 MB that never becomes a line": (b"a" * 1_000_000, {400, 414, 431}),
}


class BadFraming(Story):
    @classmethod
    def furnish(cls):
        """Nobody needs to be known for this."""

    def test_what_is_refused(self):
        for name, (data, right) in REFUSED.items():
            with self.subTest(name):
                answer = raw.exchange(self.server.port, data)
                found = raw.statuses(answer)
                self.assertEqual(1, len(found), answer[:400])
                self.assertIn(found[0], right)
        self.assertAlive()

    def test_every_refusal_closes_the_connection(self):
        """exchange() reads until the end: a refused connection that stays open fails by its time-out."""
        answer = raw.exchange(self.server.port, raw.request(fields=()) + SMUGGLED, timeout=8)
        self.assertEqual([400], raw.statuses(answer))

    def test_a_request_line_of_random_bytes(self):
        chance = random.Random(7)
        for _ in range(300):
            data = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 300))) + b"\r\n\r\n"
            found = raw.statuses(raw.exchange(self.server.port, data, half_close=True))
            self.assertLessEqual(set(found), {400, 404, 405, 414, 431, 501, 505})
        self.assertAlive()

    def test_a_request_cut_at_each_byte(self):
        whole = raw.request(POST, (HOST, FORM, b"Content-Length: 5"), b"a=bcd")
        for end in range(1, len(whole)):
            raw.exchange(self.server.port, whole[:end], half_close=True)
        self.assertAlive()

    def test_a_body_nobody_reads_is_not_the_next_request(self):
        inner = SMUGGLED
        data = raw.request(b"POST /api/no-such-place HTTP/1.1", (HOST, b"Content-Length: %d" % len(inner)), inner)
        answer = raw.exchange(self.server.port, data + raw.request(fields=(HOST, b"Connection: close")))
        self.assertEqual([404, 200], raw.statuses(answer))

    def test_pipelined_requests_are_answered_in_order(self):
        data = raw.request() + raw.request(b"GET /nowhere HTTP/1.1") + raw.request(fields=(HOST, b"Connection: close"))
        self.assertEqual([200, 404, 200], raw.statuses(raw.exchange(self.server.port, data)))

    def test_a_request_byte_by_byte_is_answered(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=15) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for byte in raw.request(fields=(HOST, b"Connection: close")):
                connection.send(bytes([byte]))
            self.assertEqual([200], raw.statuses(raw.read_all(connection)))

    def test_chunks_are_a_body(self):
        data = raw.request(POST, (HOST, FORM, b"Transfer-Encoding: chunked", b"Connection: close"),
                           b"5\r\ngrant\r\n6;x=y\r\n_type=\r\n1\r\nx\r\n0\r\nTrailer: x\r\n\r\n")
        found = raw.statuses(raw.exchange(self.server.port, data))
        self.assertIn(found, ([400], [401]))  # no client: but it was read as a form

    def test_expect_continue(self):
        data = raw.request(POST, (HOST, FORM, b"Content-Length: 5", b"Expect: 100-continue", b"Connection: close"))
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=15) as connection:
            connection.sendall(data)
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 100"))
            connection.sendall(b"a=bcd")
            self.assertIn(raw.statuses(raw.read_all(connection))[0], (400, 401))

    def test_head_has_no_body(self):
        answer = raw.exchange(self.server.port, raw.request(b"HEAD /api/healthz HTTP/1.1", (HOST, b"Connection: close")))
        self.assertTrue(answer.startswith(b"HTTP/1.1 200"), answer)
        self.assertTrue(answer.endswith(b"\r\n\r\n"), answer)

    def test_http_1_0_is_answered_and_closed(self):
        answer = raw.exchange(self.server.port, b"GET /api/healthz HTTP/1.0\r\nHost: x\r\n\r\n")
        self.assertIn(raw.statuses(answer.replace(b"HTTP/1.0", b"HTTP/1.1", 1))[0], (200, 505))

    def test_a_request_that_takes_too_long_is_closed(self):
        """10 s to send a request."""
        answer = raw.exchange(self.server.port, b"GET /api/healthz HTTP/1.1\r\nHost: x\r\n", timeout=20)
        self.assertIn(raw.statuses(answer), ([408], []))

    def test_encoded_paths_reach_nothing_they_should_not(self):
        for path in ("/..%2f..%2fetc/passwd", "/%2e%2e/", "/api/../metrics", "//metrics", "/interaction/%00/login",
                     "/interaction/%ff/login", "/interaction/..%2f..%2fx/login", "/api/oauth/%74oken/x", "/%zz"):
            with self.subTest(path):
                answer = raw.exchange(self.server.port, raw.request(b"GET " + path.encode() + b" HTTP/1.1",
                                                                    (HOST, b"Connection: close")))
                self.assertIn(raw.statuses(answer)[0], (400, 404))


class BadForms(Story):
    """Bodies that are framed well and mean nothing."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.machine = cls.client("machine", grants=("client_credentials",), scope="read")

    def post(self, body, kind="application/x-www-form-urlencoded", url=site.TOKEN):
        headers = {**self.machine.credentials()[0]}
        if kind:
            headers["Content-Type"] = kind
        return self.browser().post(url, body=body, headers=headers)

    def refused(self, body, kind="application/x-www-form-urlencoded", url=site.TOKEN, statuses=(400, 415)):
        response = self.post(body, kind, url)
        self.assertIn(response.status, statuses, response)
        self.assertEqual("application/json", response.media_type)
        self.assertEqual("invalid_request", response.json()["error"])

    def test_a_good_one_is_accepted(self):
        for kind in ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=UTF-8",
                     "Application/X-WWW-Form-URLEncoded;charset=utf-8"):
            self.assertEqual(200, self.post("grant_type=client_credentials", kind).status, kind)

    def test_wrong_content_types(self):
        for kind in ("application/json", "text/plain", "multipart/form-data; boundary=x", "",
                     "application/x-www-form-urlencodedx"):
            with self.subTest(kind):
                self.refused("grant_type=client_credentials", kind)

    def test_doubled_parameters(self):
        for url in (site.TOKEN, site.INTROSPECT, site.REVOKE):
            with self.subTest(url):
                self.refused("grant_type=client_credentials&token=a&token=b&scope=read&scope=read", url=url)

    def test_doubled_grant_type(self):
        self.refused("grant_type=client_credentials&grant_type=client_credentials")

    def test_an_unknown_parameter_may_even_be_doubled(self):
        response = self.post("grant_type=client_credentials&extra=1&extra=2")
        self.assertIn(response.status, (200, 400))

    def test_a_parameter_without_value_counts_as_absent(self):
        self.assertEqual(200, self.post("grant_type=client_credentials&scope=").status)

    def test_bad_escapes(self):
        for body in ("grant_type=%", "grant_type=%z1", "grant_type=%4", "%=1&grant_type=client_credentials"):
            with self.subTest(body):
                self.refused(body)

    def test_nul(self):
        for body in (b"grant_type=client_credentials%00", b"grant_type=client_credentials\x00", b"a%00=1&grant_type=x"):
            with self.subTest(body):
                self.refused(body)

    def test_invalid_utf8(self):
        for body in (b"grant_type=%ff", b"grant_type=\xc3\x28", b"grant_type=%c0%af", b"grant_type=%ed%a0%80",
                     b"grant_type=%f4%90%80%80"):
            with self.subTest(body):
                self.refused(body)

    def test_an_empty_body(self):
        self.refused("")

    def test_ten_thousand_parameters(self):
        body = "&".join(f"a{number}=b" for number in range(10000))
        self.assertIn(self.post(body + "&grant_type=client_credentials").status, (400, 413))
        self.assertAlive()

    def test_an_oversized_body(self):
        response = self.post("grant_type=client_credentials&a=" + "b" * 70000)
        self.assertEqual(413, response.status)

    def test_a_body_at_the_limit(self):
        body = "grant_type=client_credentials&a="
        self.assertEqual(200, self.post(body + "b" * (65536 - len(body))).status)

    def test_get_at_the_token_endpoint(self):
        response = self.get(site.TOKEN + "?grant_type=client_credentials")
        self.assertEqual(405, response.status)
        self.assertIn("POST", response.header("Allow"))

    def test_parameters_in_the_query_of_a_token_request_do_not_count(self):
        headers = {**self.machine.credentials()[0]}
        response = self.browser().post(site.TOKEN + "?grant_type=client_credentials", {}, headers=headers)
        self.assertTokenError(response, "invalid_request", 400)

    def test_bad_queries_at_the_authorization_endpoint_are_a_page(self):
        for query in ("client_id=%ff", "client_id=%00", "client_id=%", "client_id=site%00&redirect_uri=x", "&&&", "=",
                      "client_id=site&redirect_uri=%c0%ae"):
            with self.subTest(query):
                self.assertErrorPage(self.get(site.AUTHORIZE + "?" + query))
        self.assertAlive()


class RudePeers(Story):
    """What strangers do to their connections is no fault of ours: nothing of it is logged as one."""

    starts_anew = True

    def test_no_way_to_leave_is_an_error_in_the_log(self):
        asked = raw.request()
        for sent in (b"", asked[:10], asked, asked * 3, raw.request(POST, (HOST, FORM, b"Content-Length: 50"), b"a=b")):
            connection = socket.create_connection(("127.0.0.1", self.server.port), timeout=30)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # resets
            connection.sendall(sent)
            connection.close()
        self.assertEqual(200, self.get("/api/healthz").status)
        self.server.settled_log()
        told = [line for line in self.server.log_lines() if line["level"] in ("warning", "error")]
        self.assertEqual([], told)
