# SPDX-License-Identifier: Apache-2.0
"""The port where clients are asked for a certificate, and what a proxy says of theirs (RFC 8705, RFC 9440)."""
import base64
import hashlib
import http.client
import json
import socket
import ssl
from urllib.parse import quote

from harness.certificate import EC, Authority, openssl
from harness.port import free_port
from harness.story import Story
from harness.web import wait_until


def der_of(path):
    return ssl.PEM_cert_to_DER_cert(path.read_text())


def digest(der):
    return hashlib.sha256(der).hexdigest()


def field(der):
    return f":{base64.b64encode(der).decode()}:"


def escaped(der):
    """As nginx has it in $ssl_client_escaped_cert."""
    return quote(ssl.DER_cert_to_PEM_cert(der), safe="")


class Certificates(Story):
    @classmethod
    def furnish(cls):
        cls.authority = Authority(cls.server.folder)
        cls.strangers = Authority(cls.server.folder / "clients.d")
        cls.mutual = free_port()
        cls.server.speak_tls(cls.authority, cls.authority.issue("own", "localhost", "127.0.0.1"))
        cls.server.config["server"]["mtls"] = {"port": cls.mutual}
        cls.server.config["modules"].append({"use": "module.certificate"})
        cls.server.build_plugin("module.certificate", "tests/e2e/plugins/certificate.cpp")
        super().furnish()

    @classmethod
    def prove(cls, name, kind=EC):
        """(certificate, key) from an authority that the server never heard of."""
        return cls.strangers.sign(name, (), cls.strangers.between, kind)

    def known(self, pair=None, chain=False, port=None, version=None, fields=None):
        """Digests of the certificates that the server knows of a client who shows `pair`."""
        context = self.authority.context()
        if version:
            context.minimum_version = context.maximum_version = version
        if pair:
            certificate, key = pair
            if chain:
                whole = certificate.with_suffix(".whole")
                whole.write_text(certificate.read_text() + self.strangers.between[0].read_text())
                certificate = whole
            context.load_cert_chain(certificate, key)
        connection = http.client.HTTPSConnection("localhost", port or self.mutual, timeout=30, context=context)
        answers = []
        for _ in range(2):  # both over one connection
            connection.putrequest("GET", "/certificate")
            for name, value in fields or ():
                connection.putheader(name, value)
            connection.endheaders()
            answers.append(json.loads(connection.getresponse().read()))
        connection.close()
        self.assertEqual(answers[0], answers[1])
        return answers[0]

    def test_the_certificate_is_known_whoever_issued_it(self):
        pair = self.prove("one")
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            self.assertEqual([digest(der_of(pair[0]))], self.known(pair, version=version))

    def test_what_the_client_sends_with_it_follows(self):
        pair = self.prove("two")
        self.assertEqual([digest(der_of(pair[0])), digest(der_of(self.strangers.between[0]))],
                         self.known(pair, chain=True))

    def test_who_shows_none_is_served(self):
        self.assertEqual([], self.known())

    def test_nobody_is_asked_at_the_other_port(self):
        self.assertEqual([], self.known(self.prove("three"), port=self.server.port))

    def test_a_weak_key_is_refused(self):
        pair = self.prove("weak", ("-newkey", "rsa:1024"))
        context = self.authority.context()
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(*pair)
        with self.assertRaises((ssl.SSLError, ConnectionResetError)):
            with context.wrap_socket(socket.create_connection(("127.0.0.1", self.mutual), timeout=30),
                                     server_hostname="localhost") as agreed:
                agreed.sendall(b"GET /certificate HTTP/1.1\r\nHost: localhost\r\n\r\n")
                agreed.recv(1)
        wait_until(lambda: any("TLS handshake failed" in line["message"] for line in self.server.log_lines()), 30,
                   "it was not logged")

    def test_no_session_is_resumed_where_certificates_are_asked_for(self):
        context = self.authority.context()
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        elsewhere = context.wrap_socket(socket.create_connection(("127.0.0.1", self.server.port), timeout=30),
                                        server_hostname="localhost")
        session = elsewhere.session
        elsewhere.close()
        self.assertTrue(session.has_ticket)
        here = context.wrap_socket(socket.create_connection(("127.0.0.1", self.mutual), timeout=30),
                                   server_hostname="localhost", session=session)
        self.assertFalse(here.session_reused)
        self.assertFalse(here.session.has_ticket)
        here.close()

    def test_whoever_is_no_proxy_cannot_say_what_it_showed(self):
        der = der_of(self.prove("four")[0])
        for port in (self.server.port, self.mutual):
            self.assertEqual([], self.known(port=port, fields=[("Client-Cert", field(der))]))

    def test_it_answers_as_the_other_port_does(self):
        issuer, self.server.issuer = self.server.issuer, f"https://localhost:{self.mutual}"
        try:
            self.assertEqual(200, self.get("/.well-known/openid-configuration").status)
        finally:
            self.server.issuer = issuer


class BehindAProxy(Certificates):
    """The same server, for a proxy that it trusts: what the proxy says counts, and nothing else."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["server"]["trusted_proxies"] = ["127.0.0.1/32", "::1"]
        cls.server.config["server"]["mtls"]["by_proxies"] = True
        cls.server.write_config()

    def test_the_certificate_is_known_whoever_issued_it(self):
        der = der_of(self.prove("one")[0])
        self.assertEqual([digest(der)], self.known(fields=[("Client-Cert", field(der))]))

    def test_what_the_client_sends_with_it_follows(self):
        own, between = der_of(self.prove("two")[0]), der_of(self.strangers.between[0])
        root = der_of(self.strangers.root)
        self.assertEqual([digest(own), digest(between), digest(root)],
                         self.known(fields=[("Client-Cert", field(own)),
                                            ("Client-Cert-Chain", f"{field(between)}, {field(root)}")]))

    def test_nobody_is_asked_at_the_other_port(self):
        """The certificate of the proxy itself is nobody else's."""
        proxy = self.prove("proxy")
        self.assertEqual([], self.known(proxy))
        der = der_of(self.prove("three")[0])
        self.assertEqual([digest(der)], self.known(proxy, fields=[("Client-Cert", field(der))]))

    def test_whoever_is_no_proxy_cannot_say_what_it_showed(self):
        """What is not just so is not believed."""
        der = der_of(self.prove("four")[0])
        text = base64.b64encode(der).decode()
        pem = escaped(der)
        for wrong in (text, f":{text}", f"{text}:", ":", "::", f":{text}=:", f":{text};", f":{text}:;a=1",
                      f": {text}:", f'"{text}"', f"{field(der)}, {field(der)}", field(der[:-1]), field(der + b"\0"),
                      field(b"\x30\x00"), f":{text.replace('+', '-').replace('/', '_')}-:",
                      "-----BEGIN CERTIFICATE-----", pem + pem, pem[:-3], pem + "A",
                      pem.replace("CERTIFICATE", "X509%20CERTIFICATE"), pem.replace("%0A", "%0D%0A"),
                      pem.replace("%20", " ").replace("%0A", " ")):
            self.assertEqual([], self.known(fields=[("Client-Cert", wrong)]), wrong)
        self.assertEqual([], self.known(fields=[("Client-Cert", field(der)), ("Client-Cert", field(der))]))
        self.assertEqual([], self.known(fields=[("Client-Cert-Chain", field(der))]))
        self.assertEqual([], self.known(fields=[("Client-Cert", field(der)), ("Client-Cert-Chain", "nonsense")]))
        many = ", ".join([field(der)] * 11)
        self.assertEqual([], self.known(fields=[("Client-Cert", field(der)), ("Client-Cert-Chain", many)]))


    def test_an_escaped_pem_is_taken_too(self):
        der = der_of(self.prove("five")[0])
        self.assertEqual([digest(der)], self.known(fields=[("Client-Cert", escaped(der))]))
        self.assertEqual([], self.known(fields=[("Client-Cert", escaped(der)), ("Client-Cert", escaped(der))]))

    def test_a_chain_may_be_one_text(self):
        own, between, root = (der_of(self.prove("six")[0]), der_of(self.strangers.between[0]),
                              der_of(self.strangers.root))
        self.assertEqual([digest(own), digest(between), digest(root)],
                         self.known(fields=[("Client-Cert", field(own)), ("Client-Cert-Chain", field(between + root))]))
        self.assertEqual([], self.known(fields=[("Client-Cert", field(own + between))]))
        self.assertEqual([], self.known(fields=[("Client-Cert", field(own)),
                                                ("Client-Cert-Chain", field(between * 10))]))

    def test_a_weak_key_is_refused(self):
        der = der_of(self.prove("weak", ("-newkey", "rsa:1024"))[0])
        self.assertEqual([], self.known(fields=[("Client-Cert", field(der))]))


class BehindAProxyThatSaysNothing(Certificates):
    """By itself a trusted proxy is not believed to know certificates: it may hand on what clients send."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["server"]["trusted_proxies"] = ["127.0.0.1/32", "::1"]
        cls.server.write_config()

    def test_the_certificate_is_known_whoever_issued_it(self):
        self.assertEqual([], self.known(self.prove("one")))

    def test_what_the_client_sends_with_it_follows(self):
        self.assertEqual([], self.known(self.prove("two"), chain=True))


class Configured(Story):
    def check(self, **server):
        self.server.config["server"].update(server)
        self.server.write_config()
        done = self.server.run("check", "--config", str(self.server.config_file))
        return done.returncode, done.stdout + done.stderr

    def test_it_needs_a_certificate_of_the_servers(self):
        status, said = self.check(mtls={"port": 8443})
        self.assertEqual(78, status)
        self.assertIn("server.mtls: port: needs server.tls", said)
        status, said = self.check(mtls={"prot": 8443})
        self.assertIn('server.mtls: unknown key "prot"; did you mean "port"?', said)
        self.assertEqual(78, status)

    def test_it_needs_a_port_of_its_own(self):
        status, said = self.check(mtls={"port": self.server.config["server"]["port"]})
        self.assertIn("server.mtls: port: is that of server", said)
        self.assertEqual(78, status)

    def test_a_client_whose_method_nobody_brings_is_told(self):
        folder = self.server.folder / "clients.d"
        folder.mkdir(exist_ok=True)
        client = folder / "bank.yaml"
        client.write_text("client_id: bank\nclient_name: Bank\ngrant_types: [client_credentials]\nscope: read\n"
                          "token_endpoint_auth_method: tls_client_auth\ntls_client_auth_subject_dn: CN=bank\n")
        self.addCleanup(client.unlink)
        plugins = self.server.config["plugins"]
        self.addCleanup(plugins.__delitem__, slice(len(plugins), None))
        plugins += [{"use": "client_auth.tls"}, {"use": "client_metadata_rule.tls_client_auth"}]
        status, said = self.check(mtls={"by_proxies": True}, trusted_proxies=["127.0.0.1"])
        self.assertEqual(0, status, said)
        self.assertIn(f'{client}:5:29: token_endpoint_auth_method: no plugin brings "tls_client_auth"', said)
        plugins[-2]["ca_file"] = str(Authority(self.server.folder).root)
        status, said = self.check(mtls={"by_proxies": True})
        self.assertEqual(0, status, said)
        self.assertNotIn("no plugin brings", said)

    def test_a_port_alone_is_no_map(self):
        for given in (8444, True, [{"port": 8444}]):
            status, said = self.check(mtls=given)
            self.assertIn("server.mtls: a map is wanted", said)
            self.assertEqual(78, status)
