# SPDX-License-Identifier: Apache-2.0
"""The Model Context Protocol: clients and servers of the official SDKs, with tokens of ours."""
import json
import tempfile
from pathlib import Path

from harness.certificate import Authority
from harness.port import free_port
from harness.real_client import NODE, VENV, run_client
from harness.registration import modules
from harness.server import USES
from harness.shelf import Shelf
from harness.site import Site
from harness.story import Story

SCOPES = ["openid", "offline_access", "notes:read", "notes:write"]
REDIRECT = "http://127.0.0.1:53682/callback"


class McpSdks(Story):
    modules = modules(access="open", scopes=SCOPES)

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        authority = Authority(Path(folder.name))
        cls.shelf = Shelf("application/json", authority.server_context("localhost", "localhost"))
        cls.addClassCleanup(cls.shelf.close)
        cls.resource = f"http://127.0.0.1:{free_port()}/mcp"
        cls.settings = {"oauth": {"profile": "mcp", "access_token_ttl_secs": 3},
                        "outgoing": {"allow": [cls.shelf.origin], "ca_file": str(authority.root)}}
        cls.plugins = [*USES, {"use": "client_source.metadata_document", "scopes": SCOPES},
                       {"use": "resource_registry.local", "resources": {"notes": {
                           "identifier": cls.resource, "scopes": SCOPES, "introspected_by": ["notes-server"]}}}]
        super().setUpClass()

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.notes = cls.client("notes-server", "https://notes.example/")

    def document(self):
        """A client that has one, at any port of the person's machine."""
        url = f"{self.shelf.origin}/notes.json"
        self.shelf.put("/notes.json", json.dumps({
            "client_id": url, "client_name": "Notes", "redirect_uris": ["http://127.0.0.1/callback"],
            "grant_types": ["authorization_code", "refresh_token"], "token_endpoint_auth_method": "none"}))
        return {"document": url}

    def use(self, *command, **more):
        client = Site(self.server, self.notes.id, self.notes.secret, redirect=REDIRECT)
        run_client(command, client, self.user, resource=self.resource, **more)

    def test_typescript_by_document(self):
        self.use(NODE, "mcp-sdk.mjs", **self.document())

    def test_typescript_by_registration(self):
        self.use(NODE, "mcp-sdk.mjs")

    def test_python_by_document(self):
        self.use(str(VENV / "bin/python"), "mcp_sdk.py", **self.document())

    def test_python_by_registration(self):
        self.use(str(VENV / "bin/python"), "mcp_sdk.py")
