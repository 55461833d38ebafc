# SPDX-License-Identifier: Apache-2.0
"""What is configured and can never do what it is there for is told before the server starts."""
from harness.server import MODULES, USES
from harness.story import Story

PAR = ("request_source.par", "client_metadata_rule.par")
DPOP = ("token_binding.dpop", "client_metadata_rule.dpop")
JARM = ("response_mode.jwt", "client_metadata_rule.jarm")
INTROSPECTION = "client_metadata_rule.jwt_introspection"
ASKED_FOR_NONE = "nobody is asked for a certificate"
UNFILLED = "request_source.par: all clients of {} have to use it"
NO_KEY = "client_metadata_rule.jarm: there is no key for RS256"


class Unreachable(Story):
    @classmethod
    def furnish(cls):
        """Nobody needs to be known for this."""

    def checked(self, *plugins, uses=USES, modules=MODULES, code=0, **sections):
        """What `check` says of this configuration, which ends so."""
        known = dict(self.server.config)
        entries = [{"use": use} if isinstance(use, str) else use for use in (*uses, *plugins)]
        self.server.config.update(plugins=entries, modules=list(modules))
        for name, section in sections.items():
            self.server.config[name] = {**known.get(name, {}), **section}
        try:
            self.server.write_config()
            done = self.server.run("check", "--config", self.server.config_file)
        finally:
            self.server.config.clear()
            self.server.config.update(known)
            self.server.write_config()
        self.assertEqual(code, done.returncode, done)
        return done.stdout + done.stderr

    def test_plugins_that_read_certificates_where_nobody_is_asked_for_one(self):
        for plugin in ("client_auth.tls", "token_binding.tls"):
            self.assertIn(f"{plugin}: {ASKED_FOR_NONE}", self.checked(plugin))
        proxies = {"trusted_proxies": ["127.0.0.1"], "mtls": {"by_proxies": True}}
        self.assertNotIn(ASKED_FOR_NONE, self.checked("client_auth.tls", server=proxies))

    def test_requests_that_have_to_be_pushed_and_nobody_takes(self):
        unfilled = UNFILLED.format(self.server.issuer)
        demanded = {"use": "request_source.par", "required": True}
        self.assertIn(unfilled, self.checked(demanded, code=78))
        self.assertIn(unfilled, self.checked(*PAR, *DPOP, code=78, oauth={"profile": "fapi2"}))
        self.assertNotIn(unfilled, self.checked(*PAR))
        for with_it in ([*MODULES, "par"], ["token", "discovery"]):
            self.assertNotIn(unfilled, self.checked(demanded, modules=with_it))

    def test_answers_for_whose_default_there_is_no_key(self):
        self.assertNotIn(NO_KEY, self.checked(*JARM))
        one_key = [{"use": "key_store.local", "algorithms": ["ES256"]}, {"use": "token_format.jwt", "signing_alg": "ES256"}]
        uses = [*(use for use in USES if use not in ("key_store.local", "token_format.jwt")), *one_key]
        self.assertIn(NO_KEY, self.checked(*JARM, uses=uses))
        signed = f"{INTROSPECTION}: there is no key for RS256, by which is signed for clients without introspection_signed_response_alg"
        self.assertNotIn(signed, self.checked(INTROSPECTION))
        self.assertIn(signed, self.checked(INTROSPECTION, uses=uses))
        self.assertNotIn(NO_KEY, self.checked(*JARM, *PAR, *DPOP, uses=uses, modules=[*MODULES, "par"],
                                              oauth={"profile": "fapi2"}))

    def test_two_bindings_that_are_both_required(self):
        dpop, tls = ({"use": f"token_binding.{name}", "required": True} for name in ("dpop", "tls"))
        self.assertIn("are both required", self.checked(dpop, tls, code=78))
        self.assertNotIn("are both required", self.checked(dpop, "token_binding.tls"))

    def test_it_is_told_at_the_start_too(self):
        self.server.stop()
        known = self.server.config["plugins"]
        self.addCleanup(self.server.write_config)
        self.addCleanup(self.server.config.update, plugins=known)
        self.server.config["plugins"] = [*known, {"use": "token_binding.tls"}]
        self.server.write_config()
        self.server.launch()
        self.assertIn(f"token_binding.tls: {ASKED_FOR_NONE}", self.server.settled_log())
