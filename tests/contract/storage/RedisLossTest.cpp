// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "RedisBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <string>

namespace gatehouse {

/// A Redis that may have lost what it acknowledged says so: nothing is absent "since" a moment
/// before that.
class RedisLossTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedisLossTest);
    CPPUNIT_TEST(whatIsOlderThanTheStoreIsNotAbsentForSure);
    CPPUNIT_TEST(flushingForgetsWhatIsOlder);
    CPPUNIT_TEST(aRestartForgetsWhatIsOlder);
    CPPUNIT_TEST(aSnapshotThatIsLoadedAgainForgetsWhatIsOlder);
    CPPUNIT_TEST(anotherNodeForgetsNothing);
    CPPUNIT_TEST(withoutAMomentAbsentIsAbsent);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsOlderThanTheStoreIsNotAbsentForSure() {
        const RedisServer server;
        const auto storage = bed_.start(server.url());
        isLost(*storage, now() - seconds{1});
        isLost(*storage, now());
        isNew(*storage, now() + milliseconds{1});
        bed_.clock().advance(seconds{10});
        isNew(*storage, now());
    }

    void flushingForgetsWhatIsOlder() {
        const RedisServer server;
        const auto storage = bed_.start(server.url());
        bed_.clock().advance(seconds{10});
        const TimePoint before = now();
        isNew(*storage, before);
        server.ask({"FLUSHALL"});
        isLost(*storage, before);
        bed_.clock().advance(seconds{10});
        isLost(*storage, before);
        isNew(*storage, now());
    }

    void aRestartForgetsWhatIsOlder() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        bed_.clock().advance(seconds{10});
        const TimePoint before = now();
        isNew(*storage, before);
        server.kill();
        server.start();
        awaited(*storage);
        isLost(*storage, before);
        bed_.clock().advance(seconds{10});
        isNew(*storage, now());
    }

    /// The snapshot holds the epoch, but not what was acknowledged after it.
    void aSnapshotThatIsLoadedAgainForgetsWhatIsOlder() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        bed_.clock().advance(seconds{10});
        server.ask({"SAVE"});
        const TimePoint before = now();
        isNew(*storage, before);
        server.kill();
        server.start();
        awaited(*storage);
        CPPUNIT_ASSERT(server.ask({"DBSIZE"}) != "0\n");
        isLost(*storage, before);
    }

    void anotherNodeForgetsNothing() {
        const RedisServer server;
        const auto first = bed_.start(server.url());
        bed_.clock().advance(seconds{10});
        const auto second = bed_.start(server.url());
        isNew(*second, now());
        isNew(*first, now());
    }

    void withoutAMomentAbsentIsAbsent() {
        const RedisServer server;
        const auto storage = bed_.start(server.url());
        isNew(*storage, never);
    }

private:
    TimePoint now() { return bed_.clock().now(); }
    Outcome mark(Storage& storage, TimePoint since) {
        const std::string key = "mark" + std::to_string(++marks_);
        Batch batch;
        batch.expects.push_back({"replay", key, Expect::State::absent, 0, 0, since});
        Record record;
        record.kind = "replay";
        record.key = key;
        batch.puts.push_back(record);
        const auto outcomes = storage.apply(context_, {batch});
        CPPUNIT_ASSERT_MESSAGE(outcomes ? "" : outcomes.error().detail, bool(outcomes));
        return outcomes->front();
    }
    void isNew(Storage& storage, TimePoint since) {
        CPPUNIT_ASSERT(mark(storage, since).applied());
    }
    void isLost(Storage& storage, TimePoint since) {
        const auto outcome = mark(storage, since);
        CPPUNIT_ASSERT(!outcome.applied());
        CPPUNIT_ASSERT(!outcome.found);
    }
    void awaited(Storage& storage) {
        while (!storage.find(context_, "replay", "")) {
            ::usleep(10000);
        }
    }

    RedisBed bed_;
    testkit::FakeContext context_;
    int marks_ = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedisLossTest);

}  // namespace gatehouse
