# SPDX-License-Identifier: Apache-2.0
"""What systemd is to a service: it listens on NOTIFY_SOCKET and keeps the listening socket."""
import socket
from pathlib import Path


class NotifySocket:
    """Hears what a service says of itself."""

    def __init__(self, folder):
        self.path = Path(folder) / "notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(self.path))
        self.socket.settimeout(30)

    def next(self):
        """The next message, as a dictionary."""
        text = self.socket.recv(65536).decode()
        return dict(line.split("=", 1) for line in text.splitlines())

    def await_(self, name, value="1"):
        """The next message that says so; others before it are dropped."""
        while True:
            message = self.next()
            if message.get(name) == value:
                return message

    def close(self):
        self.socket.close()


class ListeningSocket:
    """A listening socket that outlives the servers it is handed to."""

    def __init__(self, port):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.listen(4096)

    def launch_options(self):
        """For Gatehouse.launch(): hands it over as descriptor 3, the way sd_listen_fds(3) says."""
        number = self.socket.fileno()
        script = f'LISTEN_PID=$$ LISTEN_FDS=1 LISTEN_FDNAMES=gatehouse.socket exec "$@" 3<&{number}'
        return {"under": ("bash", "-c", script, "bash"), "descriptors": (number,)}

    def close(self):
        self.socket.close()
