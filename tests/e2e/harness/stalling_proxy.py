# SPDX-License-Identifier: Apache-2.0
"""Stands before a server that is well, hangs (takes connections and questions, and answers nothing) or drops everybody."""
import contextlib
import socket
import threading


class StallingProxy:
    """`port`: where it listens, on this machine."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.flows, self.drops = threading.Event(), False
        self.flows.set()
        self.open = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def hang(self):
        self.drops = False
        self.flows.clear()

    def drop(self):
        self.drops = True
        self.flows.set()
        self.end(*self.open)

    def go_on(self):
        self.drops = False
        self.flows.set()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                if self.drops:
                    client.close()
                    continue
                server = socket.create_connection(("127.0.0.1", self.server_port))
                self.open += [client, server]
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self.pump, args=(one, other), daemon=True).start()

    def pump(self, one, other):
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                self.flows.wait()
                other.sendall(data)
        self.end(one, other)

    @staticmethod
    def end(*sockets):
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.close()
        self.drop()
