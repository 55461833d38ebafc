# SPDX-License-Identifier: Apache-2.0
"""Pages in the name, logo and color of their owner, by configuration alone."""
import base64
import hashlib
import json
import zlib

from harness.page import Page
from harness.story import Story
from harness.web import wait_until

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'


def picture():
    """A PNG of one pixel."""
    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + bytes((8, 2, 0, 0, 0)))
            + chunk(b"IDAT", zlib.compress(b"\0\x2b\x50\xd4")) + chunk(b"IEND", b""))


class Branding(Story):
    @classmethod
    def furnish(cls):
        super().furnish()
        cls.logo = cls.server.folder / "logo.svg"
        cls.logo.write_text(SVG)
        cls.logo.chmod(0o644)
        cls.server.config["oauth"] |= {"brand_name": "Flowers & Sons", "brand_logo": str(cls.logo),
                                       "brand_color": "#7a1f5c"}
        cls.server.write_config()

    def login_page(self):
        return self.site.journey(self.browser()).page

    def test_pages_have_name_logo_and_color_and_load_nothing_from_elsewhere(self):
        page = self.login_page()
        text = page.response.text
        self.assertIn("--accent:#7a1f5c;", text)
        self.assertIn("data:image/svg+xml;base64," + base64.b64encode(SVG.encode()).decode(), text)
        self.assertIn("Flowers &amp; Sons", text)
        self.assertSafePage(page.response)
        self.assertIn("img-src 'self' data:;", page.response.header("Content-Security-Policy"))
        error = self.get("/api/oauth/authorize?client_id=nobody")
        self.assertIn("--accent:#7a1f5c;", error.text)

    def test_the_style_is_what_the_policy_allows(self):
        page = self.login_page()
        style = page.response.text.split("<style>")[1].split("</style>")[0]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        self.assertIn(f"style-src 'sha256-{digest}'", page.response.header("Content-Security-Policy"))

    def put_logo(self, image):
        fresh = self.logo.with_name("fresh")
        fresh.write_bytes(image)
        fresh.chmod(0o644)
        fresh.rename(self.logo)
        self.server.reload()

    def test_another_image_counts_with_a_reload(self):
        for image, kind in ((picture(), "png"), (SVG.encode(), "svg+xml")):
            self.put_logo(image)
            wanted = f"data:image/{kind};base64," + base64.b64encode(image).decode()
            wait_until(lambda wanted=wanted: wanted in self.login_page().response.text, 30, "not read again")

    def refused(self, **changes):
        before = dict(self.server.config["oauth"])
        self.server.config["oauth"].update(changes)
        self.server.write_config()
        try:
            return self.server.run("check", "--config", self.server.config_file)
        finally:
            self.server.config["oauth"] = before
            self.server.write_config()

    def test_a_color_that_is_hard_to_read_is_refused_with_the_nearest_that_is_not(self):
        refused = self.refused(brand_color="#ffcc00")
        self.assertEqual(78, refused.returncode)
        self.assertRegex(refused.stderr, r"brand_color: #ffcc00 is hard to read: its contrast with the page is 1\.\d, and 4\.5"
                                         r" is wanted \(WCAG 2\.2, 1\.4\.3\); the nearest that has it is #[0-9a-f]{6}")
        nearest = refused.stderr.strip().splitlines()[0][-7:]
        self.assertEqual(0, self.refused(brand_color=nearest).returncode, nearest)

    def test_what_is_no_color_and_no_image_is_refused(self):
        for changes, told in (({"brand_color": "red;}body{display:none"}, "is no color; try #2b50d4"),
                              ({"brand_logo": str(self.server.config_file)}, "is no image: PNG, JPEG, WebP or SVG"),
                              ({"brand_logo": "/nowhere.svg"}, "/nowhere.svg")):
            with self.subTest(changes):
                refused = self.refused(**changes)
                self.assertEqual((78, True), (refused.returncode, told in refused.stderr), refused)

    def test_a_logo_is_small(self):
        big = self.server.folder / "big.svg"
        big.write_text(SVG + " " * 70_000)
        big.chmod(0o644)
        refused = self.refused(brand_logo=str(big))
        self.assertEqual((78, True), (refused.returncode, "big.svg" in refused.stderr), refused)


class OfIssuers(Story):
    @classmethod
    def furnish(cls):
        port = cls.server.port
        cls.server.config["oauth"]["brand_name"] = "Everybody"
        cls.server.config["oauth"]["brand_color"] = "#7a1f5c"
        cls.own = cls.server.tenant(f"http://127.0.0.1:{port}/own", brand_name="Own", brand_color="#005f4b")
        cls.plain = cls.server.tenant(f"http://127.0.0.1:{port}/plain")
        cls.server.write_config()

    def page_of(self, tenant):
        return Page(tenant.browser().get("/interaction/nonsense/login")).response.text

    def test_an_issuer_has_its_own_and_the_others_have_those_of_all(self):
        own, plain = self.page_of(self.own), self.page_of(self.plain)
        self.assertIn("--accent:#005f4b;", own)
        self.assertIn("Own ·", own)
        self.assertIn("--accent:#7a1f5c;", plain)
        self.assertIn("Everybody ·", plain)


class OfClients(Story):
    """A client has a name and a colour of its own, which only an operator can give it."""

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.server.config["oauth"] |= {"brand_name": "Everybody", "brand_color": "#7a1f5c"}
        cls.server.config["modules"].append("registration")
        cls.server.write_config()
        cls.roses = cls.client("roses", options=["--brand-name", "Roses & Thorns", "--brand-color", "#005f4b"])

    def pages_of(self, site):
        """Of its login, and the question what it may do."""
        browser = self.browser()
        login = site.journey(browser).page
        answer = login.press(browser, "login-submit", username=self.user.login, password=self.user.password)
        return login, site.walk(browser, answer, self.user, stop_at=("consent",)).page

    def styles(self, text):
        return [part.split("</style>")[0] for part in text.split("<style>")[1:]]

    def test_its_pages_have_them_and_those_of_others_have_not(self):
        for page in self.pages_of(self.roses):
            self.assertIn("--accent:#005f4b;", self.styles(page.response.text)[-1])
            self.assertIn("Roses &amp; Thorns ·", page.response.text)
            self.assertNotIn("Everybody", page.response.text)
            self.assertSafePage(page.response)
        text = self.site.journey(self.browser()).response.text
        self.assertNotIn("#005f4b", text)
        self.assertIn("Everybody ·", text)
        self.assertEqual(1, len(self.styles(text)))

    def test_the_policy_allows_just_these_styles(self):
        response = self.roses.journey(self.browser()).response
        digests = [base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in self.styles(response.text)]
        self.assertEqual(2, len(digests))
        self.assertIn("style-src " + " ".join(f"'sha256-{digest}'" for digest in digests) + ";",
                      response.header("Content-Security-Policy"))

    def test_a_colour_that_is_hard_to_read_or_none_is_refused(self):
        for option, value, told in (("--brand-color", "#ffcc00", "is hard to read"), ("--brand-color", "red;}body{display:none", "is no color"),
                                    ("--brand-name", "Ro\u202eses", "brand_name")):
            done = self.server.run("client", "update", "roses", option, value, "--config", self.server.config_file)
            self.assertNotEqual(0, done.returncode)
            self.assertIn(told, done.stderr)

    def test_a_client_that_registers_itself_cannot_have_them(self):
        token = self.server.command("registration-token", "create")["token"]
        body = json.dumps({"client_name": "Mallory", "redirect_uris": ["https://mallory.example/cb"], "brand_name": "Your bank",
                           "brand_color": "#005f4b"})
        made = self.browser().post(self.server.metadata["registration_endpoint"], body=body,
                                   headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        self.assertEqual(201, made.status, made)
        known = self.server.command("client", "show", made.json()["client_id"])
        self.assertEqual(set(), {"brand_name", "brand_color"} & set(known))
