# SPDX-License-Identifier: Apache-2.0
"""Machines that are network namespaces: each on a cable of its own, which can be pulled out."""
import itertools
import os
import subprocess
import sys

NEEDS = "tests/cluster needs root: it makes network namespaces in which PostgreSQL and Redis can be cut off"
INSIDE = "GATEHOUSE_CLUSTER_INSIDE"


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stdout}{done.stderr}")


def enter_private_network():
    """Starts this program again where nothing of the host's network can be seen or changed."""
    if os.geteuid() != 0:
        sys.exit(NEEDS)
    if not os.environ.get(INSIDE):
        os.environ[INSIDE] = "1"
        os.execvp("unshare", ["unshare", "--net", "--", sys.executable, "-B", *sys.argv])
    command("ip", "link", "set", "lo", "up")


class Machine:
    """A namespace that lives as long as its first process."""

    def __init__(self, cables=1):
        self.holder = subprocess.Popen(["unshare", "--net", "sh", "-c", "echo; exec sleep infinity"],
                                       stdout=subprocess.PIPE)
        self.holder.stdout.readline()
        self.within = ("nsenter", f"--net=/proc/{self.holder.pid}/ns/net")
        command(*self.within, "ip", "link", "set", "lo", "up")
        self.cables = [Cable(self) for _ in range(cables)]
        self.addresses = [cable.address for cable in self.cables]

    def remove(self):
        self.holder.kill()
        self.holder.communicate()


class Cable:
    """From here to a machine, which has an address of its own on it."""

    numbers = itertools.count(1)

    def __init__(self, machine):
        number = next(self.numbers)
        self.within = machine.within
        self.address = f"10.77.{number}.2"
        self.far = f"far{number}"
        near, hardware = f"near{number}", f"02:00:00:00:00:{number:02x}"
        command("ip", "link", "add", "name", near, "type", "veth", "peer", "name", self.far, "address", hardware)
        command("ip", "link", "set", self.far, "netns", str(machine.holder.pid))
        command("ip", "addr", "add", f"10.77.{number}.1/30", "dev", near)
        command("ip", "link", "set", near, "up")
        command(*self.within, "ip", "addr", "add", f"{self.address}/30", "dev", self.far)
        self.mend()
        # Known for good: packets then vanish while the cable is out, and nobody is told.
        command("ip", "neigh", "replace", self.address, "lladdr", hardware, "dev", near, "nud", "permanent")

    def pull(self):
        command(*self.within, "ip", "link", "set", self.far, "down")

    def mend(self):
        command(*self.within, "ip", "link", "set", self.far, "up")
