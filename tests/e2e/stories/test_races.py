# SPDX-License-Identifier: Apache-2.0
"""Single use under load, and what a kill -9 leaves."""
import threading

from harness.page import Page
from harness.site import Person, Site
from harness.story import Story
from harness.web import GONE, at_once, wait_until

OFFLINE = {"scope": "openid offline_access", "prompt": "consent"}


class Races(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.app = cls.client("app", "https://app.example/cb", method="none")

    def test_16_threads_redeeming_one_code_exactly_one_wins(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        for _ in range(20):
            code = self.site.journey(browser, None).code
            answers = at_once(16, lambda _, code=code: self.site.redeem(code))
            winners = [answer for answer in answers if answer.status == 200]
            self.assertEqual(1, len(winners), [answer.status for answer in answers])
            for answer in answers:
                if answer.status != 200:
                    self.assertTokenError(answer, "invalid_grant", 400)

    def test_50_concurrent_refreshes_with_one_token_see_one_successor(self):
        token = self.app.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]
        for _ in range(5):
            answers = at_once(50, lambda _, token=token: self.app.refresh(token))
            self.assertEqual({200}, {answer.status for answer in answers}, answers)
            successors = {answer.json()["refresh_token"] for answer in answers}
            self.assertEqual(1, len(successors))
            self.assertNotIn(token, successors)
            token = successors.pop()
        self.assertEqual(200, self.app.refresh(token).status)

    def test_refresh_and_revoke_at_once_leave_nothing_alive(self):
        for _ in range(10):
            token = self.app.tokens(self.browser(), self.user, **OFFLINE)["refresh_token"]
            answers = at_once(8, lambda number, token=token: self.app.revoke(token) if number == 0
                              else self.app.refresh(token))
            self.assertEqual(200, answers[0].status)
            for answer in answers[1:]:
                if answer.status == 200:
                    self.assertTokenError(self.app.refresh(answer.json()["refresh_token"]), "invalid_grant", 400)
                    self.assertDead(self.site, answer.json()["access_token"])

    def test_a_consent_button_pressed_twice_gives_one_code(self):
        browser = self.browser()
        page = self.other.journey(browser, self.user, consent=None, prompt="consent").page
        answers = at_once(4, lambda _: page.press(browser, "consent-allow"))
        for answer in answers:
            self.assertFalse(self.other.is_own(answer.location), answer)
        codes = {answer.params["code"] for answer in answers}
        self.assertEqual(1, len(codes), answers)
        self.assertEqual(200, self.other.redeem(codes.pop()).status)

    def test_a_login_form_sent_twice_gives_one_code(self):
        browser = self.browser()
        self.site.journey(browser, self.user)
        page = self.site.journey(browser, None, prompt="login").page
        answers = at_once(2, lambda _: page.press(browser, "login-submit", username=self.user.login,
                                                  password=self.user.password))
        codes = {answer.params["code"] for answer in answers}
        self.assertEqual(1, len(codes), answers)
        self.assertEqual(200, self.site.redeem(codes.pop()).status)
        self.assertTrue(self.site.journey(browser, prompt="none").is_back)

    def login_page(self, user):
        """A browser on its login form, which it had before it signs in there."""
        browser = self.browser()
        return browser, self.site.journey(browser, user, stop_at=("login",)).page

    def press_login(self, browser, page, user):
        return self.site.walk(browser, page.press(browser, "login-submit", username=user.login, password=user.password))

    def test_every_session_that_a_login_form_opens_is_audited(self):
        user = self.person("twice")
        self.site.journey(self.browser(), user)
        browser, page = self.login_page(user)
        before = dict(browser.cookies)
        first = self.press_login(browser, page, user)
        browser.cookies = before
        self.assertEqual(first.code, self.press_login(browser, page, user).code)
        sessions = self.server.command("user", "sessions", "twice")
        wait_until(lambda: len(self.opened_by("twice")) >= len(sessions), 30, lambda: self.opened_by("twice"))
        self.assertEqual(len(sessions), len(self.opened_by("twice")))

    def opened_by(self, login):
        return [line for line in self.server.log().splitlines()
                if "login.succeeded" in line and f'"login":"{login}"' in line]

    def test_after_a_sign_out_a_login_form_gives_its_code_no_more(self):
        user = self.person("gone")
        self.site.journey(self.browser(), user)
        browser, page = self.login_page(user)
        self.press_login(browser, page, user)
        Page(browser.get("/logout")).press(browser, "logout-confirm")
        again = self.press_login(browser, page, user)
        self.assertFalse(again.is_back, again)
        self.assertErrorBack(self.site.journey(browser, prompt="none"), "login_required")

    def test_many_new_sites_at_once_in_one_browser_all_get_a_code(self):
        sites = [self.client(f"tab{number}", f"https://tab{number}.example/cb",
                             options=("--consent", "implicit")) for number in range(8)]
        browser = self.browser()
        self.site.journey(browser, self.user)
        landings = at_once(len(sites), lambda number: sites[number].journey(browser, prompt="none"))
        for site, landing in zip(sites, landings):
            self.assertEqual(200, site.redeem(landing.code).status)


class KillNine(Story):
    """`kill -9` during a load of refreshes: nothing that was acknowledged is lost, no code redeems twice."""

    def setUp(self):
        self.stopping = threading.Event()

    def test_every_acknowledged_refresh_token_still_works_and_no_code_redeems_twice(self):
        for round_number in range(3):
            with self.subTest(round_number):
                self.one_round()

    def one_round(self):
        self.stopping = threading.Event()
        browser = self.browser()
        self.site.journey(browser, self.user, **OFFLINE)
        chains = [self.chain(browser) for _ in range(8)]
        spent = []
        threads = [threading.Thread(target=self.refresh_on, args=(chain,)) for chain in chains]
        threads.append(threading.Thread(target=self.redeem_on, args=(browser, spent)))
        for thread in threads:
            thread.start()
        wait_until(lambda: sum(len(chain) for chain in chains) > 200 and len(spent) > 5, 60, "no load came about")
        self.server.kill()
        self.stopping.set()
        for thread in threads:
            thread.join()
        self.server.launch()
        for chain in chains:
            response = self.site.refresh(chain[-1])
            self.assertEqual(200, response.status, f"an acknowledged refresh token was lost: {response!r}")
        for code, verifier in spent:
            self.site.pkce.verifier = verifier
            self.assertTokenError(self.site.redeem(code), "invalid_grant", 400)

    def chain(self, browser):
        """The refresh tokens of one family, in the order in which they were acknowledged."""
        landing = self.site.journey(browser, None, scope="openid offline_access")
        return [self.site.redeem(landing.code).json()["refresh_token"]]

    def refresh_on(self, chain):
        while not self.stopping.is_set():
            try:
                answer = self.site.refresh(chain[-1])
            except GONE:
                return
            if answer.status == 200:
                chain.append(answer.json()["refresh_token"])

    def redeem_on(self, browser, spent):
        while not self.stopping.is_set():
            try:
                landing = self.site.journey(browser, None)
                if landing.is_back and self.site.redeem(landing.code).status == 200:
                    spent.append((landing.code, self.site.pkce.verifier))
            except GONE:
                return


class ManyPeople(Story):
    """Sessions, consents and tokens of many people do not mix."""

    def test_everybody_gets_their_own_tokens(self):
        people = [Person(f"person{number}", f"password number {number}", {"nickname": f"n{number}"})
                  for number in range(6)]
        for person in people:
            self.server.add_user(person.login, person.password, person.claims)

        def log_in(number):
            client = Site(self.server, "site", self.site.secret)
            tokens = client.tokens(self.server.browser(), people[number], scope="openid profile")
            return client.userinfo(tokens["access_token"]).json()

        told = at_once(6, log_in)
        self.assertEqual([person.claims["nickname"] for person in people], [one["nickname"] for one in told])
        self.assertEqual(6, len({one["sub"] for one in told}))
