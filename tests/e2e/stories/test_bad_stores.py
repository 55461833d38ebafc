# SPDX-License-Identifier: Apache-2.0
"""`gatehouse plugins test` names what is wrong with a user store.

GATEHOUSE_BAD_STORE names the store that breaks one promise (tests/e2e/bad_store), GATEHOUSE_PREFIX where gatehouse is installed.
"""
import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

STORE = Path(os.environ.get("GATEHOUSE_BAD_STORE", "/nonexistent"))
GATEHOUSE = Path(os.environ.get("GATEHOUSE_PREFIX", "/nonexistent")) / "bin/gatehouse"
# What is wrong: the first promise that is broken, and what is told of it.
FAULTS = {
    "any_password": ("unknown user and wrong password are one answer", 'a wrong password for "ada": expected nobody, came "ada"'),
    "empty_password": ("an empty password is refused", 'an empty password for "ada": expected nobody, came "ada"'),
    "case_ignored": ("logins that find one person have one spelling", 'spelling() of "Ada" is not that of "ada", whom it finds'),
    "somebody_else": ("a known user is found by login and by id", "who is found by login: expected ada, came bob"),
    "throws": ("a known user is found by login and by id", "an exception left the plugin: the table is on fire"),
    "crashes": ("a known user is found by login and by id", "the plugin ended the process: SIGABRT"),
    "absence_is_an_error": ("absence is not an error", "no row"),
    "time_tells": ("a wrong password costs the same whoever is named", "the time tells who exists"),
    "disabled_gets_in": ("a disabled user is refused", 'the right password for "bob": expected nobody, came "bob"'),
    "disabled_unsaid": ("a disabled user is found and said to be disabled", "the disabled person is said to be active"),
    "id_of_the_start": ("the id stays the same after another start", "after another start: expected"),
    "binary_id": ("an id is a text", "the id is empty, or not UTF-8 without NUL"),
    "new_id_each_time": ("a known user is found by login and by id", "nobody is found by the id of a person who is"),
    "threads_meet": ("many may ask at once", "wrong answers to 64 threads at once: expected 0"),
    "files_are_wrong": ("it starts", 'people.csv:3:1: "ada" is here twice'),
    "does_not_start": ("it starts", "the people are on holiday"),
}


# What nothing is asked about where the people are only looked up.
NOT_ASKED = {
    "the id stays the same with another login": "rename()",
    "a verified email is said to be": "addUser()",
    "a dead backend is unavailable and not wrong": "kill()",
    "a slow backend is given up in time": "slowDown()",
}


class BadStores(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.trial = Path(folder.name) / "trial.yaml"

    def ask(self, fault, *options, library=STORE, more=""):
        self.trial.write_text(f"settings: {{fault: {fault}}}\nperson: {{login: ada, password: ada's own}}\n"
                              f"disabled: {{login: bob, password: bob's own}}\n{more}")
        return subprocess.run([GATEHOUSE, "plugins", "test", library, "--config", self.trial, *options],
                              capture_output=True, text=True, timeout=120, check=False)

    def broken(self, fault, *options):
        done = self.ask(fault, "--json", *options)
        self.assertEqual(1, done.returncode, done.stderr)
        return [rule for rule in json.loads(done.stdout)["rules"] if rule["result"] == "broken"]

    def test_a_good_store_keeps_all_that_is_asked(self):
        done = self.ask("none")
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn("23 kept, 0 broken, 4 not asked", done.stdout)

    def test_what_was_not_asked_is_not_said_to_be_kept(self):
        rules = json.loads(self.ask("none", "--json").stdout)["rules"]
        since = {rule["rule"]: rule["since"] for rule in rules if rule["result"] == "not asked"}
        self.assertEqual(NOT_ASKED.keys(), since.keys())
        for rule, by in NOT_ASKED.items():
            self.assertIn("a bed of your own", since[rule])
            self.assertIn(by, since[rule])
        self.assertFalse([rule for rule in rules if rule["result"] == "kept" and "since" in rule])

    def test_a_person_reads_why_not(self):
        self.assertIn("not asked  a slow backend is given up in time\n"
                      "           since: where the store looks cannot be made slow here; a bed of your own can, by slowDown()\n",
                      self.ask("none").stdout)

    def test_nothing_is_asked_of_a_store_that_does_not_start(self):
        rules = json.loads(self.ask("does_not_start", "--json").stdout)["rules"]
        self.assertEqual({"not asked"}, {rule["result"] for rule in rules[1:]})
        self.assertEqual({"it does not start"}, {rule["since"] for rule in rules[1:] if rule["rule"] not in NOT_ASKED})

    def test_each_fault_has_a_message_of_its_own(self):
        told = set()
        for fault, (rule, came) in FAULTS.items():
            with self.subTest(fault):
                first = self.broken(fault)[0]
                self.assertEqual(rule, first["rule"])
                self.assertIn(came, first["came"])
                self.assertTrue(first["why"] and first["do"])
                told.add(first["came"])
        self.assertEqual(len(FAULTS), len(told))

    def test_one_that_hangs_is_given_up_and_the_rest_not_asked(self):
        done = self.ask("hangs", "--seconds", "2")
        self.assertEqual(1, done.returncode)
        self.assertIn("no answer within 2 seconds", done.stdout)
        self.assertIn("1 kept, 1 broken", done.stdout)
        self.assertIn("since: one before took too long\n", done.stdout)

    def test_a_person_reads_why_and_what_to_do(self):
        told = self.ask("empty_password").stdout
        self.assertIn("broken     an empty password is refused\n"
                      '           came: an empty password for "ada": expected nobody, came "ada"\n'
                      "           why:  everybody could log in as anybody; an LDAP bind without a password succeeds\n"
                      "           do:   answer nullopt for an empty password, before anything else is asked\n", told)

    def test_a_wrong_setting_is_told_with_its_place(self):
        self.trial.write_text("settings: {folt: none}\nperson: {login: a, password: b}\ndisabled: {login: c, password: d}\n")
        done = subprocess.run([GATEHOUSE, "plugins", "test", STORE, "--config", self.trial], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stdout, r"trial\.yaml:1:12: .*folt")

    def test_what_cannot_be_asked_is_no_finding(self):
        self.trial.write_text("settings: {fault: none}\n")
        done = subprocess.run([GATEHOUSE, "plugins", "test", STORE, "--config", self.trial], capture_output=True, text=True,
                              timeout=120, check=False)
        self.assertEqual((78, ""), (done.returncode, done.stdout))
        self.assertIn('the suite of a user_store has to know "person.login"', done.stderr)
        missing = self.ask("none", library=self.trial.with_name("user_store.none.so"))
        self.assertEqual(78, missing.returncode)
        self.assertIn("no plugin's library", missing.stderr)


class OtherPoints(unittest.TestCase):
    """Of plugins that are installed."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def ask(self, plugin, trial):
        library = next((GATEHOUSE.parent.parent).rglob(f"{plugin}.so"))
        (self.folder / "trial.yaml").write_text(trial)
        return subprocess.run([GATEHOUSE, "plugins", "test", library, "--config", self.folder / "trial.yaml"],
                              capture_output=True, text=True, timeout=120, check=False)

    def assertKept(self, plugin, trial, count):
        done = self.ask(plugin, trial)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertIn(f"{plugin}: {count}", done.stdout)

    def test_their_promises_are_asked(self):
        (self.folder / "people.csv").write_text("login,name\nada,Ada\nbob,Bob\n")
        self.assertKept("event_sink.log", "settings: {}\n", "9 kept, 0 broken, 2 not asked")
        self.assertKept("import_format.users", "file: people.csv\n", "6 kept, 0 broken")
        self.assertKept("client_metadata_rule.jwks_uri",
                        'good: {jwks_uri: "https://site.example/keys"}\nbad: [{jwks_uri: no uri}]\n', "")

    def test_what_no_file_can_say_is_named(self):
        for plugin, lacks in (("mailer.smtp", "where its mails are to be seen"), ("storage.memory", "how an empty one is made"),
                              ("client_auth.none", "how a new proof is made")):
            done = self.ask(plugin, "settings: {}\n")
            self.assertEqual((78, ""), (done.returncode, done.stdout), plugin)
            self.assertIn(lacks, done.stderr)
            self.assertIn("<gatehouse/testkit/", done.stderr)


class NewProject(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def new(self, *words):
        return subprocess.run([GATEHOUSE, "plugins", "new", *words], cwd=self.folder, capture_output=True, text=True, timeout=60,
                              check=False)

    def test_names_are_put_in(self):
        self.assertEqual(0, self.new("claims_source", "my_tier").returncode)
        files = [path for path in (self.folder / "my_tier").rglob("*") if path.is_file()]
        self.assertIn("MyTierClaims.cpp", [path.name for path in files])
        self.assertFalse([path for path in files if "acme" in (str(path) + path.read_text()).lower()])

    def test_nothing_is_overwritten(self):
        (self.folder / "mine").mkdir()
        (self.folder / "mine/CMakeLists.txt").write_text("mine")
        done = self.new("grant", "mine")
        self.assertEqual(1, done.returncode)
        self.assertIn("nothing was written", done.stderr)
        self.assertEqual(["CMakeLists.txt"], [path.name for path in (self.folder / "mine").iterdir()])

    def test_names_that_are_none_are_refused(self):
        for name in ("../up", "My", "a b", "a__b", "_a", "9a", "a" * 41, ""):
            with self.subTest(name):
                self.assertNotEqual(0, self.new("grant", name).returncode)
        self.assertIn("authorization_rule, claims_source", self.new("grnt", "a").stderr)
        self.assertEqual([], list(self.folder.iterdir()))
