// SPDX-License-Identifier: Apache-2.0
#include "store/RecordService.h"

#include <gatehouse/testkit/FakeContext.h>

#include "ScriptedStorage.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <string>

namespace gatehouse {

class RecordServiceTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecordServiceTest);
    CPPUNIT_TEST(theSameClientIdAtTwoIssuersIsTwoClients);
    CPPUNIT_TEST(aKindOfAThirdPartyIsKeptApartByIssuer);
    CPPUNIT_TEST(aKeyComesBackAsItWasGiven);
    CPPUNIT_TEST(anotherIssuersRecordIsNotFound);
    CPPUNIT_TEST(anotherIssuersRecordMeetsNoExpectationAndIsNotShown);
    CPPUNIT_TEST(aListShowsTheIssuersOwnPageByPage);
    CPPUNIT_TEST(anIssuerPrefixNeverLeaksIntoANeighboursList);
    CPPUNIT_TEST(linksOfTheServiceAreNotShown);
    CPPUNIT_TEST(onceIsTrueOnceUntilItExpires);
    CPPUNIT_TEST(onceSaysSinceWhenNothingMayBeLost);
    CPPUNIT_TEST(anIdWhoseMarkMayBeLostIsUnavailable);
    CPPUNIT_TEST(aMarkThatOutlivesItsFirstUseIsRefused);
    CPPUNIT_TEST(marksOfMinutesGoBesideTheRecordsWhereTheStorageCan);
    CPPUNIT_TEST(countersBelongToTheirIssuer);
    CPPUNIT_TEST(kindsGoToTheStorageThatKeepsThem);
    CPPUNIT_TEST(aBatchAcrossStoragesIsRefused);
    CPPUNIT_TEST(noticesGoToTheDurableStorageWithTheirIssuer);
    CPPUNIT_TEST(withoutAStorageEveryCallFails);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override { records_.addStorage(durable_); }

    void theSameClientIdAtTwoIssuersIsTwoClients() {
        put(first_, "client", "shop", "one");
        put(second_, "client", "shop", "two");
        CPPUNIT_ASSERT_EQUAL(std::string("one"), find(first_, "client", "shop")->payload);
        CPPUNIT_ASSERT_EQUAL(std::string("two"), find(second_, "client", "shop")->payload);
        Batch batch;
        batch.erases.push_back({"client", "shop"});
        CPPUNIT_ASSERT(records_.apply(first_, batch)->applied());
        CPPUNIT_ASSERT(!find(first_, "client", "shop"));
        CPPUNIT_ASSERT(find(second_, "client", "shop"));
    }

    void aKindOfAThirdPartyIsKeptApartByIssuer() {
        for (const char* kind : {"a_kind_of_a_third_party", "login_step.totp/enrolment"}) {
            put(first_, kind, "alice", "one");
            put(second_, kind, "alice", "two");
            CPPUNIT_ASSERT_EQUAL(std::string("one"), find(first_, kind, "alice")->payload);
            Batch batch;
            batch.erases.push_back({kind, "alice"});
            CPPUNIT_ASSERT(records_.apply(second_, batch)->applied());
            CPPUNIT_ASSERT(find(first_, kind, "alice"));
        }
    }

    void aKeyComesBackAsItWasGiven() {
        for (const char* kind : {"client", "session", "a_kind_of_a_third_party"}) {
            put(second_, kind, "key", "x");
            CPPUNIT_ASSERT_EQUAL(std::string("key"), find(second_, kind, "key")->key);
            CPPUNIT_ASSERT_EQUAL(IssuerId{2}, find(second_, kind, "key")->issuer);
            Batch batch;
            batch.expects.push_back({kind, "key", Expect::State::absent});
            const auto outcome = records_.apply(second_, batch);
            CPPUNIT_ASSERT_EQUAL(std::string("key"), outcome->found->key);
        }
    }

    void anotherIssuersRecordIsNotFound() {
        put(first_, "session", "handle", "secret");
        CPPUNIT_ASSERT(find(first_, "session", "handle"));
        CPPUNIT_ASSERT(!find(second_, "session", "handle"));
    }

    void anotherIssuersRecordMeetsNoExpectationAndIsNotShown() {
        put(first_, "session", "handle", "secret");
        for (const auto state :
             {Expect::State::absent, Expect::State::present, Expect::State::version}) {
            Batch batch;
            batch.expects.push_back({"session", "handle", state, 1});
            const auto outcome = records_.apply(second_, batch);
            CPPUNIT_ASSERT(outcome && !outcome->applied());
            CPPUNIT_ASSERT(!outcome->found);
        }
    }

    void aListShowsTheIssuersOwnPageByPage() {
        for (const char* key : {"a", "b", "c", "d", "e"}) {
            put(first_, "client", key, key);
            put(second_, "client", key, "foreign");
        }
        std::string keys;
        std::string after;
        do {
            const auto page = records_.list(first_, "client", {}, after, 2);
            CPPUNIT_ASSERT(page);
            for (const auto& record : page->records) {
                CPPUNIT_ASSERT_EQUAL(record.key, record.payload);
                keys += record.key;
            }
            after = page->next;
        } while (!after.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("abcde"), keys);
    }

    void anIssuerPrefixNeverLeaksIntoANeighboursList() {
        put(first_, "consent", "u1 shop", "own", {{"subject", "u1"}});
        put(second_, "consent", "u1 shop", "foreign", {{"subject", "u1"}});
        for (const Link& link : {Link{"subject", "u1"}, Link{}}) {
            const auto page = records_.list(second_, "consent", link, "", 10);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, page->records.size());
            CPPUNIT_ASSERT_EQUAL(std::string("foreign"), page->records[0].payload);
            CPPUNIT_ASSERT_EQUAL(std::string("u1 shop"), page->records[0].key);
        }
    }

    void linksOfTheServiceAreNotShown() {
        put(first_, "client", "shop", "x", {{"owner", "u1"}});
        const auto found = find(first_, "client", "shop");
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found->links.size());
        CPPUNIT_ASSERT_EQUAL(std::string("owner"), found->links[0].name);
    }

    void onceIsTrueOnceUntilItExpires() {
        Records& records = records_;
        const TimePoint until = host_.fakeClock.now() + seconds{60};
        CPPUNIT_ASSERT(*records.once(first_, "replay", "jti", until));
        CPPUNIT_ASSERT(!*records.once(first_, "replay", "jti", until));
        CPPUNIT_ASSERT(*records.once(second_, "replay", "jti", until));
        CPPUNIT_ASSERT(!*records.once(second_, "replay", "jti", until));
        CPPUNIT_ASSERT(*records.once(first_, "replay", "other", until));
        host_.fakeClock.advance(seconds{60});
        CPPUNIT_ASSERT(*records.once(first_, "replay", "jti", until + seconds{60}));
    }

    void onceSaysSinceWhenNothingMayBeLost() {
        const TimePoint now = host_.fakeClock.now();
        CPPUNIT_ASSERT(*records_.once(first_, "replay", "a", now + seconds{60}, now - seconds{5}));
        CPPUNIT_ASSERT(durable_.groups.back()[0].expects[0].since == now - seconds{5});
        Records& records = records_;
        CPPUNIT_ASSERT(*records.once(first_, "replay", "b", now + seconds{60}));
        CPPUNIT_ASSERT(durable_.groups.back()[0].expects[0].since == now - std::chrono::hours{1});
    }

    void anIdWhoseMarkMayBeLostIsUnavailable() {
        const TimePoint now = host_.fakeClock.now();
        durable_.hasLostMarks = true;
        const auto isNew = records_.once(first_, "replay", "a", now + seconds{60}, now);
        CPPUNIT_ASSERT(!isNew);
        CPPUNIT_ASSERT(isNew.error().fault == Fault::unavailable);
    }

    void aMarkThatOutlivesItsFirstUseIsRefused() {
        const TimePoint now = host_.fakeClock.now();
        Records& records = records_;
        const auto isNew = records.once(first_, "replay", "a", now + std::chrono::hours{2});
        CPPUNIT_ASSERT(!isNew);
        CPPUNIT_ASSERT(isNew.error().fault == Fault::internal);
    }

    void marksOfMinutesGoBesideTheRecordsWhereTheStorageCan() {
        MarkingStorage marking(host_);
        RecordService records(host_.fakeClock);
        const auto now = host_.fakeClock.now();
        const auto early = now - seconds{30};
        const auto last = early + std::chrono::minutes{12};
        records.addStorage(marking);
        for (const auto* issuer : {&first_, &second_}) {
            CPPUNIT_ASSERT(*records.once(*issuer, "x.y/replay", "a", last, early));
            CPPUNIT_ASSERT(!*records.once(*issuer, "x.y/replay", "a", last, early));
        }
        CPPUNIT_ASSERT(*records.once(first_, "x.z/replay", "a", last, early));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, marking.marks.size());
        CPPUNIT_ASSERT(marking.groups.empty());
        CPPUNIT_ASSERT(!records.isForBatches("x.y/replay", last, early));

        const auto isRecord = [&](const char* kind, TimePoint until, TimePoint earliest) {
            const auto before = marking.groups.size();
            return records.isForBatches(kind, until, earliest) &&
                   *records.once(first_, kind, "a", until, earliest) &&
                   marking.groups.size() == before + 1;
        };
        CPPUNIT_ASSERT(isRecord("x.y/replay", last + seconds{1}, early));
        CPPUNIT_ASSERT(isRecord("x.z/replay", now + seconds{5}, TimePoint::min()));
        CPPUNIT_ASSERT(isRecord("replay", now + seconds{5}, early));
        CPPUNIT_ASSERT(isRecord("module.ciba/signed_request", now + seconds{5}, early));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, marking.marks.size());
        records.addStorage(passing_, Keeps::passing);
        CPPUNIT_ASSERT(*records.once(first_, "x.y/replay", "b", now + seconds{5}, early));
        CPPUNIT_ASSERT(!records.isForBatches("x.y/replay", now + seconds{5}, early));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, marking.marks.size());
    }

    void countersBelongToTheirIssuer() {
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, *records_.count(first_, "login", seconds{60}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, *records_.count(first_, "login", seconds{60}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, *records_.count(second_, "login", seconds{60}));
    }

    void kindsGoToTheStorageThatKeepsThem() {
        records_.addStorage(passing_, Keeps::passing);
        put(first_, "session", "s", "x");
        put(first_, "a_kind_of_a_third_party", "t", "x");
        put(first_, "client_auth.strange/replay", "r", "x");
        put(first_, "counter", "i", "x");
        CPPUNIT_ASSERT(durable_.find(first_, "session", "s")->has_value());
        CPPUNIT_ASSERT(
            !durable_.list(first_, "a_kind_of_a_third_party", {}, "", 1)->records.empty());
        CPPUNIT_ASSERT(
            !passing_.list(first_, "client_auth.strange/replay", {}, "", 1)->records.empty());
        CPPUNIT_ASSERT(!durable_.find(first_, "counter", "i")->has_value());
        CPPUNIT_ASSERT(passing_.find(first_, "counter", "i")->has_value());
        CPPUNIT_ASSERT(find(first_, "counter", "i"));
    }

    void aBatchAcrossStoragesIsRefused() {
        Batch batch;
        batch.puts = {record("session", "s", "x"), record("replay", "i", "x")};
        CPPUNIT_ASSERT(records_.apply(first_, batch)->applied());
        records_.addStorage(passing_, Keeps::passing);
        const auto outcome = records_.apply(first_, batch);
        CPPUNIT_ASSERT(!outcome);
        CPPUNIT_ASSERT(outcome.error().fault == Fault::internal);
    }

    void noticesGoToTheDurableStorageWithTheirIssuer() {
        Batch batch;
        batch.notices.push_back({"client", "shop", 1, never});
        CPPUNIT_ASSERT(records_.apply(second_, batch)->applied());
        const auto changes = durable_.inner.changesSince(second_, 0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, changes->size());
        CPPUNIT_ASSERT_EQUAL(IssuerId{2}, changes->front().notice.issuer);
        CPPUNIT_ASSERT_EQUAL(std::string("shop"), changes->front().notice.key);
    }

    void withoutAStorageEveryCallFails() {
        RecordService empty(host_.fakeClock);
        empty.start();
        CPPUNIT_ASSERT(!empty.find(first_, "session", "s"));
        CPPUNIT_ASSERT(!empty.apply(first_, Batch{}));
        CPPUNIT_ASSERT(!empty.list(first_, "session", {}, "", 1));
        CPPUNIT_ASSERT(!empty.count(first_, "login", seconds{1}));
        empty.stop();
    }

private:
    static Record record(const std::string& kind, const std::string& key,
                         const std::string& payload, std::vector<Link> links = {}) {
        Record made;
        made.kind = kind;
        made.key = key;
        made.payload = payload;
        made.links = std::move(links);
        return made;
    }
    void put(const testkit::FakeContext& context, const std::string& kind, const std::string& key,
             const std::string& payload, std::vector<Link> links = {}) {
        Batch batch;
        batch.puts.push_back(record(kind, key, payload, std::move(links)));
        const auto outcome = records_.apply(context, batch);
        CPPUNIT_ASSERT(outcome && outcome->applied());
    }
    std::optional<Record> find(const testkit::FakeContext& context, const std::string& kind,
                               const std::string& key) {
        auto found = records_.find(context, kind, key);
        CPPUNIT_ASSERT(found);
        return *std::move(found);
    }

    testkit::FakeHost host_;
    testkit::FakeContext first_{1};
    testkit::FakeContext second_{2};
    ScriptedStorage durable_{host_};
    ScriptedStorage passing_{host_};
    RecordService records_{host_.fakeClock};
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecordServiceTest);

}  // namespace gatehouse
