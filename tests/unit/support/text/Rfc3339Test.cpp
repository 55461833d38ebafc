// SPDX-License-Identifier: Apache-2.0
#include "text/Rfc3339.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

namespace {

class Rfc3339Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Rfc3339Test);
    CPPUNIT_TEST(momentsOfOneSecondAndOfTheNextAreRight);
    CPPUNIT_TEST(momentsBeforeTheEpochAreRight);
    CPPUNIT_TEST(secondsAndDaysAreCutOff);
    CPPUNIT_TEST_SUITE_END();

public:
    void momentsOfOneSecondAndOfTheNextAreRight() {
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-01T12:00:00.007Z"), rfc3339(noon));
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-01T12:00:00.999Z"),
                             rfc3339(noon + milliseconds{992}));
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-01T12:00:01.000Z"),
                             rfc3339(noon + milliseconds{993}));
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-01T12:00:00.007Z"), rfc3339(noon));
    }

    void momentsBeforeTheEpochAreRight() {
        CPPUNIT_ASSERT_EQUAL(std::string("1969-12-31T23:59:59.999Z"),
                             rfc3339(TimePoint{milliseconds{-1}}));
    }

    void secondsAndDaysAreCutOff() {
        const auto almost = noon + milliseconds{992};
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-01T12:00:00Z"), rfc3339Second(almost));
        CPPUNIT_ASSERT_EQUAL(std::string("2024-05-01"), rfc3339Day(almost));
    }

private:
    const TimePoint noon{milliseconds{1'714'564'800'007}};
};

CPPUNIT_TEST_SUITE_REGISTRATION(Rfc3339Test);

}  // namespace

}  // namespace gatehouse
