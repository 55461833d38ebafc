// SPDX-License-Identifier: Apache-2.0
#include "text/HostPattern.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class HostPatternTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HostPatternTest);
    CPPUNIT_TEST(aNameIsItselfInWhateverCase);
    CPPUNIT_TEST(aStarIsEveryNameBelowAndNotTheNameItself);
    CPPUNIT_TEST(whatIsNoPattern);
    CPPUNIT_TEST_SUITE_END();

public:
    void aNameIsItselfInWhateverCase() {
        CPPUNIT_ASSERT(isHostOf("Shop.example", {"other.example", "shop.Example"}));
        for (const auto* other :
             {"", "shop.example.", "a.shop.example", "shop.example.evil.example"}) {
            CPPUNIT_ASSERT_MESSAGE(other, !isHostOf(other, {"shop.example"}));
        }
    }

    void aStarIsEveryNameBelowAndNotTheNameItself() {
        CPPUNIT_ASSERT(isHostOf("a.B.shop.example", {"*.shop.example"}));
        for (const auto* other : {"shop.example", "evilshop.example", ".shop.example"}) {
            CPPUNIT_ASSERT_MESSAGE(other, !isHostOf(other, {"*.shop.example"}));
        }
    }

    void whatIsNoPattern() {
        CPPUNIT_ASSERT(isHostPattern("*.shop.example") && isHostPattern("127.0.0.1"));
        for (const auto* other :
             {"", "*", "*.", "shop.*", "https://shop.example", "shop.example:443"}) {
            CPPUNIT_ASSERT_MESSAGE(other, !isHostPattern(other));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HostPatternTest);

}  // namespace gatehouse
