# SPDX-License-Identifier: Apache-2.0
"""Stands between a server and its database, and cuts the answer to one call."""
import contextlib
import socket
import threading


class CuttingProxy:
    """`port`: where it listens, on this machine. What it is told to cut off reaches the server; the answer does not."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.word, self.is_cut = None, threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def cut_answer_to(self, word):
        """The next call in which `word` stands; is_cut tells when it has happened."""
        self.is_cut.clear()
        self.word = word

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.server_port))
                is_doomed = threading.Event()
                for pump in (self.ask, self.answer):
                    threading.Thread(target=pump, args=(client, server, is_doomed), daemon=True).start()

    def ask(self, client, server, is_doomed):
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if self.word and self.word in data:
                    self.word = None
                    is_doomed.set()
                server.sendall(data)
        self.end(client, server)

    def answer(self, client, server, is_doomed):
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                if is_doomed.is_set():
                    self.is_cut.set()
                    break
                client.sendall(data)
        self.end(client, server)

    @staticmethod
    def end(*sockets):
        for each in sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self):
        self.listener.close()
