# SPDX-License-Identifier: Apache-2.0
"""A whole login with Authlib, as a Python web application would do it. Argument: what to use, as JSON."""
import json
import sys

from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from harness.site import Person, Site
from harness.web import Browser, seconds_until
from joserfc import jwt
from joserfc.jwk import KeySet

given = json.loads(sys.argv[1])
browser = Browser(given["issuer"])
metadata = browser.get("/.well-known/openid-configuration").json()


class Server:
    """What Site wants to know of a server."""

    issuer = given["issuer"]


client = OAuth2Session(given["client_id"], given["client_secret"], token_endpoint_auth_method="client_secret_post",
                       revocation_endpoint_auth_method="client_secret_post", redirect_uri=given["redirect_uri"],
                       scope="openid email offline_access", code_challenge_method="S256")
client.headers.update(given.get("headers", {}))
verifier = "v" * 64
url, state = client.create_authorization_url(metadata["authorization_endpoint"], code_verifier=verifier,
                                             nonce="n-0S6_WzA2Mj", prompt="consent")
person = Person(given["user"]["username"], given["user"]["password"])
landing = Site(Server, given["client_id"]).walk(browser, browser.get(url), person)
assert landing.is_back, landing

token = client.fetch_token(metadata["token_endpoint"], authorization_response=landing.response.location,
                           code_verifier=verifier, state=state)
keys = KeySet.import_key_set(browser.get(metadata["jwks_uri"]).json())
decoded = jwt.decode(token["id_token"], keys, algorithms=["RS256"])
id_token = CodeIDToken(decoded.claims, decoded.header, params={"nonce": "n-0S6_WzA2Mj",
                                                               "client_id": given["client_id"]},
                       options={"iss": {"values": [given["issuer"]]}, "aud": {"values": [given["client_id"]]}})
id_token.validate()

told = client.get(metadata["userinfo_endpoint"]).json()
assert told["email"] == given["user"]["email"], told
assert told["sub"] == id_token["sub"], told

fresh = client.refresh_token(metadata["token_endpoint"], token["refresh_token"])
assert fresh["access_token"] != token["access_token"]
assert client.introspect_token(metadata["introspection_endpoint"], fresh["access_token"]).json()["active"] is True
assert client.revoke_token(metadata["revocation_endpoint"], fresh["refresh_token"]).status_code == 200
introspection = metadata["introspection_endpoint"]
seconds_until(lambda: not client.introspect_token(introspection, fresh["access_token"]).json()["active"],
              given.get("knownWithin", 0))
print("logged in as", id_token["sub"])
