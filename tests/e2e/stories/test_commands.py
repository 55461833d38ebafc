# SPDX-License-Identifier: Apache-2.0
"""The command line: its help teaches, its JSON serves scripts, its exit codes can be relied on."""
import fcntl
import json
import os
import pty
import re
import shlex
import signal
import subprocess
import termios
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path

from harness import jwt
from harness.server import BINARY, ROOT, Gatehouse, clean_environment
from harness.site import TOKEN, Site
from harness.story import Story
from harness.web import wait_until

COMMANDS = (["serve"], ["check"], ["config"], ["plugins"], ["client"], ["client", "add"], ["client", "list"],
            ["client", "show"], ["client", "check"], ["client", "update"], ["client", "remove"], ["client", "rotate-secret"], ["user"],
            ["user", "add"], ["user", "list"], ["user", "show"], ["user", "passwd"], ["user", "disable"],
            ["user", "enable"], ["user", "remove"], ["user", "sessions"], ["user", "logout"], ["user", "clients"],
            ["user", "revoke"], ["client", "tokens"], ["keys"], ["keys", "list"], ["keys", "rotate"],
            ["token"], ["token", "show"], ["health"], ["version"])


def complete(script, *words):
    """What bash offers when the tabulator is pressed after these words."""
    line = " ".join(map(shlex.quote, words))
    ask = f'COMP_WORDS=({line}) COMP_CWORD={len(words) - 1}; _gatehouse; printf "%s\\n" "${{COMPREPLY[@]}}"'
    done = subprocess.run(["bash", "-eu", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True)
    return done.stdout.split()


class Commands(Story):
    @classmethod
    def setUpClass(cls):
        cls.server = Gatehouse()
        cls.addClassCleanup(cls.server.remove)

    def failing(self, *arguments, stdin=None):
        done = self.server.run(*arguments, "--config", self.server.config_file, stdin=stdin)
        self.assertNotEqual(0, done.returncode, done)
        self.assertTrue(done.stderr.strip(), "an error belongs on standard error")
        return done

    def test_commands_that_only_read_begin_no_database(self):
        server = Gatehouse()
        self.addCleanup(server.remove)
        before = sorted(path.name for path in server.folder.iterdir())
        for arguments in (("user", "list"), ("user", "show", "ada"), ("client", "list"), ("client", "show", "site"),
                          ("keys", "list"), ("client", "remove", "site")):
            with self.subTest(arguments):
                done = server.run(*arguments, "--config", server.config_file)
                self.assertEqual(69, done.returncode, done)
                self.assertRegex(done.stderr, "gatehouse.db is not there|nothing is in the database yet")
        self.assertEqual(before, sorted(path.name for path in server.folder.iterdir()))

    def test_help_of_every_command(self):
        everything = self.server.run("--help", check=True).stdout
        for command in COMMANDS:
            with self.subTest(" ".join(command)):
                told = self.server.run(*command, "--help", check=True).stdout
                self.assertIn(command[-1], told)
                self.assertIn(command[0], everything)
        self.assertIn("xit code", everything)

    def test_version(self):
        self.assertRegex(self.server.run("version", check=True).stdout, r"\d+\.\d+\.\d+")
        self.assertIn("version", json.loads(self.server.run("version", "--json", check=True).stdout))

    def test_version_as_other_programs_are_asked(self):
        wanted = self.server.run("version", check=True).stdout
        self.assertRegex(wanted, r"^gatehouse \d+\.\d+\.\d+ ")
        for option in ("--version", "-V"):
            self.assertEqual(wanted, self.server.run(option, check=True).stdout)
        self.assertIn("version", json.loads(self.server.run("--version", "--json", check=True).stdout))

    def test_a_secret_from_standard_input_is_not_repeated(self):
        secret = "a secret that its owner knows, of 40 letters"
        self.addCleanup(self.server.command, "client", "remove", "known")
        for as_json in ((), ("--json",)):
            with self.subTest(as_json):
                done = self.server.run("client", "add", "--id", "known", "--grant", "client_credentials", "--secret-stdin",
                                       "--config", self.server.config_file, *as_json, stdin=secret + "\n", check=True)
                self.assertIn("known", done.stdout)
                self.assertNotIn(secret, done.stdout + done.stderr)
                if not as_json:
                    self.server.command("client", "remove", "known")

    def test_unknown_commands_and_options_are_told_with_a_suggestion(self):
        done = self.failing("clint", "list")
        self.assertIn("client", done.stderr)
        done = self.failing("client", "list", "--jsn")
        self.assertIn("--json", done.stderr)

    def test_an_empty_file_name_is_not_taken_for_none(self):
        for arguments in (("check", "--config", ""), ("serve", "--config="), ("client", "list", "--config", "")):
            with self.subTest(arguments):
                done = self.server.run(*arguments)
                self.assertEqual(64, done.returncode, done)
                self.assertIn("--config names no file", done.stderr)

    def test_plugins_lists_what_is_installed_and_shows_a_table(self):
        told = self.server.run("plugins", "--config", self.server.config_file, check=True).stdout
        self.assertIn("grant.refresh_token", told)
        self.assertIn("storage.sqlite", told)
        one = self.server.run("plugins", "grant.refresh_token", "--config", self.server.config_file, check=True).stdout
        self.assertIn("grace", one)
        self.assertIn("30s", one)

    def test_a_plugin_that_is_not_there_is_told_with_a_suggestion(self):
        for asked, near in (("refresh_token", '"grant.refresh_token"'), ("user_store.locl", '"user_store.local"'),
                            ("nope", "Try: gatehouse plugins")):
            with self.subTest(asked):
                self.assertIn(near, self.failing("plugins", asked).stderr)

    def test_config_says_which_file_it_read(self):
        told = self.server.command("config")["configuration"]
        self.assertEqual({"value": str(self.server.config_file), "source": "--config"}, told)
        told = self.server.run("config", "--json", check=True, environment={"APP_CONFIG": str(self.server.config_file)})
        self.assertEqual("environment APP_CONFIG", json.loads(told.stdout)["configuration"]["source"])
        self.assertIn("gatehouse/gatehouse.yaml", self.server.run("config", "--help", check=True).stdout)

    def test_nothing_stored_or_typed_reaches_the_terminal_as_a_control_character(self):
        evil = "x\x1b]0;owned\x07\nforged  row\x7f\x9b31m\u202e\u2028"
        shown = r"x\u001b]0;owned\u0007\u000aforged  row\u007f\u009b31m\u202e\u2028"
        self.server.command("client", "add", "--id", "evil", "--name", evil, "--grant", "client_credentials")
        self.addCleanup(self.server.command, "client", "remove", "evil")
        self.server.command("user", "add", "evil", "--claim", f"name={evil}", "--password-stdin", stdin="correct horse\n")
        self.addCleanup(self.server.command, "user", "remove", "evil")
        for arguments in (("client", "list"), ("client", "show", "evil"), ("user", "list"), ("user", "show", "evil")):
            for as_json in ((), ("--json",)):
                with self.subTest(arguments + as_json):
                    done = self.server.run(*arguments, *as_json, "--config", self.server.config_file, check=True)
                    self.assertIn(shown, done.stdout)
                    self.assert_plain(done.stdout)
        for arguments in (("client", "show", evil), ("user", "show", evil), (evil,), ("client", evil), ("plugins", evil),
                          ("client", "list", evil), ("client", "list", "--" + evil), ("check", "--config", evil),
                          ("user", "add", "x", "--claim", evil)):
            with self.subTest(arguments):
                done = self.server.run(*arguments, *(() if "--config" in arguments else ("--config", self.server.config_file)))
                self.assertNotEqual(0, done.returncode)
                self.assertIn(r"\u001b]0;owned", done.stderr)
                self.assert_plain(done.stderr)

    def assert_plain(self, text):
        self.assertNotRegex(text, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u202e]")
        self.assertNotRegex(text, "(?m)^forged")

    def test_the_life_of_a_client(self):
        made = self.server.add_client("life", "https://life.example/cb")
        self.assertEqual("life", made["client_id"])
        self.assertGreaterEqual(len(made["client_secret"]), 32)
        listed = {client["client_id"]: client for client in self.server.command("client", "list")}
        self.assertIn("life", listed)
        shown = self.server.command("client", "show", "life")
        self.assertEqual(["https://life.example/cb"], shown["redirect_uris"])
        self.assertNotIn(made["client_secret"], json.dumps([listed, shown]))
        self.server.command("client", "update", "life", "--name", "Another name")
        self.assertEqual("Another name", self.server.command("client", "show", "life")["client_name"])
        self.assertEqual(["https://life.example/cb"], self.server.command("client", "show", "life")["redirect_uris"])
        self.assertNotEqual(made["client_secret"], self.server.command("client", "rotate-secret", "life")["client_secret"])
        self.server.command("client", "remove", "life")
        self.failing("client", "show", "life")

    def test_all_that_holds_for_a_client_and_who_says_so(self):
        self.server.add_client("held", "https://held.example/callback", options=("--pkce", "optional"))
        policy = self.server.command("client", "show", "held")["policy"]
        self.assertEqual({"value": "optional", "from": "registered"}, policy["pkce"])
        self.assertEqual({"value": "explicit", "from": "default"}, policy["consent"])
        self.assertEqual({"value": 600, "from": "oauth.access_token_ttl_secs"}, policy["access_token_ttl_secs"])
        shown = self.server.run("client", "show", "held", "--config", self.server.config_file, check=True).stdout
        self.assertRegex(shown, r"id_token_signed_response_alg +RS256 +default")

    def test_what_a_stricter_profile_would_refuse(self):
        self.server.add_client("loose", "https://loose.example/callback", options=("--pkce", "optional"))
        done = self.server.run("client", "check", "loose", "--profile", "oauth2.1", "--config", self.server.config_file)
        self.assertEqual((1, "pkce: optional, and RFC 9700 section 2.1.1 wants required\n"),
                         (done.returncode, done.stdout))
        self.server.command("client", "update", "loose", "--pkce", "required")
        self.assertEqual([], self.server.command("client", "check", "loose", "--profile", "oauth2.1"))
        self.assertIn('did you mean "fapi2"?', self.failing("client", "check", "loose", "--profile", "fapi").stderr)

    def test_a_client_gets_an_id_when_none_is_given(self):
        made = self.server.command("client", "add", "--name", "No id", "--redirect-uri", "https://x.example/cb",
                                   "--grant", "authorization_code", "--scope", "openid")
        self.assertTrue(made["client_id"])

    def test_clients_that_are_wrong(self):
        wrong = (["--redirect-uri", "https://x.example/cb#fragment"], ["--redirect-uri", "nonsense"],
                 ["--redirect-uri", "javascript:alert(1)"], ["--auth-method", "pigeon"], ["--pkce", "perhaps"],
                 ["--grant", "pigeon"], ["--id-token-alg", "none"], ["--scope", 'a"b'], ["--id", "a\nb"], ["--id", " a"])
        for options in wrong:
            with self.subTest(options):
                self.failing("client", "add", "--redirect-uri", "https://x.example/cb", *options)

    def test_the_overlap_of_two_secrets_is_a_duration(self):
        self.server.add_client("overlap", "https://x.example/cb")
        for wrong in ("", "1x", "3600 s", "-1", "1h30m", "9223372036854775807", "99999999999999999999", "366d", "abc"):
            with self.subTest(wrong):
                done = self.failing("client", "rotate-secret", "overlap", f"--overlap={wrong}")
                self.assertEqual(64, done.returncode, done)
                self.assertIn("--overlap: ", done.stderr)
        self.assertEqual(1, len(self.server.command("client", "show", "overlap")["secrets"]), "something was changed")
        now = datetime.now(timezone.utc)
        for right, length in (("2h", 7200), ("1800", 1800), ("90s", 90), ("0", 0)):
            with self.subTest(right):
                self.server.command("client", "rotate-secret", "overlap", "--overlap", right)
                old = self.server.command("client", "show", "overlap")["secrets"][-2]
                expires = datetime.fromisoformat(old["expires"].replace("Z", "+00:00"))
                self.assertAlmostEqual(length, (expires - now).total_seconds(), delta=60)
        self.assertEqual(64, self.failing("client", "rotate-secret", "overlap", "--overlap").returncode)

    def test_a_member_that_is_none_is_not_cleared(self):
        self.server.add_client("clear", "https://x.example/cb", options=("--tos-uri", "https://x.example/tos"))
        for wrong, near in (("nope", "nope"), ("tos_url", 'did you mean "tos_uri"?'), ("client_secret", "client_secret")):
            with self.subTest(wrong):
                done = self.failing("client", "update", "clear", "--clear", wrong)
                self.assertEqual(64, done.returncode, done)
                self.assertIn(near, done.stderr)
        self.assertNotIn("tos_uri", self.server.command("client", "update", "clear", "--clear", "tos_uri"))

    def test_a_file_that_cannot_be_read_is_told_with_the_reason(self):
        done = self.failing("client", "add", "--jwks", "/nonexistent/keys.json")
        self.assertEqual(64, done.returncode, done)
        self.assertIn("/nonexistent/keys.json cannot be read: No such file or directory", done.stderr)

    def test_output_that_cannot_be_written_is_told(self):
        for command in (("config",), ("manual", "gatehouse.8"), ("--help",), ("client", "list"), ("version",)):
            with self.subTest(command), open("/dev/full", "w") as full:
                options = () if command[0] in ("--help", "manual") else ("--config", self.server.config_file)
                done = self.server.run(*command, *options, stdout=full)
                self.assertEqual(1, done.returncode, done)
                self.assertIn("standard output cannot be written", done.stderr)
        self.assertIn("No space left on device", done.stderr)

    def test_a_secret_that_nobody_saw_is_told(self):
        for command in (("client", "add", "--id", "lost", "--redirect-uri", "https://x.example/cb"),
                        ("client", "rotate-secret", "lost"), ("client", "rotate-secret", "lost", "--json")):
            with self.subTest(command), open("/dev/full", "w") as full:
                done = self.server.run(*command, "--config", self.server.config_file, stdout=full)
                self.assertEqual(1, done.returncode, done)
                self.assertIn('the client "lost" is stored, but its new secret is lost', done.stderr)
                self.assertIn("rotate-secret gives a new one", done.stderr)
                self.assertEqual(1, len(done.stderr.splitlines()), done.stderr)

    def test_a_command_that_waits_is_ended_by_a_signal(self):
        for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(ending), self.waiting("user", "add", "signal", "--password-stdin",
                                                    stdin=subprocess.PIPE) as command:
                wait_until(lambda: self.reads(command), 30, "it does not wait")
                command.send_signal(ending)
                self.assertEqual(-ending, command.wait(10))

    def test_the_terminal_echoes_after_the_password_prompt_was_left(self):
        for leave in (lambda terminal, command: os.write(terminal, b"\x03"),
                      lambda terminal, command: command.send_signal(signal.SIGTERM),
                      lambda terminal, command: os.write(terminal, b"\n")):
            terminal, end = pty.openpty()
            self.addCleanup(os.close, terminal)
            with self.subTest(leave), self.waiting("user", "passwd", "nobody", stdin=end,
                                                   preexec=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) as command:
                wait_until(lambda: not self.echoes(end), 30, "the password would be shown")
                wait_until(lambda: self.reads(command), 30, "it does not wait")
                leave(terminal, command)
                self.assertNotEqual(0, command.wait(10))
                self.assertTrue(self.echoes(end), "the terminal stays silent")
            os.close(end)

    @contextmanager
    def waiting(self, *arguments, stdin, preexec=lambda: None):
        """A command that goes on until the story ends it, also when the tests ignore signals, run by nohup or in a script's
        background."""
        def prepare():
            for each in (signal.SIGINT, signal.SIGHUP):
                signal.signal(each, signal.SIG_DFL)
            preexec()

        command = subprocess.Popen([str(BINARY), *arguments, "--config", str(self.server.config_file)], stdin=stdin,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=clean_environment(),
                                   start_new_session=True, preexec_fn=prepare)
        try:
            yield command
        finally:
            command.kill()
            command.communicate()

    @staticmethod
    def reads(command):
        """In a system call whose first argument is descriptor 0."""
        return Path(f"/proc/{command.pid}/syscall").read_text().split()[1:2] == ["0x0"]

    @staticmethod
    def echoes(terminal):
        return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)

    def test_a_misspelt_grant_is_told_with_a_suggestion(self):
        done = self.failing("client", "add", "--redirect-uri", "https://x.example/cb", "--grant", "refresh-token")
        self.assertIn('did you mean "refresh_token"?', done.stderr)

    def test_a_misspelt_token_format_is_told_with_a_suggestion(self):
        self.server.add_client("formatted", "https://x.example/cb")
        for done in (self.failing("client", "add", "--redirect-uri", "https://x.example/cb", "--access-token-format", "opaqe"),
                     self.failing("client", "update", "formatted", "--access-token-format", "opaqe")):
            self.assertIn('"opaqe" is not one of jwt, opaque; did you mean "opaque"?', done.stderr)

    def test_a_private_key_is_not_taken(self):
        file = self.server.folder / "private.json"
        file.write_text(json.dumps({"keys": [{**jwt.Signer("ES256").jwk(), "d": "secret-half"}]}))
        done = self.failing("client", "add", "--auth-method", "private_key_jwt", "--grant", "client_credentials",
                            "--jwks", file)
        self.assertIn("public half", done.stderr)
        self.assertNotIn("secret-half", done.stderr)

    def test_redirect_uris_that_can_never_fit_are_refused_with_the_reason(self):
        for uri, why in (("https://site.example:*/cb", "wildcard"), ("https://site.example/*", "wildcard"),
                         ("https://[zz]/cb", "host"), ("https://site.example/%zz", "%"), ("cursor://x/cb", "any_app_scheme")):
            with self.subTest(uri):
                done = self.failing("client", "add", "--id", "never", "--redirect-uri", uri)
                self.assertIn(uri, done.stderr)
                self.assertIn(why, done.stderr)

    def test_apps_that_need_a_switch(self):
        made = self.server.add_client("short", "cursor://x/cb", "http://localhost/cb",
                                      options=("--any-app-scheme", "--any-localhost-port"))
        self.assertEqual((True, True), (made["any_app_scheme"], made["any_localhost_port"]))
        done = self.failing("client", "update", "short", "--clear", "any_app_scheme")
        self.assertIn("any_app_scheme", done.stderr)

    def test_a_secret_that_no_assertion_verifies_with_is_refused(self):
        done = self.failing("client", "add", "--auth-method", "client_secret_jwt", "--grant", "client_credentials",
                            "--secret-stdin", stdin="twenty characters ..")
        self.assertIn("at least 32 characters", done.stderr)

    def test_the_same_id_twice(self):
        self.server.add_client("twice", "https://x.example/cb")
        done = self.failing("client", "add", "--id", "twice", "--redirect-uri", "https://x.example/cb")
        self.assertIn("twice", done.stderr)

    def test_the_life_of_a_user(self):
        self.server.add_user("life", "a sufficiently long password", {"email": "l@x.example", "email_verified": True,
                                                                       "address": {"country": "Chile"}})
        shown = self.server.command("user", "show", "life")
        self.assertEqual("l@x.example", shown["claims"]["email"])
        self.assertIs(True, shown["claims"]["email_verified"])
        self.assertEqual({"country": "Chile"}, shown["claims"]["address"])
        self.assertIn("life", [user["login"] for user in self.server.command("user", "list")])
        self.server.command("user", "disable", "life")
        self.assertTrue(self.server.command("user", "show", "life")["disabled"])
        self.server.command("user", "enable", "life")
        self.server.command("user", "remove", "life")
        self.failing("user", "show", "life")

    def test_a_password_is_never_shown(self):
        self.server.add_user("private", "a very private password")
        told = json.dumps([self.server.command("user", "show", "private"), self.server.command("user", "list")])
        self.assertNotIn("a very private password", told)
        self.assertNotIn("argon2", told)

    def test_users_that_are_wrong(self):
        self.failing("user", "add", "empty", "--password-stdin", stdin="")
        self.failing("user", "add", "short", "--password-stdin", stdin="short")
        self.failing("user", "add", "", "--password-stdin", stdin="a sufficiently long password")
        self.failing("user", "passwd", "nobody", "--password-stdin", stdin="a sufficiently long password")
        self.failing("user", "disable", "nobody")
        self.server.add_user("same", "a sufficiently long password")
        self.failing("user", "add", "same", "--password-stdin", stdin="a sufficiently long password")

    def test_claims_that_are_wrong(self):
        for claim in ("email_verified=perhaps", "updated_at=yesterday", "noequals", "address=text", "sub=ada", "iss=x",
                      "auth_time=1"):
            with self.subTest(claim):
                self.failing("user", "add", "claims", "--password-stdin", "--claim", claim,
                             stdin="a sufficiently long password")

    def test_the_manual_page_tells_of_every_command_and_option(self):
        page = self.server.run("manual", "gatehouse.8", check=True).stdout.replace("\\-", "-")
        for command, options in self.commands_and_options():
            self.assertIn(f".SS \\fBgatehouse {command}\\fR", page)
            for option in options:
                self.assertIn(f"\n\\fB{option}\\fR", page)

    def test_the_manual_page_and_the_guide_tell_of_every_exit_code(self):
        page = self.server.run("manual", "gatehouse.8", check=True).stdout
        guide = (ROOT / "share/doc/operating.md").read_text()
        for code in (0, 1, 64, 69, 77, 78):
            self.assertIn(f"\n\\fB{code}\\fR", page)
            self.assertIn(f"\n| {code} | ", guide)

    def test_the_manual_page_of_the_configuration_tells_of_every_setting(self):
        page = self.server.run("manual", "gatehouse.yaml.5", check=True).stdout
        for section, settings in self.server.command("config").items():
            if isinstance(settings, dict) and section in ("server", "oauth", "limits", "logging"):
                for setting in settings:
                    self.assertIn(f"\n\\fB{setting}\\fR (", page)

    def test_bash_completes_commands_and_options(self):
        script = self.server.run("completion", "bash", check=True).stdout
        self.assertIn("serve", complete(script, "gatehouse", "s"))
        for command, options in self.commands_and_options():
            words = command.split()
            with self.subTest(command):
                self.assertIn(words[-1], complete(script, "gatehouse", *words[:-1], words[-1][:2]))
                self.assertEqual(options, complete(script, "gatehouse", *words, "--"))
        self.assertEqual([], complete(script, "gatehouse", "serve", "--config", "s"))

    def test_the_shells_complete_the_values_that_an_option_can_have(self):
        methods = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"]
        script = self.server.run("completion", "bash", check=True).stdout
        self.assertEqual(methods, complete(script, "gatehouse", "client", "add", "--auth-method", ""))
        self.assertEqual(["private_key_jwt"], complete(script, "gatehouse", "client", "update", "--auth-method", "p"))
        self.assertEqual(["optional"], complete(script, "gatehouse-admin", "client", "add", "--id", "a", "--pkce", "o"))
        self.assertIn(f":METHOD:({' '.join(methods)})'", self.server.run("completion", "zsh", check=True).stdout)
        self.assertIn(f" -l auth-method -x -a '{' '.join(methods)}' ",
                      self.server.run("completion", "fish", check=True).stdout)

    def test_fish_and_zsh_hear_of_every_command_and_option(self):
        fish = self.server.run("completion", "fish", check=True).stdout
        zsh = self.server.run("completion", "zsh", check=True).stdout
        for command, options in self.commands_and_options():
            self.assertIn(f" -a {command.split()[-1]} -d ", fish)
            self.assertIn(f"' {command}", zsh)
            for option in options:
                self.assertIn(f" -l {option[2:]} ", fish)
                self.assertIn(f"'*{option}[", zsh)

    def test_a_page_or_shell_that_is_not_there(self):
        self.assertIn("gatehouse.yaml.5", self.server.run("manual", "gatehouse.1").stderr)
        self.assertIn("bash, zsh and fish", self.server.run("completion", "tcsh").stderr)

    def commands_and_options(self):
        overview = self.server.run("--help", check=True).stdout
        commands = re.findall(r"^  ([a-z][a-z -]*?)(?: +\[?[A-Z_]+\]?)?  ", overview, re.M)
        self.assertIn("client add", commands)
        for command in commands:
            told = self.server.run(*command.split(), "--help", check=True).stdout
            yield command, re.findall(r"^  (--[a-z-]+)", told, re.M)

    def test_a_broken_configuration_stops_every_command_with_78(self):
        broken = self.server.folder / "broken.yaml"
        broken.write_text("sever: {}\n")
        for command in (["client", "list"], ["user", "list"], ["keys", "list"], ["check"], ["serve"], ["config"]):
            with self.subTest(command[0]):
                done = self.server.run(*command, "--config", broken)
                self.assertEqual(78, done.returncode, done)
                self.assertIn("broken.yaml:1:1", done.stdout + done.stderr)


class StaticClients(Story):
    """Files of clients.d: read, checked with line numbers, shown as such."""

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        (cls.server.clients_dir / "app.yaml").write_text(
            "client_id: app\nclient_name: From a file\ntoken_endpoint_auth_method: none\n"
            "redirect_uris: [https://site.example/callback]\ngrant_types: [authorization_code]\nscope: openid email\n")
        (cls.server.clients_dir / "secret.toml").write_text(
            'client_id = "secret"\nclient_secret = "a secret of at least thirty-two characters"\n'
            'grant_types = ["client_credentials"]\nscope = "read"\n')

    def test_they_log_people_in(self):
        app = Site(self.server, "app")
        self.assertIn("id_token", app.tokens(self.browser(), self.user))

    def test_a_secret_from_a_file(self):
        client = Site(self.server, "secret", "a secret of at least thirty-two characters")
        self.assertEqual(200, client.call(TOKEN, {"grant_type": "client_credentials"}).status)

    def test_client_list_shows_them_as_static(self):
        listed = {client["client_id"]: client for client in self.server.command("client", "list")}
        self.assertIs(True, listed["app"]["static"])
        self.assertNotIn("a secret of at least", json.dumps(listed))

    def test_commands_do_not_change_them(self):
        for command in (["client", "update", "app", "--name", "x"], ["client", "remove", "app"],
                        ["client", "rotate-secret", "app"]):
            done = self.server.run(*command, "--config", self.server.config_file)
            self.assertNotEqual(0, done.returncode)
            self.assertIn("file", done.stderr)

    def test_mistakes_are_shown_with_their_line(self):
        mistakes = {
            "unknown key": ("client_id: x\nredirect_uri: [https://x.example]\n", "2:1", "redirect_uris"),
            "no client_id": ("client_name: x\n", "", "client_id"),
            "bad redirect": ("client_id: x\nredirect_uris: ['nonsense']\n", "2:", "nonsense"),
            "wildcard": ("client_id: x\nredirect_uris: ['https://*.site.example/cb']\n", "2:", "wildcard"),
            "no port": ("client_id: x\nredirect_uris: ['https://site.example:99999/cb']\n", "2:", "port"),
            "a hash": ("client_id: x\nclient_secret: $2b$12$WApznUPhDubN0oeveSXHp.Yq4T6L5p1Zn1LVqbdpcH9iU6dV8Hc5e\n"
                       "grant_types: [client_credentials]\n", "", "is the hash of a secret"),
            "not there yet": ("client_id: x\njwks_uri: https://x.example/jwks\n", "2:1", "put the key set itself into jwks"),
            "bad method": ("client_id: x\ntoken_endpoint_auth_method: pigeon\ngrant_types: [client_credentials]\n", "2:", "pigeon"),
            "bad format": ("client_id: x\naccess_token_format: opaqe\ngrant_types: [client_credentials]\n", "2:",
                           'is not one of jwt, opaque; did you mean "opaque"?'),
            "bad grant": ("client_id: x\ngrant_types: [client_credential]\n", "2:", "client_credentials"),
            "taken id": ("client_id: app\n", "", "app.yaml"),
        }
        file = self.server.clients_dir / "wrong.yaml"
        self.addCleanup(file.unlink, missing_ok=True)
        for name, (text, place, word) in mistakes.items():
            with self.subTest(name):
                file.write_text(text)
                done = self.server.run("check", "--config", self.server.config_file)
                self.assertEqual(78, done.returncode, done)
                said = done.stdout + done.stderr
                self.assertIn(f"wrong.yaml:{place}" if place else "wrong.yaml", said)
                self.assertIn(word, said)
