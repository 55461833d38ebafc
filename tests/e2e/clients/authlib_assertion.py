# SPDX-License-Identifier: Apache-2.0
"""An assertion of another issuer for a token, with Authlib, which renews it by itself. Argument: what to use, as JSON."""
import json
import sys

from authlib.integrations.requests_client import AssertionSession
from harness.web import Browser
from joserfc.jwk import ECKey

given = json.loads(sys.argv[1])
metadata = Browser(given["issuer"]).get("/.well-known/openid-configuration").json()
session = AssertionSession(metadata["token_endpoint"], given["elsewhere"], given["user"]["username"], scope="openid email",
                           client_id=given["client_id"], key=ECKey.import_key(given["key"]), claims={"jti": "first"},
                           header={"alg": "ES256", "kid": given["kid"]})
told = session.get(metadata["userinfo_endpoint"]).json()
assert told["email"] == given["user"]["email"], told
assert "refresh_token" not in session.token, session.token.keys()

first = session.token["access_token"]
session.claims = {"jti": "second"}
session.refresh_token()
assert session.token["access_token"] != first
assert session.get(metadata["userinfo_endpoint"]).json()["sub"] == told["sub"]
try:
    session.refresh_token()
    raise AssertionError("an assertion was taken twice")
except session.oauth_error_class as refused:
    assert refused.error == "invalid_grant", refused
print("logged in as", told["sub"])
