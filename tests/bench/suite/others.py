# SPDX-License-Identifier: Apache-2.0
"""Figures beside the jobs: memory, start, slow clients, passwords, disk, number of clients."""
import contextlib
import json
import select
import socket
import sqlite3
import statistics
import threading
import time

from harness.server import MODULES, USES, Gatehouse
from harness.web import wait_until

from .disk import SqliteDisk
from .load import BenchFailed, resident_megabytes
from .raw import Argon2
from .slow import dribble
from .stage import Stage

MANY = 10_000
SLOW = 2_000
LOGIN_DONE = 'gatehouse_http_requests_total{route="/interaction/{id}/login",method="POST",status="2xx"}'
GET = b"GET /.well-known/openid-configuration HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def row(what, figure, goal=""):
    return {"what": what, "figure": figure, "goal": goal}


# Connections

def connect(port):
    return socket.create_connection(("127.0.0.1", port))


def answered(clients):
    """How many get a 200 to one more request."""
    poller = select.epoll()
    waiting = {client.fileno(): client for client in clients}
    for client in clients:
        client.sendall(GET)
        poller.register(client, select.EPOLLIN)
    good, end = 0, time.monotonic() + 60
    while waiting and time.monotonic() < end:
        for handle, _ in poller.poll(1):
            client = waiting.pop(handle)
            poller.unregister(client)
            good += client.recv(65536).startswith(b"HTTP/1.1 200")
    return good


def connections(stage):
    with contextlib.ExitStack() as closing:
        clients = [closing.enter_context(connect(stage.port)) for _ in range(MANY)]
        good = [answered(clients) for _ in range(3)]
        memory = resident_megabytes(stage.pid)
    return [row(f"{MANY:,} keep-alive connections, three rounds: answered", " + ".join(f"{n:,}" for n in good),
                "every one"),
            row(f"memory with {MANY:,} connections", f"{memory:.0f} MB", "≤ 60 MB")]


def slow_clients(stage):
    lines, seconds = [stage.token_request("es256")], min(stage.seconds, 6)
    alone = stage.measure("requests", lines, seconds=seconds, connections=64)
    clients, closed = [connect(stage.port) for _ in range(SLOW)], []
    for client in clients:
        client.sendall(b"GET /api/healthz HTTP/1.1\r\nHost: a\r\nX: ")
    slow = threading.Thread(target=dribble, args=(clients, closed))
    slow.start()
    beside = stage.measure("requests", lines, seconds=seconds, connections=64)
    slow.join()
    if clients:
        raise BenchFailed(f"{len(clients)} slow connections were never closed")
    return [row(f"{SLOW:,} slow connections: throughput of 64 others (ES256 tokens)",
                f"{beside.rate:,.0f} of {alone.rate:,.0f}/s ({beside.rate / alone.rate:.0%}), "
                f"{beside.cpu_each:.0f} and {alone.cpu_each:.0f} µs CPU each", "≥ 90 %"),
            row("the last slow one was closed after", f"{max(closed):.1f} s", "≤ 15 s")]


# Start

def first_answer(server):
    """Milliseconds from starting the process to its first answer."""
    begun = time.monotonic()
    server.launch(wait=False)
    while True:
        try:
            with connect(server.port) as client:
                client.sendall(b"GET /api/readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                if client.recv(4096).startswith(b"HTTP/1.1 200"):
                    return (time.monotonic() - begun) * 1e3
        except OSError:
            pass
        if time.monotonic() - begun > 60:
            raise BenchFailed(f"no answer in a minute:\n{server.log()}")
        time.sleep(0.001)


def start(_seconds):
    server = Gatehouse(plugins=[*USES, "user_store.file"], modules=MODULES)
    (server.folder / "users").touch(0o600)
    server.plugin("user_store.file")["path"] = str(server.folder / "users")
    server.write_config()
    try:
        server.launch().stop()
        times = []
        for _ in range(5):
            times.append(first_answer(server))
            memory = resident_megabytes(server.process.pid)
            server.stop()
    finally:
        server.remove()
    return [row("start to first answer, existing database, every stock plugin (median of 5)",
                f"{statistics.median(times):.0f} ms", "≤ 100 ms"),
            row("memory after it", f"{memory:.0f} MB", "≤ 25 MB")]


# Passwords

def passwords(seconds):
    stage = Stage(people=64, has_cheap_hash=False, seconds=seconds,
                  settings={"server": {"trusted_proxies": ["127.0.0.1/32"]}})
    try:
        stage.sign_in_all()
        cost, _ = Argon2().measure(max(1, seconds // 4))
        before = stage.cpu()
        logins = stage.measure("password", stage.sign_ins(), threads=16, connections=16)
        cpu = stage.cpu() - before
        _, raw_rate = Argon2().measure(seconds)
        rows = [row("password logins (three requests each) beside hashes of one bare thread",
                    f"{logins.rate:.1f} of {raw_rate:.1f}/s ({logins.rate / raw_rate:.0%})", "≥ 90 %"),
                row("CPU of a password login beside a bare hash",
                    f"{cpu / logins.flows * 1e3:.1f} of {cost / 1e3:.1f} ms")]
        return rows + storm(stage)
    finally:
        stage.remove()


def logins_done(stage):
    """How many passwords were posted and found right."""
    return sum(float(line.split()[-1]) for line in stage.browser().get("/metrics").text.splitlines()
               if line.startswith(LOGIN_DONE))


def storm(stage):
    kinds = {"/token": [stage.token_request("es256")], "/introspect": stage.introspections("es256")}

    def both(seconds):
        loads = {name: stage.start_load("requests", lines, seconds, connections=4) for name, lines in kinds.items()}
        return {name: load.wait() for name, load in loads.items()}
    calm = both(stage.seconds)
    sign_ins, before = stage.sign_ins(), logins_done(stage)
    people = stage.start_load("password", sign_ins, stage.seconds + 4, threads=64, connections=64)
    wait_until(lambda: logins_done(stage) > before, 60, "nobody could log in")
    stormy = both(stage.seconds)
    logins = people.wait()
    return [row(f"p99 of {name} while 64 people log in without pause ({logins.rate:.0f} logins/s)",
                f"{stormy[name].p99 / 1e3:.1f} ms, without {calm[name].p99 / 1e3:.1f} ms "
                f"({stormy[name].p99 / calm[name].p99:.1f} ×)", "≤ 2 ×") for name in kinds]


# Disk

def disk(stage):
    """Stops the server in the end."""
    stage.measure("login", stage.sign_ins(), threads=16, connections=16)
    stage.server.stop()
    found = {kind: SqliteDisk(stage.server).packed(kind) for kind in ("session", "family")}
    total = sum(size for size, _ in found.values())
    return [row(f"bytes on disk of a session with its refresh family (of {found['session'][1]:,} sessions, "
                f"{found['family'][1]:,} families)",
                f"{total:,.0f} ({found['session'][0]:,.0f} + {found['family'][0]:,.0f})", "≤ 1,536")]


# Number of clients

def copy_client(path, template, first, last):
    """Clients first..last as copies of one, its secret too."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        number = database.execute("SELECT id FROM names WHERE name = ?", (b"client",)).fetchone()[0]
        key = b"\0\0\0\1" + template.encode()
        issuer, links, payload = database.execute(
            "SELECT issuer, links, payload FROM records WHERE kind = ? AND key = ?", (number, key)).fetchone()
        value = json.loads(payload)
        linked = database.execute("SELECT kind, issuer, name, value FROM links WHERE kind = ? AND key = ?",
                                  (number, key)).fetchall()
        for each in range(first, last + 1):
            value["metadata"]["client_id"] = f"client-{each}"
            own = b"\0\0\0\1" + f"client-{each}".encode()
            database.execute("INSERT INTO records (kind, key, issuer, version, links, payload) VALUES (?, ?, ?, 1, ?, ?)",
                             (number, own, issuer, links, json.dumps(value, separators=(",", ":")).encode()))
            database.executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?)", [(*link, own) for link in linked])


def scale(seconds, is_long):
    stage = Stage(seconds=seconds)
    costs, have = {}, 0
    try:
        for clients in (1_000, 100_000, *([1_000_000] if is_long else [])):
            stage.server.stop()
            copy_client(stage.server.folder / "gatehouse.db", "es256", have + 1, clients)
            have = clients
            stage.server.launch()
            stage.pid = stage.server.process.pid
            step = max(1, clients // 50_000)
            order = [number * 7919 % clients + 1 for number in range(0, clients, step)]
            lines = []
            for number in order:
                stage.secrets[f"client-{number}"] = stage.secrets["es256"]
                lines.append(stage.token_request(f"client-{number}"))
            costs[clients] = stage.measure("requests", lines).cpu_each
    finally:
        stage.remove()
    text = ", ".join(f"{cost:.0f} µs with {clients:,}" for clients, cost in costs.items())
    return [row("CPU of an ES256 token by number of clients, all of them asking in turn",
                f"{text} ({max(costs.values()) / costs[1_000]:.2f} ×)", "≤ 1.3 ×")]
