# SPDX-License-Identifier: Apache-2.0
"""Where sites hear of logouts: POSTs of logout tokens, and GETs of frames."""
from urllib.parse import parse_qsl, urlsplit

from . import jwt
from .listener import Answering, Listener


class LogoutSite(Listener):
    """`answer(path)` gives the status, and may take its time. Several sites may share one, by path."""

    def __init__(self):
        super().__init__()
        self.answer = lambda path: 200
        self.body = b""
        self.headers = {}
        self.posts = []  # (path, form) of what came, answered or not
        self.gets = []  # (path, query)
        self.page = b"<!DOCTYPE html><title>out</title>"

    def handler(self):
        site = self

        class Handler(Answering):
            def do_POST(self):
                form = parse_qsl(self.body().decode(), keep_blank_values=True)
                site.posts.append((self.path, self.headers["Content-Type"], form))
                self.tell(site.answer(self.path), site.body)

            def do_GET(self):
                parts = urlsplit(self.path)
                site.gets.append((parts.path, parse_qsl(parts.query)))
                self.tell(200, site.page)

            def tell(self, status, body):
                self.reply(status, {**site.headers, "Content-Type": "text/html"}, body)

        return Handler

    def tokens(self, path=None):
        """Claims of the logout tokens that came, there."""
        return [jwt.claims_of(dict(form)["logout_token"]) for at, _, form in list(self.posts) if path in (None, at)]

    def sids(self, path=None):
        return [token["sid"] for token in self.tokens(path)]
