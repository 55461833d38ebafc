# SPDX-License-Identifier: Apache-2.0
"""A site's own server, from which ours fetches documents: request objects, keys."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Shelf:
    """Documents by their paths; a body may be a function. With `tls`, a context, it is https as "localhost"."""

    def __init__(self, media_type, tls=None):
        shelf = self
        self.objects = {}
        self.asked = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                shelf.asked.append((self.path, self.headers["Accept"]))
                status, fields, body = shelf.objects.get(self.path, (404, {}, b""))
                if callable(body):
                    body = body()
                try:
                    self.send_response(status)
                    for name, value in {"Content-Type": media_type, "Content-Length": str(len(body)), **fields}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    pass  # nobody waits any more

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        scheme, host = ("https", "localhost") if tls else ("http", "127.0.0.1")
        if tls:
            self.server.socket = tls.wrap_socket(self.server.socket, server_side=True, do_handshake_on_connect=False)
        self.origin = f"{scheme}://{host}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path, body, status=200, **fields):
        self.objects[path] = (status, {name.replace("_", "-"): value for name, value in fields.items()},
                              body.encode() if isinstance(body, str) else body)

    def close(self):
        self.server.shutdown()
        self.server.server_close()
