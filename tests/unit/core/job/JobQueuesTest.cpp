// SPDX-License-Identifier: Apache-2.0
#include "job/JobQueues.h"

#include <gatehouse/testkit/FakeHost.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gatehouse {

class JobQueuesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(JobQueuesTest);
    CPPUNIT_TEST(thoseThatFailedLeaveWorkersToOthers);
    CPPUNIT_TEST_SUITE_END();

    testkit::FakeHost host_;

public:
    void thoseThatFailedLeaveWorkersToOthers() {
        JobQueues queues(host_.clock(), 1);
        for (const auto* name : {"a", "b"}) {
            queues.expect(name, host_.clock().steady());
            CPPUNIT_ASSERT_EQUAL(std::string(name), *queues.take());
            queues.pause(name, [](std::uint32_t) { return seconds{1}; });
        }
        host_.fakeClock.advance(seconds{2});
        CPPUNIT_ASSERT_EQUAL(std::string("a"), *queues.take());
        CPPUNIT_ASSERT_MESSAGE("the other one that failed waits", !queues.wantsWorker());
        queues.expect("good", host_.clock().steady());
        CPPUNIT_ASSERT(queues.wantsWorker());
        CPPUNIT_ASSERT_EQUAL(std::string("good"), *queues.take());
        queues.giveBack("a", std::nullopt);
        CPPUNIT_ASSERT_EQUAL(std::string("b"), *queues.take());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JobQueuesTest);

}  // namespace gatehouse
