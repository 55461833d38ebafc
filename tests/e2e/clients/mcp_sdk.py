# SPDX-License-Identifier: Apache-2.0
"""The MCP SDK for Python, both sides: a server whose tool wants a token of ours for it, and a client that finds out where to get
one, logs in, calls the tool, goes on when the token has expired, and asks for one more scope when it is told to. Argument: what to use, as JSON."""
import asyncio
import json
import sys
from urllib.parse import urlsplit

import uvicorn
from harness.site import Person, Site
from harness.web import Browser, query_of
from httpx2 import AsyncClient
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken
from mcp.server.auth.settings import AuthSettings
from mcp.server.mcpserver import MCPServer
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata
from starlette.requests import Request
from starlette.responses import Response

given = json.loads(sys.argv[1])
place = urlsplit(given["resource"])


class Introspection:
    """Asks the authorization server about each token."""

    async def verify_token(self, token):
        async with AsyncClient(auth=(given["client_id"], given["client_secret"])) as http:
            told = (await http.post(given["issuer"] + "/api/oauth/introspect", data={"token": token})).json()
        if not told["active"] or told["aud"] != given["resource"]:
            return None
        return AccessToken(token=token, client_id=told["client_id"], scopes=told["scope"].split(), expires_at=told["exp"],
                           resource=told["aud"], subject=told["sub"])


notes = MCPServer("notes", token_verifier=Introspection(), auth=AuthSettings(
    issuer_url=given["issuer"], resource_server_url=given["resource"], required_scopes=["notes:read"],
    validate_token_resource=True))


@notes.tool()
def read() -> str:
    """Whose notes."""
    token = get_access_token()
    return f"{token.client_id} {token.subject}"


@notes.tool()
def write() -> str:
    """Whose notes, for who may write them."""
    return read()


class Writing:
    """In front of the server: a tool of its that wants one more scope (RFC 6750 section 3.1)."""

    def __init__(self, app):
        self.app = app

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http" or scope["method"] != "POST":
            return await self.app(scope, receive, send)
        request = Request(scope, receive)
        body = await request.body()
        asked = json.loads(body)
        if asked.get("method") == "tools/call" and asked["params"]["name"] == "write":
            token = await Introspection().verify_token(request.headers.get("authorization", "").removeprefix("Bearer "))
            if token and "notes:write" not in token.scopes:
                challenge = 'Bearer error="insufficient_scope", scope="notes:write"'
                return await Response(status_code=403, headers={"WWW-Authenticate": challenge})(scope, receive, send)

        read = [{"type": "http.request", "body": body, "more_body": False}]

        async def again():
            return read.pop() if read else await receive()

        return await self.app(scope, again, send)


class Storage:
    tokens = None
    client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client_info):
        self.client = client_info


class Server:
    """What Site wants to know of a server."""

    issuer = given["issuer"]


class Visitor:
    """Whom the client sends to the server."""

    def __init__(self):
        self.answer = None

    async def go(self, url):
        person = Person(given["user"]["username"], given["user"]["password"])
        site = Site(Server, "anybody", redirect=given["redirect_uri"])
        browser = Browser(given["issuer"])
        landing = await asyncio.to_thread(lambda: site.walk(browser, browser.get(url), person))
        self.answer = query_of(landing.response.location)

    async def come_back(self):
        return AuthorizationCodeResult(code=self.answer["code"], state=self.answer["state"], iss=self.answer["iss"])


async def use(storage):
    visitor = Visitor()
    provider = OAuthClientProvider(
        given["resource"], OAuthClientMetadata(
            client_name="Notes", redirect_uris=[given["redirect_uri"]], token_endpoint_auth_method="none",
            grant_types=["authorization_code", "refresh_token"], response_types=["code"]),
        storage, visitor.go, visitor.come_back, client_metadata_url=given.get("document"))
    async with AsyncClient(auth=provider, timeout=30) as http:
        async with Client(streamable_http_client(given["resource"], http_client=http)) as client:
            async def told(tool="read"):
                return (await client.call_tool(tool, {})).content[0].text

            whose = await told()
            identifier, sub = whose.split()
            assert identifier == storage.client.client_id, whose
            assert identifier == given.get("document", identifier), whose
            first = storage.tokens.access_token
            while storage.tokens.access_token == first:  # until it has expired, and the client has another
                assert await told() == whose
                await asyncio.sleep(0.2)
            assert await told() == whose
            assert "notes:write" not in storage.tokens.scope, storage.tokens.scope
            if "document" in given:  # the SDK registers for the scopes that it wants at first, and no others
                assert await told("write") == whose
                assert {"notes:read", "notes:write"} <= set(storage.tokens.scope.split()), storage.tokens.scope
    return sub


async def main():
    serving = uvicorn.Server(uvicorn.Config(Writing(notes.streamable_http_app(streamable_http_path=place.path)),
                                            host=place.hostname, port=place.port, log_level="warning"))
    server = asyncio.create_task(serving.serve())
    while not serving.started:
        await asyncio.sleep(0.05)
    sub = await use(Storage())
    serving.should_exit = True
    await server
    print("logged in as", sub)


asyncio.run(main())
