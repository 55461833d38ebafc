// SPDX-License-Identifier: Apache-2.0
#include "DistinguishedName.h"

#include "IssuedCertificate.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class DistinguishedNameTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DistinguishedNameTest);
    CPPUNIT_TEST(theLastComesFirst);
    CPPUNIT_TEST(capitalsSpacesAndStringTypesDoNotMatter);
    CPPUNIT_TEST(whatIsEscapedIsMeant);
    CPPUNIT_TEST(attributesOfOneSetHaveNoOrder);
    CPPUNIT_TEST(typesMayBeNumbersAndValuesBer);
    CPPUNIT_TEST(whatIsNoNameIsRefused);
    CPPUNIT_TEST_SUITE_END();

    using Subject = std::vector<std::pair<const char*, std::string>>;

    static bool isSame(const Subject& subject, const std::string& text) {
        CertificateWish wish;
        wish.subject = subject;
        const auto name = distinguishedName(text);
        CPPUNIT_ASSERT_MESSAGE(text, name != nullptr);
        const IssuedCertificate made(wish);
        return X509_NAME_cmp(X509_get_subject_name(&made.certificate()), name.get()) == 0;
    }

public:
    void theLastComesFirst() {
        const Subject subject{{"C", "DE"}, {"O", "Acme"}, {"CN", "shop"}};
        CPPUNIT_ASSERT(isSame(subject, "CN=shop,O=Acme,C=DE"));
        CPPUNIT_ASSERT(!isSame(subject, "C=DE,O=Acme,CN=shop"));
        CPPUNIT_ASSERT(!isSame(subject, "CN=shop,O=Acme"));
        CPPUNIT_ASSERT(!isSame(subject, "CN=shop,O=Acme,C=DE,DC=org"));
        CPPUNIT_ASSERT(!isSame(subject, "CN=shop+O=Acme,C=DE"));
        CPPUNIT_ASSERT(!isSame(subject, "CN=shop2,O=Acme,C=DE"));
        CPPUNIT_ASSERT(!isSame({{"CN", "a,O=Acme"}}, "CN=a,O=Acme"));
    }

    void capitalsSpacesAndStringTypesDoNotMatter() {
        const Subject subject{{"C", "DE"}, {"O", "Acme  Trade"}, {"CN", "Shop"}};
        CPPUNIT_ASSERT(isSame(subject, "cn=shop, o=ACME Trade, c=de"));
        CPPUNIT_ASSERT(isSame({{"CN", "Käthe"}}, "CN=Käthe"));
        CPPUNIT_ASSERT(!isSame({{"CN", "Käthe"}}, "CN=Kathe"));
    }

    void whatIsEscapedIsMeant() {
        CPPUNIT_ASSERT(isSame({{"O", "A, B + C"}}, R"(O=A\, B \+ C)"));
        CPPUNIT_ASSERT(isSame({{"O", "#x\\\"y"}}, R"(O=\#x\\\"y)"));
        CPPUNIT_ASSERT(isSame({{"CN", "Käthe"}}, R"(CN=K\C3\A4the)"));
        CPPUNIT_ASSERT(isSame({{"CN", std::string("a\0b", 3)}}, R"(CN=a\00b)"));
        CPPUNIT_ASSERT(!isSame({{"CN", std::string("a\0b", 3)}}, "CN=a"));
    }

    void attributesOfOneSetHaveNoOrder() {
        const auto one = distinguishedName("CN=shop+UID=7,O=Acme");
        const auto other = distinguishedName("UID=7+CN=shop,O=Acme");
        const auto apart = distinguishedName("UID=7,CN=shop,O=Acme");
        CPPUNIT_ASSERT_EQUAL(0, X509_NAME_cmp(one.get(), other.get()));
        CPPUNIT_ASSERT(X509_NAME_cmp(one.get(), apart.get()) != 0);
    }

    void typesMayBeNumbersAndValuesBer() {
        const Subject subject{{"organizationIdentifier", "PSDDE-1"}, {"CN", "shop"}};
        CPPUNIT_ASSERT(isSame(subject, "CN=shop,2.5.4.97=#0C0750534444452D31"));
        CPPUNIT_ASSERT(isSame(subject, "CN=shop,2.5.4.97=PSDDE-1"));
        CPPUNIT_ASSERT(isSame(subject, "CN=shop,organizationIdentifier=PSDDE-1"));
    }

    void whatIsNoNameIsRefused() {
        for (const std::string text :
             {"",        " ",         "shop",      "=shop",      "CN",         "CN=a,",
              ",CN=a",   "CN=a,,O=b", "CN=a;O=b",  "CN=a+",      "CN=\"a\"",   "CN= a",
              "CN=a ",   "CN=a\\",    R"(CN=a\0)", R"(CN=a\xy)", "CN=a<b",     "NOSUCHTYPE=a",
              "CN=#",    "CN=#0",     "CN=#0C05",  "CN=#0201",   "CN=#020101", "CN=#0C0161ff",
              "CN=\xff", "/CN=a",     "CN =a"}) {
            CPPUNIT_ASSERT_MESSAGE(text, distinguishedName(text) == nullptr);
        }
        CPPUNIT_ASSERT(distinguishedName(std::string("C\0N=a", 6)) == nullptr);
        CPPUNIT_ASSERT(distinguishedName(std::string("CN=a\0b", 6)) == nullptr);
        CPPUNIT_ASSERT_EQUAL(0UL, ERR_peek_error());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DistinguishedNameTest);

}  // namespace gatehouse
