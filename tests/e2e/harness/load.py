# SPDX-License-Identifier: Apache-2.0
"""Clients that ask while something happens to the server."""
import http.client
import threading
from concurrent.futures import ThreadPoolExecutor

from .web import wait_until


class Load:
    """Some clients that ask without pause; what they got."""

    def __init__(self, ask, threads=8):
        self.answers = []
        self.broken = []
        self.stopping = threading.Event()
        self.ask = ask
        self.pool = ThreadPoolExecutor(threads)
        self.jobs = [self.pool.submit(self.run) for _ in range(threads)]

    def run(self):
        while not self.stopping.is_set():
            try:
                self.answers.append(self.ask())
            except (OSError, http.client.HTTPException) as problem:
                self.broken.append(problem)

    def stop(self):
        self.stopping.set()
        self.pool.shutdown()
        for job in self.jobs:
            job.result()

    def wait_for(self, more):
        end = len(self.answers) + more
        wait_until(lambda: len(self.answers) >= end, 30, "the load stopped")
