// SPDX-License-Identifier: Apache-2.0
#include "config/IssuerList.h"

#include "Bed.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

using namespace test;

class IssuerListTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IssuerListTest);
    CPPUNIT_TEST(theUrlIsKeptAsItIsAndItsPathTaken);
    CPPUNIT_TEST(withoutOneItIsWhereTheServerListens);
    CPPUNIT_TEST(aQueryOrFragmentOrUserIsRefused);
    CPPUNIT_TEST(aSchemeInCapitalsIsRefusedWithTheCure);
    CPPUNIT_TEST(allAddressesAreNoIssuer);
    CPPUNIT_TEST(anIssuerThatIsNotHttpsIsWarnedOf);
    CPPUNIT_TEST(aMutualTlsUrlWhereNobodyShowsACertificateIsWarnedOf);
    CPPUNIT_TEST(aSlashAtTheEndIsRefusedWithTheCure);
    CPPUNIT_TEST(anyFreePortNeedsAnIssuer);
    CPPUNIT_TEST(aListNamesSeveralWithWhatIsTheirOwn);
    CPPUNIT_TEST(noTwoShareIdOrUrl);
    CPPUNIT_TEST(aPlaceHasOneWayToBeWritten);
    CPPUNIT_TEST(anEntryIsChecked);
    CPPUNIT_TEST(nothingIsSaidBesideTheList);
    CPPUNIT_TEST(theOnlyIssuerHasTheClientsOfTheFolder);
    CPPUNIT_TEST(theMutualTlsUrlIsAHostOfItsOwn);
    CPPUNIT_TEST_SUITE_END();

    static constexpr const char* rest = "\nmodules: [token]\ndatabase: {url: 'memory:'}\n";

    std::string problems(const std::string& text) {
        return problemsOf(folder_.write("f.yaml", text + rest));
    }
    std::vector<IssuerEntry> read(const std::string& text) {
        return load(folder_.write("f.yaml", text + rest)).issuers();
    }
    static void assertHas(const std::string& text, const std::string& part) {
        CPPUNIT_ASSERT_MESSAGE(text, text.find(part) != std::string::npos);
    }
    void checkUrl(const std::string& url, const std::string& path) {
        const auto issuers = read("oauth: {issuer: \"" + url + "\"}");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, issuers.size());
        CPPUNIT_ASSERT_EQUAL(IssuerId{1}, issuers.at(0).issuer.id);
        CPPUNIT_ASSERT_EQUAL(url, issuers.at(0).issuer.url);
        CPPUNIT_ASSERT_EQUAL(path, issuers.at(0).issuer.path);
    }

    TemporaryFolder folder_;

public:
    void theUrlIsKeptAsItIsAndItsPathTaken() {
        checkUrl("https://id.example.org", "");
        checkUrl("https://id.example.org/tenant/one", "/tenant/one");
    }

    void withoutOneItIsWhereTheServerListens() {
        const auto issuers = read("server: {host: \"::1\", port: 8080}");
        CPPUNIT_ASSERT_EQUAL(std::string("http://[::1]:8080"), issuers.at(0).issuer.url);
    }

    void aQueryOrFragmentOrUserIsRefused() {
        for (const char* url : {"https://a.example?x=1", "https://a.example#x",
                                "https://u@a.example", "ftp://a.example"}) {
            const auto text = problems("oauth: {issuer: \"" + std::string(url) + "\"}");
            assertHas(text, "f.yaml:1:17: oauth: issuer: \"" + std::string(url) + "\" ");
        }
    }

    void aSchemeInCapitalsIsRefusedWithTheCure() {
        for (const char* url : {"HTTPS://id.example.org", "Https://id.example.org/x"}) {
            assertHas(problems("oauth: {issuer: \"" + std::string(url) + "\"}"),
                      "must begin with https:// in small letters");
        }
    }

    void allAddressesAreNoIssuer() {
        for (const char* host : {"0.0.0.0", "\"::\""}) {
            assertHas(problems("server: {host: " + std::string(host) + "}"),
                      "oauth: issuer: missing; a server that listens on all addresses");
        }
        read("server: {host: 0.0.0.0}\noauth: {issuer: \"https://id.example.org\"}");
    }

    void anIssuerThatIsNotHttpsIsWarnedOf() {
        const auto warnings = [this](const std::string& url) {
            Problems found;
            Configuration::read({folder_.write("f.yaml", "oauth: {issuer: \"" + url + "\"}" + rest),
                                 {},
                                 issuerFields},
                                found);
            return found.warningReport();
        };
        assertHas(warnings("http://id.example.org"),
                  "f.yaml:1:17: oauth: issuer: http://id.example.org is not https: ");
        for (const char* url : {"https://id.example.org", "http://127.0.0.1:1314",
                                "http://[::1]:1314", "http://localhost:1314/x"}) {
            CPPUNIT_ASSERT_EQUAL(std::string(), warnings(url));
        }
    }

    void aMutualTlsUrlWhereNobodyShowsACertificateIsWarnedOf() {
        const auto warnings = [this](const std::string& text) {
            Problems found;
            Configuration::read({folder_.write("f.yaml", text + rest), {}, issuerFields}, found);
            return found.warningReport();
        };
        const std::string tls = "tls: {certificate: a.pem, key: k.pem}, ";
        const std::string only =
            "oauth: {issuer: \"https://a.example\", mtls_url: \"https://m.a.example\"}";
        assertHas(warnings(only), "mtls_url: https://m.a.example: nobody is asked for a "
                                  "certificate there; set server.mtls.port, or");
        assertHas(warnings("issuers:\n  - {id: 1, url: \"https://a.example\", "
                           "mtls_url: \"https://m.a.example\"}"),
                  "f.yaml:2:18: mtls_url: https://m.a.example: nobody is asked");
        for (const auto& server :
             {"server: {" + tls + "mtls: {port: 8444}}\n",
              std::string("server: {trusted_proxies: [10.0.0.1], mtls: {by_proxies: true}}\n")}) {
            CPPUNIT_ASSERT_EQUAL(std::string(), warnings(server + only));
        }
        assertHas(warnings("server: {mtls: {by_proxies: true}}\n" + only),
                  "server.mtls: by_proxies: nobody is believed to be a proxy; name yours in "
                  "server.trusted_proxies");
    }

    void aSlashAtTheEndIsRefusedWithTheCure() {
        for (const char* url : {"https://id.example.org/", "https://id.example.org/tenant/"}) {
            assertHas(problems("oauth: {issuer: \"" + std::string(url) + "\"}"),
                      "ends in a slash; drop it");
        }
    }

    void theMutualTlsUrlIsAHostOfItsOwn() {
        const std::string url = "https://id.example.org:8444";
        CPPUNIT_ASSERT_EQUAL(url, read("oauth: {mtls_url: \"" + url + "\"}").at(0).issuer.mtlsUrl);
        CPPUNIT_ASSERT_EQUAL(std::string(), read("oauth: {}").at(0).issuer.mtlsUrl);
        for (const char* wrong : {"http://a.example", "https://a.example/", "https://a.example/x",
                                  "https://a.example?x", "https://u@a.example", "https://a_b!c",
                                  "https://a.example:99999", "https://"}) {
            assertHas(problems("oauth: {mtls_url: \"" + std::string(wrong) + "\"}"), "mtls_url: ");
        }
        const auto twins = [this](const std::string& first, const std::string& second) {
            return problems("issuers:\n  - {id: 1, url: \"https://a.example\", mtls_url: \"" +
                            first + "\"}\n  - {id: 2, url: \"https://b.example\", mtls_url: \"" +
                            second + "\"}");
        };
        assertHas(twins("https://m.example", "https://m.example"), "is found where https://a.ex");
        assertHas(twins("https://b.example", "https://m.example"), "is found where https://b.ex");
        CPPUNIT_ASSERT_EQUAL(std::string(), twins("https://m.example", "https://n.example"));
        assertHas(problems("oauth: {mtls_url: \"" + url +
                           "\"}\nissuers: [{id: 1, url: \"https://a.example\"}]"),
                  "oauth: mtls_url: does not go with issuers");
    }

    void anyFreePortNeedsAnIssuer() { assertHas(problems("server: {port: 0}"), "must be said"); }

    void aListNamesSeveralWithWhatIsTheirOwn() {
        std::filesystem::create_directory(folder_.at("a.d"));
        const auto issuers = read("issuers:\n"
                                  "  - {id: 7, url: \"https://a.example\", clients_dir: a.d}\n"
                                  "  - id: 4294967295\n"
                                  "    url: https://b.example/team\n"
                                  "    grants: [authorization_code, refresh_token]\n"
                                  "    user_stores: [staff]\n"
                                  "    pages_override_dir: b\n"
                                  "plugins: [{use: user_store.file, name: staff}]");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, issuers.size());
        const auto& first = issuers[0];
        CPPUNIT_ASSERT_EQUAL(IssuerId{7}, first.issuer.id);
        CPPUNIT_ASSERT_EQUAL(folder_.at("a.d"), first.clientsDir);
        CPPUNIT_ASSERT(first.issuer.allowsGrant("client_credentials"));
        CPPUNIT_ASSERT(first.issuer.asksUserStore("anyone"));
        const auto& second = issuers[1];
        CPPUNIT_ASSERT_EQUAL(IssuerId{4294967295}, second.issuer.id);
        CPPUNIT_ASSERT_EQUAL(std::string("/team"), second.issuer.path);
        CPPUNIT_ASSERT_EQUAL(folder_.at("b"), second.looks.overrides);
        CPPUNIT_ASSERT_EQUAL(std::string(), second.clientsDir);
        CPPUNIT_ASSERT(second.issuer.allowsGrant("refresh_token"));
        CPPUNIT_ASSERT(!second.issuer.allowsGrant("client_credentials"));
        CPPUNIT_ASSERT(second.issuer.asksUserStore("staff"));
        CPPUNIT_ASSERT(!second.issuer.asksUserStore("local"));
    }

    void noTwoShareIdOrUrl() {
        const auto text = problems("issuers:\n"
                                   "  - {id: 1, url: \"https://a.example/x\"}\n"
                                   "  - {id: 1, url: \"https://b.example\"}\n"
                                   "  - {id: 2, url: \"https://A.example/x\"}\n"
                                   "  - {id: 3, url: \"https://a.example/X\"}");
        assertHas(text, "f.yaml:3:18: issuers: the id 1 is taken by https://a.example/x at ");
        assertHas(text, "f.yaml:4:18: issuers: url: \"https://A.example/x\" is found where "
                        "https://a.example/x is, at ");
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{2}, std::count(text.begin(), text.end(), '\n'));
    }

    void aPlaceHasOneWayToBeWritten() {
        for (const char* url :
             {"https://a.example/%41", "https://a.example/c%c3%a9", "https://a.example/a%2Fb",
              "https://a.example/x/../y", "https://a.example/./y", "https://a.example//y",
              "https://a.example/\xC3\xA9", "https://\xC3\xA9.example", "https://a.example.",
              "https://[0:0::1]", "https://a.example/a b"}) {
            assertHas(problems("oauth: {issuer: \"" + std::string(url) + "\"}"), "oauth: issuer:");
        }
        checkUrl("https://a.example/id/api", "/id/api");
        assertHas(problems("oauth: {issuer: \"https://a.example/.well-known/x\"}"),
                  "has a path below /.well-known");
        checkUrl("https://a.example/~t-1._/a:b@c,d", "/~t-1._/a:b@c,d");
        checkUrl("https://[2001:db8::1]:8443/x", "/x");
        for (const auto& [one, other] :
             {std::pair<const char*, const char*>{"http://a.example", "https://a.example"},
              {"https://a.example/x", "https://A.example:443/x"},
              {"http://a.example", "http://a.example:80"},
              {"https://a.example:80", "http://a.example"}}) {
            assertHas(problems("issuers: [{id: 1, url: \"" + std::string(one) +
                               "\"}, {id: 2, url: \"" + std::string(other) + "\"}]"),
                      "\" is found where " + std::string(one) + " is, at ");
        }
    }

    void anEntryIsChecked() {
        const auto text = problems("issuers:\n"
                                   "  - {id: 0, url: \"https://a.example\"}\n"
                                   "  - {url: \"https://b.example\"}\n"
                                   "  - {id: 2}\n"
                                   "  - {id: 3, url: \"https://c.example\", clientsdir: x}\n"
                                   "  - {id: 4, url: \"https://d.example\", user_stores: [stuff]}\n"
                                   "  - {id: 5, url: \"https://e.example/\", grants: []}\n"
                                   "  - https://f.example\n"
                                   "plugins: [{use: user_store.file, name: staff}]");
        assertHas(text, "f.yaml:2:10: issuers: id:");
        assertHas(text, "f.yaml:3:5: issuers: id: missing");
        assertHas(text, "f.yaml:4:5: issuers: url: missing");
        assertHas(text, "unknown key \"clientsdir\"; did you mean \"clients_dir\"?");
        assertHas(text, "no user store is called \"stuff\"; did you mean \"staff\"?");
        assertHas(text, "\"https://e.example/\" ends in a slash");
        assertHas(text, "issuers: grants: names none; leave it out for all");
        assertHas(text, "f.yaml:8:5: issuers: an entry has to say id and url");
        for (const char* list : {"issuers: []", "issuers: {}", "issuers: https://a.example"}) {
            assertHas(problems(list), "issuers: a list is wanted");
        }
    }

    void nothingIsSaidBesideTheList() {
        const auto text = problems("issuers: [{id: 1, url: \"https://a.example\"}]\n"
                                   "oauth: {issuer: \"https://a.example\"}\n"
                                   "clients_dir: clients");
        assertHas(text, "f.yaml:2:17: oauth: issuer: does not go with issuers, at ");
        assertHas(text, "f.yaml:3:14: clients_dir: does not go with issuers, at ");
        folder_.write("clients.d/site.yaml", "client_id: site");
        assertHas(problems("issuers: [{id: 1, url: \"https://a.example\"}]"),
                  "f.yaml:1:1: issuers: nobody's clients are in " + folder_.at("clients.d"));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             problems("issuers: [{id: 1, url: \"https://a.example\", "
                                      "clients_dir: clients.d}]"));
        assertHas(problems("issuers: [{id: 1, url: \"https://a.example\", clients_dir: typo.d}, "
                           "{id: 2, url: \"https://b.example\", clients_dir: clients.d}]"),
                  "issuers: clients_dir: " + folder_.at("typo.d") + " is not a folder");
    }

    void theOnlyIssuerHasTheClientsOfTheFolder() {
        const auto issuers = read("oauth: {issuer: \"https://a.example\"}");
        CPPUNIT_ASSERT_EQUAL(folder_.at("clients.d"), issuers.at(0).clientsDir);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IssuerListTest);

}  // namespace gatehouse
