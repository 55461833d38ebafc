# SPDX-License-Identifier: Apache-2.0
"""What clients ask for beside scopes, as objects of types that the operator describes (RFC 9396)."""
import copy
import json

from harness import jwt
from harness.page import Page
from harness.payments import MEMBERS, RULE, TYPES, accounts, may_use, payment
from harness.port import free_port
from harness.real_client import NODE, run_client
from harness.server import MODULES, USES, CommandFailed
from harness.site import AUTHORIZE, TOKEN
from harness.story import Story
from harness.web import wait_until
from test_browser import BrowserBed

ERROR = "invalid_authorization_details"
LASTING = "openid offline_access"
API = "https://api.bank.example/"
PUSH = "/api/oauth/par"


class Bank(Story):
    plugins = [*USES, RULE, {"use": MEMBERS, "types": TYPES}, "request_source.request_object",
               "client_metadata_rule.request_object", "request_source.par", "client_metadata_rule.par"]
    modules = [*MODULES, "par"]

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.site = cls.bank_client("site", "payment_initiation", "account_information")
        cls.reader = cls.bank_client("reader", "account_information")
        cls.stranger = cls.client("stranger", "https://stranger.example/cb")

    @classmethod
    def bank_client(cls, identifier, *types, more=(), **options):
        return cls.client(identifier, f"https://{identifier}.example/cb", options=(*may_use(*types), *more), **options)

    def ask(self, *details, site=None, user=None, browser=None, text=None, **changes):
        return (site or self.site).journey(browser or self.browser(), user or self.user,
                                           authorization_details=text or json.dumps(details), **changes)

    def tokens(self, *details, site=None, redeem=None, **changes):
        site = site or self.site
        return self.assertTokens(site.redeem(self.ask(*details, site=site, **changes).code, **(redeem or {})))

    def lasting(self, *details, **changes):
        return self.tokens(*details, scope=LASTING, prompt="consent", **changes)

    def claims(self, tokens):
        return jwt.verify(tokens["access_token"], self.keys(), ["RS256"])[1]

    def assertGranted(self, details, tokens, site=None):
        """Told in the answer, in the token and by introspection (RFC 9396 sections 7, 9.1 and 9.2)."""
        told = (tokens, self.claims(tokens), self.assertActive(site or self.site, tokens["access_token"]))
        for where in told:
            self.assertEqual(details, where.get("authorization_details", []))

    def refused(self, text, site=None, **changes):
        landing = self.ask(text=text if isinstance(text, str) else json.dumps(text), site=site, **changes)
        self.assertErrorBack(landing, ERROR)

    def narrowed(self, token, *details, site=None):
        return (site or self.site).refresh(token, authorization_details=json.dumps(details))

    def assertRefusedThere(self, response, code=ERROR):
        self.assertEqual((400, code), (response.status, response.json()["error"]), response)

    def shown(self, *details, **changes):
        landing = self.ask(*details, stop_at=("consent",), **changes)
        self.assertEqual("consent", landing.shown[-1], landing)
        return landing.response.text


class Audited(Bank):
    plugins = [*Bank.plugins, {"use": "resource_registry.local", "resources": {"api": {"identifier": API}}}]

    def test_an_event_names_the_types_and_the_resources_that_were_granted(self):
        self.lasting(payment(), payment("2.00"), accounts(), resource=API)

        def granted():
            return [line["details"] for line in self.server.log_lines() if line.get("event") == "consent.granted"]
        wait_until(granted, 30, "no event")
        self.assertEqual(["payment_initiation", "account_information"], granted()[0]["authorization_details"])
        self.assertEqual([API], granted()[0]["resource"])
        self.assertIn("offline_access", granted()[0]["scope"])


class Granting(Bank):
    def test_granted_details_are_told_everywhere(self):
        details = [payment(), accounts()]
        self.assertGranted(details, self.tokens(*details))

    def test_without_details_nothing_is_told(self):
        tokens = self.site.tokens(self.browser(), self.user)
        self.assertGranted([], tokens)

    def test_discovery_names_the_types(self):
        self.assertEqual(sorted(TYPES), self.server.metadata["authorization_details_types_supported"])

    def test_details_in_a_request_object(self):
        signer = jwt.Signer("ES256")
        jwks = self.server.folder / "signed.json"
        jwks.write_text(json.dumps({"keys": [signer.jwk()]}))
        site = self.bank_client("signed", "payment_initiation", more=("--jwks", str(jwks)))
        wait_until(lambda: site.journey(self.browser()).shown == ["login"], 30, "the client is not seen")
        claims = {"iss": site.id, "aud": self.server.issuer, **site.request(authorization_details=[payment()])}
        browser = self.browser()
        landing = site.walk(browser, browser.get(AUTHORIZE, client_id=site.id,
                                                 request=signer.sign(claims)), self.user)
        self.assertGranted([payment()], self.assertTokens(site.redeem(landing.code)), site)

    def test_pushed_details(self):
        long = accounts(note="x" * 3800)
        pushed = self.site.call(PUSH, self.site.request(authorization_details=json.dumps([payment(), long])))
        self.assertEqual(201, pushed.status, pushed)
        browser = self.browser()
        landing = self.site.walk(browser, browser.get(AUTHORIZE, client_id=self.site.id,
                                                      request_uri=pushed.json()["request_uri"]), self.user)
        self.assertGranted([payment(), long], self.assertTokens(self.site.redeem(landing.code)))

    def test_a_pushed_mistake_is_told_at_once(self):
        for details in ([payment("1.5")], [{"type": "house_only"}], {}):
            pushed = self.site.call(PUSH, self.site.request(authorization_details=json.dumps(details)))
            self.assertRefusedThere(pushed)

    def test_a_posted_request(self):
        self.assertGranted([payment()], self.tokens(payment(), post=True))

    def test_opaque_tokens_tell_them_by_introspection(self):
        site = self.bank_client("opaque", "account_information", more=("--access-token-format", "opaque"))
        wait_until(lambda: site.journey(self.browser()).shown == ["login"], 30, "the client is not seen")
        tokens = self.tokens(accounts(), site=site)
        self.assertEqual([accounts()], self.assertActive(site, tokens["access_token"])["authorization_details"])

    def test_as_many_of_one_type_as_are_asked_for(self):
        details = [payment("1.00"), payment("2.00"), payment("1.00")]
        self.assertGranted(details, self.tokens(*details))

    def test_client_show_tells_the_types(self):
        shown = self.server.run("client", "show", "reader", "--config", self.server.config_file, check=True).stdout
        self.assertIn("account_information", shown)

    def test_a_client_is_registered_for_types_that_there_are(self):
        with self.assertRaises(CommandFailed) as failed:
            self.bank_client("typo", "payment_initation")
        self.assertIn("authorization_details_types", str(failed.exception))
        self.assertIn('did you mean "payment_initiation"?', str(failed.exception))


class Narrowing(Bank):
    def test_a_code_is_redeemed_for_less(self):
        less = accounts("list_accounts")
        tokens = self.lasting(payment(), accounts(), redeem={"authorization_details": json.dumps([less])})
        self.assertGranted([less], tokens)
        again = self.assertTokens(self.site.refresh(tokens["refresh_token"]))
        self.assertGranted([payment(), accounts()], again)

    def test_a_refresh_may_ask_for_less_and_later_for_all(self):
        tokens = self.lasting(payment(actions=["initiate", "status"]), accounts(perDay=4))
        for less in ([payment(actions=["status"])], [accounts("read_balances", perDay=1)],
                     [accounts(perDay=4), payment(actions=["initiate", "status"])]):
            tokens = self.assertTokens(self.narrowed(tokens["refresh_token"], *less))
            self.assertGranted(less, tokens)
        tokens = self.assertTokens(self.site.refresh(tokens["refresh_token"]))
        self.assertGranted([payment(actions=["initiate", "status"]), accounts(perDay=4)], tokens)

    def test_nothing_is_widened(self):
        granted = [payment(actions=["status"]), accounts("read_balances", perDay=4)]
        tokens = self.lasting(*granted)
        for more in ([payment("124.00", actions=["status"])], [payment(actions=["initiate"])], [payment()],
                     [payment(actions=[])], [payment(actions=["status"], remittanceInformation="x")],
                     [payment(actions=["status"], creditorName="Merchant B")], [granted[0], granted[0]],
                     [accounts("read_balances", perDay=5)], [accounts("read_balances", "read_transactions", perDay=4)],
                     [accounts("read_balances")], [{"type": "house_only"}], [*granted, accounts("list_accounts")]):
            with self.subTest(more):
                self.assertRefusedThere(self.narrowed(tokens["refresh_token"], *more))
        self.assertGranted(granted, self.assertTokens(self.site.refresh(tokens["refresh_token"])))

    def test_what_was_not_asked_of_the_person_is_not_had_at_the_token_endpoint(self):
        landing = self.site.journey(self.browser(), self.user)
        asked = json.dumps([accounts()])
        self.assertRefusedThere(self.site.redeem(landing.code, authorization_details=asked))
        self.assertTokens(self.site.redeem(landing.code))

    def test_a_refused_redemption_uses_nothing_up(self):
        landing = self.ask(payment())
        for text in ("[", "[]", "{}", json.dumps([payment("1.00")])):
            self.assertRefusedThere(self.site.redeem(landing.code, authorization_details=text))
        self.assertGranted([payment()], self.assertTokens(self.site.redeem(landing.code)))

    def test_a_parameter_that_stands_twice(self):
        landing = self.ask(payment())
        twice = [json.dumps([payment()])] * 2
        self.assertRefusedThere(self.site.redeem(landing.code, authorization_details=twice), "invalid_request")

    def test_a_client_that_acts_for_itself(self):
        machine = self.client("machine", grants=("client_credentials",), scope="api",
                              options=may_use("account_information", "payment_initiation"))
        wait_until(lambda: machine.call(TOKEN, {"grant_type": "client_credentials"}).status == 200, 30, "not seen")
        asked = {"grant_type": "client_credentials", "authorization_details": json.dumps([accounts()])}
        self.assertGranted([accounts()], self.assertTokens(machine.call(TOKEN, asked), openid=False), machine)
        for details in ([payment()], [{"type": "house_only"}]):
            asked["authorization_details"] = json.dumps(details)
            self.assertRefusedThere(machine.call(TOKEN, asked))

    def test_who_lost_a_type_gets_no_more_of_it(self):
        site = self.bank_client("losing", "payment_initiation", "account_information")
        wait_until(lambda: site.journey(self.browser()).shown == ["login"], 30, "the client is not seen")
        tokens = self.lasting(payment(), accounts(), site=site)
        self.server.command("client", "update", "losing", *may_use("account_information"))

        def told():
            nonlocal tokens
            tokens = self.assertTokens(site.refresh(tokens["refresh_token"]))
            return tokens["authorization_details"] == [accounts()]
        wait_until(told, 30, "the payment is still granted")


    def test_oauth4webapi(self):
        run_client([NODE, "oauth4webapi-details.mjs"], self.site, self.user, {},
                   details=[payment(), accounts(perDay=4)], less=[accounts("list_accounts", perDay=2)])


class Resources(Bank):
    settings = {"oauth": {"unregistered_resources": "allow"}}

    def test_a_token_for_one_resource_carries_what_is_for_it(self):
        here, there = payment(locations=[API + "a"]), payment("1.00", locations=[API + "b", API + "c"])
        tokens = self.lasting(here, there, accounts(), resource=[API + "a", API + "b"])
        self.assertGranted([here, there, accounts()], tokens)
        one = self.assertTokens(self.site.refresh(tokens["refresh_token"], resource=API + "a"))
        self.assertEqual(API + "a", self.claims(one)["aud"])
        self.assertGranted([here, accounts()], one)

    def test_locations_are_among_the_resources_that_are_asked_for(self):
        self.refused([payment(locations=[API + "b"])], resource=[API + "a"])
        self.assertGranted([payment(locations=[API + "b"])], self.tokens(payment(locations=[API + "b"])))


class Refused(Bank):
    def test_what_is_no_array_of_objects_with_a_type(self):
        for text in ("x", "{}", "[", "[]", "[1]", "[[]]", "[{}]", '[{"type":""}]', '[{"type":1}]', json.dumps(payment()),
                     json.dumps([payment()]) + "x", "null", '"[]"', "\ufeff[]", '[{"type":"payment_initiation"}]'):
            with self.subTest(text):
                self.refused(text)

    def test_members_that_stand_twice(self):
        self.refused('[{"type":"account_information","actions":["list_accounts"],"actions":["read_balances"]}]')
        self.refused('[{"type":"payment_initiation","type":"account_information","actions":["list_accounts"]}]')

    def test_bytes_that_are_no_utf8(self):
        query = self.site.url(authorization_details='[{"type":"account_information","actions":["list_accounts"],"x":"~"}]')
        self.assertErrorPage(self.get(query.replace("%7E", "%FF").replace("~", "%FF")), "invalid_request")

    def test_types_that_the_client_may_not_use(self):
        for site, details in ((self.reader, payment()), (self.stranger, accounts()), (self.site, {"type": "house_only"}),
                              (self.site, {"type": "unknown"}), (self.site, {"type": "Payment_Initiation"})):
            self.refused([details], site=site)

    def test_what_the_schema_does_not_allow(self):
        for details in (payment("1.5"), payment("-1.00"), payment("1.00", extra=1), payment(creditorName=""),
                        payment(creditorName="x" * 141), payment(creditorAccount={}), payment(creditorAccount="x"),
                        payment(creditorAccount={"iban": "de02100100109307118603"}), payment(actions=["steal"]),
                        accounts(perDay=0), accounts(perDay=101), accounts(perDay=1.5), accounts(perDay="4"),
                        accounts("list_accounts", "list_accounts"), accounts(accounts=[{}]), accounts(validUntil="never")):
            with self.subTest(details):
                self.refused([details])

    def test_nested_long_and_many(self):
        nested = "x"
        for _ in range(7):
            nested = [nested]
        self.refused([accounts(x=nested)])
        self.refused("[" * 8000, post=True)
        self.refused([accounts(x="y" * 5000)], post=True)
        self.refused([accounts(x="y" * 17_000)], post=True)
        self.refused([accounts()] * 17)
        self.assertAlive()

    def test_the_log_tells_an_operator_what_is_wrong(self):
        self.refused([accounts(x="y" * 5000)], post=True)
        self.refused([payment("1.5")])
        for why in ("bytes, of at most 4096", "payment_initiation: instructedAmount.amount is too short"):
            wait_until(lambda why=why: why in self.server.log(), 30, why)

    def test_huge_numbers(self):
        for number in ("1e400", "123456789012345678901234567890", "-9223372036854775809"):
            self.refused('[{"type":"account_information","actions":["list_accounts"],"perDay":%s}]' % number)

    def test_names_that_look_like_others(self):
        for name in ("actiоns", "perDay\u200b", "per Day", ""):
            self.refused([accounts(**{name: "x"})])

    def test_texts_that_turn_what_is_around_them(self):
        for text in ("Merchant \u202eB", "Merchant\u2066", "a\nb", "a\u0000b", "\u001b[31m", "a\u2028b"):
            self.refused([payment(creditorName=text)])

    def test_texts_that_are_not_seen(self):
        for text in (" ", "\u00a0", "\u3164", "Merchant\u200b A", "Merch\u00adant A", "\u200d"):
            self.refused([payment(creditorName=text)])

    def test_an_empty_parameter_is_none(self):
        tokens = self.assertTokens(self.site.redeem(
            self.site.journey(self.browser(), self.user, authorization_details="").code))
        self.assertGranted([], tokens)


class Consent(Bank):
    def test_a_person_reads_what_is_asked_for(self):
        page = self.shown(payment(remittanceInformation="Ref 4711"),
                          accounts(accounts=[{"iban": "DE02120300000000202051"}], validUntil="2027-01-31", other={"a": [1, True]}))
        for text in ("Make a payment", "123.50", "Merchant A", "Reference", "Ref 4711", "IBAN", "DE02100100109307118603",
                     "See your accounts", "which there are, balances", "DE02120300000000202051", "2027-01-31",
                     "other.a", "1, true"):
            self.assertIn(text, page)
        self.assertNotIn("payment_initiation", page)

    def test_in_their_language(self):
        page = self.shown(payment(remittanceInformation="x"), ui_locales="de-AT")
        for text in ("Zahlung ausführen", " an ", "Verwendungszweck"):
            self.assertIn(text, page)

    def test_a_member_does_not_pass_for_one_inside_another(self):
        page = self.shown(accounts(**{"accounts.iban": "DE02500105170137075030"}))
        self.assertIn("&quot;accounts.iban&quot;", page)
        self.assertNotIn("IBAN", page)

    def test_markup_is_text(self):
        page = self.shown(payment(creditorName="<script>alert(1)</script>", remittanceInformation="{{csrf}} &amp; <b>"))
        self.assertNotIn("<script>alert", page)
        self.assertIn("&lt;script&gt;alert(1)&lt;/script&gt;", page)
        self.assertIn("{{csrf}} &amp;amp; &lt;b&gt;", page)

    def test_a_payment_is_asked_for_each_time(self):
        browser = self.browser()
        self.assertIn("consent", self.ask(payment(), browser=browser).shown)
        self.assertIn("consent", self.ask(payment(), browser=browser).shown)
        self.assertErrorBack(self.ask(payment(), browser=browser, prompt="none"), "consent_required")

    def test_what_is_remembered_covers_the_same_and_less(self):
        browser = self.browser()
        user = self.person("mem")
        self.ask(accounts(perDay=4), browser=browser, user=user)
        for details in (accounts(perDay=4), accounts("read_balances", perDay=1)):
            self.assertGranted([details], self.assertTokens(self.site.redeem(
                self.ask(details, browser=browser, prompt="none").code)))
        for details in (accounts(), accounts(perDay=5), accounts("read_transactions", perDay=4), accounts(perDay=4, x=1)):
            self.assertErrorBack(self.ask(details, browser=browser, prompt="none"), "consent_required")
        self.assertErrorBack(self.ask(accounts(perDay=4), accounts(perDay=4), browser=browser, prompt="none"),
                             "consent_required")
        self.assertIn("consent", self.ask(accounts(perDay=9), browser=browser).shown)
        self.assertNotIn("consent", self.ask(accounts(perDay=9), browser=browser).shown)
        self.assertNotIn("consent", self.ask(accounts(perDay=4), browser=browser).shown)

    def test_another_clients_consent_covers_nothing(self):
        browser = self.browser()
        user = self.person("two")
        self.ask(accounts(), browser=browser, user=user)
        self.assertErrorBack(self.ask(accounts(), site=self.reader, browser=browser, prompt="none"), "consent_required")

    def test_withdrawal_takes_it_back(self):
        browser = self.browser()
        user = self.person("taker")
        self.ask(accounts(), browser=browser, user=user)
        self.server.command("user", "revoke", "taker", self.site.id)
        self.assertErrorBack(self.ask(accounts(), browser=browser, prompt="none"), "consent_required")

    def test_what_was_shown_is_what_is_answered(self):
        """The page of one request does not allow another, whatever else is open in the browser."""
        browser = self.browser()
        self.site.journey(browser, self.user)
        small = self.ask(payment("1.00"), browser=browser, stop_at=("consent",))
        small_pkce = self.site.pkce
        large = self.ask(payment("9999.00"), browser=browser, stop_at=("consent",))
        stolen, form = (Page(landing.response).ids["consent-allow"].form for landing in (small, large))
        swapped = browser.post(form.action, {**stolen.fields, "decision": "allow"})
        self.assertNotIn("code=", swapped.location or "")
        self.site.pkce = small_pkce
        landing = self.site.walk(browser, Page(small.response).press(browser, "consent-allow"), self.user)
        self.assertGranted([payment("1.00")], self.assertTokens(self.site.redeem(landing.code)))


class OnScreen(BrowserBed):
    plugins = Bank.plugins

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.sites = [cls.client(name, f"http://127.0.0.1:{free_port()}/callback", name=f"The {name} shop",
                                options=may_use("payment_initiation", "account_information"))
                     for name in ("flower", "cheese")]
        cls.app = cls.sites[0]

    def play_with(self, scenario, language):
        self.play(scenario, language=language, details=[
            payment("1299.00", remittanceInformation="Invoice 2027-0042, thank you very much for the flowers"),
            accounts(accounts=[{"iban": "DE02120300000000202051"}, {"iban": "DE02500105170137075030"}],
                     validUntil="2027-03-31", perDay=4)])

    def test_on_a_phone(self):
        self.play_with("details-phone", "de")

    def test_dark(self):
        self.play_with("details-dark", "en")

    def test_light(self):
        self.play_with("details-light", "en")


class Configured(Story):
    """What `gatehouse check` says of types that are not as they should be."""
    plugins = [*USES, RULE, {"use": MEMBERS, "types": TYPES}]

    def problems_of(self, types):
        before = copy.deepcopy(self.server.config)
        self.server.plugin(MEMBERS)["types"] = types
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.server.config = before
        self.server.write_config()
        self.assertEqual(78, done.returncode, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_each_mistake_is_told_with_its_place(self):
        told = self.problems_of({"a": {"title": "A", "schema": {"oneOf": []}, "naming": 1},
                                 "b": {"title": 5, "schema": {"properties": {"x": {"pattern": "("}}}},
                                 "c": {"title": "C", "schema": {"type": "text"}, "narrowing": {"x": "less"}},
                                 "d": {"title": "D", "remembered": "yes", "clients": []}})
        for text in ("types.a.schema.oneOf: this keyword of JSON Schema is not understood", "types.a.naming: unknown key",
                     "types.b.title: is a text, or texts by language", "types.b.schema.properties.x.pattern: is no regular",
                     "types.c.schema.type: has no value that this keyword takes",
                     "types.c.narrowing.x: is none of equal, subset, at_most", "types.d.schema: missing",
                     "types.d.remembered: is true or false", "types.d.clients: is a list of client ids"):
            self.assertIn(text, told)
        self.assertRegex(told, r"gatehouse\.yaml:\d+:\d+: client_metadata_rule\.authorization_details: types\.")

    def test_a_claim_of_the_configuration_is_not_the_rules(self):
        self.server.config["oauth"]["claims"] = {"authorization_details": {"scope": "profile"}}
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        del self.server.config["oauth"]["claims"]
        self.server.write_config()
        self.assertIn(f'{RULE}: gives the claim "authorization_details", as does oauth.claims', done.stderr)

    def test_the_rule_is_nothing_without_the_types(self):
        before = copy.deepcopy(self.server.config)
        self.server.config["plugins"] = [entry for entry in before["plugins"] if entry.get("use") != MEMBERS]
        self.server.write_config()
        done = self.server.run("check", "--config", self.server.config_file)
        self.server.config = before
        self.server.write_config()
        self.assertIn(f"{RULE}: needs {MEMBERS}", done.stdout + done.stderr)
