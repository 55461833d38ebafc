# SPDX-License-Identifier: Apache-2.0
"""Clients nobody here wrote, each doing a login: two Node libraries, one of Python, one of Go, Spring Security and Apache's
module; by plain HTTP and by the server's own https."""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from harness import jwe, jwt
from harness.certificate import Authority
from harness.ciba import CibaStory, Receiver
from harness.device import DeviceStory
from harness.exchange import BEARER, EXCHANGE, Elsewhere, policy
from harness.port import free_port
from harness.real_client import MADE, NODE, VENV, run_client, run_site
from harness.registration import modules
from harness.server import MODULES, ROOT, USES, clean_environment
from harness.site import TOKEN, Site
from harness.story import Story
from harness.web import wait_until


class RealClients(Story):
    plugins = [*USES, "client_metadata_rule.jwt_responses"]
    modules = modules()
    trusting = {}

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.posting = cls.client("posting", method="client_secret_post")

    def test_openid_client(self):
        run_client([NODE, "openid-client.mjs"], self.site, self.user, self.trusting)

    def test_openid_client_registers_itself(self):
        token = self.server.command("registration-token", "create")["token"]
        nobody = Site(self.server, None, redirect="https://dynamic.example/callback")
        run_client([NODE, "openid-client-registration.mjs"], nobody, self.user, self.trusting, initial_token=token)

    def test_oauth4webapi(self):
        signer = jwt.Signer("ES256")
        jwks = self.server.folder / "jwks.json"
        jwks.write_text(json.dumps({"keys": [signer.jwk()]}))
        client = self.client("keyed", "https://keyed.example/cb", method="private_key_jwt",
                             options=("--jwks", str(jwks)))
        wait_until(lambda: client.journey(self.browser(), None).shown == ["login"], 30, "not seen")
        key = jwt.run("openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", data=signer.private)
        run_client([NODE, "oauth4webapi.mjs"], client, self.user, self.trusting,
                   private_key=base64.b64encode(key).decode())

    def test_authlib(self):
        run_client([str(VENV / "bin/python"), "authlib_login.py"], self.posting, self.user, self.trusting)

    def test_go_oidc(self):
        run_site([str(MADE / "go-oidc")], self.site, self.user, self.trusting)


class ExchangingClients(Story):
    """Tokens for tokens, and for what another issuer says."""

    @classmethod
    def setUpClass(cls):
        cls.elsewhere = Elsewhere()
        cls.addClassCleanup(cls.elsewhere.close)
        cls.settings = {"outgoing": {"allow": [cls.elsewhere.shelf.origin]}}
        cls.plugins = [*USES, "grant.token_exchange", "client_metadata_rule.token_exchange", "grant.jwt_bearer",
                       {"use": "trusted_issuer.jwt", "issuer": cls.elsewhere.url, "jwks_uri": cls.elsewhere.jwks_uri,
                        "subjects": {"people": {"clients": ["portal"], "person": {"by": "login"},
                                                "scopes": ["openid", "email"]}}}]
        super().setUpClass()

    def test_oauth4webapi_exchanges_a_token(self):
        gateway = self.client("gateway", grants=(EXCHANGE, "client_credentials"), scope="openid email audit",
                              options=policy(**{"from": ["site"], "as": ["delegation", "impersonation"]}))
        wait_until(lambda: gateway.call(TOKEN, {"grant_type": "client_credentials"}).status == 200, 30, "not seen")
        run_client([NODE, "oauth4webapi-exchange.mjs"], self.site, self.user, gateway=gateway.id,
                   gateway_secret=gateway.secret)

    def test_authlib_shows_an_assertion(self):
        portal = self.client("portal", method="none", grants=(BEARER,), scope="openid email")
        run_client([str(VENV / "bin/python"), "authlib_assertion.py"], portal, self.user, elsewhere=self.elsewhere.url,
                   key=self.elsewhere.signer.private.decode(), kid=self.elsewhere.signer.kid)


class BoundClients(Story):
    """Whose tokens are bound to a key (DPoP)."""
    plugins = [*USES, "token_binding.dpop", "client_metadata_rule.dpop"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.public = cls.client("public", "https://public.example/callback", method="none",
                                options=("--member", "dpop_bound_access_tokens=true"))

    def test_openid_client_with_dpop(self):
        run_client([NODE, "openid-client-dpop.mjs"], self.public, self.user)

    def test_oauth4webapi_with_dpop(self):
        for algorithm in ("ES256", "PS256"):
            run_client([NODE, "oauth4webapi-dpop.mjs"], self.site, self.user, algorithm=algorithm)


class BoundClientsThatPush(BoundClients):
    """Requests with proofs, which need nonces of the server's."""
    plugins = [*USES, {"use": "token_binding.dpop", "nonce_life": "10s"}, "client_metadata_rule.dpop", "request_source.par"]
    modules = [*MODULES, "par"]


class Devices(DeviceStory):
    """Programs without a browser, whose person signs them in elsewhere."""
    modules = [*MODULES, {"use": "device", "interval": "1s"}]

    def test_oauth4webapi(self):
        run_client([NODE, "oauth4webapi-device.mjs"], self.tv, self.user)

    def test_a_shell_script(self):
        script = subprocess.Popen(
            ["sh", str(ROOT / "etc/examples/device-login.sh")], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=clean_environment(ISSUER=self.server.issuer, CLIENT_ID=self.tv.id))
        self.addCleanup(script.wait, 60)
        self.addCleanup(script.kill)
        code = re.search(r"enter (\S+),", script.stderr.readline()).group(1)
        self.assertIn(code, script.stderr.readline())
        self.decide({"user_code": code})
        token, errors = script.communicate(timeout=60)
        self.assertEqual("", errors)
        self.assertEqual(self.user.claims["name"], self.tv.userinfo(token.strip()).json()["name"])

    def test_a_shell_script_hears_that_it_was_denied(self):
        with subprocess.Popen(
                ["sh", str(ROOT / "etc/examples/device-login.sh")], text=True, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, env=clean_environment(ISSUER=self.server.issuer, CLIENT_ID=self.tv.id)) as script:
            code = re.search(r"enter (\S+),", script.stderr.readline()).group(1)
            self.decide({"user_code": code}, "deny")
            token, errors = script.communicate(timeout=60)
        self.assertEqual((1, ""), (script.returncode, token))
        self.assertIn("access_denied", errors)


class PeopleAskedElsewhere(CibaStory):
    """A program whose person is asked on their phone: a service decides, once it has thought."""
    modules = [*MODULES, {"use": "ciba", "interval": "1s"}]

    @classmethod
    def setUpClass(cls):
        cls.receiver = Receiver().open()
        cls.addClassCleanup(cls.receiver.close)
        cls.receiver.answer = lambda body: (200, {"decision": "allow" if len(cls.receiver.got) > 2 else "pending"})
        cls.settings = {"outgoing": {"allow": [cls.receiver.origin]}}
        cls.plugins = [*CibaStory.plugins, {"use": "approver.http", "url": cls.receiver.origin, "secret": "s" * 24}]
        super().setUpClass()

    def test_oauth4webapi(self):
        run_client([NODE, "oauth4webapi-ciba.mjs"], self.shop, self.user)
        self.assertEqual("W4SCT", self.receiver.bodies()[0]["shown"]["binding_message"])


class SpringSecurity(Story):
    """A Spring Boot site that knows nothing of the server but its issuer."""

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.port = free_port()
        cls.address = f"http://127.0.0.1:{cls.port}/"
        cls.site = cls.client("spring", f"{cls.address}login/oauth2/code/gatehouse",
                              options=("--pkce", "optional"))

    def setUp(self):
        registration = "--spring.security.oauth2.client.registration.gatehouse."
        self.output = open(self.server.folder / "spring.log", "w+")
        self.addCleanup(self.output.close)
        self.program = subprocess.Popen([
            "java", "-XX:TieredStopAtLevel=1", "-jar", MADE / "site-1.jar", f"--server.port={self.port}",
            "--server.address=127.0.0.1",
            f"--spring.security.oauth2.client.provider.gatehouse.issuer-uri={self.server.issuer}",
            f"{registration}client-id={self.site.id}", f"{registration}client-secret={self.site.secret}",
            f"{registration}scope=openid,email"], stdout=self.output, stderr=subprocess.STDOUT)
        self.addCleanup(self.program.wait, 60)
        self.addCleanup(self.program.terminate)
        wait_until(self.answers, 120, lambda: f"Spring does not start:\n{self.said()}")

    def said(self):
        return (self.server.folder / "spring.log").read_text()

    def answers(self):
        if self.program.poll() is not None:
            raise AssertionError(self.said())
        try:
            return self.get(self.address).status == 302
        except OSError:
            return False

    def test_a_person_logs_in_and_sees_the_page(self):
        browser = self.browser(headers={"Accept": "text/html"})
        begun = browser.get(browser.get(self.address).location)
        landing = self.site.walk(browser, browser.get(begun.location), self.user)
        self.assertTrue(landing.is_back, landing)
        answer = browser.get(landing.response.location)
        self.assertEqual(302, answer.status, self.said())
        page = browser.get(answer.location)
        self.assertEqual(200, page.status, self.said())
        self.assertIn("logged in as ", page.text)
        self.assertIn(self.user.claims["email"], page.text)


class SecretiveClient(Story):
    """Signs its requests and has its answers encrypted."""
    plugins = [*USES, "request_source.request_object", "client_metadata_rule.request_object",
               "client_metadata_rule.jwt_responses"]

    def test_openid_client_signs_its_request_and_decrypts_its_answers(self):
        signer = jwt.Signer("ES256")
        pair = jwe.LIBRARIES[0].key("ECDH-ES")
        jwks = self.server.folder / "jwks.json"
        jwks.write_text(json.dumps({"keys": [signer.jwk(), {**pair["public"], "use": "enc", "kid": "enc"}]}))
        members = {"require_signed_request_object": "true", "request_object_signing_alg": "ES256",
                   "id_token_encrypted_response_alg": "ECDH-ES", "id_token_encrypted_response_enc": "A256GCM",
                   "userinfo_signed_response_alg": "ES256", "userinfo_encrypted_response_alg": "ECDH-ES",
                   "userinfo_encrypted_response_enc": "A256GCM"}
        options = [part for name, value in members.items() for part in ("--member", f"{name}={value}")]
        client = self.client("secretive", "https://secretive.example/cb", options=("--jwks", str(jwks), *options))
        wait_until(lambda: client.journey(self.browser(), None).error == "invalid_request", 30, "not seen")
        key = jwt.run("openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", data=signer.private)
        run_client([NODE, "openid-client-encrypted.mjs"], client, self.user, private_key=base64.b64encode(key).decode(),
                   decryption_key={**pair["private"], "kid": "enc"})


class PushingClients(Story):
    """Sign their requests, push them, and get their answers as a JWT; authenticated by private_key_jwt."""
    plugins = [*USES, "request_source.request_object", "client_metadata_rule.request_object", "request_source.par",
               "client_metadata_rule.par", "response_mode.jwt", "client_metadata_rule.jarm"]
    modules = [*MODULES, "par"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.signer = jwt.Signer("ES256")
        jwks = cls.server.folder / "jwks.json"
        jwks.write_text(json.dumps({"keys": [cls.signer.jwk()]}))
        members = {"require_signed_request_object": "true", "request_object_signing_alg": "ES256",
                   "require_pushed_authorization_requests": "true", "authorization_signed_response_alg": "ES256"}
        options = [part for name, value in members.items() for part in ("--member", f"{name}={value}")]
        cls.pushing = cls.client("pushing", "https://pushing.example/cb", method="private_key_jwt",
                                 options=("--jwks", str(jwks), *options))

    def run_client(self, program):
        key = jwt.run("openssl", "pkcs8", "-topk8", "-nocrypt", "-outform", "DER", data=self.signer.private)
        run_client([NODE, program], self.pushing, self.user, private_key=base64.b64encode(key).decode())

    def test_openid_client(self):
        self.run_client("openid-client-pushed.mjs")

    def test_oauth4webapi(self):
        self.run_client("oauth4webapi-pushed.mjs")


class RealClientsByTls(RealClients):
    @classmethod
    def furnish(cls):
        root = speak_tls(cls.server)
        cls.trusting = {"NODE_EXTRA_CA_CERTS": root, "SSL_CERT_FILE": root, "REQUESTS_CA_BUNDLE": root}
        super().furnish()


def speak_tls(server):
    """Path of the root certificate that clients have to trust."""
    authority = Authority(server.folder)
    server.speak_tls(authority, authority.issue("own", "localhost"))
    return str(authority.root)


APACHE = """
ServerRoot {folder}
ServerName 127.0.0.1
PidFile {folder}/apache.pid
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authn_core_module {modules}/mod_authn_core.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule authz_user_module {modules}/mod_authz_user.so
LoadModule headers_module {modules}/mod_headers.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule auth_openidc_module {modules}/mod_auth_openidc.so
User {user}
Group {group}
ErrorLog {folder}/error.log
LogLevel warn
DocumentRoot {folder}/pages
DirectoryIndex index.html
OIDCProviderMetadataURL {issuer}/.well-known/openid-configuration
OIDCClientID {client}
OIDCClientSecret {secret}
OIDCRedirectURI http://127.0.0.1:{port}/protected/callback
OIDCCryptoPassphrase a-passphrase-of-the-test
OIDCScope "openid email profile"
OIDCPKCEMethod S256
OIDCRemoteUserClaim email
{trusting}
<Location /protected>
  AuthType openid-connect
  Require valid-user
  Header set X-Seen-User "expr=%{{REMOTE_USER}}"
</Location>
"""


class Apache(Story):
    """Apache with mod_auth_openidc protects a page, and is told when a session has ended."""

    plugins = [*USES, "client_metadata_rule.backchannel_logout"]
    trusting = ""

    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.settings = {"outgoing": {"allow": [f"http://127.0.0.1:{cls.port}"]}}
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        callback = f"http://127.0.0.1:{cls.port}/protected/callback"
        cls.site = cls.client("apache", callback, options=(
            "--member", f"backchannel_logout_uri={callback}?logout=backchannel"))

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="gatehouse-apache-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.folder.chmod(0o755)
        (self.folder / "pages/protected").mkdir(parents=True)
        (self.folder / "pages/protected/index.html").write_text("the protected page\n")
        as_root = os.geteuid() == 0
        (self.folder / "apache.conf").write_text(APACHE.format(
            folder=self.folder, port=self.port, trusting=self.trusting, modules="/usr/lib/apache2/modules", issuer=self.server.issuer,
            client=self.site.id, secret=self.site.secret, user="www-data" if as_root else f"#{os.getuid()}",
            group="www-data" if as_root else f"#{os.getgid()}"))
        self.apache = subprocess.Popen(["/usr/sbin/apache2", "-d", self.folder, "-f", self.folder / "apache.conf",
                                        "-D", "FOREGROUND"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.addCleanup(self.stop_apache)
        self.address = f"http://127.0.0.1:{self.port}/protected/"
        wait_until(self.answers, 20, lambda: f"Apache does not start: {self.apache.poll()}")

    def stop_apache(self):
        self.apache.terminate()
        self.apache.communicate(timeout=30)

    def answers(self):
        try:
            return self.person_at_a_browser().get(self.address).status == 302
        except OSError:
            return False

    def person_at_a_browser(self):
        """Apache sends only those to log in who want to see a page."""
        return self.browser(headers={"Accept": "text/html,*/*;q=0.8"})

    def errors(self):
        return (self.folder / "error.log").read_text()

    def signed_in(self):
        """A browser that has seen the protected page, and that page."""
        browser = self.person_at_a_browser()
        landing = self.site.walk(browser, browser.get(browser.get(self.address).location), self.user)
        self.assertTrue(landing.is_back, landing)
        answer = browser.get(landing.response.location)
        self.assertEqual(302, answer.status, f"{answer!r}\n{self.errors()}")
        page = browser.get(answer.location)
        self.assertEqual(200, page.status, self.errors())
        return browser, page

    def test_a_person_logs_in_and_sees_the_protected_page(self):
        _, page = self.signed_in()
        self.assertEqual("the protected page\n", page.text)
        self.assertEqual(self.user.claims["email"], page.header("X-Seen-User"))

    def test_who_signs_out_here_is_signed_out_there(self):
        browser, _ = self.signed_in()
        self.assertEqual(200, browser.get(self.address).status)
        self.server.command("user", "logout", self.user.login)
        wait_until(lambda: browser.get(self.address).status == 302, 60, lambda: f"still there: {self.errors()}")

    def test_a_person_who_cancels_does_not_see_it(self):
        browser = self.person_at_a_browser()
        landing = self.site.walk(browser, browser.get(browser.get(self.address).location), None)
        cancelled = self.site.walk(browser, landing.page.press(browser, "login-cancel"))
        self.assertEqual("access_denied", cancelled.error)
        answer = browser.get(cancelled.response.location)
        self.assertNotIn("the protected page", answer.text)


class ApacheByTls(Apache):
    @classmethod
    def furnish(cls):
        cls.root = speak_tls(cls.server)
        super().furnish()

    def setUp(self):
        folder = Path(tempfile.mkdtemp(prefix="gatehouse-root-"))
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        self.trusting = f"OIDCCABundlePath {shutil.copy(self.root, folder)}"
        super().setUp()
