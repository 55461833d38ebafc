# SPDX-License-Identifier: Apache-2.0
"""Clients with certificates: those of an authority that the server believes, and their own."""
import base64
import hashlib
import json
import ssl

from . import jwt
from .certificate import EC, Authority, openssl
from .port import free_port
from .server import USES
from .site import Site
from .web import Browser

PLUGINS = [*USES, "client_auth.tls", "client_metadata_rule.tls_client_auth", "token_binding.tls",
           "client_metadata_rule.tls_binding"]
BOUND = ("--member", "tls_client_certificate_bound_access_tokens=true")


def der_of(certificate):
    own, end, _ = certificate.read_text().partition(ssl.PEM_FOOTER)
    return ssl.PEM_cert_to_DER_cert(own + end)


def thumbprint(pair):
    return jwt.b64(hashlib.sha256(der_of(pair[0])).digest())


def jwks(pair):
    """A JWK Set with this certificate, as text."""
    key = {"kty": "EC", "crv": "P-256", "x5c": [base64.b64encode(der_of(pair[0])).decode()]}
    public = openssl("x509", "-in", pair[0], "-noout", "-pubkey")
    point = base64.b64decode("".join(public.splitlines()[1:-1]))[-64:]
    key.update(x=jwt.b64(point[:32]), y=jwt.b64(point[32:]))
    return json.dumps({"keys": [key]})


def registered(pair):
    """The option of `client add` by which this certificate is the client's."""
    file = pair[0].with_suffix(".jwks")
    file.write_text(jwks(pair))
    return ("--jwks", str(file))


class Clients:
    """An authority of clients, in a folder below that of the server."""

    def __init__(self, server):
        folder = server.folder / "clients_ca"
        folder.mkdir()
        self.authority = Authority(folder)
        self.ca_file = self.authority.root
        self.count = 0

    def file(self, name):
        """A name that no file has."""
        self.count += 1
        return f"{name}-{self.count}"

    def issue(self, name, *extensions, dates=None, by=None, kind=EC):
        """(certificate with its intermediate, key)."""
        by = by or self.authority.between
        certificate, key = self.authority.sign(self.file(name), extensions, by, kind, dates, subject=name)
        certificate.write_text(certificate.read_text() + by[0].read_text())
        return certificate, key

    def own(self, name, days=2, kind=EC, more=()):
        """(certificate that nobody but itself vouches for, key)."""
        file = self.file(name)
        certificate, key = (self.authority.folder / f"{file}.{end}" for end in ("own.pem", "own.key"))
        openssl("req", "-x509", *kind, "-nodes", "-keyout", key, "-out", certificate, "-days", days,
                "-subj", f"/CN={name}", *more)
        return certificate, key


class MutualSite(Site):
    """A site that comes by the port for mutual TLS, with `pair` or without a certificate."""

    pair = None
    doors = None  # makes a browser for a pair

    def call(self, url, form, browser=None):
        headers, fields = self.credentials()
        return (browser or self.doors(self.pair)).post(url, {**fields, **form}, headers=headers, cookies=False)

    def by(self, pair):
        """The same with another certificate."""
        other = MutualSite(self.server, self.id, self.secret, self.redirect, self.method, self.use_pkce, self.signer)
        other.pair, other.doors, other.pkce = pair, self.doors, self.pkce
        return other


class MutualStory:
    """For a Story: the server has a certificate, a port for mutual TLS, and the plugins."""

    plugins = PLUGINS

    @classmethod
    def furnish(cls):
        cls.server_authority = Authority(cls.server.folder)
        cls.server.speak_tls(cls.server_authority, cls.server_authority.issue("own", "localhost", "127.0.0.1"))
        cls.mutual_port = free_port()
        cls.mutual = f"https://localhost:{cls.mutual_port}"
        cls.server.config["server"]["mtls"] = {"port": cls.mutual_port}
        cls.server.config["oauth"]["mtls_url"] = cls.mutual
        cls.certificates = Clients(cls.server)
        cls.server.plugin("client_auth.tls")["ca_file"] = str(cls.certificates.ca_file)
        cls.server.write_config()
        cls.user = cls.person("ada")

    @classmethod
    def door(cls, pair=None, base=None):
        """A program that shows this certificate."""
        context = cls.server_authority.context()
        if pair:
            context.load_cert_chain(*pair)
        return Browser(base or cls.mutual, tls=context)

    @classmethod
    def mutual_site(cls, identifier, pair, method="tls_client_auth", options=BOUND, **more):
        made = cls.client(identifier, f"https://{identifier}.example/callback", method=method,
                          options=options, **more)
        site = MutualSite(made.server, made.id, made.secret, made.redirect, made.method)
        site.pair, site.doors = pair, cls.door
        return site
