#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures TLS in the bare listener: CPU time a request and a handshake, half-open and idle connections, a storm.

Usage: tls.py <bench_listener> [loops]. Needs wrk and openssl. CPU time is the server's own, from schedstat.
"""
import resource
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from run import Server, wrk

HALF_OPEN = 2_000
IDLE = 10_000
ROUNDS = 5


class TlsServer(Server):
    scheme = "https"

    def __init__(self, program, loops, certificate, key):
        self.process = subprocess.Popen([program, loops, certificate, key], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())


def certificate(folder, kind):
    files = [f"{folder}/{kind[0]}.{end}" for end in ("pem", "key")]
    subprocess.run(["openssl", "req", "-x509", "-newkey", *kind, "-nodes", "-out", files[0], "-keyout", files[1],
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
                   check=True, capture_output=True)
    Path(files[1]).chmod(0o600)
    return files


def trusting():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def measure_cost(server, name):
    for what, fields in (("a request", ()), ("a connection", ("Connection: close",))):
        costs = []
        for _ in range(ROUNDS):
            cpu = server.cpu_microseconds()
            load = wrk(server, "/loop", 16, 2, fields)
            costs.append((server.cpu_microseconds() - cpu) / load["requests"])
        print(f"{name:6} {what:13} {statistics.median(costs):7.1f} us CPU, {load['rate']:8.0f}/s {load['failed'] or ''}")


def hello():
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    try:
        trusting().wrap_bio(incoming, outgoing).do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()


def half_open(server):
    connections = [server.connect() for _ in range(HALF_OPEN)]
    said = hello()
    for connection in connections:
        connection.sendall(said)
    time.sleep(2)  # let the signatures pass: what stands afterwards is measured
    return connections


def measure_half_open(server):
    """Alone and beside them by turns, as neighbours on the machine come and go."""
    pairs = []
    for _ in range(ROUNDS):
        alone = cost_and_rate(server)
        connections = half_open(server)
        beside = cost_and_rate(server)
        for connection in connections:
            connection.close()
        time.sleep(1)
        pairs.append((alone, beside))
    cpu = statistics.median(beside[0] / alone[0] for alone, beside in pairs)
    rate = statistics.median(beside[1] / alone[1] for alone, beside in pairs)
    print(f"beside {HALF_OPEN} half-open handshakes: {100 * cpu:.0f} % of the CPU a request, {100 * rate:.0f} % of the rate")


def cost_and_rate(server):
    cpu = server.cpu_microseconds()
    load = wrk(server, "/loop", 16, 2)
    return (server.cpu_microseconds() - cpu) / load["requests"], load["rate"]


def measure_storm(server, name):
    alone = wrk(server, "/loop", 8, 4)
    storm = {}
    thread = threading.Thread(target=lambda: storm.update(wrk(server, "/worker", 256, 5, ("Connection: close",))))
    thread.start()
    time.sleep(0.5)
    beside = wrk(server, "/loop", 8, 4)
    thread.join()
    print(f"{name:6} answers on kept connections: {alone['rate']:.0f}/s, p50 {alone['p50']}, p99 {alone['p99']} alone; "
          f"{beside['rate']:.0f}/s, p50 {beside['p50']}, p99 {beside['p99']} beside {storm['rate']:.0f} handshakes/s")


def measure_idle(server):
    context, before = trusting(), server.resident_megabytes()
    handles = []
    for _ in range(IDLE):
        connection = context.wrap_socket(server.connect())
        connection.sendall(b"GET /loop HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(65536)
        handles.append(connection.detach())  # open, but nothing is kept of its TLS here
    after = server.resident_megabytes()
    print(f"{IDLE} idle TLS connections: {after - before:.0f} MB, {1024 * (after - before) / IDLE:.1f} KB each")
    for handle in handles:
        socket.close(handle)


def main():
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536), most))
    loops = sys.argv[2] if len(sys.argv) > 2 else "0"
    with tempfile.TemporaryDirectory() as folder:
        for name, kind in (("ECDSA", ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")), ("RSA", ("rsa:2048",))):
            server = TlsServer(sys.argv[1], loops, *certificate(folder, kind))
            measure_cost(server, name)
            measure_storm(server, name)
            if name == "ECDSA":
                measure_half_open(server)
                measure_idle(server)
            server.stop()


main()
