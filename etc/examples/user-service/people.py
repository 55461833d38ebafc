# SPDX-License-Identifier: Apache-2.0
"""A service that user_store.http asks, described in openapi.yaml: python3 people.py PEOPLE.json SECRET_FILE PORT. Only on this machine."""
import hashlib
import hmac
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

people = json.loads(Path(sys.argv[1]).read_text())  # [{"id", "login", "disabled", "claims", "salt", "hash"}, ...]
bearer = "Bearer " + Path(sys.argv[2]).read_text().strip()
DECOY = {"salt": "00" * 16, "hash": "00" * 64}


def find(name, value):
    return next((person for person in people if person[name] == value), None)


def check(login, password):
    person = find("login", login)
    kept = person or DECOY  # for nobody it has to take as long
    made = hashlib.scrypt(password.encode(), salt=bytes.fromhex(kept["salt"]), n=16384, r=8, p=1).hex()
    return person if hmac.compare_digest(made, kept["hash"]) and person else None


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not hmac.compare_digest(self.headers.get("Authorization", "").encode(), bearer.encode()):
            return self.send_error(401)
        if self.path == "/check":
            person, fresh = check(asked["login"], asked["password"]), "no-store"
        else:
            (name, value), fresh = *asked.items(), "max-age=10"
            person = find(name, value)
        shown = person and {name: person[name] for name in ("id", "login", "disabled", "claims")}
        body = json.dumps({"person": shown}).encode()
        self.send_response(200)
        for name, field in {"Content-Type": "application/json", "Content-Length": len(body), "Cache-Control": fresh}.items():
            self.send_header(name, str(field))
        self.end_headers()
        self.wfile.write(body)


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[3])), Handler).serve_forever()
