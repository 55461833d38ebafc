// SPDX-License-Identifier: Apache-2.0
#include "job/FirstTries.h"

#include <cppunit/extensions/HelperMacros.h>

#include <thread>

namespace gatehouse {

class FirstTriesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FirstTriesTest);
    CPPUNIT_TEST(whoWaitsGoesOnWhenAllWereTried);
    CPPUNIT_TEST(whatWasTriedBeforeIsNotWaitedFor);
    CPPUNIT_TEST(nobodyWaitsForGood);
    CPPUNIT_TEST_SUITE_END();

    static constexpr milliseconds forGood{600'000};
    FirstTries tries_;

public:
    void whoWaitsGoesOnWhenAllWereTried() {
        tries_.expect({"a", "b"});
        std::thread runner([this] {
            tries_.tried("a");
            tries_.tried("b");
        });
        tries_.wait({"a", "b"}, forGood);
        runner.join();
    }

    void whatWasTriedBeforeIsNotWaitedFor() {
        tries_.expect({"a"});
        tries_.tried("a");
        tries_.tried("unknown");
        tries_.wait({"a"}, forGood);
        tries_.wait({}, forGood);
    }

    void nobodyWaitsForGood() {
        tries_.expect({"a"});
        tries_.wait({"a"}, milliseconds{1});
        tries_.wait({"a"}, forGood);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FirstTriesTest);

}  // namespace gatehouse
