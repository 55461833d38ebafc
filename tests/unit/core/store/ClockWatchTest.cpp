// SPDX-License-Identifier: Apache-2.0
#include "store/ClockWatch.h"

#include "ScriptedStorage.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class ClockWatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClockWatchTest);
    CPPUNIT_TEST(twoHoursOffIsAProblemWithTheNumber);
    CPPUNIT_TEST(aSmallOffsetIsToldOnceAndIsNoProblem);
    CPPUNIT_TEST(whatTheAnswerTookIsNoOffset);
    CPPUNIT_TEST(aStorageOnThisMachineSaysNothing);
    CPPUNIT_TEST(whileTheServerIsAwayTheLastAnswerCounts);
    CPPUNIT_TEST_SUITE_END();

public:
    void twoHoursOffIsAProblemWithTheNumber() {
        setServer(std::chrono::hours{2});
        watch_.look();
        CPPUNIT_ASSERT_EQUAL(
            std::string("the clock of this machine is 7200 s behind the database's"),
            *watch_.problem());
        CPPUNIT_ASSERT_EQUAL(-7200.0, metric());
        setServer(-std::chrono::hours{2});
        watch_.look();
        CPPUNIT_ASSERT_EQUAL(
            std::string("the clock of this machine is 7200 s ahead of the database's"),
            *watch_.problem());
        setServer(seconds{0});
        watch_.look();
        CPPUNIT_ASSERT(!watch_.problem());
        CPPUNIT_ASSERT(host_.fakeLog.says("right again"));
    }

    void aSmallOffsetIsToldOnceAndIsNoProblem() {
        setServer(seconds{4});
        watch_.look();
        CPPUNIT_ASSERT(host_.fakeLog.lines().empty());
        for (int time = 0; time < 3; ++time) {
            setServer(seconds{20});
            watch_.look();
        }
        CPPUNIT_ASSERT(!watch_.problem());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeLog.lines().size());
        CPPUNIT_ASSERT(host_.fakeLog.says("20 s behind"));
    }

    void whatTheAnswerTookIsNoOffset() {
        storage_.time = [this]() -> Result<std::optional<TimePoint>> {
            host_.fakeClock.advance(seconds{400});
            return std::optional(host_.fakeClock.now());
        };
        watch_.look();
        CPPUNIT_ASSERT(!watch_.problem());
        CPPUNIT_ASSERT_EQUAL(0.0, metric());
    }

    void aStorageOnThisMachineSaysNothing() {
        watch_.look();
        CPPUNIT_ASSERT(!watch_.problem());
        CPPUNIT_ASSERT(host_.fakeLog.lines().empty());
    }

    void whileTheServerIsAwayTheLastAnswerCounts() {
        setServer(std::chrono::hours{2});
        watch_.look();
        storage_.time = [] { return Error::unavailable("away"); };
        watch_.look();
        CPPUNIT_ASSERT(watch_.problem().has_value());
    }

private:
    void setServer(milliseconds ahead) {
        storage_.time = [this, ahead]() -> Result<std::optional<TimePoint>> {
            return std::optional(host_.fakeClock.now() + ahead);
        };
    }
    double metric() { return host_.fakeMetrics.value("gatehouse_clock_offset_seconds"); }

    testkit::FakeHost host_;
    ScriptedStorage storage_{host_};
    ClockWatch watch_{storage_, host_.fakeClock, host_.fakeLog, host_.fakeMetrics};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClockWatchTest);

}  // namespace gatehouse
