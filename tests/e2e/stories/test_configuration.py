# SPDX-License-Identifier: Apache-2.0
"""A configuration is checked whole, and each mistake is shown with its line and column."""
import json
import re
import subprocess
from contextlib import nullcontext

from harness import example as placed
from harness.postgresql import private_postgresql
from harness.redis import Redis
from harness.server import BINARY, PLUGINS, ROOT, USES, Gatehouse, clean_environment
from harness.story import Story
from harness.web import wait_until

HEAD = f"""server: {{ port: 0 }}
database: {{ url: "memory:" }}
oauth: {{ issuer: "http://127.0.0.1:1314", pages_dir: "{ROOT}/share/pages", locale_dir: "{ROOT}/share/locale" }}
plugin_dirs: ["{PLUGINS}"]
modules: [discovery]
plugins:
  - use: key_store.local
  - use: token_format.jwt
"""
LINES = HEAD.count("\n")
CODES = HEAD + "  - use: grant.authorization_code\n"

# name: (text, [(line, column or None, words)]). {HEAD} is above; its last line is LINES.
MISTAKES = {
    "unknown section": (HEAD + "sever: {}\n", [(LINES + 1, 1, ["sever", "server"])]),
    "unknown key": (HEAD.replace("port: 0", "prot: 0"), [(1, 11, ["prot", "port"])]),
    "number that is none": (HEAD.replace("port: 0", "port: many"), [(1, None, ["port", "many"])]),
    "port out of range": (HEAD.replace("port: 0", "port: 70000"), [(1, None, ["port", "70000"])]),
    "unknown plugin": (HEAD + "  - use: grant.refesh_token\n",
                       [(LINES + 1, None, ["grant.refesh_token", "grant.refresh_token"])]),
    "unknown module": (HEAD.replace("[discovery]", "[discovry]"), [(5, None, ["discovry", "discovery"])]),
    "unknown key of a plugin": (HEAD + "    signing_algo: ES256\n", [(LINES + 1, 5, ["signing_algo", "signing_alg"])]),
    "unknown choice of a plugin": (HEAD + "    signing_alg: ROT13\n", [(LINES + 1, None, ["signing_alg", "ROT13"])]),
    "duration that is none": (HEAD + "  - use: grant.refresh_token\n    grace: 3 parsecs\n",
                              [(LINES + 2, 12, ["grace", "3 parsecs", "duration"])]),
    "doubled key": (HEAD + "modules: [token]\n", [(LINES + 1, None, ["modules"])]),
    "doubled key in a section": (HEAD.replace("port: 0", "port: 0, port: 1"), [(1, None, ["port"])]),
    "map where a list belongs": (HEAD.replace("[discovery]", "{discovery: yes}"), [(5, None, ["modules"])]),
    "list where a text belongs": (HEAD.replace('issuer: "http://127.0.0.1:1314"', "issuer: [a]"), [(3, None, ["issuer"])]),
    "issuer with a query": (HEAD.replace("1314\"", "1314/?x=1\""), [(3, None, ["issuer"])]),
    "issuer with a fragment": (HEAD.replace("1314\"", "1314/#x\""), [(3, None, ["issuer"])]),
    "issuer that is no URL": (HEAD.replace("http://127.0.0.1:1314", "pigeon"), [(3, None, ["issuer", "pigeon"])]),
    "unknown storage": (HEAD.replace("memory:", "pigeon:"), [(2, None, ["pigeon"])]),
    "plugin without use": (HEAD + "  - name: x\n", [(LINES + 1, None, ["use"])]),
    "plugin named twice": (HEAD + "  - use: token_format.jwt\n", [(LINES + 1, None, ["token_format.jwt", "name"])]),
    "optional where it may not be": (HEAD + "    optional: true\n", [(LINES + 1, None, ["optional"])]),
    "claim without a scope": (HEAD.replace("/locale\" }", "/locale\", claims: { groups: { type: list } } }"),
                              [(3, None, ["claims.groups", "scope"])]),
    "claim of an unknown type": (HEAD.replace("/locale\" }", "/locale\",\n  claims: { groups: { scope: g, type: lst } } }"),
                                 [(4, 39, ["claims.groups.type", "lst", "list"])]),
    "claim that is the server's": (HEAD.replace("/locale\" }", "/locale\",\n  claims: { sub: { scope: g } } }"),
                                   [(4, 13, ["claims.sub", "server"])]),
    "text that is no boolean": (HEAD + "  - use: event_sink.log\n    optional: perhaps\n", [(LINES + 2, None, ["optional"])]),
    "tab for indentation": (HEAD + "\t- use: x\n", [(LINES + 1, None, [])]),
    "unclosed bracket": (HEAD + "x: [\n", [(None, None, [])]),
    "invalid UTF-8": (HEAD.encode() + b"# \xff\n", [(LINES + 1, None, ["UTF-8"])]),
    "alias to nothing": (HEAD + "x: *nowhere\n", [(LINES + 1, None, [])]),
    "a folder of clients that is not there": (HEAD + "clients_dir: /nonexistent/clients.d\n",
                                              [(LINES + 1, 14, ["clients_dir", "/nonexistent/clients.d is not a folder"])]),
    "keys gone before access tokens": (HEAD.replace("key_store.local", "key_store.local\n    keep_for: 9m"),
                                       [(7, None, ["key_store.local", "9m", "an access token", "10m", "access_token_ttl_secs"])]),
    "keys gone before ID tokens": (CODES.replace("key_store.local", "key_store.local\n    keep_for: 59m"),
                                   [(7, None, ["key_store.local", "59m", "an ID token", "1h", "id_token_ttl_secs"])]),
    "access tokens that no key signs": (HEAD.replace("key_store.local", "key_store.local\n    algorithms: [ES256, ES384]"),
                                        [(9, None, ["token_format.jwt", "no key for RS256", "ES256, ES384"])]),
    "nowhere to sign in": (CODES.replace("[discovery]", "[discovery, authorization]"),
                           [(5, 22, ["module.authorization: needs module.login"])]),
    "no way to sign in": (HEAD.replace("[discovery]", "[login]"), [(5, 11, ["needs a login_step", "login_step.password"])]),
    "nobody to sign in": (HEAD + "  - use: login_step.password\n", [(LINES + 1, None, ["needs a user_store", "user_store.local"])]),
    "nobody to tell of": (HEAD.replace("[discovery]", "[userinfo]"), [(5, 11, ["module.userinfo: needs a user_store"])]),
    "no grant": (HEAD.replace("[discovery]", "[token]"), [(5, 11, ["module.token: needs a grant"])]),
    "no client authentication": (HEAD.replace("[discovery]", "[introspection]"),
                                 [(5, 11, ["module.introspection: needs a client_auth", "client_auth.secret"])]),
    "no form of tokens": (HEAD.replace("[discovery]", "[token]").replace("  - use: token_format.jwt\n", ""),
                          [(5, 11, ["module.token: needs a token_format", "token_format.opaque"])]),
    "a plugin folder that is not there": (HEAD.replace(str(PLUGINS), "/nonexistent"), [(None, None, ["/nonexistent"])]),
}

TOML_MISTAKES = {
    "claim told nowhere": (f"plugin_dirs = ['{PLUGINS}']\nmodules = ['discovery']\n[server]\nport = 0\n[database]\nurl = 'memory:'\n"
                           f"[oauth]\nissuer = 'http://127.0.0.1:1314'\npages_dir = '{ROOT}/share/pages'\n"
                           f"locale_dir = '{ROOT}/share/locale'\n"
                           "[oauth.claims]\ngroups = {scope = 'groups', in = ['idtoken']}\n"
                           "[[plugins]]\nuse = 'key_store.local'\n[[plugins]]\nuse = 'token_format.jwt'\n",
                           [(12, 34, ["claims.groups.in", "idtoken", "id_token"])]),
    "unknown key": ("[server]\nprot = 1\n", [(2, 1, ["prot", "port"])]),
    "doubled key": ("[server]\nport = 1\nport = 2\n", [(3, None, ["port"])]),
    "doubled table": ("[server]\nport = 1\n[server]\n", [(3, None, ["server"])]),
    "unclosed text": ("[server]\nhost = \"x\n", [(2, None, [])]),
    "unknown plugin key": (f"plugin_dirs = ['{PLUGINS}']\n[[plugins]]\nuse = \"grant.refresh_token\"\ngrac = \"3s\"\n",
                           [(4, 1, ["grac", "grace"])]),
}


class Configuration(Story):
    @classmethod
    def setUpClass(cls):
        cls.server = Gatehouse()
        cls.addClassCleanup(cls.server.remove)

    def check(self, text, suffix="yaml", environment=None):
        file = self.server.folder / f"tried.{suffix}"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        done = subprocess.run([str(BINARY), "check", "--config", str(file)], capture_output=True, timeout=60,
                              env=clean_environment(**(environment or {})), check=False)
        return done.returncode, (done.stdout + done.stderr).decode(errors="replace")

    def assertShown(self, said, suffix, expected):
        for line, column, words in expected:
            place = rf"tried\.{suffix}:{line or ''}" + (f":{column}:" if column else "")
            fitting = [text for text in said.splitlines() if re.search(place if line else "", text)
                       and all(word in text for word in words)]
            self.assertTrue(fitting, f"nothing says {place} {words} in:\n{said}")

    def test_a_good_one_is_good(self):
        code, said = self.check(HEAD)
        self.assertEqual(0, code, said)

    def test_an_issuer_that_is_not_https_is_good_with_a_warning(self):
        code, said = self.check(HEAD.replace("http://127.0.0.1:1314", "http://id.example.org"))
        self.assertEqual(0, code, said)
        self.assertRegex(said, r"warning: .*tried\.yaml:\d+:\d+: oauth: issuer: http://id\.example\.org is not https")
        self.assertNotIn("not https", self.check(HEAD)[1])

    def test_keys_stay_as_long_as_what_they_sign(self):
        opaque = HEAD.replace("token_format.jwt", "token_format.opaque").replace("key_store.local", "key_store.local\n    keep_for: 1m")
        for text in (CODES.replace("key_store.local", "key_store.local\n    keep_for: 1h"), opaque,
                     HEAD.replace("key_store.local", "key_store.local\n    keep_for: 10m")):
            code, said = self.check(text)
            self.assertEqual(0, code, said)

    def test_every_kind_of_mistake(self):
        for name, (text, expected) in MISTAKES.items():
            with self.subTest(name):
                code, said = self.check(text)
                self.assertEqual(78, code, said)
                self.assertShown(said, "yaml", expected)

    def test_every_kind_of_mistake_in_toml(self):
        for name, (text, expected) in TOML_MISTAKES.items():
            with self.subTest(name):
                code, said = self.check(text, "toml")
                self.assertEqual(78, code, said)
                self.assertShown(said, "toml", expected)

    def test_five_mistakes_give_five_messages_with_line_and_column(self):
        text = (HEAD.replace("port: 0", "prot: 0").replace("[discovery]", "[discovry]")
                .replace('issuer: "http://127.0.0.1:1314"', 'issuer: "http://127.0.0.1:1314", isuer: x')
                + "    signing_algo: ES256\n  - use: grant.refresh_token\n    grace: 3 parsecs\n")
        code, said = self.check(text)
        self.assertEqual(78, code)
        found = re.findall(r"tried\.yaml:(\d+):(\d+): ", said)
        self.assertEqual([1, 3, 5, LINES + 1, LINES + 3], [int(line) for line, _ in found], said)
        self.assertIn("5 problems", said)

    def test_files_that_are_none(self):
        for arguments in (["/nonexistent.yaml"], ["/"], ["/dev/null/x.yaml"]):
            done = self.server.run("check", "--config", *arguments)
            self.assertEqual(78, done.returncode, done)
            self.assertIn(arguments[0], done.stdout + done.stderr)

    def test_a_file_of_another_kind(self):
        code, said = self.check("{}", "ini")
        self.assertEqual(78, code, said)

    def test_huge_and_endless_files(self):
        bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(
            f"a{n}: &a{n} [*a{n - 1},*a{n - 1},*a{n - 1},*a{n - 1},*a{n - 1},*a{n - 1},*a{n - 1}]\n" for n in range(1, 12))
        for text in ("#" * 2_000_000, "[" * 20000, "a: " * 20000, bomb):
            with self.subTest(text[:20]):
                code, said = self.check(text)
                self.assertEqual(78, code, said[:500])
                self.assertLess(len(said), 100_000)

    def test_an_environment_variable_is_named_when_it_is_wrong(self):
        code, said = self.check(HEAD, environment={"SERVER__PORT": "many"})
        self.assertEqual(78, code, said)
        self.assertIn("SERVER__PORT", said)

    def test_a_port_that_is_none_is_the_only_mistake(self):
        text = HEAD.replace('issuer: "http://127.0.0.1:1314", ', "")
        code, said = self.check(text, environment={"SERVER__PORT": "abc"})
        self.assertEqual(78, code, said)
        self.assertIn("1 problem;", said)

    def test_a_secret_that_is_wrong_is_not_missing_as_well(self):
        shared = "redis: { url: 'redis://127.0.0.1:1' }\n"
        for secret, word in (("short", "at least 32"), ("{file: /nonexistent/secret}", "/nonexistent/secret")):
            with self.subTest(secret):
                code, said = self.check(HEAD + shared + f"security: {{ jwt_secret: {secret} }}\n")
                self.assertEqual(78, code, said)
                self.assertIn(word, said)
                self.assertIn("1 problem;", said)
        self.assertIn("root.secret you had", self.check(HEAD + shared)[1])

    def test_the_url_of_a_storage_is_never_repeated(self):
        for url in ("host=h password=GEHEIM dbname=d", "postgresql://u:GEH@EIM@h/d", "postgresql://u:GEH/EIM@h/d",
                    "GEHEIM", "/GEHEIM", "postgresql://u:GEH EIM@h/d", "redis://:GEH@EIM@h/0"):
            for variable in ("DATABASE_URL", "REDIS_URL", "DATABASE__URL"):
                for command in ("check", "config"):
                    with self.subTest(f"{command} {variable}={url}"):
                        done = self.server.run(command, "--config", self.server.config_file,
                                               environment={variable: url, "JWT_SECRET": "s" * 40})
                        self.assertEqual(78, done.returncode, done)
                        self.assertIn("1 problem;", done.stderr)
                        for part in ("GEH", "EIM"):
                            self.assertNotIn(part, done.stdout + done.stderr)
        done = self.server.run("check", "--config", self.server.config_file,
                               environment={"DATABASE_URL": "postgresql://u:a@b@h/d", "JWT_SECRET": "s" * 40})
        self.assertIn("write @ in a password as %40", done.stderr)

    def test_an_unknown_section_variable_is_no_ones_business(self):
        self.assertEqual(0, self.check(HEAD, environment={"PATH__X": "1"})[0])

    def test_config_shows_the_source_of_every_value_and_no_secret(self):
        secret = "s" * 40
        server = Gatehouse(environment={"OAUTH__ACCESS_TOKEN_TTL_SECS": "61", "JWT_SECRET": secret})
        self.addCleanup(server.remove)
        told = server.run("config", "--config", server.config_file, check=True).stdout
        self.assertRegex(told, r"access_token_ttl_secs.*61.*OAUTH__ACCESS_TOKEN_TTL_SECS")
        self.assertIn("JWT_SECRET", told)
        self.assertIn("gatehouse.yaml:", told)
        self.assertIn("default", told)
        self.assertNotIn(secret, told)
        values = json.loads(server.run("config", "--config", server.config_file, "--json", check=True).stdout)
        self.assertIn("environment", values["oauth"]["access_token_ttl_secs"]["source"])

    def test_the_namespaced_variable_wins_over_the_classic_one_and_both_over_the_file(self):
        server = Gatehouse(environment={"SERVER_ADDR": "127.0.0.1:7", "SERVER__PORT": "8"})
        self.addCleanup(server.remove)
        values = json.loads(server.run("config", "--config", server.config_file, "--json", check=True).stdout)
        self.assertEqual("8", str(values["server"]["port"]["value"]))

    def test_app_config_names_the_file_and_config_wins_over_it(self):
        other = self.server.folder / "other.yaml"
        other.write_text("nonsense: true\n")
        self.assertEqual(78, self.server.run("check", environment={"APP_CONFIG": str(other)}).returncode)
        done = self.server.run("check", "--config", self.server.config_file, environment={"APP_CONFIG": str(other)})
        self.assertEqual(0, done.returncode, done)


class Environment(Story):
    """The variables of the fixed surface, on a server that runs."""

    @classmethod
    def setUpClass(cls):
        """Each test starts a server of its own."""

    def start(self, file=None, **variables):
        cls = type(self)
        cls.server = Gatehouse(environment=variables)
        self.addCleanup(self.server.remove)
        self.server.config.pop("server")
        self.server.write_config()
        return self.server

    def test_server_addr_database_url_and_lifetimes(self):
        server = self.start()
        server.config.pop("database")
        server.write_config()
        server.environment.update(SERVER_ADDR=f"127.0.0.1:{server.port}", OAUTH__ACCESS_TOKEN_TTL_SECS="77",
                                  DATABASE_URL=f"sqlite:{server.folder}/elsewhere.db")
        self.furnish()
        server.launch()
        self.assertEqual(77, self.site.tokens(self.browser(), self.user)["expires_in"])
        self.assertTrue((server.folder / "elsewhere.db").exists())

    def test_server_host_and_port(self):
        server = self.start()
        server.environment.update(SERVER__HOST="127.0.0.1", SERVER__PORT=str(server.port))
        server.launch()
        self.assertEqual(200, self.get("/api/healthz").status)

    def test_the_issuer(self):
        server = self.start()
        server.environment.update(SERVER__PORT=str(server.port), OAUTH__ISSUER="https://id.example.org")
        server.launch(wait=False)
        wait_until(lambda: self.answers(), 30, server.log)
        self.assertEqual("https://id.example.org", self.get(
            "/.well-known/openid-configuration", headers={"Host": "id.example.org"}).json()["issuer"])

    def answers(self):
        try:
            return self.get("/api/healthz", headers={"Host": "id.example.org"}).status == 200
        except OSError:
            return False

    def test_a_toml_file(self):
        server = self.start()
        uses = "".join(f'[[plugins]]\nuse = "{use}"\n' for use in USES)
        server.config_file = server.folder / "gatehouse.toml"
        server.config_file.write_text(f"""
plugin_dirs = ["{PLUGINS}"]
modules = ["authorization", "login", "logout", "token", "introspection", "userinfo", "discovery", "operations"]
[server]
host = "127.0.0.1"
port = {server.port}
[database]
url = "sqlite:{server.folder}/gatehouse.db"
[oauth]
issuer = "{server.issuer}"
pages_dir = "{ROOT}/share/pages"
locale_dir = "{ROOT}/share/locale"
{uses}""")
        self.furnish()
        server.launch()
        self.assertIn("id_token", self.site.tokens(self.browser(), self.user))


class Examples(Story):
    """Each file of etc/examples is checked and started once."""

    @classmethod
    def setUpClass(cls):
        """Each file gets a server of its own."""

    def test_each_example_starts(self):
        examples = sorted(file for file in (ROOT / "etc/examples").iterdir() if file.suffix in (".yaml", ".toml"))
        self.assertTrue(examples)
        for example in [ROOT / "etc/gatehouse.yaml", *examples]:
            on_postgresql = re.search(r"^database:\n +url: postgresql://", example.read_text(), re.M)
            with self.subTest(example.name), private_postgresql() if on_postgresql else nullcontext() as url:
                self.start_example(example, url)

    def test_a_server_for_programs_needs_no_pages(self):
        server = type(self).server = Gatehouse()
        self.addCleanup(server.remove)
        server.config_file = placed.moved_here(server, ROOT / "etc/examples/machine-to-machine.toml")
        server.environment = {"SERVER__PORT": str(server.port), "OAUTH__ISSUER": server.issuer,
                              "OAUTH__PAGES_DIR": "/not/there", "OAUTH__LOCALE_DIR": "/not/there"}
        server.add_client("machine", grants=("client_credentials",), scope="read")
        server.launch()
        self.assertEqual(200, self.get("/.well-known/oauth-authorization-server").status)
        text = server.config_file.read_text()
        server.config_file.write_text(text.replace('"token", ', '"token", "login", '))
        done = server.run("check", "--config", server.config_file)
        self.assertEqual(78, done.returncode, done)
        self.assertIn("/not/there", done.stdout + done.stderr)

    def start_example(self, example, url):
        server = type(self).server = Gatehouse()
        try:
            placed.use(server, example)
            if url:
                server.environment["DATABASE__URL"] = url
            if "\nredis:" in example.read_text():
                server.redis = server.redis or Redis()
                server.environment.update(REDIS__URL=server.redis.url, SECURITY__JWT_SECRET="s" * 40)
            done = server.run("check", "--config", server.config_file)
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            server.launch()
            self.assertEqual(200, self.get("/api/readyz").status)
            self.assertNotIn("cannot be used", server.settled_log())
        except BaseException:
            server.keep(f"example-{example.name}")
            raise
        finally:
            server.remove()
