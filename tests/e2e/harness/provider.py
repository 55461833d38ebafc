# SPDX-License-Identifier: Apache-2.0
"""Providers that people sign in with elsewhere: one of OpenID Connect, one of plain OAuth 2. A story is their person."""
import base64
import hashlib
import json
import secrets
import time
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from . import jwt
from .listener import Answering, Listener
from .web import query_of

JSON = {"Content-Type": "application/json;charset=utf-8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
CLIENT = ("here", "a secret: of us/both")


def keycloak(origin):
    """As Keycloak 26 writes it, without what nobody reads here."""
    realm = f"{origin}/realms/shop"
    place = f"{realm}/protocol/openid-connect"
    return {"issuer": realm, "authorization_endpoint": f"{place}/auth", "token_endpoint": f"{place}/token",
            "introspection_endpoint": f"{place}/token/introspect", "userinfo_endpoint": f"{place}/userinfo",
            "end_session_endpoint": f"{place}/logout", "frontchannel_logout_session_supported": True,
            "jwks_uri": f"{place}/certs", "check_session_iframe": f"{place}/login-status-iframe.html",
            "grant_types_supported": ["authorization_code", "implicit", "refresh_token", "password"],
            "acr_values_supported": ["0", "1"], "response_types_supported": ["code", "none", "id_token"],
            "subject_types_supported": ["public", "pairwise"],
            "id_token_signing_alg_values_supported": ["PS384", "ES384", "RS384", "HS256", "ES256", "RS256", "PS256", "EdDSA"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt", "client_secret_basic", "client_secret_post", "tls_client_auth"],
            "code_challenge_methods_supported": ["plain", "S256"], "mtls_endpoint_aliases": {"token_endpoint": f"{place}/token"},
            "authorization_response_iss_parameter_supported": True}


def google(origin):
    """As Google writes it: endpoints elsewhere than the issuer, no word of RFC 9207."""
    return {"issuer": origin, "authorization_endpoint": f"{origin}/o/oauth2/v2/auth",
            "device_authorization_endpoint": f"{origin}/device/code", "token_endpoint": f"{origin}/token",
            "userinfo_endpoint": f"{origin}/v1/userinfo", "revocation_endpoint": f"{origin}/revoke",
            "jwks_uri": f"{origin}/oauth2/v3/certs",
            "response_types_supported": ["code", "token", "id_token", "code token", "none"],
            "response_modes_supported": ["query", "fragment", "form_post"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "claims_supported": ["aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "name", "picture", "sub"],
            "code_challenge_methods_supported": ["plain", "S256"]}


class Codes(Listener):
    """What both have: codes for requests, tokens for codes."""

    def __init__(self):
        super().__init__()
        self.codes = {}
        self.tokens = {}
        self.asked = []           # "METHOD path" of each call
        self.broken = {}          # path: what it answers instead, (status, headers, body)

    def back(self, location, claims, iss=None, **changes):
        """The person agrees: where the browser goes then."""
        asked = query_of(location)
        code = secrets.token_urlsafe(16)
        self.codes[code] = (asked, claims)
        answer = {"code": code, "state": asked["state"], **({"iss": iss} if iss else {}), **changes}
        return asked["redirect_uri"] + "?" + urlencode({name: value for name, value in answer.items() if value is not None})

    @staticmethod
    def refusal(location, error="access_denied", **more):
        asked = query_of(location)
        return asked["redirect_uri"] + "?" + urlencode({"error": error, "state": asked["state"], **more})

    def redeem(self, headers, form):
        """The request and the claims of a code that is good, once; nullopt otherwise."""
        asked, claims = self.codes.pop(form.get("code"), (None, None))
        if asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        challenge = jwt.b64(hashlib.sha256(form["code_verifier"].encode()).digest())
        return (asked, claims) if challenge == asked["code_challenge"] and self.is_client(headers, form) else None

    @staticmethod
    def is_client(headers, form):
        sent = headers["Authorization"]
        if sent:
            pair = base64.b64decode(sent.partition(" ")[2]).decode().split(":")
            return tuple(map(unquote, pair)) == CLIENT
        return (form.get("client_id"), form.get("client_secret")) == CLIENT

    def give(self, claims):
        token = secrets.token_urlsafe(16)
        self.tokens[token] = claims
        return token

    def bearer(self, headers):
        return self.tokens.get((headers["Authorization"] or "").partition(" ")[2])

    def handler(self):
        codes = self

        class Handler(Answering):
            def answer(self, body=""):
                path = urlsplit(self.path).path
                codes.asked.append(f"{self.command} {path}")
                said = codes.broken.get(path) or codes.said(self.command, path, self.headers, dict(parse_qsl(body)))
                status, headers, text = said
                self.reply(status, headers, text if isinstance(text, bytes) else json.dumps(text).encode())

            def handle(self):
                try:
                    super().handle()
                except ConnectionResetError:
                    pass  # it was told more than it takes

            def do_GET(self):
                self.answer()

            def do_POST(self):
                self.answer(self.body().decode())

        return Handler


class OpenIdProvider(Codes):
    def __init__(self, shape=keycloak, algorithm="RS256"):
        super().__init__()
        self.signer = jwt.Signer(algorithm, "key-1")
        self.document = shape(self.origin)
        self.issuer = self.document["issuer"]
        self.spoil = lambda claims: claims      # what ID tokens say in the end
        self.sign = self.signer.sign
        self.userinfo = lambda claims: claims

    def path(self, member):
        return urlsplit(self.document[member]).path

    def said(self, method, path, headers, form):
        if path == urlsplit(self.issuer).path + "/.well-known/openid-configuration":
            return 200, {**JSON, "Cache-Control": "public, max-age=3600"}, self.document
        if path == self.path("jwks_uri"):
            return 200, JSON, {"keys": [self.signer.jwk()]}
        if path == self.path("userinfo_endpoint"):
            claims = self.bearer(headers)
            return (200, JSON, self.userinfo(claims)) if claims else (401, JSON, {"error": "invalid_token"})
        if (method, path) == ("POST", self.path("token_endpoint")):
            return self.exchange(headers, form)
        return 404, JSON, {"error": "not_found"}

    def exchange(self, headers, form):
        found = self.redeem(headers, form)
        if not found:
            return 400, JSON, {"error": "invalid_grant", "error_description": "<script>provider</script>"}
        asked, claims = found
        token = self.give(claims)
        now = int(time.time())
        said = {"iss": self.issuer, "aud": asked["client_id"], "nonce": asked["nonce"], "iat": now, "exp": now + 300,
                "at_hash": jwt.b64(hashlib.sha256(token.encode()).digest()[:16]), **claims}
        said = {name: value for name, value in self.spoil(said).items() if value is not None}
        return 200, JSON, {"access_token": token, "token_type": "Bearer", "expires_in": 300, "id_token": self.sign(said),
                           "scope": asked["scope"]}

    def settings(self, name, **more):
        return {"use": "login_step.upstream", "name": name, "display_name": name.title(), "issuer": self.issuer,
                "client_id": CLIENT[0], "client_secret": CLIENT[1], **more}


class GitHub(Codes):
    """Codes and people as GitHub has them; `as_form`: tokens in its older form."""

    def __init__(self):
        super().__init__()
        self.as_form = False
        self.emails = {}

    def said(self, method, path, headers, form):
        if path == "/login/oauth/access_token":
            found = self.redeem(headers, form)
            # It answers 200 in either case.
            answer = {"access_token": self.give(found[1]), "token_type": "bearer", "scope": "read:user,user:email"} if found \
                else {"error": "bad_verification_code", "error_description": "The code passed is incorrect or expired."}
            return (200, FORM, urlencode(answer).encode()) if self.as_form else (200, JSON, answer)
        person = self.bearer(headers)
        if not person:
            return 401, JSON, {"message": "Requires authentication"}
        if path == "/user":
            return 200, JSON, {"node_id": "MDQ6", "type": "User", "site_admin": False, "plan": {"name": "free"}, **person}
        if path == "/user/emails":
            return 200, JSON, self.emails.get(person["login"], [])
        return 404, JSON, {"message": "Not Found"}

    def settings(self, name, **more):
        return {"use": "login_step.upstream", "name": name, "display_name": "GitHub", "client_id": CLIENT[0], "client_secret": CLIENT[1],
                "token_endpoint_auth_method": "client_secret_post", "scopes": ["read:user", "user:email"],
                "authorization_endpoint": f"{self.origin}/login/oauth/authorize",
                "token_endpoint": f"{self.origin}/login/oauth/access_token", "userinfo_endpoint": f"{self.origin}/user",
                "emails_endpoint": f"{self.origin}/user/emails", "claims": {"sub": "id", "preferred_username": "login"}, **more}
