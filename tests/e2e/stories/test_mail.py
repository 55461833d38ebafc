# SPDX-License-Identifier: Apache-2.0
"""Mails: made of templates, kept as durable jobs, sent by SMTP."""
import contextlib
import email.utils
import sqlite3
import tempfile
import time

from harness.certificate import Authority
from harness.importing import BCRYPT, PASSWORD
from harness.mailbox import Mailbox
from harness.post_office import MailStory
from harness.site import Person
from harness.web import GONE, wait_until


class Sent(MailStory):
    def test_a_mail_is_delivered_once_and_says_what_it_is(self):
        _, page = self.page_after_password(self.person("ann"))
        self.assertSafePage(page.response)
        letter = self.box.await_letter("ann@example.org")
        self.assertEqual("login@id.example", letter.sender)
        message = letter.message
        self.assertEqual("Your code to sign in", letter.subject)
        self.assertEqual("Prüfstand", message["From"].addresses[0].display_name)
        self.assertEqual("ann@example.org", message["To"].addresses[0].addr_spec)
        self.assertEqual("auto-generated", message["Auto-Submitted"])
        self.assertRegex(letter.id, r"^<[0-9a-z]+@id\.example>$")
        self.assertAboutNow(email.utils.parsedate_to_datetime(message["Date"]).timestamp())
        self.assertIn("127.0.0.1", letter.text)
        self.await_no_mails()
        self.assertEqual(1, len(self.box.to("ann@example.org")))

    def test_in_the_language_of_the_page(self):
        self.page_after_password(self.person("bea"), ui_locales="de")
        letter = self.box.await_letter("bea@example.org")
        self.assertEqual("Ihr Code zum Anmelden", letter.subject)
        self.assertIn("öffnen", letter.text)

    def test_a_server_that_is_away_gets_it_when_it_is_back(self):
        self.box.close()
        self.page_after_password(self.person("cat"))
        wait_until(lambda: any("is tried again: 127.0.0.1" in line["message"] and "refused" in line["message"].lower()
                               for line in self.server.log_lines()), 20)
        self.box.open()
        self.box.await_letter("cat@example.org")

    def test_not_now_is_tried_again(self):
        self.box.answers["RCPT"] = "450 greylisted"
        self.page_after_password(self.person("dot"))
        wait_until(lambda: "it refuses the recipient: 450 greylisted" in self.server.log(), 20)
        self.box.answers.clear()
        self.box.await_letter("dot@example.org")

    def test_never_is_a_dead_letter_and_told(self):
        self.box.answers["RCPT"] = "550 no such mailbox"
        self.page_after_password(self.person("eve"))
        wait_until(lambda: any("550 no such mailbox" in job["problem"]
                               for job in self.server.command("jobs", "list", "--dead")), 20)
        wait_until(lambda: any(line.get("event") == "mail.failed" and "550" in line["details"]["problem"]
                               for line in self.server.log_lines()))
        self.box.answers.clear()
        self.assertEqual([], self.box.to("eve@example.org"))

    def test_after_a_kill_between_mail_and_answer_it_comes_again_by_its_name(self):
        self.box.before_answer = self.server.kill
        with contextlib.suppress(*GONE):
            self.page_after_password(self.person("fay"))
        first = self.box.await_letter("fay@example.org")
        self.box.before_answer = None
        wait_until(lambda: self.server.process is None)
        self.server.launch()
        wait_until(lambda: len(self.box.to("fay@example.org")) == 2, 120, "not sent again")
        self.assertEqual(first.id, self.box.to("fay@example.org")[1].id)

    def test_a_server_that_hangs_up_before_it_answers_gets_it_again_by_its_name(self):
        self.box.hangs_up_at = "END"
        self.page_after_password(self.person("gil"))
        first = self.box.await_letter("gil@example.org")
        self.box.hangs_up_at = None
        self.assertEqual(first.id, self.box.await_letter("gil@example.org", 2).id)

    def test_what_lets_people_in_is_in_no_file_and_no_log(self):
        self.box.answers["RCPT"] = "450 later"
        self.page_after_password(self.person("hal"))
        wait_until(lambda: "450 later" in self.server.log(), 20)
        waiting = self.server.stored()
        listed = self.server.run("jobs", "list", "--config", self.server.config_file).stdout
        self.assertIn("mail", listed)
        self.box.answers.clear()
        letter = self.box.await_letter("hal@example.org")
        secret = letter.link.split("state=")[1]
        for path in self.server.folder.rglob("*"):
            if path.is_file():
                self.assertNotIn(secret.encode(), path.read_bytes(), path)
        for text in (secret, "Your code to sign in", "hal@example.org"):
            self.assertNotIn(text, listed)
        for text in (secret, "Your code to sign in"):
            self.assertNotIn(text.encode(), waiting)
            self.assertNotIn(text.encode(), self.server.stored())

    def test_nobody_fills_a_strangers_mailbox(self):
        person = self.person("ivy")
        for number in range(1, 11):
            self.page_after_password(person)
            self.box.await_letter("ivy@example.org", number)
        landing = self.site.journey(self.browser(), person)
        self.assertEqual(429, landing.response.status)
        self.assertIn("Too many mails", landing.response.text)
        self.assertEqual(10, len(self.box.to("ivy@example.org")))


class Injected(MailStory):
    """Whatever a stranger wrote into an account or a site stays in its place."""
    addresses = ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a@example.org>\r\nDATA",
                 "\"a b\"@example.org", "a@[127.0.0.1]", "ä@example.org", "a@exämple.org", "a@example.org ", "@x", "a@",
                 "a@b@c", "Ann <a@example.org>"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.members = cls.server.folder / "members.db"
        with contextlib.closing(sqlite3.connect(cls.members)) as database, database:
            database.execute("CREATE TABLE member (nr integer PRIMARY KEY, nick text UNIQUE, hash text, mail text)")
            database.executemany("INSERT INTO member (nick, hash, mail) VALUES (?, ?, ?)", (
                (f"odd{number}", BCRYPT, address) for number, address in enumerate(("odd@example.org", *cls.addresses))))
        cls.server.config["plugins"].append({
            "use": "user_store.sql", "name": "members", "url": f"sqlite:{cls.members}",
            "people": "SELECT nr AS id, nick AS login, hash AS password, mail AS email, 1 AS email_verified FROM member"})
        cls.server.write_config()

    def test_an_address_of_several_lines_or_people_gets_nothing(self):
        self.assertTrue(self.page_after_password(Person("odd0", PASSWORD))[1].has("email-code-form"))
        self.box.await_letter("odd@example.org")
        for number, address in enumerate(self.addresses, 1):
            landing = self.site.journey(self.browser(), Person(f"odd{number}", PASSWORD))
            self.assertEqual(403, landing.response.status, address)
        self.await_no_mails()
        recipients = {recipient for letter in self.box.letters for recipient in letter.recipients}
        self.assertEqual({"odd@example.org"}, recipients - {"jon@example.org"})

    def test_names_of_people_and_sites_are_in_no_header(self):
        odd = "X\r\nBcc: victim@example.org\r\n\r\n.\r\nMAIL FROM:<x@y>"
        person = self.person("jon", name=odd, given_name=odd)
        site = self.client("odd", name="Bad, Bcc: victim@example.org")
        site.journey(self.browser(), person)
        letter = self.box.await_letter("jon@example.org")
        self.assertEqual(["jon@example.org"], letter.recipients)
        self.assertNotIn("victim", f"{letter.message.items()} {letter.text}")
        self.assertEqual(1, sum(line.startswith("MAIL FROM") for line in self.box.commands))


class OwnTemplates(MailStory):
    """A mail and its texts are replaced as pages are."""

    @classmethod
    def furnish(cls):
        super().furnish()
        own = cls.server.folder / "own"
        (own / "mail").mkdir(parents=True)
        (own / "locale").mkdir()
        (own / "mail" / "email_code.txt").write_text(
            "Grüße.\n.\n..\nFrom the desk: {{code}}\n" + "x" * 2000 + "\n{{link}} & <b>\n")
        (own / "locale" / "en.json").write_text('{"mail.email_code.subject": "Ä code, and a subject so long that '
                                                'it has to be folded: ' + "ö" * 60 + '"}')
        cls.server.config["oauth"]["pages_override_dir"] = str(own)
        cls.server.write_config()

    def test_it_arrives_as_it_was_written(self):
        self.page_after_password(self.person("kim"))
        letter = self.box.await_letter("kim@example.org")
        self.assertTrue(letter.subject.startswith("Ä code, and") and letter.subject.endswith("ö" * 60), letter.subject)
        lines = letter.text.splitlines()
        self.assertEqual(["Grüße.", ".", ".."], lines[:3])
        self.assertIn("x" * 2000, lines)
        self.assertTrue(lines[-1].endswith(" & <b>"))
        self.assertLessEqual(max(map(len, letter.raw.split(b"\r\n"))), 76, "RFC 2047 section 2, RFC 2045 section 6.8")
        self.assertTrue(letter.raw.isascii())


class Checked(MailStory):
    def check(self, name, text):
        own = self.server.folder / "broken"
        (own / "mail").mkdir(parents=True, exist_ok=True)
        for old in (own / "mail").iterdir():
            old.unlink()
        (own / "mail" / name).write_text(text)
        self.server.config["oauth"]["pages_override_dir"] = str(own)
        self.server.write_config()
        return self.server.run("check", "--config", self.server.config_file)

    def test_a_wrong_template_is_found_before_a_start(self):
        for name, text, words in (("email_code.txt", "{{cod}}", "there is no value \"cod\""),
                                  ("email_code.txt", "{{text.mail.email_code.led}}", "there is no text"),
                                  ("email_code.txt", "{{>head}}", "a mail has no parts"),
                                  ("email_code.txt", "{{#code}}", "email_code.txt:1"),
                                  ("email_cod.txt", "x", "did you mean \"email_code.txt\"?")):
            done = self.check(name, text)
            self.assertNotEqual(0, done.returncode, name)
            self.assertIn(words, done.stdout + done.stderr)


class SecuredStory(MailStory):
    implicit = False

    @classmethod
    def new_box(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.authority = Authority(folder.name)
        cls.mailer = {"tls": "implicit" if cls.implicit else "starttls", "ca_file": str(cls.authority.root),
                      "user": "gatehouse", "password": "a secret"}
        return Mailbox(cls.authority.server_context("mail", "127.0.0.1"), cls.implicit, ("gatehouse", "a secret"))

    def mail_test(self, **changes):
        plugins = self.server.config["plugins"]
        entry = next(plugin for plugin in plugins if plugin["use"] == "mailer.smtp")
        before = dict(entry)
        entry.update(changes)
        for name in [name for name, value in entry.items() if value is None]:
            del entry[name]
        self.server.write_config()
        done = self.server.run("mail", "test", "test@example.org", "--config", self.server.config_file)
        entry.clear()
        entry.update(before)
        self.server.write_config()
        return done

    def other_root(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return Authority(folder.name).root


class Secured(SecuredStory):
    """TLS from the first command or byte on, and a user."""

    def test_mail_over_tls_by_a_user(self):
        for mechanisms in ("PLAIN LOGIN", "LOGIN"):
            self.box.mechanisms = mechanisms
            done = self.mail_test()
            self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(2, len(self.box.to("test@example.org")))
        if not self.implicit:
            self.assertEqual(["EHLO", "STARTTLS", "EHLO", "AUTH"], [line.split()[0] for line in self.box.commands[:4]])

    def test_a_certificate_of_another_host_is_refused_before_anything_is_said(self):
        good, self.box.tls = self.box.tls, self.authority.server_context(f"other{time.monotonic_ns()}", "127.0.0.2")
        self.addCleanup(setattr, self.box, "tls", good)
        self.box.commands.clear()
        done = self.mail_test()
        self.assertEqual(69, done.returncode)
        self.assertIn("its certificate is not good for 127.0.0.1: IP address mismatch", done.stderr)
        self.assertFalse(any(line.startswith(("AUTH", "MAIL")) for line in self.box.commands))

    def test_what_is_wrong_is_said(self):
        for changes, words in (({"password": "another"}, "it refuses the password: 535 wrong user or password"),
                               ({"ca_file": str(self.other_root())}, "its certificate is not good for 127.0.0.1"),
                               ({"ca_file": None}, "its certificate is not good for 127.0.0.1")):
            done = self.mail_test(**changes)
            self.assertEqual(69, done.returncode)
            self.assertIn(f"127.0.0.1:{self.box.port}: {words}", done.stderr)


class SecuredAtOnce(Secured):
    implicit = True


class Commanded(SecuredStory):
    """gatehouse mail test."""

    def test_no_server_no_tls_no_address(self):
        self.box.answers["STARTTLS"] = "454 not now"
        self.assertIn("it refuses STARTTLS: 454 not now", self.mail_test().stderr)
        self.box.answers.clear()
        tls, self.box.tls = self.box.tls, None
        self.addCleanup(setattr, self.box, "tls", tls)
        self.box.commands.clear()
        self.assertIn("it does not offer STARTTLS", self.mail_test().stderr)
        self.assertEqual(["EHLO"], [line.split()[0] for line in self.box.commands])
        self.assertIn("it does not begin with TLS; is it for \"tls: starttls\"?", self.mail_test(tls="implicit").stderr)
        done = self.server.run("mail", "test", "a@example.org\nBcc: b@example.org", "--config", self.server.config_file)
        self.assertEqual(1, done.returncode)
        self.assertIn("the address is none", done.stderr)

    def test_a_server_that_says_nothing_is_left_in_time(self):
        self.box.tls, tls = None, self.box.tls
        self.addCleanup(setattr, self.box, "tls", tls)
        self.box.answers["EHLO"] = None
        done = self.mail_test(timeout="1s")
        self.assertEqual(69, done.returncode)
        self.assertIn("it takes too long", done.stderr)

    def test_what_comes_in_clear_behind_starttls_counts_for_nothing(self):
        self.box.says_before_tls = b"250 injected\r\n"
        self.addCleanup(setattr, self.box, "says_before_tls", b"")
        done = self.mail_test()
        self.assertEqual(0, done.returncode, done.stderr)

    def test_settings_that_cannot_be_meant(self):
        for changes, words in (({"tls": "none", "host": "mail.example"}, "for all to read"),
                               ({"from": "login@id.example\r\nBcc: x@y"}, "is no address"),
                               ({"from_name": "A\r\nB"}, "cannot be seen"),
                               ({"host": "mail.example\r\n"}, "no name and no address"),
                               ({"password": None}, "go together"), ({"user": None}, "go together"),
                               ({"password": ""}, "is empty")):
            done = self.mail_test(**changes)
            self.assertNotEqual(0, done.returncode)
            self.assertIn(words, done.stdout + done.stderr)
