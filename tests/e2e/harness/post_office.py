# SPDX-License-Identifier: Apache-2.0
"""A story whose server sends mails, to a mailbox of the story's own."""
from .mailbox import Mailbox
from .page import Page
from .site import ada
from .story import Story
from .web import wait_until

MAILER = {"use": "mailer.smtp", "host": "127.0.0.1", "tls": "none", "from": "login@id.example",
          "from_name": "Prüfstand"}


class MailStory(Story):
    settings = {"jobs": {"lease": "3s", "first_retry": "80ms", "longest_retry": "1s", "poll": "50ms"}}
    steps = ["login_step.email_code"]
    mailer = {}
    plan = None

    @classmethod
    def new_box(cls):
        return Mailbox()

    @classmethod
    def setUpClass(cls):
        cls.box = cls.new_box().open()
        cls.addClassCleanup(cls.box.close)
        super().setUpClass()

    @classmethod
    def furnish(cls):
        cls.plugins_of_mail()
        super().furnish()

    @classmethod
    def plugins_of_mail(cls):
        cls.server.config["plugins"] += [{**MAILER, "port": cls.box.port, **cls.mailer},
                                         *({"use": step} if isinstance(step, str) else step for step in cls.steps)]
        if cls.plan:
            cls.server.config["login"] = cls.plan
        cls.server.write_config()

    def setUp(self):
        self.box.answers.clear()
        self.box.commands.clear()
        self.box.hangs_up_at = self.box.before_answer = None

    @classmethod
    def person(cls, login="ada", **claims):
        """`claims` beside the usual ones; None takes one away."""
        user = ada(login)
        changed = {**user.claims, "email": f"{login}@example.org", "email_verified": True, **claims}
        user.claims = {name: value for name, value in changed.items() if value is not None}
        cls.server.add_user(user.login, user.password, user.claims)
        return user

    def page_after_password(self, person, browser=None, **changes):
        browser = browser or self.browser()
        return browser, self.site.journey(browser, person, **changes).page

    def await_no_mails(self):
        """Until none is on its way; what was given up stays where it is."""
        wait_until(lambda: all(job["state"] == "dead" for job in self.server.command("jobs", "list")), 30, self.server.log)

    @staticmethod
    def code_in(letter):
        return next(line.strip() for line in letter.text.splitlines() if line.strip().isdigit())

    @staticmethod
    def page_of(browser, response):
        return Page(browser.get(response.location) if response.status == 303 else response)
