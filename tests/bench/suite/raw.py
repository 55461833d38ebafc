# SPDX-License-Identifier: Apache-2.0
"""What the machine can do at best: the parts that every job is made of."""
import ctypes
import ctypes.util
import os
import platform
import re
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import mean

from .load import measure

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "build" / "bench"


def build_programs():
    """The bench programs, in a Release build of their own."""
    if not (BUILD / "build.ninja").exists():
        subprocess.run(["cmake", "-S", str(ROOT), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                        "-DGATEHOUSE_TESTS=ON"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["ninja", "-C", str(BUILD), "bench_listener", "bench_storage", "bench_proofs"], check=True,
                   stdout=subprocess.DEVNULL)


def run(program, *arguments):
    """What it prints."""
    return subprocess.run([str(BUILD / "bin" / program), *arguments], capture_output=True, text=True, check=True).stdout


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text(encoding="ascii")).group(1)
    openssl = subprocess.run(["openssl", "version"], capture_output=True, text=True, check=True).stdout.split()[1]
    return (f"{os.cpu_count()} cores {model}, Linux {platform.release()}, OpenSSL {openssl}, "
            f"load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d %H:%M')}")


def signatures(seconds):
    """Microseconds by name, from `openssl speed`, which counts CPU time; on all cores at once, as under load."""
    command = ["openssl", "speed", "-seconds", str(seconds), "rsa2048", "ecdsap256", "ed25519"]
    with ThreadPoolExecutor() as pool:
        runs = list(pool.map(lambda _: subprocess.run(command, capture_output=True, text=True, check=True).stdout,
                             range(os.cpu_count())))
    found = {}
    for name, pattern in (("RS256", r"rsa 2048 bits"), ("ES256", r"256 bits ecdsa \(nistp256\)"),
                          ("EdDSA", r"253 bits EdDSA \(Ed25519\)")):
        rates = [re.search(pattern + r".*\s([\d.]+)\s+([\d.]+)\n", output).groups() for output in runs]
        for column, kind in enumerate(("sign", "verify")):
            found[f"{name} {kind}"] = mean(1e6 / float(rate[column]) for rate in rates)
    return found


def listener(seconds):
    """Microseconds of the bare listener for a small answer, on the loop and through a worker."""
    process = subprocess.Popen([str(BUILD / "bin" / "bench_listener")], stdout=subprocess.PIPE, text=True)
    try:
        port = int(process.stdout.readline())
        costs = {}
        for name, path in (("answer on the loop", "/loop"), ("answer by a worker", "/worker")):
            costs[name] = measure(process.pid, port, "requests", [f"GET\t{path}\t\t"], seconds).cpu_each
        return costs
    finally:
        process.terminate()
        process.wait()


def storage(records):
    """Microseconds of CPU of SQLite under the record service, FULL; for an insert alone elapsed ones too."""
    with tempfile.TemporaryDirectory(prefix="gatehouse-bench-") as folder:
        output = run("bench_storage", folder, str(records))

    def of(what, column):
        numbers = re.search(re.escape(what) + r"\s+([\d.]+) /s\s+([\d.]+) us each\s+([\d.]+) us CPU", output).groups()
        return float(numbers[column])
    return {"look-up": of("look-up, one thread", 2), "durable insert alone": of("durable insert, one thread", 2),
            "durable insert alone, elapsed": of("durable insert, one thread", 1),
            "durable insert in groups": of("durable insert, many threads", 2)}


class Argon2:
    """libargon2 itself, at the cost that passwords have by default."""

    def __init__(self):
        self.library = ctypes.CDLL(ctypes.util.find_library("argon2") or "libargon2.so.1")

    def once(self):
        out = ctypes.create_string_buffer(32)
        code = self.library.argon2id_hash_raw(
            ctypes.c_uint32(2), ctypes.c_uint32(19456), ctypes.c_uint32(1), b"correct horse", ctypes.c_size_t(13),
            b"0123456789abcdef", ctypes.c_size_t(16), out, ctypes.c_size_t(32))
        if code != 0:
            raise RuntimeError(f"argon2: {code}")

    def measure(self, seconds):
        """CPU microseconds a hash, and hashes a second of one thread."""
        self.once()
        count, cpu, begun = 0, time.process_time(), time.monotonic()
        while time.monotonic() - begun < seconds:
            self.once()
            count += 1
        return (time.process_time() - cpu) / count * 1e6, count / (time.monotonic() - begun)


def limits(seconds, records):
    raw = {**signatures(max(1, seconds // 4)), **listener(seconds), **storage(records)}
    raw["argon2id 19 MiB, 2 passes"] = Argon2().measure(max(1, seconds // 4))[0]
    return raw
