# SPDX-License-Identifier: Apache-2.0
"""Sites that register themselves (RFC 7591), look after their registration (RFC 7592), and log people in."""
from harness import jwt
from harness.registration import Registered, metadata, modules, register
from harness.story import Story
from harness.web import at_once, wait_until


class OpenRegistration(Story):
    modules = modules(access="open", most_per_address=1000)

    @classmethod
    def furnish(cls):
        cls.user = cls.person("ada")
        cls.site = cls.client("site")

    def register(self, **changes):
        response = register(self.browser(), metadata(**changes))
        self.assertEqual(201, response.status, response)
        return Registered(self.server, response.json())

    def refused(self, said, code="invalid_client_metadata", member=None):
        response = register(self.browser(), said)
        self.assertEqual(400, response.status, response)
        self.assertEqual("application/json", response.media_type)
        self.assertEqual(code, response.json()["error"], response)
        if member:
            self.assertIn(member, response.json()["error_description"])
        return response

    def assertUnauthorized(self, response):
        self.assertEqual(401, response.status, response)
        self.assertTrue(response.header("WWW-Authenticate").startswith("Bearer "), response)

    def login(self, registered):
        site = registered.site()
        return site.redeem(site.journey(self.browser(), self.user).code)


class Registering(OpenRegistration):
    def test_registration_answers_with_what_was_made(self):
        response = register(self.browser(), metadata())
        self.assertEqual(201, response.status, response)
        self.assertEqual("application/json", response.media_type)
        self.assertIn("no-store", response.header("Cache-Control"))
        told = response.json()
        self.assertGreaterEqual(len(told["client_id"]), 16)
        self.assertGreaterEqual(len(told["client_secret"]), 43)
        self.assertEqual(0, told["client_secret_expires_at"])
        self.assertAboutNow(told["client_id_issued_at"])
        self.assertEqual(f"{self.server.issuer}/api/oauth/register/{told['client_id']}",
                         told["registration_client_uri"])
        self.assertGreaterEqual(len(told["registration_access_token"]), 43)

    def test_registration_echoes_all_metadata_with_defaults(self):
        key = jwt.Signer("RS256", kid="k1").jwk()
        said = metadata(contacts=["ops@new.example"], logo_uri="https://new.example/logo.png",
                        policy_uri="https://new.example/privacy", tos_uri="https://new.example/terms",
                        client_uri="https://new.example", token_endpoint_auth_method="private_key_jwt",
                        jwks={"keys": [key]}, grant_types=["authorization_code", "refresh_token"],
                        response_types=["code"], software_id="s1", software_version="2", default_max_age=3600,
                        require_auth_time=True, application_type="web", scope="openid email",
                        initiate_login_uri="https://new.example/start", **{"client_name#de": "Eine neue Seite"})
        told = self.register(**said).told
        for name, value in said.items():
            self.assertEqual(value, told[name], name)
        self.assertNotIn("client_secret", told)
        told = self.register().told
        self.assertEqual("client_secret_basic", told["token_endpoint_auth_method"])
        self.assertEqual(["authorization_code"], told["grant_types"])
        self.assertEqual(["code"], told["response_types"])
        self.assertEqual("web", told["application_type"])
        self.assertEqual("RS256", told["id_token_signed_response_alg"])
        self.assertEqual("openid profile email address phone", told["scope"])

    def test_what_nobody_understands_is_ignored_and_logged(self):
        told = self.register(favourite_colour="blue", **{"x" * 5000: 1}).told
        self.assertNotIn("favourite_colour", told)
        self.assertIn("favourite_colour", self.server.settled_log())
        self.assertNotIn("x" * 100, self.server.settled_log())

    def test_a_registered_site_logs_people_in(self):
        registered = self.register(grant_types=["authorization_code", "refresh_token"])
        site = registered.site()
        landing = site.journey(self.browser(), self.user, nonce="n1")
        body = self.assertTokens(site.redeem(landing.code))
        self.assertIdToken(body["id_token"], site, "n1", body["access_token"])
        self.assertEqual(200, site.userinfo(body["access_token"]).status)

    def test_a_public_client_has_no_secret(self):
        registered = self.register(token_endpoint_auth_method="none")
        self.assertNotIn("client_secret", registered.told)
        self.assertTokens(self.login(registered))

    def test_idtoken_signature(self):
        body = self.login(self.register()).json()
        self.assertEqual("RS256", jwt.parts(body["id_token"])[0]["alg"])

    def test_registration_logo_policy_and_tos_uri_are_shown(self):
        site = self.register(logo_uri="https://new.example/logo.png", policy_uri="https://new.example/privacy",
                             tos_uri="https://new.example/terms").site()
        page = site.journey(self.browser()).response.text
        for shown in ("A new site", "https://new.example/logo.png", "https://new.example/privacy",
                      "https://new.example/terms"):
            self.assertIn(shown, page.replace("&#x2F;", "/"))

    def test_a_name_in_the_persons_language_is_shown(self):
        site = self.register(**{"client_name#de": "Eine neue Seite"}).site()
        landing = site.journey(self.browser(headers={"Accept-Language": "de"}))
        self.assertIn("Eine neue Seite", landing.response.text)

    def test_3rdparty_init_login(self):
        registered = self.register(initiate_login_uri="https://new.example/start")
        answer = registered.ask("GET")
        self.assertEqual(200, answer.status, answer)
        self.assertEqual("https://new.example/start", answer.json()["initiate_login_uri"])
        for uri in ("http://new.example/start", "javascript:alert(1)", "//new.example/start", 7,
                    "https://new.example/start#top"):
            self.refused(metadata(initiate_login_uri=uri), member="initiate_login_uri")

    def test_registration_endpoint_is_told(self):
        self.assertEqual(f"{self.server.issuer}/api/oauth/register", self.server.metadata["registration_endpoint"])

    def test_a_page_elsewhere_may_register(self):
        response = self.browser().request("OPTIONS", "/api/oauth/register", headers={
            "Origin": "https://app.example", "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type"})
        self.assertEqual("*", response.header("Access-Control-Allow-Origin"))
        response = self.browser().request("OPTIONS", "/api/oauth/register/x", headers={
            "Origin": "https://app.example", "Access-Control-Request-Method": "DELETE"})
        self.assertIn("DELETE", response.header("Access-Control-Allow-Methods"))


class WrongMetadata(OpenRegistration):
    def test_registration_redirect_uri_regfrag(self):
        self.refused(metadata(redirect_uris=["https://new.example/callback#fragment"]), "invalid_redirect_uri",
                     "fragment")

    def test_redirect_uris_that_go_elsewhere(self):
        for uri in ("javascript:alert(1)", "data:text/html,x", "http://new.example/cb", "https://new.example/*",
                    "https://user@new.example/cb", "https://new.example/../cb", "file:///etc/passwd", "", "cb",
                    "https://", "vscode://cb", "https://new.example\\@evil.example/", "https://exämple/cb"):
            self.refused(metadata(redirect_uris=[uri]), "invalid_redirect_uri")
        for uris in ("https://new.example/cb", [7], {"0": "https://new.example/cb"}, [], None):
            self.refused(metadata(redirect_uris=uris), "invalid_redirect_uri")

    def test_each_kind_of_wrong_member(self):
        for said in ({"client_name": 7}, {"client_name": ["A"]}, {"grant_types": "authorization_code"},
                     {"grant_types": ["password"]}, {"grant_types": ["implicit"]}, {"grant_types": [None]},
                     {"response_types": ["token"]}, {"response_types": "code"},
                     {"token_endpoint_auth_method": "client_secret"}, {"token_endpoint_auth_method": 1},
                     {"scope": ["openid"]}, {"scope": 'openid "x"'}, {"scope": "openid admin"},
                     {"logo_uri": "javascript:alert(1)"}, {"policy_uri": "data:text/html,x"}, {"tos_uri": 1},
                     {"client_uri": "ftp://new.example"}, {"logo_uri#de": "javascript:alert(1)"},
                     {"client_name#de": 1}, {"contacts": "ops@new.example"}, {"contacts": [1]},
                     {"jwks": {"keys": 1}}, {"jwks": []}, {"jwks": {"keys": [1]}},
                     {"jwks": {"keys": [{"kty": "oct", "k": "AAAA"}]}},
                     {"id_token_signed_response_alg": "none"}, {"subject_type": "secret"},
                     {"application_type": "mobile"}, {"default_max_age": "1"}, {"default_max_age": -1},
                     {"require_auth_time": "yes"}, {"software_id": {}},
                     {"post_logout_redirect_uris": "https://new.example"}):
            member = next(iter(said))
            with self.subTest(said=said):
                self.refused(metadata(**said), member=member)
        self.refused(metadata(token_endpoint_auth_method="private_key_jwt"), member="jwks")
        self.refused(metadata(jwks={"keys": []}, jwks_uri="https://new.example/keys"), member="jwks_uri")

    def test_a_name_that_deceives_is_refused(self):
        for name in ("Bank\u202emoc.elpmaxe", "Ban\u200bk", "Bank\u0000", "Bank\n", "\ufeffBank", "A" * 101,
                     "Bank\u2066x\u2069", "Bank\U000e0041"):
            self.refused(metadata(client_name=name))
            self.refused(metadata(**{"client_name#de": name}))
        self.register(client_name="Bäckerei Ωmega 面包店")

    def test_bodies_that_are_none(self):
        deep = "[" * 5000
        for body in ("", "null", "[]", '"x"', "{", "redirect_uris=x", '{"a":1,"a":2}', "{}x", deep,
                     '{"client_name":' + deep, "\xff", '{"x":"\\ud800"}'):
            self.refused(body if body != "\xff" else b"\xff{}")
        self.refused(metadata(software_id="x" * 17_000))
        self.assertEqual(413, register(self.browser(), metadata(software_id="x" * 70_000)).status)
        self.assertAlive()

    def test_a_body_of_another_type(self):
        for content_type in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""):
            response = register(self.browser(), metadata(), content_type=content_type)
            self.assertEqual(400, response.status, response)
        response = register(self.browser(), metadata(), content_type="application/json; charset=utf-8")
        self.assertEqual(201, response.status, response)

    def test_what_the_server_gives_cannot_be_asked_for(self):
        told = self.register(client_id="site", client_secret="x" * 50, client_id_issued_at=1, kept={"token": "x"},
                             client_secret_expires_at=9, registration="abc", isDisabled=True, disabled=True,
                             registration_access_token="mine", registration_client_uri="https://evil.example",
                             secrets=[], unused_until=1, version=7).told
        self.assertNotEqual("site", told["client_id"])
        self.assertNotEqual("x" * 50, told["client_secret"])
        self.assertNotEqual("mine", told["registration_access_token"])
        self.assertTrue(told["registration_client_uri"].startswith(self.server.issuer))
        self.assertAboutNow(told["client_id_issued_at"])
        self.assertLessEqual(set(told) & {"kept", "registration", "disabled", "version", "secrets"}, set())

    def test_what_the_operator_decides_cannot_be_asked_for(self):
        registered = self.register(consent="implicit", pkce="optional", any_app_scheme=True, any_localhost_port=True,
                                   access_token_format="opaque", id_token_claims=["email"],
                                   access_token_claims=["email"], access_token_signed_response_alg="HS256")
        known = self.server.command("client", "show", registered.id)
        for member in ("consent", "pkce", "any_app_scheme", "any_localhost_port", "access_token_format",
                       "id_token_claims", "access_token_claims", "access_token_signed_response_alg"):
            self.assertNotIn(member, known)
        landing = registered.site().journey(self.browser(), self.user)
        self.assertEqual(["login", "consent"], landing.shown)

    def test_a_grant_or_scope_beyond_what_is_allowed(self):
        self.refused(metadata(grant_types=["client_credentials"]), member="grant_types")
        self.refused(metadata(scope="openid orders.write"), member="scope")
        registered = self.register(scope="openid")
        self.assertEqual(400, registered.ask("PUT", registered.said(scope="openid orders.write")).status)
        site = registered.site()
        landing = site.journey(self.browser(), self.user, scope="openid email")
        self.assertEqual("openid", site.redeem(landing.code).json()["scope"])

    def test_response_types_that_do_not_go_with_the_grants(self):
        self.refused(metadata(response_types=[]), member="response_types")
        self.refused(metadata(response_types=["code"], grant_types=["refresh_token"]), member="response_types")
        registered = self.register(response_types=["code"])
        self.assertEqual(400, registered.ask("PUT", registered.said(response_types=[])).status)


class LookingAfterIt(OpenRegistration):
    def test_get_tells_the_registration(self):
        registered = self.register()
        answer = registered.ask("GET")
        self.assertEqual(200, answer.status, answer)
        self.assertIn("no-store", answer.header("Cache-Control"))
        told = answer.json()
        self.assertEqual(registered.told["redirect_uris"], told["redirect_uris"])
        self.assertEqual(registered.told["registration_access_token"], told["registration_access_token"])
        self.assertNotIn("client_secret", told)

    def test_put_replaces_everything_and_rotates_the_token(self):
        registered = self.register(policy_uri="https://new.example/privacy", contacts=["a@new.example"])
        before = registered.told["registration_access_token"]
        told = registered.change(client_name="Another name", contacts=None)
        self.assertEqual("Another name", told["client_name"])
        self.assertEqual("https://new.example/privacy", told["policy_uri"])
        self.assertNotIn("contacts", told)
        self.assertNotEqual(before, told["registration_access_token"])
        self.assertUnauthorized(registered.ask("GET", token=before))
        self.assertEqual(200, registered.ask("GET").status)
        self.assertEqual(200, registered.site().introspect("x").status)

    def test_put_leaves_alone_what_was_issued(self):
        registered = self.register()
        for wrong in ({"client_id": "site"}, {"client_id": None}, {"client_secret": "x" * 43},
                      {"client_secret": 7}):
            response = registered.ask("PUT", registered.said(**wrong))
            self.assertEqual(400, response.status, response)
            self.assertEqual("invalid_client_metadata", response.json()["error"])
        issued = registered.told["client_id_issued_at"]
        response = registered.ask("PUT", {**registered.said(), "client_id_issued_at": 1,
                                          "registration_access_token": "mine"})
        self.assertEqual(issued, response.json()["client_id_issued_at"])
        self.assertNotEqual("mine", response.json()["registration_access_token"])

    def test_put_checks_as_registration_does(self):
        registered = self.register()
        response = registered.ask("PUT", registered.said(redirect_uris=["https://new.example/#f"]))
        self.assertEqual("invalid_redirect_uri", response.json()["error"], response)
        self.assertEqual(200, registered.ask("GET").status)

    def test_put_keeps_what_the_operator_decided(self):
        registered = self.register()
        self.server.command("client", "update", registered.id, "--consent", "implicit")
        registered.change(client_name="B")
        self.assertEqual("implicit", self.server.command("client", "show", registered.id)["consent"])

    def test_a_client_that_begins_to_need_a_secret_gets_one(self):
        registered = self.register(token_endpoint_auth_method="none")
        told = registered.change(token_endpoint_auth_method="client_secret_basic")
        self.assertGreaterEqual(len(told["client_secret"]), 43)
        self.assertTokens(self.login(registered))
        told = registered.change(token_endpoint_auth_method="client_secret_post")
        self.assertEqual(registered.told["client_secret"], told["client_secret"])
        self.assertTokens(self.login(registered))

    def test_delete_takes_everything_away(self):
        registered = self.register(grant_types=["authorization_code", "refresh_token"])
        site = registered.site()
        landing = site.journey(self.browser(), self.user, scope="openid offline_access", prompt="consent")
        tokens = site.redeem(landing.code).json()
        answer = registered.ask("DELETE")
        self.assertEqual((204, b""), (answer.status, answer.body))
        for method, said in (("GET", None), ("PUT", registered.said()), ("DELETE", None)):
            self.assertUnauthorized(registered.ask(method, said))
        wait_until(lambda: site.userinfo(tokens["access_token"]).status == 401, 30, "its token is still good")
        self.assertDead(self.site, tokens["access_token"])
        self.assertTokenError(site.refresh(tokens["refresh_token"]), "invalid_client")
        self.assertErrorPage(site.journey(self.browser()).response)

    def test_a_wrong_or_foreign_token_is_told_nothing(self):
        one, other = self.register(), self.register()
        for token in (None, "x", "x" * 5000, other.told["registration_access_token"],
                      one.told["client_secret"], one.told["registration_access_token"][:-1],
                      one.told["registration_access_token"] + "x"):
            for method, said in (("GET", None), ("PUT", one.said(client_name="Taken")), ("DELETE", None)):
                response = one.ask(method, said, token=token)
                self.assertIn(response.status, (400, 401) if token and len(token) > 4000 else (401,), response)
        self.assertEqual("A new site", one.ask("GET").json()["client_name"])

    def test_nothing_is_told_of_clients_that_did_not_register_themselves(self):
        own = self.register()
        own.told["registration_client_uri"] = f"{self.server.issuer}/api/oauth/register/site"
        unknown = own.ask("GET")
        self.assertUnauthorized(unknown)
        own.told["registration_client_uri"] = f"{self.server.issuer}/api/oauth/register/nobody"
        self.assertEqual(unknown.body, own.ask("GET").body)

    def test_a_disabled_client_cannot_look_after_itself(self):
        registered = self.register()
        self.server.command("client", "update", registered.id, "--disable")
        self.assertUnauthorized(registered.ask("GET"))
        self.server.command("client", "update", registered.id, "--enable")
        self.assertEqual(200, registered.ask("GET").status)

    def test_of_two_changes_at_once_one_wins(self):
        for _ in range(5):
            registered = self.register()
            answers = at_once(8, lambda number, one=registered: one.ask("PUT", one.said(client_name=f"N{number}")))
            self.assertEqual([200] + [401] * 7, sorted(answer.status for answer in answers))
            winner = next(answer.json() for answer in answers if answer.status == 200)
            registered.told["registration_access_token"] = winner["registration_access_token"]
            self.assertEqual(winner["client_name"], registered.ask("GET").json()["client_name"])

    def test_no_secret_is_kept_or_logged(self):
        registered = self.register()
        kept, log = self.server.stored(), self.server.settled_log()
        for secret in (registered.told["client_secret"], registered.told["registration_access_token"]):
            self.assertNotIn(secret.encode(), kept)
            self.assertNotIn(secret, log)

    def test_it_is_audited_and_counted(self):
        registered = self.register()
        registered.change(client_name="B")
        registered.ask("DELETE")
        self.refused(metadata(redirect_uris=[]), "invalid_redirect_uri")
        for event in ("client.registered", "client.changed", "client.removed", "client.registration_refused"):
            wait_until(lambda event=event: event in self.server.log(), 30, f"{event} is missing")
        text = self.get("/metrics").text
        self.assertRegex(text, r'gatehouse_client_registrations_total\{[^}]*request="register"[^}]*\} [1-9]')

    def test_strangers_leave_no_audit_events(self):
        registered = self.register()
        for method in ("GET", "PUT", "DELETE"):
            for token in (None, "wrong", "a b"):
                said = registered.said() if method == "PUT" else None
                self.assertUnauthorized(registered.ask(method, said, token=token))
        mark = registered.ask("PUT", registered.said(client_name=7)).header("X-Request-Id")

        def refusals():
            return [line for line in self.server.log_lines() if line.get("event") == "client.registration_refused"]
        wait_until(lambda: any(mark in str(line) for line in refusals()), 30, "no event of a refused change")
        self.assertEqual([], [line for line in refusals() if line["details"]["error"] == "invalid_token"])
        self.assertIn("registration refused: no access token", self.server.settled_log())


class UnusedRegistrations(OpenRegistration):
    """That those which are used stay, ClientEditorTest shows: how long a login takes here nobody knows."""
    modules = modules(access="open", most_per_address=1000, unused_after="2s")

    def test_what_is_never_used_vanishes(self):
        unused = self.register()
        wait_until(lambda: unused.ask("GET").status == 401, 120, "it is still there")
        self.assertNotIn(unused.id, [client["client_id"] for client in self.server.command("client", "list")])
