# SPDX-License-Identifier: Apache-2.0
"""Load from wrk, and the CPU time that a server used for it."""
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
TICKS = os.sysconf("SC_CLK_TCK")


class BenchFailed(Exception):
    """A request got a wrong answer: what was measured means nothing."""


def cpu_seconds(pid):
    """User and system time of all threads of a process."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_megabytes(pid):
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def install_wrk():
    if shutil.which("wrk"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*sudo, "apt-get", "install", "-q", "-y", "--no-install-recommends", "wrk"], check=True,
                   stdout=subprocess.DEVNULL)


@dataclass
class Measured:
    """One run of wrk. Times are microseconds; `flows` only where people sign in."""
    requests: int
    seconds: float
    p50: float
    p99: float
    flows: int
    cpu: float = 0.0  # seconds of the server

    @property
    def rate(self):
        return (self.flows or self.requests) / self.seconds

    @property
    def cpu_each(self):
        """Microseconds of the server for a request, or for a flow."""
        return self.cpu / (self.flows or self.requests) * 1e6


class Load:
    """A wrk process that has been started; `wait()` gives what it saw."""

    def __init__(self, port, kind, lines, seconds, connections=32, threads=1, pause=None):
        self.folder = Path(tempfile.mkdtemp(prefix="gatehouse-bench-"))
        (self.folder / "data").write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}", "--timeout", "60", "-s", str(SCRIPT),
                   f"http://127.0.0.1:{port}", "--", kind, str(self.folder / "data"), str(self.folder / "result"),
                   str(threads), *([str(pause)] if pause else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def wait(self):
        try:
            output, _ = self.process.communicate(timeout=600)
            return self._read(output)
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, output):
        result = self.folder / "result"
        if self.process.returncode != 0 or not result.exists():
            raise BenchFailed(f"wrk failed:\n{output}")
        times, summary, complaint = [], None, ""
        for line in result.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("= "):
                summary = line.split()[1:]
            elif line.startswith("! "):
                complaint = line[2:]
            elif summary is None:
                times.append(float(line))
        requests, microseconds, p50, p99, wrong, broken, flows = map(float, summary)
        if wrong or broken or not requests:
            raise BenchFailed(f"{wrong:.0f} wrong answers, {broken:.0f} broken connections among {requests:.0f}: "
                              f"{complaint}")
        if times:
            times.sort()
            p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        return Measured(int(requests), microseconds / 1e6, p50, p99, int(flows))


def measure(pid, port, kind, lines, seconds, **shape):
    """Runs a load to its end with the server's CPU time beside it."""
    before = cpu_seconds(pid)
    measured = Load(port, kind, lines, seconds, **shape).wait()
    measured.cpu = cpu_seconds(pid) - before
    return measured
