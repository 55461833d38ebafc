# SPDX-License-Identifier: Apache-2.0
"""A redis-server of a story's own: a free loopback port, a folder that goes away, nothing kept."""
import ctypes
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

from .port import free_port
from .web import wait_until

PR_SET_PDEATHSIG = 1


def end_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Redis:
    """`within`: the words before the command, for instance those that enter a namespace."""

    def __init__(self, address="127.0.0.1", within=()):
        self.address = address
        self.within = within
        self.folder = Path(tempfile.mkdtemp(prefix="gatehouse-redis-"))
        self.port = free_port()
        self.url = f"redis://{address}:{self.port}/0"
        self.process = None
        self.start()

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [*self.within, "redis-server", "--port", str(self.port), "--bind", self.address,
                 "--protected-mode", "no", "--save", "", "--dir", str(self.folder)],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, preexec_fn=end_with_parent)
        wait_until(self.answers, 20, "redis-server does not answer")
        return self

    def answers(self):
        if self.process.poll() is not None:
            raise AssertionError("redis-server ended:\n" + (self.folder / "log").read_text())
        try:
            return self.ask("PING") == "+PONG"
        except OSError:
            return False

    def ask(self, *words):
        """The first line of the answer, but for a text: that."""
        encoded = [str(word).encode() for word in words]
        with socket.create_connection((self.address, self.port), timeout=20) as connection:
            connection.sendall(b"*%d\r\n" % len(encoded) + b"".join(
                b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded))
            reader = connection.makefile("rb")
            first = reader.readline().decode().rstrip("\r\n")
            return reader.read(int(first[1:])).decode() if first.startswith("$") and first != "$-1" else first

    def has_long_been_there(self, prefix="gatehouse:"):
        """As after the first minute, in which assertions might be older than what it knows."""
        run = next(line[7:] for line in self.ask("INFO", "server").splitlines() if line.startswith("run_id:"))
        self.ask("HSET", prefix + "epoch", "run", run, "since", 0)
        return self

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def resume(self):
        self.process.send_signal(signal.SIGCONT)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def remove(self):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)
