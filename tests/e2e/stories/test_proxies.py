# SPDX-License-Identifier: Apache-2.0
"""The example sites of nginx, HAProxy and Apache: a login over TLS through each, and what it says of people."""
import os
import re
import shutil
import ssl
import subprocess
import tempfile
from pathlib import Path

from harness.port import free_port
from harness.server import ROOT, Gatehouse
from harness.story import Story
from harness.web import Browser, wait_until

PERSON = "127.0.0.2"  # not one of the trusted proxies


class BehindProxy:
    """What must hold behind each. Subclasses say `example` and `launch_proxy()`."""

    example = None

    @classmethod
    def configured(cls, issuer):
        """The server's settings and plugins."""
        return {"server": {"trusted_proxies": ["127.0.0.1/32"]}, "oauth": {"issuer": issuer}}, None

    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp(prefix="gatehouse-proxy-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.folder.chmod(0o755)
        cls.port = free_port()
        issuer = f"https://localhost:{cls.port}"
        cls.server = Gatehouse(*cls.configured(issuer))
        cls.addClassCleanup(cls.server.remove)
        cls.furnish()
        cls.server.launch()
        cls.make_certificate()
        cls.tls = ssl.create_default_context(cafile=str(cls.folder / "id.example.org.pem"))
        cls.proxy = cls.launch_proxy(cls.adapted())
        cls.addClassCleanup(cls.stop_proxy)
        # From now on everybody comes through the proxy.
        cls.server.issuer = issuer
        cls.server.browser = cls.person_at_a_browser
        wait_until(cls.answers, 20, cls.complaints)

    @classmethod
    def make_certificate(cls):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
                        "-keyout", "id.example.org.key", "-out", "id.example.org.pem"],
                       cwd=cls.folder, check=True, capture_output=True)
        (cls.folder / "both.pem").write_text((cls.folder / "id.example.org.pem").read_text() +
                                             (cls.folder / "id.example.org.key").read_text())

    @classmethod
    def adapted(cls):
        """The example with the ports, names and files of this test, and nothing else changed."""
        new = {"127.0.0.1:1314": f"127.0.0.1:{cls.server.port}", "443": f"{cls.port}",
               "/etc/haproxy/id.example.org.pem": f"{cls.folder}/both.pem",
               "/etc/ssl/": f"{cls.folder}/", " id.example.org;": " localhost;",
               "ServerName id.example.org": "ServerName localhost", **cls.more()}
        # In one pass: a free port may well have 443 in it.
        return re.sub("|".join(map(re.escape, new)), lambda old: new[old[0]], cls.text())

    @classmethod
    def text(cls):
        return (ROOT / "etc/examples" / cls.example).read_text()

    @classmethod
    def more(cls):
        return {}

    @classmethod
    def run_proxy(cls, *command):
        with open(cls.folder / "proxy.log", "wb") as log:
            return subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)

    @classmethod
    def stop_proxy(cls):
        cls.proxy.terminate()
        cls.proxy.wait(30)

    @classmethod
    def complaints(cls):
        return "".join(file.read_text() for file in sorted(cls.folder.glob("*.log"))) or "the proxy does not answer"

    @classmethod
    def person_at_a_browser(cls, **options):
        return Browser(f"https://localhost:{cls.port}", tls=cls.tls, source=PERSON, **options)

    @classmethod
    def answers(cls):
        try:
            return cls.person_at_a_browser().get("/api/readyz").status == 200
        except OSError:
            return False

    def test_a_login_with_tokens_of_the_issuer_that_people_see(self):
        tokens = self.site.tokens(self.browser(), self.user, nonce="once")
        self.assertIdToken(tokens["id_token"], self.site, "once")
        self.assertEqual(self.server.issuer, self.get("/.well-known/openid-configuration").json()["issuer"])

    def test_cookies_are_for_https_only(self):
        browser = self.browser()
        self.site.journey(browser, None)
        self.assertTrue(browser.cookies)
        for cookie in browser.cookies.values():
            self.assertIn("secure", {name.lower() for name in cookie.attributes})

    def test_the_persons_address_counts_and_not_what_the_person_says(self):
        lies = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
        answer = self.get("/.well-known/openid-configuration", headers=lies)
        self.assertNotIn("evil", answer.text)
        wait_until(lambda: any(line.get("client") == PERSON for line in self.server.log_lines()), 20, self.server.log)
        self.assertNotIn("203.0.113.7", self.server.settled_log())

    def test_a_long_state_comes_back(self):
        landing = self.site.journey(self.browser(), self.user, state="s" * 2000)
        self.assertEqual("s" * 2000, landing.params["state"])

    def test_metrics_stay_inside(self):
        self.assertEqual(403, self.get("/metrics").status)


class Nginx(BehindProxy, Story):
    example = "nginx.conf"

    @classmethod
    def launch_proxy(cls, site):
        temporary = "".join(f"{name}_temp_path {cls.folder}/{name};\n"
                            for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (cls.folder / "proxy.conf").write_text(
            f"daemon off;\npid {cls.folder}/pid;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{site}\n}}\n")
        return cls.run_proxy("/usr/sbin/nginx", "-c", cls.folder / "proxy.conf", "-e", cls.folder / "error.log")


class HAProxy(BehindProxy, Story):
    example = "haproxy.cfg"

    @classmethod
    def launch_proxy(cls, site):
        (cls.folder / "proxy.conf").write_text(
            f"defaults\n    timeout connect 5s\n    timeout client 30s\n    timeout server 30s\n{site}\n")
        return cls.run_proxy("/usr/sbin/haproxy", "-db", "-f", cls.folder / "proxy.conf")


class Apache(BehindProxy, Story):
    example = "apache.conf"

    @classmethod
    def launch_proxy(cls, site):
        modules = ("mpm_event", "authz_core", "ssl", "socache_shmcb", "proxy", "proxy_http", "headers")
        loading = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in modules)
        user = "www-data" if os.geteuid() == 0 else f"#{os.getuid()}"
        group = "www-data" if os.geteuid() == 0 else f"#{os.getgid()}"
        (cls.folder / "proxy.conf").write_text(
            f"{loading}User {user}\nGroup {group}\n"
            f"ServerName localhost\nPidFile {cls.folder}/pid\nErrorLog {cls.folder}/error.log\n"
            f"DefaultRuntimeDir {cls.folder}\nListen {cls.port} https\n{site}\n")
        return cls.run_proxy("/usr/sbin/apache2", "-d", cls.folder, "-f", cls.folder / "proxy.conf", "-D", "FOREGROUND")
