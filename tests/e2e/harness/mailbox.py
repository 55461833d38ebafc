# SPDX-License-Identifier: Apache-2.0
"""A server that takes mails by SMTP, on a free loopback port, that can go away and come back there."""
import base64
import contextlib
import email
import email.policy
import re
import socket
import threading

from .port import free_port
from .web import wait_until


class Letter:
    """A mail as it was taken: `raw` is all of it, `message` what Python makes of it."""

    def __init__(self, sender, recipients, raw):
        self.sender, self.recipients, self.raw = sender, recipients, raw
        self.message = email.message_from_bytes(raw, policy=email.policy.default)

    @property
    def to(self):
        return self.recipients[0]

    @property
    def subject(self):
        return self.message["Subject"]

    @property
    def id(self):
        return self.message["Message-ID"]

    @property
    def text(self):
        return self.message.get_content()

    @property
    def link(self):
        """The one link in it."""
        found = re.findall(r"https?://\S+", self.text)
        assert len(found) == 1, self.text
        return found[0]


class Mailbox:
    """`tls`: a context for "starttls" or, with `implicit`, for the first byte on. `user`: (name, password) it asks for.
    `answers` say in place of 250 what a step answers: {"RCPT": "450 later"}; None: nothing. `hangs_up_at` names a step at which
    it hangs up, "END" that of the whole mail."""

    def __init__(self, tls=None, implicit=False, user=None, mechanisms="PLAIN LOGIN"):
        self.tls, self.implicit, self.user, self.mechanisms = tls, implicit, user, mechanisms
        self.port = free_port()
        self.letters, self.commands, self.answers = [], [], {}
        self.hangs_up_at = None
        self.says_before_tls = b""
        self.before_answer = None
        self.listener = None
        self.connections = []

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()
        return self

    def close(self):
        if self.listener:
            with contextlib.suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        for connection in self.connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self.connections = []

    def accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                self.connections.append(connection)
                threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        dialog = Dialog(self, connection)
        with contextlib.suppress(OSError, ValueError):
            dialog.run()
        dialog.hang_up()

    def to(self, address):
        return [letter for letter in self.letters if letter.to == address]

    def await_letter(self, address, number=1):
        """The so manieth mail to this address."""
        wait_until(lambda: len(self.to(address)) >= number, 30, f"no mail {number} to {address}")
        return self.to(address)[number - 1]


class Dialog:
    def __init__(self, box, connection):
        self.box, self.connection = box, connection
        self.stream = None
        self.is_secure = self.is_known = False
        self.sender, self.recipients = None, []

    def run(self):
        if self.box.implicit:
            self.secure()
        else:
            self.stream = self.connection.makefile("rwb")
        self.say(self.box.answers.get("CONNECT", "220 mailbox"))
        while line := self.line():
            verb = line.split(":")[0].split(" ")[0].upper()
            self.box.commands.append(line)
            if self.box.hangs_up_at == verb:
                return
            if verb in self.box.answers:
                if self.box.answers[verb]:
                    self.say(self.box.answers[verb])
                continue
            if verb == "QUIT":
                self.say("221 bye")
                return
            getattr(self, "do_" + verb.lower(), self.unknown)(line)

    def hang_up(self):
        for part in (self.stream, self.connection):
            with contextlib.suppress(OSError, ValueError):
                if part:
                    part.close()

    def secure(self):
        if self.stream:
            self.stream.close()
        self.connection = self.box.tls.wrap_socket(self.connection, server_side=True)
        self.stream = self.connection.makefile("rwb")
        self.is_secure = True

    def line(self):
        line = self.stream.readline(2000)
        if line and not line.endswith(b"\r\n"):
            raise ValueError(f"a line that does not end with CRLF, or is too long: {line[:80]}")
        return line.decode("ascii")[:-2]

    def say(self, *lines):
        for number, line in enumerate(lines, 1):
            code, text = line[:3], line[4:]
            self.stream.write(f"{code}{' ' if number == len(lines) else '-'}{text}\r\n".encode())
        self.stream.flush()

    def unknown(self, _):
        self.say("502 what?")

    def do_ehlo(self, _):
        offers = ["250 mailbox", "250 8BITMIME"]
        if self.box.tls and not self.is_secure:
            offers.append("250 STARTTLS")
        if self.box.user and (self.is_secure or not self.box.tls):
            offers.append(f"250 AUTH {self.box.mechanisms}")
        self.say(*offers)

    def do_starttls(self, _):
        self.stream.write(b"220 go on\r\n" + self.box.says_before_tls)
        self.stream.flush()
        self.secure()

    def do_auth(self, line):
        words = line.split(" ")
        if words[1] == "PLAIN":
            _, name, password = base64.b64decode(words[2], validate=True).decode().split("\0")
        else:
            self.say("334 VXNlcm5hbWU6")
            name = base64.b64decode(self.line(), validate=True).decode()
            self.say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(self.line(), validate=True).decode()
        self.is_known = (name, password) == self.box.user
        self.say("235 welcome" if self.is_known else "535 wrong user or password")

    def do_mail(self, line):
        if self.box.user and not self.is_known:
            self.say("530 who are you?")
            return
        self.sender = re.fullmatch(r"MAIL FROM:<([^<>\s]+)>", line)[1]
        self.recipients = []
        self.say("250 ok")

    def do_rcpt(self, line):
        self.recipients.append(re.fullmatch(r"RCPT TO:<([^<>\s]+)>", line)[1])
        self.say("250 ok")

    def do_data(self, _):
        self.say("354 go on")
        lines = []
        while (line := self.line()) != ".":
            assert len(line) <= 998, "RFC 5322 section 2.1.1"
            lines.append(line[1:] if line.startswith(".") else line)
        raw = "".join(line + "\r\n" for line in lines).encode()
        refusal = self.box.answers.get("END")
        if not refusal:
            self.box.letters.append(Letter(self.sender, self.recipients, raw))
        if self.box.before_answer:
            self.box.before_answer()
        if self.box.hangs_up_at == "END":
            raise ValueError("hung up")
        self.say(refusal or "250 taken")
