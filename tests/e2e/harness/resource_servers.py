# SPDX-License-Identifier: Apache-2.0
"""The example resource servers, each a program that knows nothing of the server but its issuer."""
import base64
import json
import re
import shutil
import subprocess
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from .port import free_port
from .real_client import CLIENTS, MADE, NODE, VENV
from .server import ROOT, clean_environment
from .web import Browser, wait_until

EXAMPLES = ROOT / "etc/examples/resource-servers"
JS_MODULE = "/usr/lib/nginx/modules/ngx_http_js_module.so"


class ResourceServer:
    """One of them, as clients see it: an API with its own identifier. `story` has authorities and a Gatehouse."""

    name = None
    proves_keys = True   # checks DPoP proofs
    tells_metadata = True   # names its metadata where it refuses

    def __init__(self, story):
        self.story = story
        self.port = free_port()
        self.resource = f"https://localhost:{self.port}/"
        self.folder = Path(tempfile.mkdtemp(prefix="gatehouse-api-"))
        self.folder.chmod(0o755)
        self.processes = []
        self.api = None

    def launch(self):
        raise NotImplementedError

    def run(self, *command, **environment):
        with open(self.folder / "output", "ab") as output:
            self.processes.append(subprocess.Popen(
                list(map(str, command)), stdout=output, stderr=output, cwd=self.folder,
                env=clean_environment(**{"ISSUER": self.story.server.issuer, "RESOURCE": self.resource,
                                         "PORT": str(self.port), **self.files(), **environment})))

    def files(self):
        own, root = self.story.api_files, str(self.story.server_authority.root)
        return {"CERTIFICATE": own["certificate"], "KEY": own["key"], "SSL_CERT_FILE": root, "NODE_EXTRA_CA_CERTS": root}

    def said(self):
        return f"{self.name}:\n" + "".join(file.read_text() for file in (self.folder / "output", self.folder / "error.log")
                                           if file.exists())

    def wait_ready(self):
        def ready():
            if any(process.poll() is not None for process in self.processes):
                raise AssertionError(self.said())
            try:
                return self.get("stock").status == 401
            except OSError:
                return False
        wait_until(ready, 120, self.said)

    def remove(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def get(self, path, token=None, scheme="Bearer", pair=None, **headers):
        """Asks with a token, by somebody who shows this certificate."""
        context = self.story.server_authority.context()
        if pair:
            context.load_cert_chain(*pair)
        shown = {"Authorization": f"{scheme} {token}"} if token else {}
        return Browser(self.resource.rstrip("/"), tls=context).get("/" + path, headers={**shown, **headers}, cookies=False)


class Node(ResourceServer):
    name = "node"

    def launch(self):
        (self.folder / "node_modules").symlink_to(CLIENTS / "node_modules")
        shutil.copy(EXAMPLES / "node/stock.mjs", self.folder)
        self.run(NODE, "stock.mjs")


class Go(ResourceServer):
    name = "go"

    def launch(self):
        self.run(MADE / "stock-go")


class Spring(ResourceServer):
    name = "spring"
    tells_metadata = False

    def launch(self):
        trusted = self.folder / "trusted.p12"
        subprocess.run(["keytool", "-importcert", "-noprompt", "-alias", "root", "-file", self.story.server_authority.root,
                        "-keystore", trusted, "-storetype", "PKCS12", "-storepass", "changeit"],
                       check=True, capture_output=True)
        files, server = self.files(), "--spring.security.oauth2.resourceserver.jwt."
        self.run("java", "-XX:TieredStopAtLevel=1", f"-Djavax.net.ssl.trustStore={trusted}",
                 "-Djavax.net.ssl.trustStorePassword=changeit", "-jar", MADE / "spring-stock/stock-1.jar",
                 f"--server.port={self.port}", "--server.address=127.0.0.1",
                 f"--server.ssl.certificate={files['CERTIFICATE']}", f"--server.ssl.certificate-private-key={files['KEY']}",
                 f"--server.ssl.trust-certificate={self.story.certificates.ca_file}",
                 f"{server}issuer-uri={self.story.server.issuer}", f"{server}audiences={self.resource}")


class BehindNginx(ResourceServer):
    """Whose site of nginx is an example too."""

    site = None

    def run_nginx(self, modules="", **changes):
        own, root = self.story.api_files, self.story.server_authority.root
        new = {"8443": str(self.port), "/etc/ssl/api.example.org.pem": own["certificate"],
               "/etc/ssl/api.example.org.key": own["key"], "https://api.example.org/": self.resource,
               "/etc/ssl/certs/ca-certificates.crt": str(root), "https://id.example.org": self.story.server.issuer,
               **changes}
        # In one pass: a free port may well be another's.
        site = re.sub("|".join(map(re.escape, new)), lambda old: new[old[0]], (EXAMPLES / self.site).read_text())
        temporary = "".join(f"{name}_temp_path {self.folder}/{name};\n"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (self.folder / "nginx.conf").write_text(f"daemon off;\npid {self.folder}/pid;\n{modules}events {{}}\n"
                                                f"http {{\naccess_log off;\n{temporary}{site}\n}}\n")
        self.run("/usr/sbin/nginx", "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log")


class Python(BehindNginx):
    name = "python"
    site = "python/nginx.conf"

    def launch(self):
        inner = free_port()
        self.run(VENV / "bin/python", EXAMPLES / "python/stock.py", PORT=str(inner))
        self.run_nginx(**{"127.0.0.1:8000": f"127.0.0.1:{inner}"})


class Nginx(BehindNginx):
    """It guards an API that knows nothing of tokens."""
    name = "nginx"
    site = "nginx/stock.conf"
    proves_keys = False

    def launch(self):
        self.api = HTTPServer(("127.0.0.1", 0), PlainApi)
        threading.Thread(target=self.api.serve_forever, daemon=True).start()
        shutil.copy(EXAMPLES / "nginx/introspection.js", self.folder)
        document = self.story.server.command("resource", "metadata", self.resource)
        (self.folder / "stock.json").write_text(json.dumps(document))
        gateway = self.story.gateway
        pair = base64.b64encode(f"{gateway.id}:{gateway.secret}".encode()).decode()
        self.run_nginx(f"load_module {JS_MODULE};\n", **{
            "introspection.js": f"{self.folder}/introspection.js", "/etc/nginx/stock.json": f"{self.folder}/stock.json",
            "127.0.0.1:8080": f"127.0.0.1:{self.api.server_port}", "Basic c3RvY2s6c2VjcmV0": f"Basic {pair}"})

    def remove(self):
        if self.api:
            self.api.shutdown()
            self.api.server_close()
        super().remove()


class PlainApi(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"sub": self.headers["X-Subject"], "authorization": self.headers["Authorization"]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Introspecting(ResourceServer):
    """Has its answers signed; by plain HTTP."""
    name = "node, introspecting"

    def launch(self):
        (self.folder / "node_modules").symlink_to(CLIENTS / "node_modules")
        shutil.copy(EXAMPLES / "node/introspect.mjs", self.folder)
        self.run(NODE, "introspect.mjs", CLIENT_ID=self.story.gateway.id, CLIENT_SECRET=self.story.gateway.secret)

    def get(self, path, token=None, scheme="Bearer", pair=None, **headers):
        shown = {"Authorization": f"{scheme} {token}"} if token else {}
        return Browser(f"http://127.0.0.1:{self.port}").get("/" + path, headers={**shown, **headers}, cookies=False)
