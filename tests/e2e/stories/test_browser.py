# SPDX-License-Identifier: Apache-2.0
"""A person in a real browser: Chromium, driven by playwright-core. Screenshots are kept among the test output."""
import json
import subprocess

from harness.certificate import Authority
from harness.device import DeviceStory
from harness.listener import Answering, Listener
from harness.port import free_port
from harness.post_office import MailStory
from harness.server import MODULES, OUTPUT, ROOT, USES, Gatehouse, clean_environment
from harness.site import Person, Site
from harness.story import Story
from harness.web import wait_until
from harness.word_card import TWO
from test_real_clients import NODE

SCENARIOS = ROOT / "tests/e2e/browser/scenarios.mjs"


class BrowserBed(Story):
    """Each scenario has a server of its own, so that no consent is remembered from another."""

    @classmethod
    def setUpClass(cls):
        """See setUp()."""

    def setUp(self):
        super().setUpClass()
        self.addCleanup(type(self).doClassCleanups)

    @classmethod
    def furnish(cls):
        cls.user = cls.person()
        cls.sites = [cls.client(name, f"http://127.0.0.1:{free_port()}/callback", name=f"The {name} shop")
                     for name in ("flower", "cheese")]
        cls.app = cls.client("app", "com.example.app:/callback", name="The app")
        redirect = cls.server.issuer + "/demo/callback"
        made = cls.server.add_client("demo-site", redirect, name="Demo site")
        cls.demo = Site(cls.server, "demo-site", made["client_secret"], redirect)
        cls.server.config["modules"].append({"use": "demo", "client_id": "demo-site",
                                             "client_secret": made["client_secret"]})
        cls.server.write_config()

    def play(self, scenario, **more):
        given = {"issuer": self.server.issuer, "screenshots": str(OUTPUT / "screenshots"),
                 "user": {"username": self.user.login, "password": self.user.password, "name": self.user.claims["name"]},
                 "sites": [{"client_id": site.id, "redirect_uri": site.redirect} for site in self.sites],
                 "app": {"client_id": self.app.id, "redirect_uri": self.app.redirect}, **more}
        done = subprocess.run([NODE, str(SCENARIOS), scenario, json.dumps(given)], env=clean_environment(),
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        self.assertTrue(list((OUTPUT / "screenshots").glob(f"{scenario}-*.png")))


class BrowserStory(BrowserBed):
    def test_login(self):
        self.play("login")

    def test_wrong_password(self):
        self.play("wrong-password")

    def test_a_new_password_is_needed(self):
        self.server.command("user", "require-new-password", self.user.login)
        self.play("new-password")

    def test_consent_denied(self):
        self.play("consent-denied")

    def test_cancelled_login(self):
        self.play("cancelled-login")

    def test_sso_into_a_second_site(self):
        self.play("second-site")

    def test_keyboard_only(self):
        self.play("keyboard-only")

    def test_without_script(self):
        self.play("without-script")

    def test_phone(self):
        self.play("phone")

    def test_dark(self):
        self.play("dark")

    def test_light(self):
        self.play("light")

    def test_whatever_the_callback_leads_on_to_is_reached(self):
        key, certificate = (str(self.server.folder / name) for name in ("tls.key", "tls.pem"))
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate,
                        "-days", "2", "-subj", "/CN=127.0.0.1"], check=True, capture_output=True)
        self.play("leads-on", tls={"key": key, "certificate": certificate})

    def test_an_apps_own_scheme_is_reached(self):
        self.play("app-scheme")

    def test_form_post(self):
        self.play("form-post")

    def test_form_post_without_script(self):
        self.play("form-post-without-script")

    def test_back_and_again(self):
        self.play("back-and-again")

    def test_another_language(self):
        self.play("other-language")

    def test_demo_site(self):
        self.play("demo")

    def test_accounts_on_a_phone(self):
        self.play_accounts("phone")

    def test_accounts_dark(self):
        self.play_accounts("dark")

    def test_accounts_light(self):
        self.play_accounts("light")

    def test_accounts_in_another_language(self):
        self.play_accounts("other-language")

    def play_accounts(self, look):
        second = Person("grace.hopper@people.example", "another horse battery staple", {"name": "Grace Brewster Hopper"})
        self.server.add_user(second.login, second.password, second.claims)
        self.play(f"accounts-{look}", second={"username": second.login, "password": second.password})


class OwnAccount(BrowserBed):
    modules = [*MODULES, "account"]
    plugins = [*USES, "login_step.totp"]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["login"] = ["password", {"step": "totp", "when": {"acr": TWO}}]
        cls.server.write_config()

    def test_own_account_on_a_phone(self):
        self.play("own-account-phone")

    def test_own_account_on_a_phone_dark(self):
        self.play("own-account-phone-dark")

    def test_own_account_dark(self):
        self.play("own-account-dark")

    def test_own_account_light(self):
        self.play("own-account-light")

    def test_own_account_in_another_language(self):
        self.play("own-account-other-language")


class SigningUp(BrowserBed):
    plugins = [*USES, "login_step.signup"]

    def test_signup_on_a_phone(self):
        self.play("signup-phone")

    def test_signup_on_a_phone_dark(self):
        self.play("signup-phone-dark")

    def test_signup_dark(self):
        self.play("signup-dark")

    def test_signup_light(self):
        self.play("signup-light")

    def test_signup_in_another_language(self):
        self.play("signup-other-language")


class PasskeyBed(BrowserBed):
    """Browsers know passkeys of names alone, not of addresses."""

    @classmethod
    def furnish(cls):
        cls.server.issuer = cls.server.config["oauth"]["issuer"] = f"http://localhost:{cls.server.port}"
        cls.server.config["plugins"].append({"use": "login_step.passkey"})
        cls.server.config["login"] = cls.plan
        super().furnish()


class PasskeyFirst(PasskeyBed):
    plan = [{"any_of": ["passkey", "password"]}, {"offer": "passkey"}]

    def test_passkey_on_a_phone(self):
        self.play("passkey-phone")

    def test_passkey_dark(self):
        self.play("passkey-dark")

    def test_passkey_light(self):
        self.play("passkey-light")

    def test_passkey_in_another_language(self):
        self.play("passkey-other-language")

    def test_passkey_without_script(self):
        self.play("passkey-without-script")


class PasskeyAfterPassword(PasskeyBed):
    plan = ["password", "passkey"]

    def test_passkey_button(self):
        self.play("passkey-button")


class Letters(Listener):
    """Tells a browser the links of a mailbox that lead back into a login: GET /ADDRESS/NUMBER."""

    def __init__(self, box):
        super().__init__()
        self.box = box

    def handler(self):
        letters = self

        class Handler(Answering):
            def do_GET(self):
                _, address, number = self.path.split("/")
                link = letters.await_link(address, int(number))
                self.reply(200, {"Content-Type": "text/plain"}, link.encode())

        return Handler

    def await_link(self, address, number):
        def found():
            return [letter.link for letter in self.box.to(address) if "/interaction/return" in letter.text]
        wait_until(lambda: len(found()) >= number, 30, f"no letter {number} to {address}")
        return found()[number - 1]


class Life(PasskeyBed, MailStory):
    """Sign up, a passkey, an app, codes on paper; all lost and recovered; a site and all sessions ended."""

    modules = [*MODULES, "account"]
    steps = [{"use": "login_step.signup", "login": "email", "confirm_email": True}, "login_step.forgotten_password",
             "login_step.totp", "login_step.recovery_code"]
    plan = [{"any_of": ["passkey", "password", "signup", "forgotten_password"]},
            {"any_of": ["totp", "passkey", "recovery_code"], "when": {"acr": TWO}}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.plugins_of_mail()

    def play_life(self, look):
        letters = Letters(self.box).open()
        self.addCleanup(letters.close)
        metadata = self.server.metadata
        self.play(f"life-{look}", letters=letters.origin, logout=metadata["end_session_endpoint"], languages=metadata["ui_locales_supported"])

    def test_light(self):
        self.play_life("light")

    def test_on_a_phone_dark(self):
        self.play_life("phone-dark")

    def test_without_script(self):
        self.play_life("without-script")

    def test_in_every_language(self):
        self.play_life("languages")


class ThroughAnother(BrowserBed):
    """Another Gatehouse is where people sign in; by another name, since browsers keep cookies by host alone."""

    modules = [*MODULES, "account"]
    owner = Person("joan", "joan's own password", {"email": "joan@home.example", "email_verified": True})
    liar = Person("mallory", "another's own password", {"email": "joan@home.example", "email_verified": False})

    @classmethod
    def furnish(cls):
        cls.server.issuer = cls.server.config["oauth"]["issuer"] = f"http://localhost:{cls.server.port}"
        super().furnish()
        cls.home = Gatehouse()
        cls.addClassCleanup(cls.home.remove)
        cls.home.take_first_start()
        for person in (cls.owner, cls.liar):
            cls.home.add_user(person.login, person.password, person.claims)
        made = cls.home.add_client("branch", f"{cls.server.issuer}/interaction/return/home")
        cls.server.add_user("joan@home.example", "never typed here", cls.owner.claims)
        cls.server.config["outgoing"] = {"allow": [cls.home.issuer]}
        cls.server.config["plugins"].append({
            "use": "login_step.upstream", "name": "home", "display_name": "Head office", "issuer": cls.home.issuer, "client_id": "branch",
            "client_secret": made["client_secret"], "trusts_email": True, "link": "verified_email"})
        cls.server.write_config()
        cls.home.launch()

    def test_linked_by_a_confirmed_address_alone(self):
        told = {name: {"username": person.login, "password": person.password, "address": person.claims["email"]}
                for name, person in (("owner", self.owner), ("liar", self.liar))}
        self.play("upstream", home=self.home.issuer, **told)


class EveryLanguage(BrowserBed):
    plugins = [*USES, "login_step.totp"]

    def test_on_a_phone(self):
        self.play_languages("phone")

    def test_light(self):
        self.play_languages("light")

    def play_languages(self, look):
        metadata = self.server.metadata
        self.play(f"languages-{look}", languages=metadata["ui_locales_supported"], logout=metadata["end_session_endpoint"])


class OverHttps(BrowserBed):
    @classmethod
    def furnish(cls):
        authority = Authority(cls.server.folder)
        cls.server.speak_tls(authority, authority.issue("own", "localhost"))
        super().furnish()

    def test_login(self):
        self.play("login")

    def test_demo_site(self):
        self.play("demo")


class Devices(BrowserBed, DeviceStory):
    """Somebody signs in a device that has no browser."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.tv = cls.device("tv")

    def test_a_device_on_a_phone(self):
        self.play_device("phone")

    def test_a_device_dark(self):
        self.play_device("dark")

    def test_a_device_light(self):
        self.play_device("light")

    def test_a_device_in_another_language(self):
        self.play_device("other-language")

    def play_device(self, look):
        codes = self.codes()
        self.play(f"device-{look}", device=codes)
        self.first_tokens(codes)
