# SPDX-License-Identifier: Apache-2.0
"""Certificates made on the spot with the openssl command: an authority, and what it issues."""
import ssl
import subprocess
from pathlib import Path

EC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
RSA = ("-newkey", "rsa:2048")
CA_SETTINGS = """
[ca]
default_ca = own
[own]
new_certs_dir = {folder}
database = {folder}/index
rand_serial = yes
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""


def openssl(*arguments):
    done = subprocess.run(["openssl", *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(f"openssl {arguments}: {done.stderr}")
    return done.stdout


class Authority:
    """A root with one intermediate; files in a folder of its own below `folder`."""

    def __init__(self, folder):
        self.folder = Path(folder) / "tls"
        self.folder.mkdir(mode=0o700)
        (self.folder / "index").touch()
        (self.folder / "ca.cnf").write_text(CA_SETTINGS.format(folder=self.folder))
        extensions = ("-addext", "keyUsage=critical,keyCertSign")
        self.root, self.root_key = self.folder / "root.pem", self.folder / "root.key"
        openssl("req", "-x509", *EC, "-nodes", "-keyout", self.root_key, "-out", self.root, "-days", 2,
                "-subj", "/CN=A root", *extensions)
        self.between = self.sign("between", ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign"),
                                 (self.root, self.root_key))

    def sign(self, name, extensions, by, kind=EC, dates=None, subject=None):
        """(certificate, key) of `name`, by an authority's pair; `subject`: its common name, if another."""
        request, certificate, key = (self.folder / f"{name}.{end}" for end in ("csr", "pem", "key"))
        more = [argument for extension in extensions for argument in ("-addext", extension)]
        openssl("req", "-new", *kind, "-nodes", "-keyout", key, "-out", request, "-subj", f"/CN={subject or name}", *more)
        key.chmod(0o600)
        begin, end = dates or ("20240101000000Z", "20991231000000Z")
        openssl("ca", "-batch", "-notext", "-config", self.folder / "ca.cnf", "-cert", by[0], "-keyfile", by[1],
                "-in", request, "-out", certificate, "-startdate", begin, "-enddate", end)
        return certificate, key

    def issue(self, name, *hosts, kind=EC, dates=None):
        """{certificate, key} as `server.tls` wants it: the chain in one file."""
        names = ",".join(f"IP:{host}" if host[0].isdigit() else f"DNS:{host}" for host in hosts)
        certificate, key = self.sign(name, (f"subjectAltName={names}",), self.between, kind, dates)
        chain = self.folder / f"{name}.chain.pem"
        chain.write_text(certificate.read_text() + self.between[0].read_text())
        return {"certificate": str(chain), "key": str(key)}

    def context(self):
        """A client's, that trusts this authority and nobody else."""
        return ssl.create_default_context(cafile=str(self.root))

    def server_context(self, name, *hosts):
        """A server's, with a certificate for these hosts."""
        files = self.issue(name, *hosts)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(files["certificate"], files["key"])
        return context
