# SPDX-License-Identifier: Apache-2.0
"""Where sites hear of logouts: POSTs of logout tokens, and GETs of frames."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from . import jwt
from .port import free_port


class LogoutSite:
    """`answer(path)` gives the status, and may take its time. Several sites may share one, by path."""

    def __init__(self):
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.answer = lambda path: 200
        self.body = b""
        self.headers = {}
        self.posts = []  # (path, form) of what came, answered or not
        self.gets = []  # (path, query)
        self.page = b"<!DOCTYPE html><title>out</title>"
        self.server = None

    def open(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                site.posts.append((self.path, self.headers["Content-Type"], parse_qsl(body, keep_blank_values=True)))
                self.reply(site.answer(self.path), site.body)

            def do_GET(self):
                parts = urlsplit(self.path)
                site.gets.append((parts.path, parse_qsl(parts.query)))
                self.reply(200, site.page)

            def reply(self, status, body):
                try:
                    self.send_response(status)
                    for name, value in site.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Type", "text/html")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # the node was killed

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def tokens(self, path=None):
        """Claims of the logout tokens that came, there."""
        return [jwt.claims_of(dict(form)["logout_token"]) for at, _, form in list(self.posts) if path in (None, at)]

    def sids(self, path=None):
        return [token["sid"] for token in self.tokens(path)]
