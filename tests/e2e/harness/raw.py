# SPDX-License-Identifier: Apache-2.0
"""A socket on which exactly the given bytes are sent."""
import socket


def exchange(port, data, timeout=15, half_close=False):
    """Sends the bytes and reads until the server closes or says no more; all that it said."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as connection:
        try:
            connection.sendall(data)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it answered before we had said all
        return read_all(connection)


def read_all(connection):
    pieces = []
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            break
        except socket.timeout:
            raise AssertionError(f"neither answered nor closed; so far {b''.join(pieces)[:500]!r}") from None
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces)


def statuses(answer):
    """Status codes of the answers in what the server said."""
    found = []
    while answer.startswith(b"HTTP/1.1 "):
        head, _, rest = answer.partition(b"\r\n\r\n")
        found.append(int(head[9:12]))
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                length = int(value)
        answer = rest[length:]
    if answer:
        raise AssertionError(f"bytes after the last answer: {answer[:200]!r}")
    return found


def request(line=b"GET /api/healthz HTTP/1.1", fields=(b"Host: x",), body=b""):
    return b"\r\n".join([line, *fields]) + b"\r\n\r\n" + body
