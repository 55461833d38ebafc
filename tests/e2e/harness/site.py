# SPDX-License-Identifier: Apache-2.0
"""A relying party: sends people to the server, reads what comes back, redeems, refreshes."""
import base64
import hashlib
import secrets
import time
from urllib.parse import quote, urlencode, urlsplit

from . import jwt
from .page import Page
from .web import parameters_of, query_of

AUTHORIZE = "/api/oauth/authorize"
TOKEN = "/api/oauth/token"
USERINFO = "/api/oauth/userinfo"
INTROSPECT = "/api/oauth/introspect"
REVOKE = "/api/oauth/revoke"
JWKS = "/api/oauth/jwks"


class Pkce:
    def __init__(self):
        self.verifier = secrets.token_urlsafe(48)
        self.challenge = jwt.b64(hashlib.sha256(self.verifier.encode()).digest())


class Landing:
    """Where a journey ended: back at the site with parameters, or on a page."""

    def __init__(self, response, shown, params=None, mode=None, uri=None):
        self.response = response
        self.shown = shown      # what was passed on the way: "account", "login", "consent"
        self.params = params    # None: still on a page of the server
        self.mode = mode        # "query", "fragment", "form_post"
        self.uri = uri

    @property
    def is_back(self):
        return self.params is not None

    @property
    def page(self):
        return Page(self.response)

    @property
    def code(self):
        if not self.is_back or "code" not in self.params:
            raise AssertionError(f"no code came back: {self!r}")
        return self.params["code"]

    @property
    def error(self):
        if not self.is_back:
            raise AssertionError(f"not redirected: {self!r}")
        return self.params.get("error")

    def __repr__(self):
        return f"<Landing shown={self.shown} mode={self.mode} params={self.params} {self.response!r}>"


def authorization(identifier, secret, scheme="basic"):
    """HTTP Basic as RFC 6749 section 2.3.1 wants it: both parts form-encoded first."""
    pair = f"{quote(identifier, safe='')}:{quote(secret, safe='')}"
    return {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


class Site:
    """A registered client; `server` is a Gatehouse."""

    def __init__(self, server, identifier, secret=None, redirect="https://site.example/callback",
                 method="client_secret_basic", use_pkce=True, signer=None):
        self.server = server
        self.id = identifier
        self.secret = secret
        self.redirect = redirect
        self.method = method if secret or signer else "none"
        self.use_pkce = use_pkce
        self.signer = signer
        self.pkce = Pkce()

    # To the server and back

    def request(self, **changes):
        """Parameters of an authorization request; None takes one away."""
        params = {"client_id": self.id, "response_type": "code", "redirect_uri": self.redirect,
                  "scope": "openid", "state": secrets.token_urlsafe(12), "nonce": secrets.token_urlsafe(12)}
        if self.use_pkce:
            self.pkce = Pkce()
            params.update(code_challenge=self.pkce.challenge, code_challenge_method="S256")
        params.update(changes)
        return {name: value for name, value in params.items() if value is not None}

    def url(self, **changes):
        return AUTHORIZE + "?" + urlencode(self.request(**changes), doseq=True)

    def journey(self, browser, user=None, consent="allow", post=False, stop_at=(), **changes):
        """Goes to the server and does what the pages ask until it is back or a page needs more."""
        if post:
            response = browser.post(AUTHORIZE, self.request(**changes))
        else:
            response = browser.get(self.url(**changes))
        return self.walk(browser, response, user, consent, stop_at)

    def walk(self, browser, response, user=None, consent="allow", stop_at=()):
        shown = []
        for _ in range(12):
            if response.location:
                if not self.is_own(response.location):
                    uri, hash_sign, fragment = response.location.partition("#")
                    if hash_sign:
                        return Landing(response, shown, parameters_of(fragment), "fragment", uri)
                    uri, _, _ = response.location.partition("?")
                    return Landing(response, shown, query_of(response.location), "query", uri)
                response = browser.get(response.location)
                continue
            if response.status != 200 or response.media_type != "text/html":
                return Landing(response, shown)
            page = Page(response)
            posted = self.posted_answer(page)
            if posted is not None:
                return Landing(response, shown, posted.fields, "form_post", posted.action)
            if page.has("login-form"):
                shown.append("login")
                if user is None or "login" in stop_at or shown.count("login") > 1:
                    return Landing(response, shown)
                response = page.press(browser, "login-submit", username=user.login, password=user.password)
            elif page.has("account-form"):
                shown.append("account")
                if user is None or "account" in stop_at:
                    return Landing(response, shown)
                response = page.press(browser, self.account_of(page, user))
            elif page.has("consent-allow"):
                shown.append("consent")
                if consent is None or "consent" in stop_at:
                    return Landing(response, shown)
                response = page.press(browser, f"consent-{consent}")
            else:
                return Landing(response, shown)
        raise AssertionError(f"the pages go round in a circle: {shown} {response!r}")

    @staticmethod
    def account_of(page, user):
        """The button of this person, or of another account where they are not among those to choose."""
        accounts = (name for name, element in page.ids.items() if name.startswith("account-") and
                    element.text.split()[-1:] == [user.login])
        return next(accounts, "account-another")

    def is_own(self, url):
        """Is it a page of the server's? The demo site is at the same address and is none."""
        is_back = url.partition("?")[0] == self.redirect.partition("?")[0]
        return not is_back and urlsplit(url).netloc == urlsplit(self.server.issuer).netloc

    def posted_answer(self, page):
        for form in page.forms:
            if form.action and not self.is_own_form(form.action):
                return form
        return None

    def is_own_form(self, action):
        parts = urlsplit(action)
        return not parts.netloc or self.is_own(action)

    # Behind the scenes

    def credentials(self):
        """Header fields and form fields by which this client proves itself."""
        if self.signer:
            return {}, {"client_id": self.id, **self.assertion()}
        if self.method == "none":
            return {}, {"client_id": self.id}
        if self.method == "client_secret_post":
            return {}, {"client_id": self.id, "client_secret": self.secret}
        return authorization(self.id, self.secret), {}

    def assertion(self, **changes):
        now = int(time.time())
        claims = {"iss": self.id, "sub": self.id, "aud": self.server.issuer, "iat": now, "exp": now + 60,
                  "jti": secrets.token_urlsafe(16)}
        claims.update(changes)
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion": self.signer.sign(claims)}

    def call(self, url, form, browser=None):
        headers, fields = self.credentials()
        return (browser or self.server.browser()).post(url, {**fields, **form}, headers=headers, cookies=False)

    def redeem(self, code, **changes):
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.redirect}
        if self.use_pkce:
            form["code_verifier"] = self.pkce.verifier
        form.update(changes)
        return self.call(TOKEN, {name: value for name, value in form.items() if value is not None})

    def refresh(self, token, **changes):
        return self.call(TOKEN, {"grant_type": "refresh_token", "refresh_token": token, **changes})

    def introspect(self, token, **changes):
        return self.call(INTROSPECT, {"token": token, **changes})

    def revoke(self, token, **changes):
        return self.call(REVOKE, {"token": token, **changes})

    def tokens(self, browser, user, consent="allow", **changes):
        """A whole login; the token answer as a value."""
        landing = self.journey(browser, user, consent, **changes)
        response = self.redeem(landing.code)
        if response.status != 200:
            raise AssertionError(f"the code was refused: {response!r}")
        return response.json()

    def userinfo(self, token):
        return self.server.browser().get(USERINFO, headers={"Authorization": f"Bearer {token}"})


class Person:
    def __init__(self, login, password, claims=None):
        self.login = login
        self.password = password
        self.claims = claims or {}


PROFILE = {
    "name": "Ada King Lovelace", "family_name": "Lovelace", "given_name": "Ada", "middle_name": "King",
    "nickname": "Ada", "preferred_username": "ada", "profile": "https://people.example/ada",
    "picture": "https://people.example/ada.png", "website": "https://ada.example", "gender": "female",
    "birthdate": "1815-12-10", "zoneinfo": "Europe/London", "locale": "en-GB", "updated_at": 1700000000,
}
EMAIL = {"email": "ada@people.example", "email_verified": True}
ADDRESS = {"address": {"formatted": "12 St James's Square\nLondon", "street_address": "12 St James's Square",
                       "locality": "London", "postal_code": "SW1Y 4JH", "country": "United Kingdom"}}
PHONE = {"phone_number": "+44 20 7946 0018", "phone_number_verified": False}


def ada(login="ada"):
    """A person with every standard claim."""
    return Person(login, "correct horse battery staple", {**PROFILE, **EMAIL, **ADDRESS, **PHONE})
