# SPDX-License-Identifier: Apache-2.0
"""An HTTP client that keeps cookies, follows nothing by itself, and shows exactly what came."""
import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

# What is raised when no whole answer came.
GONE = (OSError, http.client.HTTPException)


class Response:
    """One answer: status, header fields in order, body."""

    def __init__(self, url, status, headers, body):
        self.url = url
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8")

    def json(self):
        return json.loads(self.text)

    def header(self, name, default=None):
        """The one value of a field; a doubled field is a failure by itself."""
        values = self.all(name)
        if len(values) > 1:
            raise AssertionError(f"{name} was sent {len(values)} times: {values}")
        return values[0] if values else default

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def media_type(self):
        return (self.header("Content-Type") or "").split(";")[0].strip().lower()

    @property
    def location(self):
        """Where a redirect leads, or a page that goes on by itself, absolute; None when this is neither."""
        if self.status == 200 and self.header("Refresh"):
            return urljoin(self.url, self.header("Refresh").partition("url=")[2])
        if self.status not in (301, 302, 303, 307, 308):
            return None
        place = self.header("Location")
        return urljoin(self.url, place) if place else None

    @property
    def params(self):
        """The parameters in the query of a redirect."""
        return query_of(self.location)

    def __repr__(self):
        return f"<{self.status} {self.url} {self.headers} {self.body[:2000]!r}>"


def query_of(url):
    """Query parameters of a URL; a doubled one is a failure by itself."""
    return parameters_of(urlsplit(url).query)


def parameters_of(text):
    """What a query or a fragment says; a doubled parameter is a failure by itself."""
    pairs = parse_qsl(text, keep_blank_values=True)
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise AssertionError(f"doubled parameter in {text}")
    return dict(pairs)


class Cookie:
    def __init__(self, name, value, path, attributes):
        self.name = name
        self.value = value
        self.path = path
        self.attributes = attributes


class Browser:
    """A user agent: cookies by path, one connection a request. `tls`: how it verifies https; `source`: its address."""

    def __init__(self, base, timeout=30, headers=None, tls=None, source=None):
        self.base = base
        self.timeout = timeout
        self.cookies = {}
        self.standing_headers = dict(headers or {})
        self.tls = tls
        self.source = source

    def get(self, url, headers=None, cookies=True, **query):
        if query:
            url += ("&" if "?" in url else "?") + urlencode(query)
        return self.request("GET", url, headers=headers, cookies=cookies)

    def post(self, url, form=None, headers=None, body=None, cookies=True):
        sent = {}
        if body is None:
            body = urlencode(form or {}, doseq=True)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        sent.update(headers or {})
        return self.request("POST", url, headers=sent, body=body, cookies=cookies)

    def request(self, method, url, headers=None, body=None, cookies=True):
        url = self.base + url if url.startswith("/") else urljoin(self.base, url)
        parts = urlsplit(url)
        target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        sent = {**self.standing_headers, **(headers or {})}
        jar = self.cookie_header(parts.path or "/") if cookies else ""
        if jar:
            sent["Cookie"] = jar
        connection = self.connect(parts)
        try:
            data = body.encode() if isinstance(body, str) else body
            connection.request(method, target, body=data, headers=sent)
            answer = connection.getresponse()
            response = Response(url, answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()
        if cookies:
            self.remember(response, parts.path or "/")
        return response

    def connect(self, parts):
        more = {"timeout": self.timeout, "source_address": (self.source, 0) if self.source else None}
        if parts.scheme == "https":
            return http.client.HTTPSConnection(parts.hostname, parts.port, context=self.tls, **more)
        return http.client.HTTPConnection(parts.hostname, parts.port, **more)

    def cookie_header(self, path):
        fitting = [c for c in self.cookies.values() if path_matches(path, c.path)]
        fitting.sort(key=lambda cookie: -len(cookie.path))
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in fitting)

    def remember(self, response, path):
        for line in response.all("Set-Cookie"):
            cookie = parse_cookie(line, path)
            if is_expired(cookie):
                self.cookies.pop((cookie.name, cookie.path), None)
            else:
                self.cookies[(cookie.name, cookie.path)] = cookie


def parse_cookie(line, request_path):
    first, *rest = [part.strip() for part in line.split(";")]
    name, _, value = first.partition("=")
    attributes = {}
    for part in rest:
        key, _, content = part.partition("=")
        attributes[key.strip().lower()] = content.strip()
    default = request_path.rsplit("/", 1)[0] or "/"
    return Cookie(name, value, attributes.get("path") or default, attributes)


def is_expired(cookie):
    if "max-age" in cookie.attributes:
        return int(cookie.attributes["max-age"]) <= 0
    if "expires" in cookie.attributes:
        return parsedate_to_datetime(cookie.attributes["expires"]).timestamp() <= time.time()
    return False


def path_matches(path, cookie_path):
    if path == cookie_path or cookie_path == "/":
        return True
    return path.startswith(cookie_path.rstrip("/") + "/")


def wait_until(condition, seconds=30, message="it did not happen in time"):
    """Asks again until the condition gives something true; returns that."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(message() if callable(message) else message)
        time.sleep(0.02)


def seconds_until(condition, bound):
    """Asks until it is so, and how long that took; who asks `bound` seconds later than now must see it."""
    start = time.monotonic()
    while True:
        begun = time.monotonic()
        if condition():
            return time.monotonic() - start
        if begun - start > bound:
            raise AssertionError(f"it is not so {begun - start:.1f} s later")
        time.sleep(0.01)


def at_once(count, job):
    """Runs job(number) in `count` threads that start together; what they return."""
    gate = threading.Barrier(count)

    def run(number):
        gate.wait()
        return job(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))
