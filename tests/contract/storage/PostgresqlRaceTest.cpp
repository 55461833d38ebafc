// SPDX-License-Identifier: Apache-2.0
#include "PostgresqlCase.h"
#include "TcpProxy.h"

namespace gatehouse {

/// Several nodes on one database.
class PostgresqlRaceTest : public PostgresqlCase {
    CPPUNIT_TEST_SUITE(PostgresqlRaceTest);
    CPPUNIT_TEST(anExpectationRacedByNodesIsMetByExactlyOne);
    CPPUNIT_TEST(expectationsThatExcludeEachOtherAreNotBothMet);
    CPPUNIT_TEST(anAbsenceThatWasOnlyExpectedLeavesNothing);
    CPPUNIT_TEST(aFamilyThatIsErasedGainsNoMember);
    CPPUNIT_TEST(callsThatCrossEachOtherAllSucceed);
    CPPUNIT_TEST(nodesCountTogether);
    CPPUNIT_TEST(nodesReadEachOthersNotices);
    CPPUNIT_TEST(oneNodeCleansAtATime);
    CPPUNIT_TEST(cleaningWaitsForNobody);
    CPPUNIT_TEST(aCallIsOneRoundTrip);
    CPPUNIT_TEST(sessionsAreBounded);
    CPPUNIT_TEST(aKeyThatIsTooLongIsRefusedAndCostsNoSession);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override {
        for (int node = 0; node < 4; ++node) {
            nodes_.push_back(bed_.make());
        }
    }
    void tearDown() override { nodes_.clear(); }

    void anExpectationRacedByNodesIsMetByExactlyOne() {
        for (int round = 0; round < 10; ++round) {
            const std::string code = "code" + std::to_string(round);
            CPPUNIT_ASSERT_EQUAL(1, winners(expecting(Expect::State::absent, code), code));
            CPPUNIT_ASSERT_EQUAL(1, winners(expecting(Expect::State::version, code, 1), code));
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, find(node(0), code)->version);
        }
    }

    void expectationsThatExcludeEachOtherAreNotBothMet() {
        for (int round = 0; round < 10; ++round) {
            const std::string names[] = {"a" + std::to_string(round), "b" + std::to_string(round)};
            std::atomic<int> applied{0};
            together(2, [&](int thread) {
                Batch batch = expecting(Expect::State::absent, names[1 - thread]);
                for (int filler = 0; filler < 200; ++filler) {  // so that both are under way
                    batch.puts.push_back(record(names[thread] + "." + std::to_string(filler)));
                }
                batch.puts.push_back(record(names[thread]));
                const auto outcomes = node(thread).apply(context_, {batch});
                applied += outcomes && outcomes->front().applied() ? 1 : 0;
            });
            CPPUNIT_ASSERT_EQUAL(1, applied.load());
        }
    }

    void anAbsenceThatWasOnlyExpectedLeavesNothing() {
        Batch batch = expecting(Expect::State::absent, "a");
        batch.expects.push_back({"session", "b", Expect::State::present});
        Batch next = expecting(Expect::State::absent, "a");
        next.puts.push_back(record("c"));
        const auto outcomes = node(0).apply(context_, {batch, next});
        CPPUNIT_ASSERT(outcomes && !(*outcomes)[0].applied() && (*outcomes)[1].applied());
        CPPUNIT_ASSERT_EQUAL(std::string("1"), bed_.sql("SELECT count(*) FROM gatehouse_records"));
        CPPUNIT_ASSERT(applied(node(1), "a"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, find(node(0), "a")->version);
    }

    void aFamilyThatIsErasedGainsNoMember() {
        for (int round = 0; round < 30; ++round) {
            const std::string family = "f" + std::to_string(round);
            Batch begin = putting(family);
            begin.puts[0].family = family;
            CPPUNIT_ASSERT(bool(node(0).apply(context_, {begin})));
            together(4, [&](int thread) {
                if (thread == 0) {
                    Batch revoke;
                    revoke.eraseFamilies.push_back(family);
                    CPPUNIT_ASSERT(bool(node(0).apply(context_, {revoke})));
                    return;
                }
                rotate(node(thread), family, thread);
            });
            CPPUNIT_ASSERT_EQUAL(std::string("0"),
                                 bed_.sql("SELECT count(*) FROM gatehouse_records"));
        }
    }

    void callsThatCrossEachOtherAllSucceed() {
        std::atomic<int> failures{0};
        together(8, [&](int thread) {
            for (int round = 0; round < 10; ++round) {
                std::vector<Batch> batches;
                for (int key = 0; key < 6; ++key) {
                    const int name = thread % 2 == 0 ? key : 5 - key;
                    batches.push_back(putting(std::to_string(round) + "." + std::to_string(name)));
                }
                const auto outcomes = node(thread).apply(context_, batches);
                failures += outcomes ? 0 : 1;
            }
        });
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8}, find(node(0), "3.3")->version);
    }

    void nodesCountTogether() {
        together(8, [&](int thread) {
            for (int time = 0; time < 10; ++time) {
                CPPUNIT_ASSERT(bool(node(thread).count(context_, "login:u1", seconds{60})));
            }
        });
        CPPUNIT_ASSERT_EQUAL(std::int64_t{81}, *node(0).count(context_, "login:u1", seconds{60}));
        // What a client sends may be long.
        const std::string longName(100000, 'x');
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, *node(0).count(context_, longName, seconds{60}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, *node(1).count(context_, longName, seconds{60}));
    }

    void nodesReadEachOthersNotices() {
        together(4, [&](int thread) {
            for (int number = 0; number < 25; ++number) {
                Batch batch;
                batch.notices.push_back({"client", std::to_string(thread), 1, never});
                CPPUNIT_ASSERT(bool(node(thread).apply(context_, {batch})));
            }
        });
        for (const auto& each : nodes_) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{100}, each->changesSince(context_, 0)->size());
        }
    }

    void oneNodeCleansAtATime() {
        putBrief("a");
        Connection other(serversOf(bed_.url())->front());
        other.execute("BEGIN; SELECT gatehouse_drop_expired(0, 1)", deadlineIn(seconds{30}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, drop());
        other.execute("COMMIT", deadlineIn(seconds{30}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, drop());
    }

    void cleaningWaitsForNobody() {
        putBrief("a");
        putBrief("b");
        Connection other(serversOf(bed_.url())->front());
        other.execute("BEGIN; SELECT * FROM gatehouse_records WHERE key = 'a' FOR UPDATE",
                      deadlineIn(seconds{30}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, drop());
        other.execute("COMMIT", deadlineIn(seconds{30}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, drop());
    }

    void aCallIsOneRoundTrip() {
        TcpProxy proxy(bed_.server.port());
        const auto storage = bed_.make(bed_.server.urlThrough(proxy.port()));
        CPPUNIT_ASSERT(applied(*storage, "a"));
        const auto tripsOf = [&](const std::function<bool()>& call) {
            const int before = proxy.roundTrips();
            CPPUNIT_ASSERT(call());
            return proxy.roundTrips() - before;
        };
        std::vector<Batch> many;
        for (int number = 0; number < 256; ++number) {
            many.push_back(expecting(Expect::State::absent, std::to_string(number)));
            many.back().puts.push_back(record(std::to_string(number), std::string(1000, 'x')));
            many.back().puts.back().links = {{"subject", "u1"}};
        }
        CPPUNIT_ASSERT_EQUAL(1, tripsOf([&] { return bool(storage->apply(context_, many)); }));
        CPPUNIT_ASSERT_EQUAL(1, tripsOf([&] { return bool(storage->apply(context_, many)); }));
        CPPUNIT_ASSERT_EQUAL(1, tripsOf([&] { return exists(*storage, "1"); }));
        CPPUNIT_ASSERT_EQUAL(1, tripsOf([&] {
                                 return storage
                                            ->list(context_, "session", {"subject", "u1"}, "", 200)
                                            ->records.size() == 200;
                             }));
        CPPUNIT_ASSERT_EQUAL(
            1, tripsOf([&] { return bool(storage->count(context_, "a", seconds{1})); }));
        CPPUNIT_ASSERT_EQUAL(1, tripsOf([&] { return bool(storage->changesSince(context_, 0)); }));
        CPPUNIT_ASSERT_EQUAL(
            1,
            tripsOf([&] { return bool(storage->dropExpired(context_, bed_.clock().now(), 500)); }));
    }

    void sessionsAreBounded() {
        nodes_.resize(1);
        endSessions();
        std::atomic<int> most{0};
        together(20, [&](int thread) {
            for (int time = 0; time < 10; ++time) {
                CPPUNIT_ASSERT(bool(put(node(0), std::to_string(thread))));
            }
            if (thread == 0) {
                most =
                    std::stoi(bed_.sql("SELECT count(*)" + std::string(PostgresqlBed::sessions)));
            }
        });
        CPPUNIT_ASSERT(most > 0 && most <= 8);
    }

    void aKeyThatIsTooLongIsRefusedAndCostsNoSession() {
        Batch batches[] = {putting(std::string(5000, 'k')), putting("a"), putting("a"),
                           expecting(Expect::State::absent, std::string(5000, 'k'))};
        batches[1].puts[0].family = std::string(5000, 'f');
        batches[2].puts[0].links = {{"subject", std::string(5000, 'l')}};
        nodes_.resize(1);
        endSessions();
        CPPUNIT_ASSERT(applied(node(0), "before"));
        const std::string oldest =
            "SELECT pid" + std::string(PostgresqlBed::sessions) + " ORDER BY backend_start LIMIT 1";
        const std::string before = bed_.sql(oldest);
        for (const auto& batch : batches) {
            const auto outcomes = node(0).apply(context_, {batch});
            CPPUNIT_ASSERT(!outcomes && outcomes.error().fault == Fault::badInput);
        }
        CPPUNIT_ASSERT(!exists(node(0), std::string(5000, 'k')));
        CPPUNIT_ASSERT_EQUAL(before, bed_.sql(oldest));
    }

private:
    Storage& node(int thread) { return *nodes_[static_cast<std::size_t>(thread) % nodes_.size()]; }
    /// How many of 16 threads on several nodes had their batch applied.
    int winners(Batch batch, const std::string& key) {
        batch.puts.push_back(record(key));
        std::atomic<int> won{0};
        std::atomic<int> errors{0};
        together(16, [&](int thread) {
            const auto outcomes = node(thread).apply(context_, {batch});
            errors += outcomes ? 0 : 1;
            won += outcomes && outcomes->front().applied() ? 1 : 0;
        });
        CPPUNIT_ASSERT_EQUAL(0, errors.load());
        return won;
    }
    /// As a refresh token is: until the family is gone.
    void rotate(Storage& storage, const std::string& family, int thread) {
        for (std::uint64_t time = 0;; ++time) {
            const auto found = storage.find(context_, "session", family);
            CPPUNIT_ASSERT(bool(found));
            if (!*found) {
                return;
            }
            Batch batch = expecting(Expect::State::version, family, (*found)->version);
            batch.puts.push_back(record(family));
            batch.puts.push_back(record(family + std::to_string(thread) + std::to_string(time)));
            for (auto& put : batch.puts) {
                put.family = family;
            }
            CPPUNIT_ASSERT(bool(storage.apply(context_, {batch})));
        }
    }
    void putBrief(const std::string& key) {
        Batch batch = putting(key);
        batch.puts[0].expires = bed_.clock().now() - seconds{1};
        CPPUNIT_ASSERT(bool(node(0).apply(context_, {batch})));
    }
    std::size_t drop() { return *node(0).dropExpired(context_, bed_.clock().now(), 100); }

    std::vector<std::unique_ptr<Storage>> nodes_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(PostgresqlRaceTest);

}  // namespace gatehouse
