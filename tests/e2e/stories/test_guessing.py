# SPDX-License-Identifier: Apache-2.0
"""Who guesses is slowed down; who is locked out by it leaves a trace and can be let in again."""
from harness.server import USES
from harness.site import TOKEN
from harness.story import Story
from harness.web import at_once, wait_until


class Guessing(Story):
    settings = {"limits": {"password_failures": 3, "address_failures": 50, "client_failures": 20,
                           "client_address_failures": 30}}

    def setUp(self):
        self.guesser = self.person(f"guessed-{self._testMethodName[-30:]}")

    def guess(self, browser, password="wrong"):
        page = self.site.journey(browser, self.guesser, stop_at=("login",)).page
        return page.press(browser, "login-submit", username=self.guesser.login, password=password)

    def lock(self, browser):
        self.assertEqual([200] * 3 + [429], [self.guess(browser).status for _ in range(4)])

    def events(self, name):
        return [line for line in self.server.log_lines() if line.get("event") == name and
                line["details"].get("login") == self.guesser.login]

    def unlock(self):
        self.server.run("user", "unlock", self.guesser.login, "--config", self.server.config_file, check=True)

    def test_a_client_that_is_blocked_is_an_event_and_a_metric(self):
        self.server.add_client("guessed", "https://guessed.example/cb")
        browser = self.browser(source="127.0.0.9")
        statuses = [browser.post(TOKEN, {"grant_type": "client_credentials", "client_id": "guessed",
                                         "client_secret": "x"}).status for _ in range(21)]
        self.assertEqual([401] * 20 + [429], statuses)

        def blocked():
            return [line for line in self.server.log_lines() if line.get("event") == "client.blocked"
                    and line.get("client") == "guessed"]
        wait_until(blocked, 30, "no event")
        details = blocked()[0]["details"]
        self.assertEqual("client", details["limit"])
        self.assertGreater(details["seconds"], 0)
        self.assertRegex(self.browser().get("/metrics").text, r'gatehouse_limits_reached_total{limit="client"} [1-9]')

    def test_a_lock_out_is_an_event_and_a_metric(self):
        self.lock(self.browser())
        wait_until(lambda: self.events("login.blocked"), 30, "no event")
        self.assertEqual("password", self.events("login.blocked")[0]["details"]["limit"])
        self.assertRegex(self.browser().get("/metrics").text, r'gatehouse_limits_reached_total{limit="password"} [1-9]')

    def test_no_spelling_of_a_name_tells_whether_somebody_has_it(self):
        statuses = []
        for login in (self.guesser.login, "nobody-" + self.guesser.login):
            wide = "".join(chr(ord(letter) + 0xfee0) for letter in login.upper())
            browser = self.browser()
            page = self.site.journey(browser, self.guesser, stop_at=("login",)).page
            statuses.append([page.press(browser, "login-submit", username=name, password="wrong").status
                             for name in (wide, wide, wide, login)])
        self.assertEqual([[200, 200, 200, 429]] * 2, statuses)

    def test_a_command_lets_somebody_in_again(self):
        browser = self.browser()
        self.lock(browser)
        self.unlock()
        wait_until(lambda: self.guess(browser, self.guesser.password).status != 429, 30, "still locked out")
        self.assertTrue(self.site.journey(browser, self.guesser).is_back)
        wait_until(lambda: self.events("login.succeeded"), 30, "the login is not named")

    def test_filling_the_counters_does_not_help_a_guesser(self):
        browser = self.browser()
        statuses = {browser.post(TOKEN, {"grant_type": "client_credentials", "client_id": f"j{number}",
                                         "client_secret": "x"}).status for number in range(200)}
        self.assertLessEqual({429}, statuses)
        self.assertLessEqual(statuses, {401, 429})
        self.lock(browser)

    def test_a_right_secret_passes_though_others_fail_at_its_address(self):
        browser = self.browser()
        for number in range(60):
            browser.post(TOKEN, {"grant_type": "client_credentials", "client_id": f"k{number}", "client_secret": "x"})
        self.assertTokens(self.site.redeem(self.site.journey(self.browser(), self.user).code))

    def test_strangers_do_not_keep_a_person_out_of_their_own_browser(self):
        own = self.browser()
        self.assertTrue(self.site.journey(own, self.guesser).is_back)
        self.lock(self.browser())
        landing = self.site.journey(own, self.guesser, prompt="login")
        self.assertTrue(landing.is_back, landing)


class LoginStorm(Story):
    """One worker for pages, one for login forms, and passwords that take their time."""
    settings = {"server": {"people_threads": 1, "people_queue": 1, "login_threads": 2, "login_queue": 2}}
    plugins = [use if use != "user_store.local" else {"use": use, "iterations": 12}
               for use in USES]

    def test_who_is_signed_in_does_not_wait_behind_passwords(self):
        browser = self.browser()
        token = self.site.tokens(browser, self.user)["access_token"]
        forms = [(other, self.site.journey(other, self.user, stop_at=("login",)).page)
                 for other in (self.browser(timeout=120) for _ in range(8))]

        def call(number):
            if number < len(forms):
                other, page = forms[number]
                return page.press(other, "login-submit", username=f"nobody{number}", password="x").status
            return self.site.userinfo(token).status
        statuses = at_once(len(forms) + 1, call)
        self.assertEqual(200, statuses[-1])
        self.assertTrue(self.site.journey(browser, None).is_back)
