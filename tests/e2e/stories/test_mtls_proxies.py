# SPDX-License-Identifier: Apache-2.0
"""Certificates that nginx, HAProxy and Apache were shown: their example sites, as they are."""
import base64
import ssl

from harness.mutual import BOUND, PLUGINS, Clients, MutualSite, der_of, registered, thumbprint
from harness.port import free_port
from harness import jwt
from harness.server import ROOT
from harness.site import TOKEN, USERINFO
from harness.story import Story
from harness.web import Browser
import test_proxies


class BehindMutualProxy:
    """What must hold behind each, beside what holds behind it anyhow."""

    mutual_example = None
    tells_chain = False

    @classmethod
    def configured(cls, issuer):
        cls.mutual_port = free_port()
        cls.mutual = f"https://localhost:{cls.mutual_port}"
        settings = {"server": {"trusted_proxies": ["127.0.0.1/32"], "mtls": {"by_proxies": True}},
                    "oauth": {"issuer": issuer, "mtls_url": cls.mutual}}
        return settings, PLUGINS

    @classmethod
    def furnish(cls):
        super().furnish()
        cls.certificates = Clients(cls.server)
        cls.server.plugin("client_auth.tls")["ca_file"] = str(cls.certificates.ca_file)
        cls.server.write_config()
        cls.bank_pair = cls.certificates.own("bank")
        cls.shop_pair = cls.certificates.issue("shop", by=(cls.certificates.authority.root,
                                                           cls.certificates.authority.root_key))
        cls.bank = cls.mutual_site("bank", cls.bank_pair, "self_signed_tls_client_auth", registered(cls.bank_pair))
        cls.shop = cls.mutual_site("shop", cls.shop_pair, "tls_client_auth",
                                   ("--member", "tls_client_auth_subject_dn=CN=shop"))

    @classmethod
    def mutual_site(cls, identifier, pair, method, options):
        made = cls.client(identifier, method=method, options=(*options, *BOUND),
                          grants=("authorization_code", "refresh_token", "client_credentials"))
        site = MutualSite(made.server, made.id)
        site.pair, site.doors = pair, cls.door
        return site

    @classmethod
    def text(cls):
        return super().text() + (ROOT / "etc/examples" / cls.mutual_example).read_text()

    @classmethod
    def more(cls):
        return {"8444": str(cls.mutual_port)}

    @classmethod
    def door(cls, pair=None, base=None):
        context = ssl.create_default_context(cafile=str(cls.folder / "id.example.org.pem"))
        if pair:
            context.load_cert_chain(*pair)
        return Browser(base or cls.mutual, tls=context, source=test_proxies.PERSON)

    def own_token(self, pair, identifier="shop", base=None, **headers):
        return self.door(pair, base).post(TOKEN, {"grant_type": "client_credentials", "client_id": identifier},
                                          headers=headers)

    def test_both_methods_and_bound_tokens(self):
        for site in (self.bank, self.shop):
            tokens = self.assertTokens(site.redeem(site.journey(self.browser(), self.user).code))
            self.assertEqual({"x5t#S256": thumbprint(site.pair)}, jwt.claims_of(tokens["access_token"])["cnf"])
            bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
            answers = [self.door(pair).get(USERINFO, headers=bearer).status
                       for pair in (site.pair, None, self.certificates.own("another"))]
            self.assertEqual([200, 401, 401], answers)

    def test_who_shows_none_or_another_is_refused(self):
        for pair in (None, self.bank_pair, self.certificates.own("shop")):
            self.assertTokenError(self.own_token(pair), "invalid_client", status=401)
            self.assertTokens(self.own_token(self.shop_pair), openid=False)

    def test_what_a_client_says_of_certificates_is_not_handed_on(self):
        der = der_of(self.shop_pair[0])
        pem = "".join(f"%{byte:02X}" for byte in self.shop_pair[0].read_text().encode())
        for said in (f":{base64.b64encode(der).decode()}:", pem):
            for base in (self.mutual, self.server.issuer):
                for pair in (None, self.bank_pair):
                    refused = self.own_token(pair, base=base, **{"Client-Cert": said, "client-cert-chain": said})
                    self.assertTokenError(refused, "invalid_client", status=401)
        answer = self.own_token(self.shop_pair, **{"Client-Cert": "nonsense", "Client-Cert-Chain": "nonsense"})
        self.assertTokens(answer, openid=False)

    def test_the_address_without_the_proxy_is_nobodys_word(self):
        """Who reaches the server itself from an address that is no proxy's is not believed."""
        field = f":{base64.b64encode(der_of(self.shop_pair[0])).decode()}:"
        straight = Browser(f"http://127.0.0.1:{self.server.port}", source=test_proxies.PERSON)
        refused = straight.post(TOKEN, {"grant_type": "client_credentials", "client_id": "shop"},
                                headers={"Client-Cert": field})
        self.assertTokenError(refused, "invalid_client", status=401)
        trusted = Browser(f"http://127.0.0.1:{self.server.port}")
        self.assertTokens(trusted.post(TOKEN, {"grant_type": "client_credentials", "client_id": "shop"},
                                       headers={"Client-Cert": field}), openid=False)

    def test_a_chain_is_told_where_the_proxy_can(self):
        pair = self.certificates.issue("shop")  # by the intermediate, which the server does not know
        answer = self.own_token(pair)
        if self.tells_chain:
            self.assertTokens(answer, openid=False)
        else:
            self.assertTokenError(answer, "invalid_client", status=401)


class Nginx(BehindMutualProxy, test_proxies.Nginx):
    mutual_example = "nginx-mtls.conf"


class HAProxy(BehindMutualProxy, test_proxies.HAProxy):
    mutual_example = "haproxy-mtls.cfg"
    tells_chain = True


class Apache(BehindMutualProxy, test_proxies.Apache):
    mutual_example = "apache-mtls.conf"
