# SPDX-License-Identifier: Apache-2.0
"""An HTTP server of a story's own, on a free loopback port, that can go away and come back there."""
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from .port import free_port


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def reply(self, status, headers, body):
        """`headers` first; a 204 has nothing else."""
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # the node was killed

    def log_message(self, *_):
        pass


class Listener:
    """Subclasses say how they answer: `handler()` gives a class of Answering."""

    def __init__(self, port=None):
        self.port = port or free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.server = None

    def open(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self.handler())
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def close(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
