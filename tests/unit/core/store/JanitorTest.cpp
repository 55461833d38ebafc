// SPDX-License-Identifier: Apache-2.0
#include "store/Janitor.h"

#include <gatehouse/testkit/FakeContext.h>

#include "ScriptedStorage.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <thread>

namespace gatehouse {

class JanitorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JanitorTest);
    CPPUNIT_TEST(aStepIsBounded);
    CPPUNIT_TEST(whatHasJustExpiredIsKeptForClocksThatDiffer);
    CPPUNIT_TEST(muchToDoMakesItQuickAndNothingMakesItSlow);
    CPPUNIT_TEST(aStorageThatIsAwayIsReportedOnce);
    CPPUNIT_TEST(itsThreadRemovesEverythingByItself);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { janitor_.add(storage_); }

    void aStepIsBounded() {
        addExpired(Janitor::stepSize * 2 + 10);
        janitor_.step();
        CPPUNIT_ASSERT_EQUAL(Janitor::stepSize + 10, left());
        janitor_.step();
        janitor_.step();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, left());
    }

    void whatHasJustExpiredIsKeptForClocksThatDiffer() {
        Batch batch;
        Record record;
        record.kind = "session";
        record.key = "a";
        record.expires = host_.fakeClock.now() + seconds{1};
        batch.puts.push_back(record);
        CPPUNIT_ASSERT(bool(storage_.inner.apply(context_, {batch})));
        host_.fakeClock.advance(Janitor::grace);
        janitor_.step();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, left());
    }

    void muchToDoMakesItQuickAndNothingMakesItSlow() {
        addExpired(Janitor::stepSize * 20);
        for (int time = 0; time < 20; ++time) {
            CPPUNIT_ASSERT(janitor_.step() <= Janitor::firstPause);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, left());
        CPPUNIT_ASSERT(janitor_.step() <= Janitor::shortestPause * 2);
        for (int time = 0; time < 30; ++time) {
            janitor_.step();
        }
        CPPUNIT_ASSERT(janitor_.step() == Janitor::longestPause);
    }

    void aStorageThatIsAwayIsReportedOnce() {
        storage_.setFailure(Error::unavailable("away"));
        janitor_.step();
        janitor_.step();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, host_.fakeLog.lines().size());
        storage_.setFailure({});
        addExpired(5);
        janitor_.step();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, left());
    }

    void itsThreadRemovesEverythingByItself() {
        addExpired(10);
        janitor_.start();
        while (storage_.dropped < 10) {
            std::this_thread::yield();
        }
        janitor_.stop();
        janitor_.stop();
    }

private:
    void addExpired(std::size_t count) {
        Batch batch;
        for (std::size_t number = 0; number < count; ++number) {
            Record record;
            record.kind = "session";
            record.key = std::to_string(number);
            record.expires = host_.fakeClock.now() - seconds{3600};
            batch.puts.push_back(record);
        }
        CPPUNIT_ASSERT(bool(storage_.inner.apply(context_, {batch})));
    }
    /// Expired or not: seen through a clock that stands before their expiry.
    std::size_t left() {
        const TimePoint now = host_.fakeClock.now();
        host_.fakeClock.set(now - seconds{7200});
        const std::size_t count =
            storage_.inner.list(context_, "session", {}, {}, 1000000)->records.size();
        host_.fakeClock.set(now);
        return count;
    }

    testkit::FakeHost host_;
    testkit::FakeContext context_;
    ScriptedStorage storage_{host_};
    Janitor janitor_{host_.fakeClock, host_.fakeLog};
};

CPPUNIT_TEST_SUITE_REGISTRATION(JanitorTest);

}  // namespace gatehouse
