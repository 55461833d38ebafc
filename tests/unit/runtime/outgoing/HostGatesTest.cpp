// SPDX-License-Identifier: Apache-2.0
#include "outgoing/HostGates.h"

#include <gatehouse/testkit/FakeClock.h>
#include <gatehouse/testkit/FakeLog.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class HostGatesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HostGatesTest);
    CPPUNIT_TEST(soManyCallsAtATime);
    CPPUNIT_TEST(whoFailsIsLeftAloneAndThenTriedOnce);
    CPPUNIT_TEST(oneThatAnswersIsForgiven);
    CPPUNIT_TEST(theTableIsBounded);
    CPPUNIT_TEST(manyThatFailKeepNobodyOut);
    CPPUNIT_TEST_SUITE_END();

public:
    void soManyCallsAtATime() {
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
        CPPUNIT_ASSERT(!gates_.enter("a"));
        CPPUNIT_ASSERT(bool(gates_.enter("b")));
        gates_.leave("a", "");
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
    }

    void whoFailsIsLeftAloneAndThenTriedOnce() {
        fail("a");
        CPPUNIT_ASSERT(!gates_.enter("a"));
        CPPUNIT_ASSERT(bool(gates_.enter("b")));
        clock_.advance(seconds{31});
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
        CPPUNIT_ASSERT(!gates_.enter("a"));  // while one tries
        gates_.leave("a", "still away");
        CPPUNIT_ASSERT(!gates_.enter("a"));
        clock_.advance(seconds{31});
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
        gates_.leave("a", "");
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
        CPPUNIT_ASSERT(bool(gates_.enter("a")));
    }

    void oneThatAnswersIsForgiven() {
        for (int i = 0; i < 10; ++i) {
            CPPUNIT_ASSERT(bool(gates_.enter("a")));
            gates_.leave("a", i % 3 == 2 ? "" : "away");
        }
    }

    void theTableIsBounded() {
        for (int i = 0; i < 4; ++i) {
            CPPUNIT_ASSERT(bool(gates_.enter("under way " + std::to_string(i))));
        }
        CPPUNIT_ASSERT(!gates_.enter("one more"));
        gates_.leave("under way 0", "");
        CPPUNIT_ASSERT(bool(gates_.enter("one more")));
    }

    void manyThatFailKeepNobodyOut() {
        for (const auto* origin : {"a", "b", "c", "d"}) {
            fail(origin);
            clock_.advance(seconds{1});
        }
        CPPUNIT_ASSERT(bool(gates_.enter("one more")));
        CPPUNIT_ASSERT(!gates_.enter("b"));
        gates_.leave("one more", "");
        CPPUNIT_ASSERT(bool(gates_.enter("a")));  // it was the first to be tried again
    }

private:
    void fail(const char* origin) {
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(bool(gates_.enter(origin)));
            gates_.leave(origin, "away");
        }
    }

    testkit::FakeClock clock_;
    testkit::FakeLog log_;
    HostGates gates_{clock_, log_, {2, seconds{30}, 3, seconds{15}, 4, 4}};
};

}  // namespace gatehouse

CPPUNIT_TEST_SUITE_REGISTRATION(gatehouse::HostGatesTest);
