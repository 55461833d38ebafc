# SPDX-License-Identifier: Apache-2.0
"""Free ports."""
import socket

reserved = []


def free_port(address="127.0.0.1"):
    """Nobody else is given it while this process lives: it stays bound, though a server, which says SO_REUSEADDR as all
    do, can still listen there."""
    probe = socket.socket()
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    probe.bind((address, 0))
    reserved.append(probe)
    return probe.getsockname()[1]
