# SPDX-License-Identifier: Apache-2.0
"""A device without a browser (RFC 8628), and the person who signs it in elsewhere."""
from .page import Page
from .server import MODULES, USES
from .site import TOKEN, Site
from .story import Story
from .web import wait_until

ASK = "/api/oauth/device_authorization"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"
USES_DEVICE = [*USES, "grant.device_code"]


class DeviceStory(Story):
    plugins = USES_DEVICE
    modules = [*MODULES, "device"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.tv = cls.device("tv")
        cls.other = cls.device("other")

    @classmethod
    def device(cls, identifier, method="none", grants=(GRANT, "refresh_token"), **options):
        made = cls.server.add_client(identifier, grants=grants, method=method, name=f"The {identifier}", **options)
        return Site(cls.server, identifier, made.get("client_secret"), f"{cls.server.issuer}/device/done", method)

    def ask(self, device=None, **form):
        return (device or self.tv).call(ASK, {"scope": "openid profile offline_access", **form})

    def codes(self, device=None, **form):
        response = self.ask(device, **form)
        self.assertEqual(200, response.status, response)
        return response.json()

    def poll(self, codes, device=None, **form):
        return (device or self.tv).call(TOKEN, {"grant_type": GRANT, "device_code": codes["device_code"], **form})

    def assertPoll(self, code, codes, device=None):
        response = self.poll(codes, device)
        self.assertEqual((400, code), (response.status, response.json()["error"]), response)

    def type(self, browser, code):
        """Types the code; what comes then."""
        return Page(browser.get("/device")).press(browser, "device-submit", user_code=code)

    def decide(self, codes, decision="allow", browser=None, user=None):
        """The whole way of the person; where it ended."""
        browser = browser or self.browser()
        return self.tv.walk(browser, self.type(browser, codes["user_code"]), user or self.user, decision)

    def first_tokens(self, codes, device=None):
        """The decision is heard of within a second."""
        answers = []

        def has_tokens():
            answers.append(self.poll(codes, device))
            return answers[-1].status == 200
        wait_until(has_tokens, 30, lambda: f"no tokens: {answers[-1]!r}")
        return self.assertTokens(answers[-1], openid="openid" in answers[-1].json()["scope"])
