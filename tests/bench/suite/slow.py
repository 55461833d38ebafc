# SPDX-License-Identifier: Apache-2.0
"""Clients that never come to an end."""
import socket
import time


def dribble(clients, closed):
    """A byte a second to each until the server closes it; notes after how many seconds that was."""
    begun = time.monotonic()
    while clients and time.monotonic() < begun + 40:
        for client in list(clients):
            try:
                client.send(b"x")
                if client.recv(1024, socket.MSG_DONTWAIT) == b"":
                    raise ConnectionResetError
            except BlockingIOError:
                continue
            except OSError:
                closed.append(time.monotonic() - begun)
                clients.remove(client)
                client.close()
        time.sleep(max(0.0, 1 - (time.monotonic() - begun) % 1))
