# SPDX-License-Identifier: Apache-2.0
"""A client that registers itself (RFC 7591), and looks after its registration (RFC 7592)."""
import json

from .server import MODULES
from .site import Site

REGISTER = "/api/oauth/register"
ISSUED = ("registration_client_uri", "registration_access_token", "client_id_issued_at",
          "client_secret_expires_at")


def modules(**settings):
    """The usual modules, and module.registration with these settings."""
    return [*MODULES, {"use": "module.registration", **settings}]


def metadata(**changes):
    """What a site says of itself; None takes a member away."""
    said = {"client_name": "A new site", "redirect_uris": ["https://new.example/callback"], **changes}
    return {name: value for name, value in said.items() if value is not None}


def bearer(token):
    return {"Authorization": f"Bearer {token}"} if token else {}


def register(browser, said, token=None, content_type="application/json"):
    """`said`: a value, or a text as it is sent."""
    body = said if isinstance(said, (str, bytes)) else json.dumps(said)
    return browser.request("POST", REGISTER, headers={"Content-Type": content_type, **bearer(token)}, body=body)


class Registered:
    """What came of it."""

    def __init__(self, server, told):
        self.server = server
        self.told = told
        self.id = told["client_id"]

    def ask(self, method, said=None, token=""):
        """With its own token unless another one, or None for none, is given."""
        headers = bearer(self.told["registration_access_token"] if token == "" else token)
        if said is not None:
            headers["Content-Type"] = "application/json"
        return self.server.browser().request(method, self.told["registration_client_uri"], headers=headers,
                                             body=None if said is None else json.dumps(said))

    def said(self, **changes):
        """What it has, as a PUT says it."""
        kept = {name: value for name, value in self.told.items() if name not in ISSUED}
        return {name: value for name, value in {**kept, **changes}.items() if value is not None}

    def change(self, **changes):
        """Puts other metadata; what came back."""
        response = self.ask("PUT", self.said(**changes))
        if response.status != 200:
            raise AssertionError(f"it was not changed: {response!r}")
        secret = self.told.get("client_secret")
        self.told = {"client_secret": secret, **response.json()} if secret else response.json()
        return self.told

    def site(self):
        return Site(self.server, self.id, self.told.get("client_secret"), self.told["redirect_uris"][0],
                    self.told["token_endpoint_auth_method"])
