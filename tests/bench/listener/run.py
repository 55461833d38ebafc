#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the bare listener: CPU time a request, 10,000 kept connections, slow clients.

Usage: run.py <bench_listener> [loops]. Needs wrk. CPU time is the server's own, from schedstat.
"""
import glob
import re
import select
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from suite.slow import dribble  # noqa: E402

REQUEST = b"GET /loop HTTP/1.1\r\nHost: a\r\n\r\n"
MANY = 10_000
SLOW = 2_000


class Server:
    scheme = "http"

    def __init__(self, program, loops):
        self.process = subprocess.Popen([program, loops], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def threads(self, name):
        for path in glob.glob(f"/proc/{self.process.pid}/task/*/{name}"):
            with open(path, encoding="ascii") as file:
                yield file.read()

    def cpu_microseconds(self):
        return sum(int(text.split()[0]) for text in self.threads("schedstat")) / 1000

    def switches(self):
        return sum(int(n) for text in self.threads("status") for n in re.findall(r"ctxt_switches:\s+(\d+)", text))

    def resident_megabytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) / 1024

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port))

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=60)


def wrk(server, path, connections, duration, fields=()):
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{duration}", "--latency", *(f"-H{field}" for field in fields),
         f"{server.scheme}://127.0.0.1:{server.port}{path}"],
        capture_output=True, text=True, check=True).stdout
    def find(pattern):
        return re.search(pattern, out).group(1)
    failed = re.findall(r"(?:Socket errors|Non-2xx).*", out)
    return {"requests": int(find(r"(\d+) requests in")), "rate": float(find(r"Requests/sec:\s+([\d.]+)")),
            "p50": find(r"\n\s+50%\s+(\S+)"), "p99": find(r"\n\s+99%\s+(\S+)"), "failed": failed}


def measure_cost(server):
    for path in ("/loop", "/worker", "/sleeping"):
        for connections in (32, 4):
            cpu, switches = server.cpu_microseconds(), server.switches()
            load = wrk(server, path, connections, 4)
            cpu, switches = server.cpu_microseconds() - cpu, server.switches() - switches
            print(f"{path:10} {connections:3} connections: {cpu / load['requests']:6.1f} us CPU a request, "
                  f"{load['rate']:9.0f}/s, p50 {load['p50']}, p99 {load['p99']}, "
                  f"{switches / load['requests']:.2f} context switches {' '.join(load['failed'])}")


def answered(clients):
    """How many of the clients get a 200 to one more request."""
    poller = select.epoll()
    by_handle = {client.fileno(): client for client in clients}
    for client in clients:
        client.sendall(REQUEST)
        poller.register(client, select.EPOLLIN)
    good, deadline = 0, time.monotonic() + 30
    while by_handle and time.monotonic() < deadline:
        for handle, _ in poller.poll(1):
            client = by_handle.pop(handle)
            poller.unregister(client)
            good += client.recv(4096).startswith(b"HTTP/1.1 200")
    return good


def measure_many(server):
    before = server.resident_megabytes()
    clients = [server.connect() for _ in range(MANY)]
    good = [answered(clients) for _ in range(3)]
    after = server.resident_megabytes()
    print(f"{MANY} kept connections: {good} answered in three rounds; "
          f"{before:.1f} MB resident before, {after:.1f} MB with them")
    for client in clients:
        client.close()


def measure_slow(server):
    alone = wrk(server, "/worker", 64, 6)
    clients = [server.connect() for _ in range(SLOW)]
    for client in clients:
        client.sendall(b"GET /worker HTTP/1.1\r\nHost: a\r\nX: ")
    closed = []
    slow = threading.Thread(target=dribble, args=(clients, closed))
    slow.start()
    beside = wrk(server, "/worker", 64, 6)
    slow.join()
    print(f"{SLOW} slow connections: {beside['rate']:.0f}/s beside them, {alone['rate']:.0f}/s without "
          f"({100 * beside['rate'] / alone['rate']:.0f} %); {len(closed)} closed, "
          f"the last after {max(closed, default=0):.1f} s")


def main():
    server = Server(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "0")
    print(f"idle: {server.resident_megabytes():.1f} MB resident")
    measure_cost(server)
    measure_many(server)
    measure_slow(server)
    print(f"at the end: {server.resident_megabytes():.1f} MB resident")
    sys.exit(server.stop())


if __name__ == "__main__":
    main()
