# SPDX-License-Identifier: Apache-2.0
"""The real binary, on a free loopback port, with a folder of its own that goes away afterwards."""
import copy
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .port import free_port
from .redis import Redis
from .web import Browser, wait_until

ROOT = Path(__file__).resolve().parents[3]
BUILD = Path(os.environ.get("GATEHOUSE_BUILD", ROOT / "build" / "release")).resolve()
OUTPUT = Path(os.environ.get("GATEHOUSE_TEST_OUTPUT", ROOT / "build" / "test-output")).resolve()
BINARY = BUILD / "bin" / "gatehouse"
PLUGINS = BUILD / "plugins"
# Every story with a Redis beside the database.
WITH_REDIS = os.environ.get("GATEHOUSE_TEST_REDIS", "") not in ("", "0")

MODULES = ["authorization", "login", "logout", "token", "introspection", "userinfo", "discovery", "operations"]
USES = ["grant.authorization_code", "grant.refresh_token", "grant.client_credentials",
        "token_format.jwt", "token_format.opaque",
        "client_auth.secret", "client_auth.jwt", "client_auth.none",
        "user_store.local", "login_step.password", "key_store.local",
        "event_sink.log", "metrics.prometheus"]


def trusting(*clients):
    """The usual modules; these clients may introspect every access token."""
    return [{"use": "introspection", "trusted_clients": list(clients)} if name == "introspection" else name
            for name in MODULES]


ENVIRONMENT = ("SERVER_ADDR", "DATABASE_URL", "REDIS_URL", "JWT_SECRET", "APP_CONFIG")
# Where servers keep things, unless a story is about SQLite; empty: in SQLite.
POSTGRESQL = os.environ.get("GATEHOUSE_TEST_POSTGRESQL", "")
SECTIONS = ("SERVER__", "DATABASE__", "REDIS__", "SECURITY__", "OAUTH__", "LOGGING__", "LOG__")


def clean_environment(**more):
    """This process's environment without any setting of the server."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ENVIRONMENT and not name.startswith(SECTIONS)}
    return {**kept, **more}


class CommandFailed(AssertionError):
    def __init__(self, arguments, done):
        super().__init__(f"gatehouse {' '.join(map(str, arguments))}: exit {done.returncode}\n"
                         f"{done.stdout}{done.stderr}")
        self.code = done.returncode
        self.output = done.stdout + done.stderr


class Tenant:
    """One of a server's issuers, for a Site to log in at."""

    def __init__(self, server, issuer):
        self.server = server
        self.issuer = issuer

    def browser(self, **options):
        return Browser(self.issuer, **options)

    @property
    def metadata(self):
        return self.browser().get("/.well-known/openid-configuration").json()

    def command(self, *arguments, stdin=None):
        return self.server.command(*arguments, "--issuer", self.issuer, stdin=stdin)

    def add_client(self, identifier, *redirects, **options):
        return Gatehouse.add_client(self, identifier, *redirects, **options)

    def add_user(self, login, password, claims=None):
        return Gatehouse.add_user(self, login, password, claims)


class Gatehouse:
    """A configuration in a private folder, and the server and commands that use it."""

    def __init__(self, settings=None, plugins=None, modules=None, environment=None, port=None, database=None):
        self.folder = Path(tempfile.mkdtemp(prefix="gatehouse-e2e-"))
        self.folder.chmod(0o700)
        self.port = port or free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.environment = dict(environment or {})
        self.config_file = self.folder / "gatehouse.yaml"
        self.log_file = self.folder / "server.log"
        self.clients_dir = self.folder / "clients.d"
        self.clients_dir.mkdir()
        self.process = None
        self.log_writer = None
        self.metadata = None
        self.tls = None
        self.schema = f"story_{os.getpid()}_{self.port}" if POSTGRESQL and database != "sqlite" else None
        self.redis = None
        self.config = self._default(plugins, modules)
        if WITH_REDIS:
            self.use_redis(Redis().has_long_been_there())
        merge(self.config, settings or {})
        self.write_config()

    def _default(self, plugins, modules):
        entries = [{"use": use} if isinstance(use, str) else use for use in plugins or USES]
        return {
            **self._storage(),
            "server": {"host": "127.0.0.1", "port": self.port},
            "oauth": {"issuer": self.issuer, "pages_dir": str(ROOT / "share/pages"),
                      "locale_dir": str(ROOT / "share/locale")},
            # Stories make many mistakes on purpose; those about limits take this away.
            "limits": {"password_failures": 0, "address_failures": 0, "account_failures": 0,
                       "client_failures": 0, "client_address_failures": 0},
            "clients_dir": str(self.clients_dir),
            "plugin_dirs": [str(PLUGINS)],
            "modules": list(modules or MODULES),
            "plugins": copy.deepcopy(entries),
        }

    def _storage(self):
        if not self.schema:
            return {"database": {"url": f"sqlite:{self.folder}/gatehouse.db"}}
        self.sql(f"CREATE SCHEMA {self.schema}")
        return {"database": {"url": f"{POSTGRESQL}?options=-csearch_path%3D{self.schema}"},
                "security": {"jwt_secret": "the root secret of all stories on PostgreSQL"}}

    @staticmethod
    def sql(statement):
        return subprocess.run(["psql", "-qAt", "-d", POSTGRESQL, "-c", statement], check=True, timeout=60,
                              stdout=subprocess.PIPE,
                              env={**os.environ, "PGOPTIONS": "-c client_min_messages=warning"}).stdout

    def stored(self):
        """All that the database holds, as bytes to look for something in."""
        if self.schema:
            return self.sql("SELECT kind, encode(key, 'escape'), encode(payload, 'escape') "
                            f"FROM {self.schema}.gatehouse_records")
        return b"".join(file.read_bytes() for name in ("gatehouse.db*", "gatehouse.db-marks/*")
                        for file in self.folder.glob(name) if file.is_file())

    def use_redis(self, redis):
        """What passes is kept in `redis`, which goes away with this."""
        self.redis = redis
        self.config["redis"] = {"url": redis.url}
        self.config["security"] = {"jwt_secret": "of-a-story-0123456789-0123456789-0123456789"}

    def speak_tls(self, authority, certificates):
        """From the next start on: `certificates` as `server.tls` has them."""
        self.issuer = self.config["oauth"]["issuer"] = f"https://localhost:{self.port}"
        self.config["server"]["tls"] = certificates
        self.tls = authority.context()
        self.write_config()

    def take_first_start(self):
        """What a first start makes is taken from another one, where it would be the same: keys take long to make."""
        if not self.schema and self.config["database"] == self._storage()["database"] \
                and not {"security", "issuers"} & self.config.keys() \
                and {"use": "key_store.local"} in self.config["plugins"]:
            for name, content in first_start().items():
                file = self.folder / name
                file.touch(0o600)
                file.write_bytes(content)

    def write_config(self):
        """JSON is YAML; so a configuration is a value here."""
        self.config_file.write_text(json.dumps(self.config, indent=2) + "\n")

    def plugin(self, use):
        """The entry of a plugin in the configuration, to change before write_config()."""
        return next(entry for entry in self.config["plugins"] if entry["use"] == use)

    def build_plugin(self, use, source):
        """Compiles a plugin against the SDK alone, into a folder where the server will look."""
        folder = self.folder / "plugins"
        folder.mkdir(0o755, exist_ok=True)
        subprocess.run([os.environ.get("CXX", "c++"), "-std=c++17", "-shared", "-fPIC", "-fvisibility=hidden",
                        "-I", ROOT / "kernel/sdk/include", ROOT / source, "-Wl,-z,now,-z,nodelete",
                        "-o", folder / f"{use}.so"], check=True)
        self.config["plugin_dirs"].append(str(folder))
        self.write_config()

    # Commands

    def run(self, *arguments, stdin=None, stdout=subprocess.PIPE, environment=None, check=False):
        command = [str(BINARY), *map(str, arguments)]
        done = subprocess.run(command, input=stdin, stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=120,
                              env=clean_environment(**self.environment, **(environment or {})), check=False)
        if check and done.returncode != 0:
            raise CommandFailed(arguments, done)
        return done

    def command(self, *arguments, stdin=None):
        """Runs a command on this configuration; its --json answer."""
        done = self.run(*arguments, "--config", self.config_file, "--json", stdin=stdin, check=True)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def add_client(self, identifier, *redirects, grants=("authorization_code", "refresh_token"),
                   scope="openid profile email address phone offline_access", method="client_secret_basic",
                   name=None, options=()):
        arguments = ["client", "add", "--id", identifier, "--name", name or f"Site {identifier}",
                     "--auth-method", method, "--scope", scope]
        for uri in redirects:
            arguments += ["--redirect-uri", uri]
        for grant in grants:
            arguments += ["--grant", grant]
        return self.command(*arguments, *options)

    def add_user(self, login, password, claims=None):
        arguments = ["user", "add", login, "--password-stdin"]
        for name, value in (claims or {}).items():
            text = value if isinstance(value, str) else json.dumps(value)
            arguments += ["--claim", f"{name}={text}"]
        return self.command(*arguments, stdin=password)

    # The process

    def launch(self, wait=True, preexec=None, pipe_log=False, under=(), descriptors=()):
        """`pipe_log`: another process writes the log, so that limits on the server's files spare it.
        `under`: a command that runs it; `descriptors`: those it is given."""
        log = open(self.log_file, "ab")
        if pipe_log:
            writer = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=log)
            log.close()
            log = writer.stdin
        self.process = subprocess.Popen(
            [*under, str(BINARY), "serve", "--config", str(self.config_file)], stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, env=clean_environment(**self.environment), preexec_fn=preexec,
            pass_fds=descriptors)
        log.close()
        self.log_writer = writer if pipe_log else None
        if wait:
            self.wait_ready()
        return self

    def wait_ready(self, seconds=60):
        def ready():
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}:\n{self.log()}")
            try:
                return self.browser(timeout=5).get("/api/readyz").status == 200
            except OSError:
                return False
        wait_until(ready, seconds, lambda: f"the server is not ready:\n{self.log()}")
        if "discovery" in self.config["modules"] and "issuers" not in self.config:
            self.metadata = self.browser().get("/.well-known/openid-configuration").json()

    def stop(self, seconds=30):
        """Ends it as an operator would; its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"SIGTERM did not end it in {seconds} s:\n{self.log()}") from None
        code = self.process.returncode
        self.process = None
        if self.log_writer:
            self.log_writer.wait(10)
        return code

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process = None

    def reload(self):
        """Asks it to read its configuration again; how long the log was before."""
        before = len(self.log())
        self.process.send_signal(signal.SIGHUP)
        return before

    def log(self):
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def settled_log(self):
        """The log with all that was said until now: a request made now is in it."""
        mark = self.browser().get("/api/healthz").header("X-Request-Id")
        wait_until(lambda: mark in self.log(), 30, lambda: f"{mark} is not logged:\n{self.log()[-2000:]}")
        return self.log()

    def log_lines(self):
        """The log as objects, but for a line that is being written; one that is not JSON is a failure by itself."""
        return [json.loads(line) for line in self.log().split("\n")[:-1] if line.strip()]

    def browser(self, **options):
        return Browser(self.issuer, **{"tls": self.tls, **options})

    def tenant(self, issuer, **own):
        """One more issuer, with a clients folder of its own; from then on the configuration has a list."""
        self.config["oauth"].pop("issuer", None)
        self.config.pop("clients_dir", None)
        issuers = self.config.setdefault("issuers", [])
        issuers.append({"id": len(issuers) + 1, "url": issuer, **own})
        self.write_config()
        return Tenant(self, issuer)

    def memory(self):
        """Resident bytes."""
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) * 1024

    def keep(self, name):
        """Keeps log and configuration among the test output."""
        target = OUTPUT / "failed" / name
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for file in (self.log_file, self.config_file):
            if file.exists():
                shutil.copy(file, target)
        print(f"\n--- {name}: log in {target}; its end:\n{self.log()[-4000:]}", file=sys.stderr)

    def remove(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
            if self.schema:
                self.sql(f"DROP SCHEMA {self.schema} CASCADE")
            if self.redis:
                self.redis.remove()


@functools.lru_cache
def first_start():
    """The files of a server that was started once, by name."""
    server = Gatehouse(database="sqlite")
    try:
        server.launch().stop()
        return {name: (server.folder / name).read_bytes() for name in ("gatehouse.db", "root.secret")}
    finally:
        server.remove()


def merge(base, more):
    """Writes `more` over `base`, section by section."""
    for name, value in more.items():
        if isinstance(value, dict) and isinstance(base.get(name), dict):
            merge(base[name], value)
        else:
            base[name] = value
