# SPDX-License-Identifier: Apache-2.0
"""The FAPI 2.0 Security Profile with Authlib, as far as it goes: private_key_jwt and the flow are its own; it pushes no requests and
makes no DPoP proofs, so these come by its doors for more: a request of its session, and a token type. Argument: JSON."""
import base64
import hashlib
import json
import sys
import time
import uuid

from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.auth import TokenAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oidc.core import CodeIDToken
from harness.site import Person, Site
from harness.web import Browser, parameters_of
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

given = json.loads(sys.argv[1])
browser = Browser(given["issuer"])
metadata = browser.get("/.well-known/openid-configuration").json()
bound = ECKey.generate_key("P-256")


class Server:
    """What Site wants to know of a server."""

    issuer = given["issuer"]


def proof(method, uri, token=None):
    claims = {"jti": str(uuid.uuid4()), "htm": method, "htu": uri, "iat": int(time.time())}
    if token:
        claims["ath"] = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
    return jwt.encode({"typ": "dpop+jwt", "alg": "ES256", "jwk": bound.as_dict(private=False)}, claims, bound)


def with_proof(token, uri, headers, body, _placement):
    headers.update({"Authorization": f"DPoP {token}", "DPoP": proof("GET", uri, token)})
    return uri, headers, body


TokenAuth.SIGN_METHODS["dpop"] = with_proof
client = OAuth2Session(given["client_id"], ECKey.import_key(given["private_key"]), token_endpoint_auth_method="private_key_jwt",
                       redirect_uri=given["redirect_uri"], scope="openid email offline_access", code_challenge_method="S256")
client.register_client_auth_method(PrivateKeyJWT(given["issuer"], headers={"kid": "client-key"}, alg="ES256"))

verifier = "v" * 64
url, state = client.create_authorization_url(metadata["authorization_endpoint"], code_verifier=verifier,
                                             nonce="n-0S6_WzA2Mj", prompt="consent")
endpoint = metadata["pushed_authorization_request_endpoint"]
pushed = client.post(endpoint, data=parameters_of(url.partition("?")[2]), auth=client.client_auth("private_key_jwt"),
                     withhold_token=True, headers={"DPoP": proof("POST", endpoint)})
assert pushed.status_code == 201, pushed.text

person = Person(given["user"]["username"], given["user"]["password"])
start = browser.get(metadata["authorization_endpoint"], client_id=given["client_id"], request_uri=pushed.json()["request_uri"])
landing = Site(Server, given["client_id"], redirect=given["redirect_uri"]).walk(browser, start, person)
assert landing.is_back, landing

endpoint = metadata["token_endpoint"]
token = client.fetch_token(endpoint, authorization_response=landing.response.location, code_verifier=verifier, state=state,
                           headers={"DPoP": proof("POST", endpoint)})
assert token["token_type"] == "DPoP", token
decoded = jwt.decode(token["id_token"], KeySet.import_key_set(browser.get(metadata["jwks_uri"]).json()), algorithms=["PS256"])
id_token = CodeIDToken(decoded.claims, decoded.header, params={"nonce": "n-0S6_WzA2Mj", "client_id": given["client_id"]},
                       options={"iss": {"values": [given["issuer"]]}, "aud": {"values": [given["client_id"]]}})
id_token.validate()

told = client.get(metadata["userinfo_endpoint"]).json()
assert (told["email"], told["sub"]) == (given["user"]["email"], id_token["sub"]), told
fresh = client.refresh_token(endpoint, token["refresh_token"], headers={"DPoP": proof("POST", endpoint)})
assert fresh["refresh_token"] == token["refresh_token"]
print("logged in as", id_token["sub"])
