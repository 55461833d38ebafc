// SPDX-License-Identifier: Apache-2.0
#include "text/SiteAddress.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace gatehouse {

class SiteAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SiteAddressTest);
    CPPUNIT_TEST(theseAreAddresses);
    CPPUNIT_TEST(theseAreNone);
    CPPUNIT_TEST(theOriginIsWhatStandsBeforeThePath);
    CPPUNIT_TEST(aPagesOriginIsAsBrowsersCallIt);
    CPPUNIT_TEST_SUITE_END();

public:
    void theseAreAddresses() {
        for (const auto* text :
             {"https://a.example", "https://a.example:8443/x?y=z", "http://[::1]:80/",
              "http://127.0.0.1:3000/out", "https://xn--bcher-kva.example/%C3%A4"}) {
            CPPUNIT_ASSERT_MESSAGE(text, isSiteAddress(text));
        }
    }

    void theseAreNone() {
        for (const auto* text :
             {"", "https://", "https:///x", "HTTPS://a.example", "//a.example", "ftp://a.example",
              "https://a.example/#x", "https://ada@a.example/", "https://a.example:0/",
              "https://a.example:99999/x", "https://u:p@a.example/x", "https://a.example:/",
              "https://a.example/ x", "https://a.example/\r\nX: y", "https://*.example/",
              "https://\xc3\xa4.example/", "https://a.example/\\"}) {
            CPPUNIT_ASSERT_MESSAGE(text, !isSiteAddress(text));
        }
        CPPUNIT_ASSERT(!isSiteAddress("https://a.example/" + std::string(512, 'x')));
    }

    void theOriginIsWhatStandsBeforeThePath() {
        CPPUNIT_ASSERT(originOfAddress("https://a.example:8443/x?y") == "https://a.example:8443");
        CPPUNIT_ASSERT(originOfAddress("http://a.example?x") == "http://a.example");
        CPPUNIT_ASSERT(originOfAddress("com.example.app:/x").empty());
    }

    void aPagesOriginIsAsBrowsersCallIt() {
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example"), pageOrigin("https://A.example/x"));
        CPPUNIT_ASSERT_EQUAL(std::string("https://a.example:8443"),
                             pageOrigin("https://a.example:8443?x"));
        CPPUNIT_ASSERT_EQUAL(std::string("http://127.0.0.1"), pageOrigin("http://127.0.0.1:80/cb"));
        CPPUNIT_ASSERT_EQUAL(std::string("http://a.example:443"),
                             pageOrigin("http://a.example:443/"));
        CPPUNIT_ASSERT(pageOrigin("com.example.app:/cb").empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SiteAddressTest);

}  // namespace gatehouse
