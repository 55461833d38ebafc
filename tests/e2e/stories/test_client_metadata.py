# SPDX-License-Identifier: Apache-2.0
"""Members of client metadata that a third party's plugin understands, compiled against the SDK alone."""
from harness.server import USES, CommandFailed
from harness.story import Story

RULE = "client_metadata_rule.door"


class ClientMetadata(Story):
    plugins = [*USES, RULE]

    @classmethod
    def furnish(cls):
        cls.server.build_plugin(RULE, "tests/e2e/plugins/door_rule.cpp")
        super().furnish()

    def add(self, identifier, *members):
        options = [part for member in members for part in ("--member", member)]
        return self.server.add_client(identifier, "https://door.example/callback", options=options)

    def refused(self, *arguments):
        with self.assertRaises(CommandFailed) as failed:
            self.server.command(*arguments)
        return failed.exception

    def check(self):
        done = self.server.run("check", "--config", self.server.config_file)
        return done.returncode, done.stdout + done.stderr

    def test_a_client_may_be_registered_with_them(self):
        self.add("d1", "door=front")
        self.assertEqual("front", self.server.command("client", "show", "d1")["door"])
        self.server.command("client", "update", "d1", "--member", "door=back")
        self.assertEqual("back", self.server.command("client", "show", "d1")["door"])
        self.server.command("client", "update", "d1", "--clear", "door")
        self.assertNotIn("door", self.server.command("client", "show", "d1"))

    def test_what_the_plugin_refuses_is_not_registered(self):
        for member in ("door=trap", "door=1", 'door=["front"]'):
            with self.assertRaises(CommandFailed) as failed:
                self.add("d2", member)
            self.assertIn("door: there is no such door", failed.exception.output)
        self.assertIn("no client", self.refused("client", "show", "d2").output)

    def test_a_member_that_nobody_understands_is_told(self):
        with self.assertRaises(CommandFailed) as failed:
            self.add("d3", "dor=front")
        self.assertIn('--member: a client has no member "dor"; did you mean "door"?', failed.exception.output)

    def test_discovery_lists_its_values(self):
        metadata = self.browser().get("/.well-known/openid-configuration").json()
        self.assertEqual(["front", "back"], metadata["doors_supported"])

    def test_a_file_is_checked_with_its_place(self):
        file = self.server.clients_dir / "door.yaml"
        text = "client_id: filed\ntoken_endpoint_auth_method: none\nredirect_uris: [https://f.example/cb]\ndoor: {}\n"
        try:
            file.write_text(text.format("trap"))
            code, output = self.check()
            self.assertEqual(78, code)
            self.assertIn("door.yaml:4:7: door: there is no such door", output)
            file.write_text(text.format("back"))
            code, output = self.check()
            self.assertEqual(0, code, output)
        finally:
            file.unlink()


class StricterRules(Story):
    """The plugin changes its mind, or goes, or throws: who is registered already stays."""
    plugins = [*USES, RULE]

    @classmethod
    def furnish(cls):
        cls.server.build_plugin(RULE, "tests/e2e/plugins/door_rule.cpp")
        super().furnish()
        cls.shop = cls.client("shop", options=("--member", "door=back"))

    def use(self, *entries):
        self.server.config["plugins"] = [entry for entry in self.server.config["plugins"] if entry["use"] != RULE]
        self.server.config["plugins"] += [{"use": RULE, **entry} for entry in entries]
        self.server.write_config()

    def refused(self, *arguments):
        with self.assertRaises(CommandFailed) as failed:
            self.server.command(*arguments)
        return failed.exception.output

    def test_who_is_registered_stays_and_can_be_turned_off(self):
        for entry in ({"doors": ["front"]}, {"throws": True}):
            self.use(entry)
            self.server.stop()
            self.server.launch()
            self.shop.tokens(self.browser(), self.user)
            self.assertEqual("back", self.server.command("client", "show", "shop")["door"])
            self.refused("client", "update", "shop", "--name", "Another")
            self.server.command("client", "update", "shop", "--disable")
            self.server.command("client", "update", "shop", "--enable")
        self.use({"doors": ["front"]})
        self.server.command("client", "update", "shop", "--member", "door=front")
        self.use({})
        self.server.command("client", "update", "shop", "--member", "door=back")

    def test_without_the_plugin_its_members_are_kept(self):
        self.use()
        self.assertEqual("back", self.server.command("client", "update", "shop", "--name", "Shop")["door"])
        self.use({})

    def test_two_that_claim_a_member_are_told_with_both_names(self):
        for entries, named in (({}, {"name": "second"}), "client_metadata_rule.door and by client_metadata_rule.door"), \
                (({"member": "jwks"},), "the server itself (RFC 7591) and by client_metadata_rule.door"):
            self.use(*entries)
            done = self.server.run("check", "--config", self.server.config_file)
            self.assertEqual(78, done.returncode)
            self.assertIn(named, done.stdout + done.stderr)
        self.use({})
