# SPDX-License-Identifier: Apache-2.0
"""A story whose server has a second node beside it, over one PostgreSQL."""
from .page import Page
from .postgresql import private_postgresql
from .server import Gatehouse
from .web import at_once, wait_until


class TwoNodes:
    """Mixed into a Story."""

    database = "sqlite"  # one that is named

    @classmethod
    def setUpClass(cls):
        cls.settings = {**(cls.settings or {}), "database": {"url": cls.enterClassContext(private_postgresql())},
                        "security": {"jwt_secret": "the root secret of two nodes 0123456789"}}
        super().setUpClass()
        cls.second = Gatehouse(cls.settings, database="sqlite")
        cls.addClassCleanup(cls.second.remove)
        own = cls.second.config["server"]
        cls.second.config = {**cls.server.config, "server": own}
        cls.second.write_config()
        cls.second.launch(wait=False)
        wait_until(cls.is_ready, 60, cls.second.log)

    @classmethod
    def is_ready(cls):
        try:
            return cls.second.browser(timeout=5).get("/api/readyz").status == 200
        except OSError:
            return False

    def post_at_both(self, pages, fields, times=6):
        """The answers to a form that is sent to both nodes at once, from these pages in turn: (browser, page)."""
        def post(number):
            node = (self.server, self.second)[number % 2]
            browser, page = pages[number % len(pages)]
            form = page.forms[0]
            return browser.post(f"http://127.0.0.1:{node.port}{form.action}", {**form.fields, **fields},
                                headers={"Host": f"127.0.0.1:{self.server.port}"})
        return at_once(times, post)

    def assertOneIsIn(self, answers):
        ways_on = [answer for answer in answers if answer.status == 200 and Page(answer).has("go-on")]
        self.assertEqual(1, len(ways_on), answers)
