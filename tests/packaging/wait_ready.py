# SPDX-License-Identifier: Apache-2.0
"""wait_ready.py COMMAND ...: starts a service in the background and prints its process id once it says READY=1."""
import os
import socket
import subprocess
import sys
import time

command = sys.argv[1:]
listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
# An abstract name is seen from every root folder.
name = f"@gatehouse-test-{os.getpid()}"
listener.bind(name.replace("@", "\0", 1))
listener.settimeout(0.2)
process = subprocess.Popen([*command, f"NOTIFY_SOCKET={name}"], stdout=sys.stderr, stdin=subprocess.DEVNULL,
                           start_new_session=True)
end = time.monotonic() + 60
while time.monotonic() < end:
    if process.poll() is not None:
        sys.exit(f"the service ended with {process.returncode}")
    try:
        if b"READY=1" in listener.recv(65536).split(b"\n"):
            print(process.pid)
            sys.exit(0)
    except socket.timeout:
        pass
process.kill()
sys.exit("the service does not get ready")
