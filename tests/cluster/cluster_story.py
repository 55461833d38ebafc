# SPDX-License-Identifier: Apache-2.0
"""The base of a story about the cluster, which all of them share."""
import unittest

from cluster import Cluster


class ClusterStory(unittest.TestCase):
    cluster = None

    @classmethod
    def setUpClass(cls):
        if ClusterStory.cluster is None:
            ClusterStory.cluster = Cluster()
            unittest.addModuleCleanup(ClusterStory.end)

    @staticmethod
    def end():
        cluster, ClusterStory.cluster = ClusterStory.cluster, None
        cluster.remove()

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        finished = super().run(result)
        if len(result.failures) + len(result.errors) > before:
            for number, node in enumerate(self.cluster.nodes):
                node.keep(f"{self.id()}-node{number}")
        return finished
