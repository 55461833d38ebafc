// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/testkit/FakeContext.h>

#include "FakeRedis.h"
#include "RedisBed.h"

#include <cppunit/extensions/HelperMacros.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {
namespace {

Batch putting(const std::string& key, const std::string& payload = "{}") {
    Batch batch;
    Record record;
    record.kind = "interaction";
    record.key = key;
    record.payload = payload;
    batch.puts.push_back(record);
    return batch;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

/// What can happen to a Redis, and what its users see of it.
class RedisFaultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RedisFaultTest);
    CPPUNIT_TEST(aCallIsOneCommandWhateverItHolds);
    CPPUNIT_TEST(aKilledServerIsUnavailableUntilItIsBack);
    CPPUNIT_TEST(aServerKilledUnderLoadLeavesWholeAnswersOnly);
    CPPUNIT_TEST(aServerThatIsAwayAtTheStartIsUsedOnceItIsThere);
    CPPUNIT_TEST(aHungServerIsUnavailableAndRecovers);
    CPPUNIT_TEST(theDeadlineOfTheCallerCounts);
    CPPUNIT_TEST(aCallIsNeverSentTwice);
    CPPUNIT_TEST(scriptsThatTheServerForgotAreSentAgain);
    CPPUNIT_TEST(aFullServerIsUnavailableUntilThereIsRoom);
    CPPUNIT_TEST(aServerThatEvictsIsRefused);
    CPPUNIT_TEST(aReplicaIsUnavailableUntilItIsTheMaster);
    CPPUNIT_TEST(aWrongPasswordIsSaidAndNotShown);
    CPPUNIT_TEST(usersAndDatabasesOfTheUrlAreUsed);
    CPPUNIT_TEST(aUserNeedsOnlyTheKeysOfThePrefix);
    CPPUNIT_TEST(nonsenseIsUnavailable);
    CPPUNIT_TEST(aStoppedStorageIsUnavailable);
    CPPUNIT_TEST(redisFreesTheMemoryOfWhatNobodyRemoves);
    CPPUNIT_TEST_SUITE_END();

public:
    void aCallIsOneCommandWhateverItHolds() {
        const RedisServer server;
        const auto storage = bed_.start(server.url());
        CPPUNIT_ASSERT(applied(*storage, "a"));
        server.ask({"CONFIG", "RESETSTAT"});
        std::vector<Batch> batches;
        for (int number = 0; number < 50; ++number) {
            batches.push_back(putting(std::to_string(number)));
            batches.back().expects.push_back({"interaction", "a", Expect::State::present});
        }
        CPPUNIT_ASSERT(bool(storage->apply(context_, batches)));
        const auto stats = server.ask({"INFO", "commandstats"});
        CPPUNIT_ASSERT_MESSAGE(stats, contains(stats, "cmdstat_evalsha:calls=1,"));
        CPPUNIT_ASSERT_MESSAGE(stats, !contains(stats, "cmdstat_eval:"));
    }

    void aKilledServerIsUnavailableUntilItIsBack() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        CPPUNIT_ASSERT(applied(*storage, "before"));
        server.kill();
        for (int time = 0; time < 3; ++time) {
            isUnavailable(storage->apply(context_, {putting("lost")}));
            isUnavailable(storage->find(context_, "interaction", "before"));
            isUnavailable(storage->list(context_, "interaction", {}, "", 1));
            isUnavailable(storage->count(context_, "login", seconds{60}));
            isUnavailable(storage->changesSince(context_, 0));
            isUnavailable(storage->dropExpired(context_, bed_.clock().now(), 1));
        }
        CPPUNIT_ASSERT(bed_.host.fakeLog.says("redis cannot be used: " + server.url()));
        server.start();
        becomesAvailable(*storage);
        CPPUNIT_ASSERT(bed_.host.fakeLog.says("redis answers again"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, bed_.host.fakeLog.lines().size());
    }

    void aServerKilledUnderLoadLeavesWholeAnswersOnly() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        std::atomic<int> acknowledged{0};
        std::atomic<int> wrong{0};
        std::vector<std::thread> writers;
        for (int writer = 0; writer < 4; ++writer) {
            writers.emplace_back([&, writer] {
                for (int number = 0;; ++number) {
                    const auto key = std::to_string(writer) + "." + std::to_string(number);
                    const auto outcomes = storage->apply(context_, {putting(key), putting(key)});
                    if (!outcomes) {
                        wrong += outcomes.error().isTemporary() ? 0 : 1;
                        return;
                    }
                    ++acknowledged;
                }
            });
        }
        while (acknowledged < 200) {
            std::this_thread::yield();
        }
        server.kill();
        for (auto& writer : writers) {
            writer.join();
        }
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
        server.start();
        becomesAvailable(*storage);
    }

    void aServerThatIsAwayAtTheStartIsUsedOnceItIsThere() {
        RedisServer server;
        server.kill();
        const auto storage = bed_.start(server.url());
        isUnavailable(storage->apply(context_, {putting("lost")}));
        server.start();
        becomesAvailable(*storage);
    }

    void aHungServerIsUnavailableAndRecovers() {
        RedisServer server;
        const auto storage = bed_.start(server.url(), {{"timeout", "500ms"}});
        CPPUNIT_ASSERT(applied(*storage, "before"));
        server.signal(SIGSTOP);
        isUnknown(storage->apply(context_, {putting("lost")}));
        for (int time = 0; time < 4; ++time) {
            isUnavailable(storage->apply(context_, {putting("lost")}));
        }
        server.signal(SIGCONT);
        becomesAvailable(*storage);
        CPPUNIT_ASSERT(*storage->find(context_, "interaction", "before"));
    }

    void theDeadlineOfTheCallerCounts() {
        RedisServer server;
        const auto storage = bed_.start(server.url(), {{"timeout", "30s"}});
        server.signal(SIGSTOP);
        testkit::FakeContext hurried;
        hurried.deadline = bed_.clock().steady() + milliseconds{50};
        isUnknown(storage->apply(hurried, {putting("a")}));
        isUnavailable(storage->find(hurried, "interaction", "a"));
        hurried.deadline = bed_.clock().steady() - seconds{1};
        isUnavailable(storage->find(hurried, "interaction", "a"));
        server.kill();  // so that nobody waits for the answers any more
    }

    /// Redis has done it, but the answer does not arrive.
    void aCallIsNeverSentTwice() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        CPPUNIT_ASSERT(applied(*storage, "a"));
        testkit::FakeContext hurried;
        hurried.deadline = bed_.clock().steady() + milliseconds{50};
        server.signal(SIGSTOP);
        isUnknown(storage->apply(hurried, {putting("a")}));
        server.signal(SIGCONT);
        becomesAvailable(*storage);
        const auto found = storage->find(context_, "interaction", "a");
        CPPUNIT_ASSERT(found && *found);
        CPPUNIT_ASSERT((*found)->version <= 2);
    }

    void scriptsThatTheServerForgotAreSentAgain() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        CPPUNIT_ASSERT(applied(*storage, "a"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, *storage->count(context_, "login", seconds{60}));
        server.ask({"SCRIPT", "FLUSH"});
        CPPUNIT_ASSERT(applied(*storage, "b"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, *storage->count(context_, "login", seconds{60}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2},
                             storage->list(context_, "interaction", {}, "", 10)->records.size());
    }

    void aFullServerIsUnavailableUntilThereIsRoom() {
        RedisServer server({"--maxmemory", "8mb", "--maxmemory-policy", "noeviction"});
        const auto storage = bed_.start(server.url());
        const std::string large(512 * 1024, 'x');
        auto outcomes = storage->apply(context_, {putting("large0", large)});
        for (int number = 1; number < 100 && outcomes; ++number) {
            outcomes = storage->apply(context_, {putting("large" + std::to_string(number), large)});
        }
        isUnavailable(outcomes);
        CPPUNIT_ASSERT_MESSAGE(outcomes.error().detail,
                               contains(outcomes.error().detail, "maxmemory"));
        CPPUNIT_ASSERT(*storage->find(context_, "interaction", "large0"));
        server.ask({"CONFIG", "SET", "maxmemory", "64mb"});
        becomesAvailable(*storage);
    }

    void aServerThatEvictsIsRefused() {
        const RedisServer server({"--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"});
        CPPUNIT_ASSERT(contains(refusal(server.url()), "noeviction"));
        server.ask({"CONFIG", "SET", "maxmemory", "0"});
        bed_.start(server.url())->stop();
    }

    void aReplicaIsUnavailableUntilItIsTheMaster() {
        const RedisServer master;
        const RedisServer replica({"--replicaof", "127.0.0.1", std::to_string(master.port())});
        const auto storage = bed_.start(replica.url());
        const auto outcomes = storage->apply(context_, {putting("a")});
        isUnavailable(outcomes);
        CPPUNIT_ASSERT(contains(outcomes.error().detail, "replica"));
        replica.ask({"REPLICAOF", "NO", "ONE"});
        becomesAvailable(*storage);
        replica.ask({"REPLICAOF", "127.0.0.1", std::to_string(master.port())});
        isUnavailable(storage->apply(context_, {putting("b")}));
    }

    void aWrongPasswordIsSaidAndNotShown() {
        const RedisServer server({"--requirepass", "open-sesame"});
        for (const auto& url : {server.url(":wrong-guess@"), server.url("nobody:wrong-guess@")}) {
            const auto why = refusal(url);
            CPPUNIT_ASSERT_MESSAGE(why, contains(why, "WRONGPASS"));
            CPPUNIT_ASSERT_MESSAGE(why, contains(why, std::to_string(server.port())));
            CPPUNIT_ASSERT_MESSAGE(why, !contains(why, "wrong-guess"));
        }
        CPPUNIT_ASSERT(contains(refusal(server.url()), "NOAUTH"));
        CPPUNIT_ASSERT(!bed_.host.fakeLog.says("wrong-guess"));
        bed_.start(server.url(":open-sesame@"))->stop();
        bed_.start(server.url(), {{"password", "open-sesame"}})->stop();
    }

    void usersAndDatabasesOfTheUrlAreUsed() {
        const RedisServer server({"--user", "gate", "on", ">p%:ss", "~*", "+@all"});
        const auto first = bed_.start(server.url("gate:p%25%3Ass@") + "/3");
        CPPUNIT_ASSERT(applied(*first, "a"));
        const auto second = bed_.start(server.url() + "/4");
        CPPUNIT_ASSERT(!*second->find(context_, "interaction", "a"));
        CPPUNIT_ASSERT(contains(server.ask({"INFO", "keyspace"}), "db3:"));
        CPPUNIT_ASSERT(contains(refusal(server.url() + "/99"), "DB index"));
    }

    /// The least that the documentation asks for.
    void aUserNeedsOnlyTheKeysOfThePrefix() {
        const RedisServer server({"--user", "gate", "on", ">secret", "~" + bed_.prefix + "*",
                                  "-@all", "+@read", "+@write", "+eval", "+evalsha", "+select",
                                  "+role", "+info", "+auth"});
        const auto storage = bed_.start(server.url("gate:secret@"));
        CPPUNIT_ASSERT(applied(*storage, "a"));
        CPPUNIT_ASSERT(*storage->find(context_, "interaction", "a"));
        CPPUNIT_ASSERT(bool(storage->count(context_, "login", seconds{60})));
        CPPUNIT_ASSERT(bool(storage->list(context_, "interaction", {}, "", 10)));
        CPPUNIT_ASSERT(bool(storage->changesSince(context_, 0)));
        CPPUNIT_ASSERT(bool(storage->dropExpired(context_, bed_.clock().now(), 10)));
        bed_.prefix = "other:";
        CPPUNIT_ASSERT(contains(refusal(server.url("gate:secret@")), "NOPERM"));
    }

    void nonsenseIsUnavailable() {
        for (const char* nonsense :
             {"HTTP/1.1 400 Bad Request\r\n\r\n", "$99999999999999\r\n", "*1000000000\r\n",
              "$-2\r\n", "*-2\r\n", ":\r\n", "+OK\n", "\r\n", "+OK\r\n:1\r\n+OK\r\n+OK\r\n"}) {
            const FakeRedis fake(nonsense);
            const auto storage = bed_.start(fake.url());
            isUnavailable(storage->find(context_, "interaction", "a"));
        }
    }

    void aStoppedStorageIsUnavailable() {
        const auto storage = bed_.make();
        storage->stop();
        isUnavailable(storage->apply(context_, {putting("b")}));
        isUnavailable(storage->find(context_, "interaction", "a"));
    }

    /// Every key but the epoch and the last number of a notice, which stay for good, once all nodes
    /// are gone.
    void redisFreesTheMemoryOfWhatNobodyRemoves() {
        RedisServer server;
        const auto storage = bed_.start(server.url());
        Batch batch = putting("a");
        batch.puts[0].expires = bed_.clock().now() + seconds{600};
        batch.puts[0].family = "f";
        batch.puts[0].links = {{"subject", "u1"}};
        batch.notices.push_back({"client", "c1", 1, bed_.clock().now() + seconds{600}});
        CPPUNIT_ASSERT(storage->apply(context_, {batch})->front().applied());
        CPPUNIT_ASSERT(bool(storage->count(context_, "login", seconds{60})));
        const auto lasting =
            server.ask({"EVAL",
                        "local found = 0 for _, key in ipairs(redis.call('KEYS', '*')) do if "
                        "redis.call('PTTL', key) == -1 then found = found + 1 end end return found",
                        "0"});
        CPPUNIT_ASSERT_EQUAL(std::string("2\n"), lasting);
        CPPUNIT_ASSERT_EQUAL(std::string("9\n"), server.ask({"DBSIZE"}));
    }

private:
    bool applied(Storage& storage, const std::string& key) {
        const auto outcomes = storage.apply(context_, {putting(key)});
        return outcomes && outcomes->front().applied();
    }
    void becomesAvailable(Storage& storage) {
        while (!applied(storage, "after")) {
            ::usleep(10000);
        }
        CPPUNIT_ASSERT(*storage.find(context_, "interaction", "after"));
    }
    template <class T> static void isUnavailable(const Result<T>& result) {
        CPPUNIT_ASSERT(!result);
        CPPUNIT_ASSERT_MESSAGE(result.error().detail, result.error().fault == Fault::unavailable);
    }
    static void isUnknown(const Result<std::vector<Outcome>>& result) {
        CPPUNIT_ASSERT(!result);
        CPPUNIT_ASSERT_MESSAGE(result.error().detail, result.error().fault == Fault::unknown);
    }
    std::string refusal(const std::string& url) {
        const auto storage = bed_.configured(url);
        const Status status = storage->start();
        storage->stop();
        CPPUNIT_ASSERT(!status);
        return status.error().detail;
    }

    RedisBed bed_;
    testkit::FakeContext context_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RedisFaultTest);

}  // namespace gatehouse
