# SPDX-License-Identifier: Apache-2.0
"""A client is registered only for algorithms that the issuer has keys for, and discovery names these and no other."""
from harness import jwt
from harness.registration import metadata, modules, register
from harness.server import USES, CommandFailed
from harness.story import Story

RULE = "client_metadata_rule.jwt_responses"


def plugins(*algorithms):
    return [use for use in USES if use != "key_store.local"] + [
        {"use": "key_store.local", "algorithms": list(algorithms)}, RULE]


def client_nonce(tokens):
    return jwt.claims_of(tokens["id_token"])["nonce"]


class ClientAlgorithms(Story):
    modules = modules(access="open", most_per_address=1000)
    plugins = plugins("RS256", "ES384")

    def test_discovery_names_what_there_are_keys_for(self):
        document = self.server.metadata
        for member in ("id_token", "userinfo"):
            self.assertEqual(["RS256", "ES384"], document[member + "_signing_alg_values_supported"])
        self.assertEqual({"RS256", "ES384"}, {key["alg"] for key in self.keys()})

    def test_what_is_named_can_be_registered_and_signs(self):
        client = self.client("named", options=("--id-token-alg", "ES384", "--member", "userinfo_signed_response_alg=ES384"))
        tokens = client.tokens(self.browser(), self.user)
        self.assertIdToken(tokens["id_token"], client, client_nonce(tokens))
        self.assertEqual("application/jwt", client.userinfo(tokens["access_token"]).media_type)

    def test_anything_else_is_refused_with_what_there_is(self):
        for member in ("id_token_signed_response_alg", "userinfo_signed_response_alg"):
            for algorithm in ("ES256", "PS256", "EdDSA", "none", "HS256"):
                with self.subTest(f"{member} {algorithm}"):
                    response = register(self.browser(), metadata(**{member: algorithm}))
                    self.assertEqual((400, "invalid_client_metadata"), (response.status, response.json()["error"]))
                    self.assertRegex(response.json()["error_description"], f"^{member}: .*RS256, ES384")

    def test_commands_and_files_are_held_to_it(self):
        for options in (("--id-token-alg", "ES256"), ("--access-token-alg", "PS256"),
                        ("--member", "userinfo_signed_response_alg=ES256")):
            with self.assertRaises(CommandFailed) as failed:
                self.client("refused", options=options)
            self.assertIn("RS256, ES384", failed.exception.output)
            with self.assertRaises(CommandFailed):
                self.server.command("client", "update", "site", *options)
        self.client("root", options=("--access-token-alg", "HS256"))
        file = self.server.clients_dir / "filed.yaml"
        try:
            file.write_text("client_id: filed\ntoken_endpoint_auth_method: none\nredirect_uris: [https://f.example/cb]\n"
                            "id_token_signed_response_alg: ES256\n")
            done = self.server.run("check", "--config", self.server.config_file)
            self.assertEqual(78, done.returncode)
            self.assertIn("filed.yaml:4:31: id_token_signed_response_alg: ", done.stdout + done.stderr)
            self.assertIn("RS256, ES384", done.stdout + done.stderr)
        finally:
            file.unlink()


class WithoutTheDefault(Story):
    """RS256 is what a client has that asks for nothing (OpenID Connect Registration section 2)."""
    plugins = [{"use": "token_format.jwt", "signing_alg": "ES256"} if use == "token_format.jwt" else use
               for use in plugins("ES256")]

    @classmethod
    def furnish(cls):
        cls.user = cls.person()

    def test_a_client_that_needs_it_has_to_ask_for_another(self):
        with self.assertRaises(CommandFailed) as failed:
            self.client("silent")
        self.assertIn('id_token_signed_response_alg: "RS256" is not one of ES256', failed.exception.output)
        asking = self.client("asking", options=("--id-token-alg", "ES256"))
        tokens = asking.tokens(self.browser(), self.user)
        self.assertIdToken(tokens["id_token"], asking, client_nonce(tokens))
