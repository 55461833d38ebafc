# SPDX-License-Identifier: Apache-2.0
"""A client that has people asked elsewhere (OpenID CIBA), the people, and what stands beside both."""
import json
import time

from .listener import Answering, Listener
from .page import Page
from .server import MODULES, USES
from .site import TOKEN, Site
from .story import Story
from .web import wait_until

ASK = "/api/oauth/backchannel_authentication"
GRANT = "urn:openid:params:grant-type:ciba"
GRANTS = (GRANT, "refresh_token")
PARTS = ["grant.ciba", "client_metadata_rule.ciba"]
POLL = ("--member", "backchannel_token_delivery_mode=poll")
JOBS = {"lease": "3s", "first_retry": "80ms", "longest_retry": "1s", "poll": "50ms"}


class Receiver(Listener):
    """Takes POSTs of JSON. `answer(body)` gives the status and the answer, and may take its time."""

    def __init__(self, port=None):
        super().__init__(port)
        self.answer = lambda body: (204, None)
        self.headers = {}
        self.got = []  # (path, header fields, body) of what came, answered or not

    def handler(self):
        receiver = self

        class Handler(Answering):
            def do_POST(self):
                body = json.loads(self.body())
                receiver.got.append((self.path, dict(self.headers.items()), body))
                status, said = receiver.answer(body)
                text = said if isinstance(said, bytes) else b"" if said is None else json.dumps(said).encode()
                kind = {} if status == 204 else {"Content-Type": "application/json"}
                self.reply(status, {**receiver.headers, **kind}, text)

        return Handler

    def bodies(self, path=None):
        return [body for at, _, body in list(self.got) if path in (None, at)]


class Asking:
    """What clients and people do."""

    def ask(self, site=None, **form):
        form = {"scope": "openid profile offline_access", "login_hint": "ada", **form}
        return (site or self.shop).call(ASK, {name: value for name, value in form.items() if value is not None})

    def asked(self, site=None, **form):
        response = self.ask(site, **form)
        self.assertEqual(200, response.status, response)
        return response.json()

    def poll(self, asked, site=None, **form):
        return (site or self.shop).call(TOKEN, {"grant_type": GRANT, "auth_req_id": asked["auth_req_id"], **form})

    def assertPoll(self, code, asked, site=None):
        response = self.poll(asked, site)
        self.assertEqual((400, code), (response.status, response.json()["error"]), response)

    def assertAskRefused(self, code, response, status=400):
        self.assertEqual((status, code), (response.status, response.json().get("error")), response)

    def signed_in(self, user=None):
        """A browser in which somebody is."""
        browser = self.browser()
        self.desk.tokens(browser, user or self.user)
        return browser

    def open(self, browser, number=0):
        """The page of one of the requests that wait for who is there; what comes then."""
        page = Page(browser.get("/approvals"))
        form = page.forms[number]
        return browser.post(form.action, {"csrf": form.fields["csrf"], "request": form.buttons[0]["value"]})

    def decide(self, decision="allow", browser=None, user=None):
        """The way of a person who looks which requests wait; where it ended."""
        browser = browser or self.signed_in(user)
        return self.desk.walk(browser, self.open(browser), user or self.user, decision)

    def first_tokens(self, asked, site=None):
        """The decision is heard of within a second."""
        answers = []

        def has_tokens():
            answers.append(self.poll(asked, site))
            return answers[-1].status == 200
        wait_until(has_tokens, 30, lambda: f"no tokens: {answers[-1]!r}")
        return self.assertTokens(answers[-1], kind=self.kind)

    kind = "bearer"


class CibaStory(Asking, Story):
    plugins = [*USES, *PARTS]
    modules = [*MODULES, "ciba"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.bob = cls.person("bob")
        cls.shop = cls.asking("shop")
        cls.other = cls.asking("other")
        cls.desk = cls.client("desk", f"{cls.server.issuer}/approvals/done")

    @classmethod
    def asking(cls, identifier, members=POLL, method="client_secret_basic", grants=GRANTS, options=()):
        made = cls.server.add_client(identifier, grants=grants, method=method, name=f"The {identifier}",
                                     options=(*members, *options))
        return Site(cls.server, identifier, made.get("client_secret"), f"{cls.server.issuer}/approvals/done", method)


def wait_over(asked):
    """Until nobody can decide about it any more."""
    end = time.monotonic() + asked["expires_in"] + 0.5
    wait_until(lambda: time.monotonic() > end, asked["expires_in"] + 5, "time stands still")
