# SPDX-License-Identifier: Apache-2.0
"""`remember` of an entry of the login plan: not asked in this browser again, until an end."""
import json

from harness import jwt
from harness.page import Page
from harness.server import USES
from harness.story import Story
from harness.totp import App
from harness.web import Cookie
from harness.word_card import TWO, WANTS_TWO

ONE = "urn:gatehouse:acr:one-factor"
TICK = {"remember": "yes"}


class RememberStory(Story):
    plan = ["password", {"step": "totp", "remember": "30d"}]

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["plugins"].append({"use": "login_step.totp", "enrolment": "by_operator"})
        cls.server.config["login"] = cls.plan
        cls.server.write_config()

    def enrolled(self, login):
        person = self.person(login)
        added = self.server.run("totp", "add", login, "--json", "--config", self.server.config_file, check=True)
        person.app = App(json.loads(added.stdout)["uri"])
        return person

    def sign_in(self, browser, person, code=None, **fields):
        page = self.site.journey(browser, person, prompt="login").page
        self.assertTrue(page.has("totp-form"), page.response)
        return self.site.walk(browser, page.press(browser, "totp-submit", code=code or person.app.code(), **fields))

    def asks(self, browser, person, **changes):
        landing = self.site.journey(browser, person, **{"prompt": "login", **changes})
        return not landing.is_back and landing.page.has("totp-form")

    def id_token(self, landing):
        return jwt.claims_of(self.site.redeem(landing.code).json()["id_token"])


class Remembered(RememberStory):
    def test_who_ticks_it_is_not_asked_there_again(self):
        person, browser = self.enrolled("joan"), self.browser()
        page = self.site.journey(browser, person).page
        self.assertIn("for 30 days", page.response.text)
        self.assertEqual(TWO, self.id_token(self.sign_in(browser, person, **TICK))["acr"])
        claims = self.id_token(self.site.journey(browser, person, prompt="login"))
        self.assertEqual((ONE, ["pwd"]), (claims["acr"], claims["amr"]), "nothing is said to be proved that was not")
        self.assertTrue(self.asks(self.browser(), person), "another browser")

    def test_who_does_not_tick_it_is_asked(self):
        person, browser = self.enrolled("kay"), self.browser()
        self.assertTrue(self.sign_in(browser, person).code)
        self.assertTrue(self.asks(browser, person))

    def test_a_wrong_code_remembers_nothing(self):
        person, browser = self.enrolled("lin"), self.browser()
        page = self.site.journey(browser, person).page
        answer = page.press(browser, "totp-submit", code=person.app.wrong(), **TICK)
        page = Page(browser.get(answer.location) if answer.status == 303 else answer)
        self.assertTrue(self.site.walk(browser, page.press(browser, "totp-submit", code=person.app.code())).code)
        self.assertTrue(self.asks(browser, person), "the box was not ticked when the right code came")

    def test_it_is_of_one_person(self):
        person, other, browser = self.enrolled("mary"), self.enrolled("nora"), self.browser()
        self.assertTrue(self.sign_in(browser, person, **TICK).code)
        self.assertTrue(self.asks(browser, other))

    def test_a_cookie_of_another_browser_or_a_forged_one_is_worth_nothing(self):
        person, browser, thief = self.enrolled("olga"), self.browser(), self.browser()
        self.assertTrue(self.sign_in(browser, person, **TICK).code)
        place, mine = next((place, cookie) for place, cookie in browser.cookies.items() if "remembered" in cookie.name)
        value = mine.value
        for forged in (value[:-9] + ("A" if value[-9] != "A" else "B") + value[-8:], "x", value[:20]):
            thief.cookies[place] = Cookie(mine.name, forged, mine.path, mine.attributes)
            self.assertTrue(self.asks(thief, person), forged)

    def test_signing_out_everywhere_ends_it(self):
        person, browser = self.enrolled("pat"), self.browser()
        self.assertTrue(self.sign_in(browser, person, **TICK).code)
        self.assertFalse(self.asks(browser, person))
        self.server.command("user", "logout", "pat")
        self.assertTrue(self.asks(browser, person))

    def test_a_site_that_wants_two_factors_gets_them(self):
        person, browser = self.enrolled("quin"), self.browser()
        self.assertTrue(self.sign_in(browser, person, **TICK).code)
        self.assertFalse(self.asks(browser, person))
        page = self.site.journey(browser, person, prompt="login", claims=WANTS_TWO).page
        landing = self.site.walk(browser, page.press(browser, "totp-submit", code=person.app.code(1)))
        self.assertEqual(TWO, self.id_token(landing)["acr"])

    def test_it_outlives_a_restart(self):
        person, browser = self.enrolled("rosa"), self.browser()
        self.assertTrue(self.sign_in(browser, person, **TICK).code)
        self.server.kill()
        self.server.launch()
        self.assertFalse(self.asks(browser, person))


class Configured(RememberStory):
    def refused(self, plan):
        self.server.config["login"] = plan
        self.server.write_config()
        return self.server.run("check", "--config", self.server.config_file)

    def test_what_makes_no_sense_is_refused(self):
        self.addCleanup(self.refused, self.plan)
        for entry, told in (({"offer": "totp", "remember": "30d"}, "remember goes with step and any_of"),
                            ({"step": "totp", "remember": "30d", "when": {"acr": TWO}}, "remember goes with"),
                            ({"step": "totp", "remember": "1h"}, "remember"),
                            ({"step": "totp", "remember": "900d"}, "remember")):
            with self.subTest(entry):
                refused = self.refused(["password", entry])
                self.assertEqual((78, True), (refused.returncode, told in refused.stderr), refused)
