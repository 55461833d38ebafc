// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "TlsBed.h"
#include "crypto/Digest.h"
#include "jose/JwkKey.h"
#include "text/Base64.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>
#include <openssl/x509v3.h>

namespace gatehouse {

class TlsClientAuthTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TlsClientAuthTest);
    CPPUNIT_TEST(theSubjectOfABelievedAuthorityProves);
    CPPUNIT_TEST(intermediatesMayBeSentAlong);
    CPPUNIT_TEST(datesCount);
    CPPUNIT_TEST(weakSignaturesAndKeysAreRefused);
    CPPUNIT_TEST(aServersCertificateIsNoClients);
    CPPUNIT_TEST(nameConstraintsCount);
    CPPUNIT_TEST(alternativeNamesAreComparedWhole);
    CPPUNIT_TEST(addressesAreComparedAsBytes);
    CPPUNIT_TEST(urisAndMailboxesToo);
    CPPUNIT_TEST(whoSaysItInNoWayOrTwoIsRefused);
    CPPUNIT_TEST(otherAuthoritiesAreReadWhenTheirFileChanges);
    CPPUNIT_TEST(aFileWithoutCertificatesIsRefused);
    CPPUNIT_TEST(withoutAuthoritiesOnlyRegisteredCertificatesCount);
    CPPUNIT_TEST(aRegisteredCertificateProvesWhateverItsDates);
    CPPUNIT_TEST(whatIsNotRegisteredDoesNot);
    CPPUNIT_TEST_SUITE_END();

    using Chain = std::vector<std::string>;

    static ValueMap dn(const std::string& text = "CN=shop") {
        return {{"tls_client_auth_subject_dn", text}};
    }
    std::string why(std::string_view method, const Chain& chain, const ValueMap& metadata) {
        return why(*bed_.make(), method, chain, metadata);
    }
    std::string why(const ClientAuthMethod& plugin, std::string_view method, const Chain& chain,
                    const ValueMap& metadata) {
        const auto sent = TlsAuthBed::shows(chain);
        auto proof = plugin.find(sent.request, sent.form);
        CPPUNIT_ASSERT(proof);
        proof->method = method;
        const auto verdict = plugin.verify(context_, *proof, TlsAuthBed::client(method, metadata));
        CPPUNIT_ASSERT(verdict);
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
        return verdict->isProven ? "" : verdict->reason;
    }
    std::string issued(const CertificateWish& wish, const ValueMap& metadata = dn()) {
        return why("tls_client_auth", {IssuedCertificate(wish, &bed_.root).der()}, metadata);
    }
    std::string registered(const IssuedCertificate& shown, const ValueMap& jwk) {
        return why("self_signed_tls_client_auth", {shown.der()},
                   {{"jwks", ValueMap{{"keys", ValueList{jwk}}}}});
    }
    static void assertHas(const std::string& part, const std::string& text) {
        CPPUNIT_ASSERT_MESSAGE(text, text.find(part) != std::string::npos);
    }
    static CertificateWish with(int kind, const std::string& value) {
        CertificateWish wish;
        wish.extensions = {{kind, value}};
        return wish;
    }

    TlsAuthBed bed_;
    testkit::FakeContext context_;

public:
    void theSubjectOfABelievedAuthorityProves() {
        CPPUNIT_ASSERT_EQUAL(std::string(), issued({}));
        assertHas("not that of the client's tls_client_auth_subject_dn",
                  issued({}, dn("CN=other")));
        const IssuedCertificate stranger(authority("root"));
        assertHas("certificate 1 of the chain",
                  why("tls_client_auth", {IssuedCertificate({}, &stranger).der()}, dn()));
        assertHas("self-signed", why("tls_client_auth", {IssuedCertificate({}).der()}, dn()));
    }

    void intermediatesMayBeSentAlong() {
        const IssuedCertificate between(authority("between"), &bed_.root);
        const IssuedCertificate own({}, &between);
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             why("tls_client_auth", {own.der(), between.der()}, dn()));
        assertHas("unable to get", why("tls_client_auth", {own.der()}, dn()));
        CertificateWish noAuthority;
        noAuthority.subject = {{"CN", "between"}};
        const IssuedCertificate leaf(noAuthority, &bed_.root);
        assertHas("invalid CA certificate",
                  why("tls_client_auth", {IssuedCertificate({}, &leaf).der(), leaf.der()}, dn()));
        assertHas("no chain", why("tls_client_auth", Chain(33, own.der()), dn()));
        assertHas("no chain", why("tls_client_auth", {"garbage"}, dn()));
        assertHas("no chain", why("tls_client_auth", {own.der().substr(1)}, dn()));
    }

    void datesCount() {
        CertificateWish wish;
        wish.ends = wish.begins + 1;
        assertHas("expired", issued(wish));
        wish.begins = wish.ends = 1'767'900'000;
        assertHas("not yet valid", issued(wish));
    }

    void weakSignaturesAndKeysAreRefused() {
        CertificateWish asked = authority("old");
        asked.rsaBits = 2048;
        const IssuedCertificate old(asked, &bed_.root);
        CertificateWish wish;
        for (const auto* hash : {EVP_md5(), EVP_sha1()}) {
            wish.hash = hash;
            assertHas("too weak", why("tls_client_auth",
                                      {IssuedCertificate(wish, &old).der(), old.der()}, dn()));
        }
        wish.hash = EVP_sha256();
        wish.rsaBits = 1024;
        assertHas("key too weak", issued(wish));
    }

    void aServersCertificateIsNoClients() {
        assertHas("purpose", issued(with(NID_ext_key_usage, "serverAuth")));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             issued(with(NID_ext_key_usage, "serverAuth,clientAuth")));
    }

    void nameConstraintsCount() {
        auto wish = authority("between");
        wish.extensions.emplace_back(NID_name_constraints, "critical,permitted;DNS:a.example");
        const IssuedCertificate between(wish, &bed_.root);
        const ValueMap inside{{"tls_client_auth_san_dns", "shop.a.example"}};
        const ValueMap outside{{"tls_client_auth_san_dns", "shop.b.example"}};
        const auto shown = [&](const std::string& host) {
            return Chain{
                IssuedCertificate(with(NID_subject_alt_name, "DNS:" + host), &between).der(),
                between.der()};
        };
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             why("tls_client_auth", shown("shop.a.example"), inside));
        assertHas("permitted subtree", why("tls_client_auth", shown("shop.b.example"), outside));
    }

    void alternativeNamesAreComparedWhole() {
        const ValueMap shop{{"tls_client_auth_san_dns", "shop.example"}};
        const auto hosts = [&](const std::vector<std::string>& names) {
            CertificateWish wish;
            wish.hostBytes = names;
            return issued(wish, shop);
        };
        CPPUNIT_ASSERT_EQUAL(std::string(), hosts({"other.example", "SHOP.example"}));
        for (const auto& name :
             {std::string("*.example"), std::string("*"), std::string("a.shop.example"),
              std::string("shop.example\0.evil.example", 26), std::string("shop.example\0", 13),
              std::string("shop.example."), std::string(), std::string("shop.examplex")}) {
            assertHas("not that of", hosts({name}));
        }
        // Its common name is nobody's host.
        CertificateWish wish;
        wish.subject = {{"CN", "shop.example"}};
        assertHas("not that of", issued(wish, shop));
        wish.extensions = {{NID_subject_alt_name, "URI:shop.example"}};
        assertHas("not that of", issued(wish, shop));
        wish.extensions = {{NID_subject_alt_name, "DNS:shop.example"},
                           {NID_subject_alt_name, "DNS:shop.example"}};
        assertHas("not that of", issued(wish, shop));
    }

    void addressesAreComparedAsBytes() {
        const auto names = with(NID_subject_alt_name, "IP:192.0.2.7,IP:2001:db8::7");
        for (const auto* right : {"192.0.2.7", "2001:db8::7", "2001:DB8:0:0::7"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(), issued(names, {{"tls_client_auth_san_ip", right}}));
        }
        for (const auto* wrong : {"192.0.2.8", "::ffff:192.0.2.7", "", "shop"}) {
            assertHas("not that of", issued(names, {{"tls_client_auth_san_ip", wrong}}));
        }
    }

    void urisAndMailboxesToo() {
        const auto names =
            with(NID_subject_alt_name, "URI:spiffe://a.example/shop,email:Ops@Shop.example");
        const auto is = [&](const char* member, const char* value) {
            return issued(names, {{member, value}}).empty();
        };
        CPPUNIT_ASSERT(is("tls_client_auth_san_uri", "spiffe://a.example/shop"));
        CPPUNIT_ASSERT(!is("tls_client_auth_san_uri", "spiffe://a.example/Shop"));
        CPPUNIT_ASSERT(!is("tls_client_auth_san_uri", "spiffe://a.example/"));
        CPPUNIT_ASSERT(is("tls_client_auth_san_email", "Ops@shop.EXAMPLE"));
        CPPUNIT_ASSERT(!is("tls_client_auth_san_email", "ops@shop.example"));
    }

    void whoSaysItInNoWayOrTwoIsRefused() {
        assertHas("in one way", issued({}, {}));
        auto two = dn();
        two.set("tls_client_auth_san_dns", "shop.example");
        assertHas("in one way", issued({}, two));
        assertHas("not that of", issued({}, {{"tls_client_auth_subject_dn", 1}}));
    }

    void otherAuthoritiesAreReadWhenTheirFileChanges() {
        const auto plugin = bed_.make();
        const IssuedCertificate next(authority("the next"));
        const Chain shown{IssuedCertificate({}, &next).der()};
        CPPUNIT_ASSERT(!why(*plugin, "tls_client_auth", shown, dn()).empty());
        bed_.write(bed_.root.pem() + next.pem());
        bed_.host.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT_EQUAL(std::string(), why(*plugin, "tls_client_auth", shown, dn()));
        bed_.write("nothing");
        bed_.host.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT_EQUAL(std::string(), why(*plugin, "tls_client_auth", shown, dn()));
        bed_.write(bed_.root.pem());
        bed_.host.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT(!why(*plugin, "tls_client_auth", shown, dn()).empty());
    }

    void aFileWithoutCertificatesIsRefused() {
        const auto problem = [this](const std::string& text) {
            bed_.write(text);
            TlsClientAuth plugin;
            CPPUNIT_ASSERT(
                plugin.configure(testkit::FakeConfig{{"ca_file", bed_.caFile()}}, bed_.host));
            const auto checked = plugin.check();
            return checked ? std::string() : checked.error().detail;
        };
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(bed_.root.pem() + bed_.root.pem()));
        assertHas("has no certificate (PEM)", problem(""));
        assertHas("has no certificate (PEM)", problem("nothing"));
        auto cut = bed_.root.pem();
        cut.resize(cut.size() / 2);
        assertHas("a certificate in it is damaged", problem(bed_.root.pem() + cut));
    }

    void withoutAuthoritiesOnlyRegisteredCertificatesCount() {
        TlsClientAuth plugin;
        CPPUNIT_ASSERT(plugin.configure(testkit::FakeConfig{{"ca_file", {}}}, bed_.host));
        CPPUNIT_ASSERT(plugin.check());
        CPPUNIT_ASSERT(plugin.start());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, plugin.methods().size());
        assertHas("no authority is believed",
                  why(plugin, "tls_client_auth", {IssuedCertificate({}, &bed_.root).der()}, dn()));
    }

    void aRegisteredCertificateProvesWhateverItsDates() {
        CertificateWish wish;
        wish.ends = wish.begins + 1;
        wish.hash = EVP_sha1();
        const IssuedCertificate own(wish);
        const auto der = own.der();
        CPPUNIT_ASSERT_EQUAL(std::string(), registered(own, {{"x5c", ValueList{base64(der)}}}));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             registered(own, {{"x5t#S256", base64url(sha256(der))}}));
        CPPUNIT_ASSERT_EQUAL(std::string(), registered(own, keyOf(own)));
    }

    void whatIsNotRegisteredDoesNot() {
        const IssuedCertificate own(CertificateWish{});
        const IssuedCertificate other(CertificateWish{});
        const auto refused = "none of those that the client has registered";
        for (const ValueMap& jwk :
             {ValueMap{{"x5c", ValueList{base64(other.der())}}}, ValueMap{{"x5c", ValueList{}}},
              ValueMap{{"x5c", base64(own.der())}},
              ValueMap{{"x5c", ValueList{base64(other.der()), base64(own.der())}}},
              ValueMap{{"x5t#S256", base64url(sha256(other.der()))}}, keyOf(other), ValueMap{}}) {
            assertHas(refused, registered(own, jwk));
        }
        auto forEncryption = keyOf(own);
        forEncryption.set("use", "enc");
        assertHas(refused, registered(own, forEncryption));
        // The certificate that stands there counts, not its key in another.
        auto replaced = keyOf(own);
        replaced.set("x5c", ValueList{base64(other.der())});
        assertHas(refused, registered(own, replaced));
        assertHas("has no keys", why("self_signed_tls_client_auth", {own.der()}, {}));
        assertHas(refused, why("self_signed_tls_client_auth", {own.der()}, {{"jwks", 1}}));
    }

private:
    static ValueMap keyOf(const IssuedCertificate& certificate) {
        return *jwkFromKey(certificate.key(), "EC", "P-256");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsClientAuthTest);

}  // namespace gatehouse
