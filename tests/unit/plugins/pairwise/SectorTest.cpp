// SPDX-License-Identifier: Apache-2.0
#include "Sector.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class SectorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SectorTest);
    CPPUNIT_TEST(itIsTheHostOfAllRedirectUris);
    CPPUNIT_TEST(severalHostsAreNone);
    CPPUNIT_TEST(aSectorUriGoesBefore);
    CPPUNIT_TEST_SUITE_END();

    static std::string sector(const std::vector<std::string>& uris, std::string_view uri = {}) {
        return sectorOf(uri, uris);
    }

public:
    void itIsTheHostOfAllRedirectUris() {
        CPPUNIT_ASSERT_EQUAL(std::string("a.example"), sector({"https://a.example/cb"}));
        CPPUNIT_ASSERT_EQUAL(std::string("a.example"),
                             sector({"https://a.example:8443/cb?x=@b.example", "https://A.example",
                                     "http://a.example/?y", "HTTPS://a.example#z"}));
        CPPUNIT_ASSERT_EQUAL(std::string("[::1]"), sector({"http://[::1]:80/cb"}));
    }

    void severalHostsAreNone() {
        CPPUNIT_ASSERT_EQUAL(std::string(), sector({}));
        CPPUNIT_ASSERT_EQUAL(std::string(), sector({"https://a.example/", "https://b.example/"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), sector({"https://a.example/", "com.example.a:/cb"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), sector({"com.example.a://a.example/cb"}));
    }

    void aSectorUriGoesBefore() {
        CPPUNIT_ASSERT_EQUAL(
            std::string("s.example"),
            sector({"https://a.example/", "https://b.example/"}, "https://s.example/uris.json"));
        CPPUNIT_ASSERT_EQUAL(std::string(), sector({"https://a.example/"}, "https:///uris.json"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SectorTest);

}  // namespace gatehouse
