# SPDX-License-Identifier: Apache-2.0
"""A plugin whose file is gone: the rest serves, and discovery names nothing of it."""
import os
import shutil
import unittest

from harness.exchange import BEARER, EXCHANGE
from harness.server import MODULES, PLUGINS, USES, Gatehouse

PLACE = "/.well-known/openid-configuration"
EVERY = [*USES, "client_metadata_rule.backchannel_logout", "client_metadata_rule.frontchannel_logout",
         "client_metadata_rule.jwks_uri", "client_metadata_rule.pairwise",
         "client_metadata_rule.jwt_responses", "client_metadata_rule.jwt_introspection", "client_metadata_rule.id_jag", "client_metadata_rule.request_object",
         "request_source.request_object", "token_binding.dpop", "client_metadata_rule.dpop",
         "request_source.par", "client_metadata_rule.par", "response_mode.jwt", "client_metadata_rule.jarm",
         "authorization_rule.authorization_details", "client_metadata_rule.authorization_details",
         "grant.device_code", "client_source.metadata_document", "client_auth.tls", "client_metadata_rule.tls_client_auth", "token_binding.tls", "client_metadata_rule.tls_binding",
         "grant.ciba", "client_metadata_rule.ciba", "approver.http",
         "grant.token_exchange", "client_metadata_rule.token_exchange", "grant.jwt_bearer", "trusted_issuer.jwt", "login_step.signup", "login_step.totp",
         "mailer.smtp", "event_sink.recent_events", "login_step.email_code", "login_step.forgotten_password", "login_step.passkey", "login_step.upstream"]
SIGNED = {f"introspection_{kind}_values_supported" for kind in ("signing_alg", "encryption_alg", "encryption_enc")}
PUSHED = {"pushed_authorization_request_endpoint", "require_pushed_authorization_requests"}
CIBA = {"backchannel_authentication_endpoint", "backchannel_token_delivery_modes_supported",
        "backchannel_authentication_request_signing_alg_values_supported", "backchannel_user_code_parameter_supported"}
SETTINGS = {"mailer.smtp": {"use": "mailer.smtp", "host": "127.0.0.1", "tls": "none", "from": "login@id.example"},
            "approver.http": {"use": "approver.http", "url": "https://elsewhere.example/ask", "secret": "s" * 24},
            "client_metadata_rule.authorization_details": {"use": "client_metadata_rule.authorization_details", "types": {}},
            "login_step.upstream": {"use": "login_step.upstream", "display_name": "Elsewhere", "issuer": "https://elsewhere.example",
                                    "client_id": "here", "client_secret": "s"},
            "trusted_issuer.jwt": {"use": "trusted_issuer.jwt", "issuer": "https://elsewhere.example",
                                   "jwks_uri": "https://elsewhere.example/jwks",
                                   "subjects": {"people": {"clients": ["x"], "person": {"by": "login"}}}}}
# What else goes, and what discovery then names no more.
GONE = {
    "module.token": {"token_endpoint", "grant_types_supported", "token_endpoint_auth_methods_supported",
                     "token_endpoint_auth_signing_alg_values_supported"},
    "module.introspection": {"introspection_endpoint", "introspection_endpoint_auth_methods_supported",
                             "introspection_endpoint_auth_signing_alg_values_supported", "revocation_endpoint",
                             "revocation_endpoint_auth_methods_supported",
                             "revocation_endpoint_auth_signing_alg_values_supported", *SIGNED},
    "module.userinfo": {"userinfo_endpoint", "claims_supported", "claim_types_supported"},
    "module.authorization": {"authorization_endpoint", "response_types_supported", "response_modes_supported",
                             "code_challenge_methods_supported", "display_values_supported", "acr_values_supported", "prompt_values_supported",
                             "ui_locales_supported", "claims_parameter_supported", "request_parameter_supported",
                             "request_uri_parameter_supported", "authorization_response_iss_parameter_supported",
                             *PUSHED},
    "grant.authorization_code": {"authorization_endpoint", "response_types_supported", "response_modes_supported",
                                 "code_challenge_methods_supported", "display_values_supported", "acr_values_supported", "prompt_values_supported",
                                 "ui_locales_supported", "claims_parameter_supported", "request_parameter_supported",
                                 "request_uri_parameter_supported", "authorization_response_iss_parameter_supported",
                                 *PUSHED},
    "response_mode.jwt": set(), "module.par": PUSHED, "client_metadata_rule.par": set(),
    "client_auth.jwt": {name + "_endpoint_auth_signing_alg_values_supported"
                        for name in ("token", "introspection", "revocation")},
    "client_metadata_rule.jwt_responses": {f"{kind}_values_supported" for kind in (
        "id_token_encryption_alg", "id_token_encryption_enc", "userinfo_signing_alg", "userinfo_encryption_alg",
        "userinfo_encryption_enc")},
    "client_metadata_rule.jwt_introspection": SIGNED,
    "client_metadata_rule.request_object": set(), "client_metadata_rule.jwks_uri": set(),
    "client_metadata_rule.pairwise": set(), "client_metadata_rule.dpop": set(),
    "authorization_rule.authorization_details": {"authorization_details_types_supported"},
    "client_metadata_rule.id_jag": {"identity_chaining_requested_token_types_supported", "authorization_grant_profiles_supported"},
    "grant.token_exchange": {"identity_chaining_requested_token_types_supported"}, "grant.jwt_bearer": {"authorization_grant_profiles_supported"},
    "client_source.metadata_document": {"client_id_metadata_document_supported"},
    "client_metadata_rule.tls_client_auth": set(), "client_metadata_rule.tls_binding": set(),
    "module.logout": {"end_session_endpoint"}, "module.device": {"device_authorization_endpoint"},
    "module.account": set(), "module.ciba": CIBA, "grant.ciba": CIBA, "approver.http": set(),
    "login_step.signup": set(), "login_step.totp": set(), "login_step.passkey": set(), "login_step.email_code": set(), "login_step.forgotten_password": set(), "grant.device_code": {"device_authorization_endpoint"},
    "client_metadata_rule.backchannel_logout": {"backchannel_logout_supported", "backchannel_logout_session_supported"},
    "client_metadata_rule.frontchannel_logout": {"frontchannel_logout_supported", "frontchannel_logout_session_supported"},
    "login_step.upstream": set(),
    "grant.refresh_token": set(), "grant.client_credentials": set(), "client_auth.none": set(), "client_auth.secret": set(),
    "token_format.opaque": set(), "token_format.jwt": set(), "event_sink.log": set(), "event_sink.recent_events": set(), "metrics.prometheus": set(),
}
# Values of lists.
VALUES = {"grant.ciba": "urn:openid:params:grant-type:ciba",
          "login_step.signup": "create", "response_mode.jwt": "jwt", "client_metadata_rule.pairwise": "pairwise", "grant.refresh_token": "refresh_token", "grant.device_code": "urn:ietf:params:oauth:grant-type:device_code", "grant.client_credentials": "client_credentials",
          "grant.token_exchange": EXCHANGE, "grant.jwt_bearer": BEARER, "client_auth.none": "none", "client_auth.secret": "client_secret_basic"}
# The same word for another thing.
OTHER_MEANING = {"none": ["prompt_values_supported"]}
# What goes with its module, or gives the same.
NEEDS_MODULE = {"module.introspection": "client_metadata_rule.jwt_introspection"}
# Without these the rest is no good, and says so.
NEEDED = {"client_metadata_rule.ciba": "module.ciba: needs client_metadata_rule.ciba",
          "client_metadata_rule.token_exchange": "grant.token_exchange: needs client_metadata_rule.token_exchange",
          "trusted_issuer.jwt": "grant.jwt_bearer: needs a trusted_issuer", "client_auth.tls": "client_metadata_rule.tls_client_auth: needs client_auth.tls",
          "token_binding.tls": "client_metadata_rule.tls_binding: needs token_binding.tls",
          "request_source.request_object":
          "client_metadata_rule.request_object: needs request_source.request_object",
          "token_binding.dpop": "client_metadata_rule.dpop: needs token_binding.dpop",
          "client_metadata_rule.jarm": "response_mode.jwt: needs client_metadata_rule.jarm",
          "request_source.par": "client_metadata_rule.par: needs request_source.par",
          "client_metadata_rule.authorization_details":
          "authorization_rule.authorization_details: needs client_metadata_rule.authorization_details",
          "module.login": "module.authorization: needs module.login", "key_store.local": "needs a key_store",
          "user_store.local": "needs a user_store", "mailer.smtp": "needs a mailer", "login_step.password": "login_step.signup: needs login_step.password"}


class Removed(unittest.TestCase):
    def server_without(self, gone):
        # Requests are pushed for an authorization endpoint.
        modules = [*MODULES, "account", "device", "ciba"] if gone == "module.authorization" else [*MODULES, "account", "par", "device", "ciba"]
        modules = [name for name in modules if f"module.{name}" != gone]
        left = [use for use in EVERY if use not in (gone, NEEDS_MODULE.get(gone))]
        server = Gatehouse(plugins=[SETTINGS.get(use, use) for use in left], modules=modules)
        self.addCleanup(server.remove)
        folder = server.folder / "plugins"
        shutil.copytree(PLUGINS, folder, ignore=shutil.ignore_patterns(gone + ".so"), copy_function=os.symlink)
        server.config["plugin_dirs"] = [str(folder)]
        server.write_config()
        server.take_first_start()
        return server

    def test_the_rest_serves_and_discovery_names_nothing_of_it(self):
        whole = self.server_without("nothing").launch().metadata
        for gone, members in GONE.items():
            with self.subTest(gone):
                server = self.server_without(gone).launch()
                left = server.browser().get(PLACE).json()
                self.assertEqual(members, set(whole) - set(left))
                for value in filter(None, [VALUES.get(gone)]):
                    lists = [name for name in left if isinstance(left[name], list) and value in left[name]]
                    self.assertEqual(OTHER_MEANING.get(value, []), lists)
                server.stop()

    def test_what_the_rest_is_no_good_without_is_named(self):
        for gone, told in NEEDED.items():
            with self.subTest(gone):
                server = self.server_without(gone)
                refused = server.run("check", "--config", server.config_file)
                self.assertEqual(78, refused.returncode, refused)
                self.assertIn(told, refused.stderr)
