# SPDX-License-Identifier: Apache-2.0
"""People and programs that use the deployment all the time, and what they were promised."""
import itertools
import random
import threading
import time
from collections import Counter

from cluster import KNOWN_WITHIN, Door
from harness.site import TOKEN, Site
from harness.web import GONE, Browser, at_once, seconds_until

PEOPLE = 4
READERS = 6
RACERS = 2
# How often a client asks again when it does not know what became of its request.
PATIENCE = 60
OFFLINE = {"scope": "openid profile offline_access"}


class Away(Exception):
    """The server said that it cannot now; begin anew."""


class Tally:
    """What clients saw during one fault."""

    def __init__(self, timeout=PATIENCE):
        self.timeout = timeout  # how long a client waits for one answer
        self.lock = threading.Lock()
        self.counts = Counter()
        self.longest = 0.0
        self.wrong = []
        self.away = []  # the answers that say so

    def add(self, what, count=1):
        with self.lock:
            self.counts[what] += count

    def took(self, seconds):
        with self.lock:
            self.longest = max(self.longest, seconds)

    def fault(self, text):
        """What must never happen."""
        with self.lock:
            self.wrong.append(text)

    def __getitem__(self, what):
        return self.counts[what]


class Family:
    """A login and the tokens that it was answered with."""

    def __init__(self, site, tokens):
        self.site = site
        self.access = []
        self.refresh = None
        self.is_revoked = False  # also while it is being revoked
        self.take(tokens)

    def take(self, tokens):
        self.access.append(tokens["access_token"])
        self.refresh = tokens["refresh_token"]


class Load:
    def __init__(self, cluster):
        self.cluster = cluster
        self.tally = Tally()
        self.families = []  # since the last check
        self.stopping = False
        self.paused = threading.Event()
        self.going = threading.Event()
        self.going.set()
        self.numbers = itertools.count()
        jobs = [self.log_in] * PEOPLE + [self.race] * RACERS + [self.read] * READERS + [self.assert_keys]
        # Each is somebody else: of one account few logins are looked at at once, the next is told to wait.
        self.person = threading.local()
        people = itertools.chain(cluster.people, itertools.repeat(None))
        self.threads = [threading.Thread(target=self.run, args=(job, person), daemon=True)
                        for job, person in zip(jobs, people)]
        self.resting = threading.Semaphore(0)
        for thread in self.threads:
            thread.start()

    # All of them at once

    def run(self, job, person):
        self.person.of_thread = person
        while not self.stopping:
            if not self.going.is_set():
                self.resting.release()
                self.going.wait()
            try:
                job()
            except (Away, *GONE):
                time.sleep(0.2)
            except Exception as problem:  # pylint: disable=broad-except
                self.tally.fault(f"{job.__name__}: {problem!r}"[:1500])
                time.sleep(0.2)

    def rest(self, seconds=PATIENCE + 30):
        """Lets everybody finish what they are at."""
        self.going.clear()
        for _ in self.threads:
            if not self.resting.acquire(timeout=seconds):
                raise AssertionError("a client never got an answer")

    def go_on(self, tally):
        self.tally = tally
        self.families = []
        self.going.set()

    def end(self):
        self.stopping = True
        self.going.set()
        for thread in self.threads:
            thread.join(PATIENCE)

    # What they do

    def log_in(self):
        family = self.login()
        for _ in range(3):
            answer, is_uncertain = self.patiently(lambda: family.site.refresh(family.refresh))
            if not self.taken(family, answer):
                self.lost(f"a refresh token was refused (asked again: {is_uncertain})", answer)
                family.is_revoked = True
                return
        self.assert_alive(family, family.access[-1])
        told, _ = self.patiently(lambda: family.site.userinfo(family.access[-1]))
        if told.status != 200:
            self.lost("userinfo", told)
        if next(self.numbers) % 4 == 0:
            family.is_revoked = True
            done, _ = self.patiently(lambda: family.site.revoke(family.refresh))
            if done.status != 200:
                self.tally.fault(f"revocation was refused: {done!r}")
            self.tally.add("revoked")

    def login(self):
        """A whole login; the family, which is kept from now on."""
        site = self.new_site()
        code = self.code_for(site, self.browser())
        answer, is_uncertain = self.patiently(lambda: site.redeem(code))
        if answer.status != 200:
            if not is_uncertain:
                self.lost("a new code was refused", answer)
            raise Away
        family = Family(site, answer.json())
        self.families.append(family)
        self.tally.add("acknowledged", 2)
        return family

    def read(self):
        """Resource servers, of which there are many."""
        alive = [family for family in self.families[-50:] if not family.is_revoked]
        if not alive:
            time.sleep(0.05)
            return
        family = random.choice(alive)
        self.assert_alive(family, random.choice(family.access))
        time.sleep(0.01)

    def race(self):
        """A code that four ask for at once, a refresh token too; then one that was used long ago."""
        site, browser = self.new_site(), self.browser()
        code = self.code_for(site, browser)
        answers = self.at_once(lambda: site.redeem(code))
        won = [answer for answer in answers if answer.status == 200]
        self.count_race("codes", answers, is_double=len(won) > 1)
        if not won and all(answer.status == 400 for answer in answers) and len(answers) == 4:
            self.lost("of four who redeemed a code nobody got tokens", answers[0])
        family = self.login()
        first = family.refresh
        answers = self.at_once(lambda: family.site.refresh(first))
        won = {answer.json()["refresh_token"] for answer in answers if answer.status == 200}
        self.count_race("refresh tokens", answers, is_double=len(won) > 1)
        family.refresh = won.pop() if won else first
        for _ in range(2):
            answer, _ = self.patiently(lambda: family.site.refresh(family.refresh))
            if not self.taken(family, answer):
                self.lost("a refresh token after a race", answer)
                family.is_revoked = True
                return
        family.is_revoked = True
        answer, _ = self.patiently(lambda: family.site.refresh(first))
        self.tally.add("raced")
        if answer.status == 200:
            self.tally.add("double")
        else:
            self.tally.add("double refused")

    def assert_keys(self):
        """An assertion of a client's, used twice at once."""
        form = {"grant_type": "client_credentials", **self.cluster.keyed.assertion()}
        statuses = at_once(2, lambda _: self.assertion(form))
        self.tally.add("assertions", statuses.count(200))
        if statuses.count(200) > 1:
            self.tally.fault("a client assertion was taken twice")
        time.sleep(0.2)

    def assertion(self, form):
        try:
            answer = Browser(self.cluster.issuer, timeout=PATIENCE).post(TOKEN, form)
        except GONE:
            return None
        if answer.status not in (200, 401) and not is_away(answer):
            self.tally.fault(f"an assertion was answered {answer!r}")
        self.tally.add("assertions away", answer.status == 503)
        return answer.status

    # How they do it

    def new_site(self):
        door = Door(self.cluster.issuer, self.cluster.issuer, lambda address, **_: self.browser())
        return Site(door, self.cluster.site.id, self.cluster.site.secret, self.cluster.site.redirect)

    def browser(self):
        return CountingBrowser(self.cluster.issuer, self.tally)

    def code_for(self, site, browser):
        landing = site.journey(browser, self.person.of_thread, **OFFLINE)
        if not landing.is_back:
            if not is_away(landing.response):
                self.tally.fault(f"an unexpected page: {landing!r}"[:1500])
            raise Away
        if landing.error:
            if landing.error != "temporarily_unavailable":
                self.tally.fault(f"an unexpected answer: {landing.params}")
            self.tally.add("away")
            raise Away
        return landing.code

    def patiently(self, ask):
        """The answer that says yes or no, and whether what was asked before may have happened."""
        until = time.monotonic() + PATIENCE
        for attempt in itertools.count():
            try:
                answer = ask()
                if answer.status != 503:
                    return answer, attempt > 0
            except GONE:
                pass
            if time.monotonic() > until:
                self.tally.fault("nothing but 503 for a minute")
                raise Away
            time.sleep(0.3)

    def at_once(self, ask):
        def one(_):
            try:
                return ask()
            except GONE:
                return None
        return [answer for answer in at_once(4, one) if answer is not None]

    def count_race(self, what, answers, is_double):
        self.tally.add("raced")
        self.tally.add("double refused", sum(answer.status == 400 for answer in answers))
        if is_double:
            self.tally.add("double")
            self.tally.fault(f"{what} were redeemed twice: {answers}"[:3000])

    def taken(self, family, answer):
        if answer.status != 200:
            return False
        family.take(answer.json())
        self.tally.add("acknowledged", 2)
        return True

    def assert_alive(self, family, token):
        answer, _ = self.patiently(lambda: family.site.introspect(token))
        if not family.is_revoked and (answer.status != 200 or not answer.json()["active"]):
            self.lost("introspection", answer)

    def is_dead(self, family, token):
        answer, _ = self.patiently(lambda: family.site.introspect(token))
        return answer.status == 200 and answer.json() == {"active": False}

    def lost(self, what, answer):
        self.tally.add("lost")
        self.tally.fault(f"{what}: {answer!r}"[:1500])

    # Afterwards

    def check(self):
        """Everything that was acknowledged since go_on() is there, and what was revoked stays so."""
        for family in list(self.families):
            for token in family.access:
                if family.is_revoked:
                    seconds_until(lambda token=token: self.is_dead(family, token), KNOWN_WITHIN)
                else:
                    self.assert_alive(family, token)
            answer, _ = self.patiently(lambda: family.site.refresh(family.refresh))
            if (answer.status == 200) == family.is_revoked:
                self.lost(f"refresh token afterwards, revoked={family.is_revoked}", answer)
            self.tally.add("checked", len(family.access) + 1)


class CountingBrowser(Browser):
    """Tells the tally how each request ended."""

    def __init__(self, base, tally):
        super().__init__(base, timeout=tally.timeout)
        self.tally = tally

    def request(self, method, url, **rest):
        begun = time.monotonic()
        self.tally.add("requests")
        try:
            answer = super().request(method, url, **rest)
        except TimeoutError:
            self.tally.add("gave up")
            raise
        except GONE as problem:
            self.tally.add("cut")
            self.tally.add(f"cut: {problem!r}")
            raise
        self.tally.took(time.monotonic() - begun)
        if is_away(answer):
            self.tally.add("away")
            self.tally.away.append(f"{method} {answer!r}"[:3000])
        elif answer.status >= 500:
            self.tally.fault(f"{method} {url}: {answer!r}"[:1500])
        else:
            self.tally.add("refused" if answer.status >= 400 else "done")
        return answer


def is_away(answer):
    """503 as it has to be; one that does not say when to come again is none."""
    return answer.status == 503 and bool(answer.header("Retry-After"))
