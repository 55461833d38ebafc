// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "RedisBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <string>

namespace gatehouse {

class RedisSentinelTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedisSentinelTest);
    CPPUNIT_TEST(aFailoverIsFollowed);
    CPPUNIT_TEST(aMasterThatNobodyKnowsIsUnavailable);
    CPPUNIT_TEST(sentinelsAndTheMastersNameNeedEachOther);
    CPPUNIT_TEST_SUITE_END();

public:
    void aFailoverIsFollowed() {
        RedisServer master;
        RedisServer replica({"--replicaof", "127.0.0.1", std::to_string(master.port())});
        const RedisServer sentinel({"--sentinel", "monitor", "gate", "127.0.0.1",
                                    std::to_string(master.port()), "1", "--sentinel",
                                    "down-after-milliseconds", "gate", "300", "--sentinel",
                                    "failover-timeout", "gate", "3000"},
                                   true);
        const auto storage = bed_.start("redis://unused/0", settings(sentinel));
        mark(*storage, "before");
        while (sentinel.ask({"SENTINEL", "replicas", "gate"}).find("master-link-status\nok") ==
               std::string::npos) {
            ::usleep(20000);
        }
        const TimePoint before = bed_.clock().now();
        bed_.clock().advance(seconds{10});
        master.kill();
        while (!isThere(*storage, "before")) {
            ::usleep(20000);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("master\n"), replica.ask({"ROLE"}).substr(0, 7));
        mark(*storage, "after");
        // What the old master acknowledged last may not have reached the new one.
        Batch batch;
        batch.expects.push_back({"replay", "x", Expect::State::absent, 0, 0, before});
        CPPUNIT_ASSERT(!storage->apply(context_, {batch})->front().applied());
    }

    void aMasterThatNobodyKnowsIsUnavailable() {
        const RedisServer sentinel({}, true);
        const auto storage = bed_.start("redis://unused/0", settings(sentinel));
        const auto found = storage->find(context_, "replay", "a");
        CPPUNIT_ASSERT(!found);
        CPPUNIT_ASSERT(found.error().fault == Fault::unavailable);
        CPPUNIT_ASSERT(found.error().detail.find("\"gate\"") != std::string::npos);
    }

    void sentinelsAndTheMastersNameNeedEachOther() {
        for (const ValueMap& half :
             {ValueMap{{"url", "redis://h"}, {"master_name", "gate"}},
              ValueMap{{"url", "redis://h"}, {"sentinels", ValueList{Value{"127.0.0.1"}}}}}) {
            RedisStorage storage;
            CPPUNIT_ASSERT(
                !storage.configure(testkit::FakeConfig(fieldsOf<RedisStorage>(), half), bed_.host));
        }
    }

private:
    /// The first of them is not there.
    static ValueMap settings(const RedisServer& sentinel) {
        const auto at = [](std::uint16_t port) {
            return Value{"127.0.0.1:" + std::to_string(port)};
        };
        return {{"sentinels", ValueList{at(freePort()), at(sentinel.port())}},
                {"master_name", "gate"}};
    }
    void mark(Storage& storage, const std::string& key) {
        Batch batch;
        batch.puts.resize(1);
        batch.puts[0].kind = "replay";
        batch.puts[0].key = key;
        const auto outcomes = storage.apply(context_, {batch});
        CPPUNIT_ASSERT_MESSAGE(outcomes ? "" : outcomes.error().detail,
                               outcomes && outcomes->front().applied());
    }
    bool isThere(Storage& storage, const std::string& key) {
        const auto found = storage.find(context_, "replay", key);
        return found && *found;
    }

    RedisBed bed_;
    testkit::FakeContext context_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedisSentinelTest);

}  // namespace gatehouse
