// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/StorageCase.h>

namespace gatehouse::testkit {

/// Single records: what is put is found, until it expires, is replaced or erased.
template <class Bed> class StorageRecordCases : public StorageCase<Bed> {
    CPPUNIT_TEST_SUITE(StorageRecordCases<Bed>);
    CPPUNIT_TEST(whatIsPutIsFoundWithAllItsParts);
    CPPUNIT_TEST(absenceIsNotAnError);
    CPPUNIT_TEST(aReplacedRecordCountsItsVersions);
    CPPUNIT_TEST(eachPartOfARecordCanBeReplacedAlone);
    CPPUNIT_TEST(aRecordCanBeWrittenTwiceInOneBatch);
    CPPUNIT_TEST(anErasedRecordIsGoneAndStartsAgainAtVersionOne);
    CPPUNIT_TEST(anErasedAbsentRecordIsNoError);
    CPPUNIT_TEST(aRecordDiesAtItsExpiry);
    CPPUNIT_TEST(anExpiredRecordIsAbsentToExpectations);
    CPPUNIT_TEST(aRecordWithoutExpiryLivesOn);
    CPPUNIT_TEST(theSameKeyInTwoKindsIsTwoRecords);
    CPPUNIT_TEST(anyBytesMakeAKeyAndAPayload);
    CPPUNIT_TEST(keysAreNotSyntax);
    CPPUNIT_TEST(aPayloadOfOneMebibyteIsKept);
    CPPUNIT_TEST(anEmptyPayloadIsKept);
    CPPUNIT_TEST(recordsSurviveReopening);
    CPPUNIT_TEST(stoppingTwiceIsHarmless);
    CPPUNIT_TEST_SUITE_END();

public:
    void whatIsPutIsFoundWithAllItsParts() {
        Record put = this->record("a", R"({"x":1})");
        put.issuer = 7;
        put.family = "family-1";
        put.links = {{"subject", "u1"}, {"client", "c1"}};
        put.version = 99;
        this->put(put);
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(put.kind, found->kind);
        CPPUNIT_ASSERT_EQUAL(put.key, found->key);
        CPPUNIT_ASSERT_EQUAL(put.payload, found->payload);
        CPPUNIT_ASSERT_EQUAL(put.family, found->family);
        CPPUNIT_ASSERT_EQUAL(IssuerId{7}, found->issuer);
        CPPUNIT_ASSERT(put.expires == found->expires);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found->version);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found->links.size());
        CPPUNIT_ASSERT_EQUAL(std::string("subject"), found->links[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), found->links[0].value);
        CPPUNIT_ASSERT_EQUAL(std::string("client"), found->links[1].name);
        CPPUNIT_ASSERT_EQUAL(std::string("c1"), found->links[1].value);
    }

    void absenceIsNotAnError() {
        CPPUNIT_ASSERT(!this->exists("nobody"));
        CPPUNIT_ASSERT(!this->exists("nobody", "a_kind_never_seen"));
        CPPUNIT_ASSERT(this->list(this->context_, {"subject", "u1"}).records.empty());
        CPPUNIT_ASSERT(this->changesSince(0).empty());
    }

    void aReplacedRecordCountsItsVersions() {
        this->put(this->record("a", "one"));
        this->put(this->record("a", "two"));
        this->put(this->record("a", "three"));
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::string("three"), found->payload);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, found->version);
    }

    void eachPartOfARecordCanBeReplacedAlone() {
        Record record = this->record("a", "one");
        record.family = "family-1";
        record.links = {{"subject", "u1"}};
        this->put(record);
        record.payload = "two";
        checkReplaced(record);
        record.family = "family-2";
        checkReplaced(record);
        record.links = {{"subject", "u2"}};
        checkReplaced(record);
        record.expires += seconds{1};
        checkReplaced(record);
        record.issuer = 7;
        checkReplaced(record);
    }

    void aRecordCanBeWrittenTwiceInOneBatch() {
        Batch batch;
        batch.puts = {this->record("a", "one"), this->record("a", "two")};
        CPPUNIT_ASSERT(this->apply(batch).applied());
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::string("two"), found->payload);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, found->version);
    }

    void anErasedRecordIsGoneAndStartsAgainAtVersionOne() {
        this->put(this->record("a"));
        this->put(this->record("a"));
        this->put(this->record("b"));
        Batch batch;
        batch.erases.push_back({"session", "a"});
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->exists("a"));
        CPPUNIT_ASSERT(this->exists("b"));
        batch.puts.push_back(this->record("a"));
        CPPUNIT_ASSERT(this->apply(batch).applied());
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found->version);
    }

    void anErasedAbsentRecordIsNoError() {
        Batch batch;
        batch.erases.push_back({"session", "nobody"});
        batch.erases.push_back({"a_kind_never_seen", "nobody"});
        batch.eraseFamilies.push_back("none");
        CPPUNIT_ASSERT(this->apply(batch).applied());
    }

    void aRecordDiesAtItsExpiry() {
        Record brief = this->record("a");
        brief.expires = this->now() + seconds{10};
        brief.links = {{"subject", "u1"}};
        this->put(brief);
        this->bed_->clock().advance(milliseconds{9999});
        CPPUNIT_ASSERT(this->exists("a"));
        this->bed_->clock().advance(milliseconds{1});
        CPPUNIT_ASSERT(!this->exists("a"));
        CPPUNIT_ASSERT(this->list(this->context_, {"subject", "u1"}).records.empty());
        CPPUNIT_ASSERT(this->list(this->context_, {}).records.empty());
    }

    void anExpiredRecordIsAbsentToExpectations() {
        Record brief = this->record("a", "old");
        brief.expires = this->now() + seconds{10};
        this->put(brief);
        this->put(brief);
        this->bed_->clock().advance(seconds{10});

        Batch batch = this->putting(this->record("a", "new"));
        batch.expects = {this->present("a")};
        const Outcome refused = this->apply(batch);
        CPPUNIT_ASSERT(!refused.applied());
        CPPUNIT_ASSERT(!refused.found);

        batch.expects = {this->absent("a")};
        CPPUNIT_ASSERT(this->apply(batch).applied());
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::string("new"), found->payload);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, found->version);
    }

    void aRecordWithoutExpiryLivesOn() {
        Record lasting = this->record("a");
        lasting.expires = never;
        this->put(lasting);
        this->bed_->clock().advance(std::chrono::hours{24 * 365 * 50});
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT(found->expires == never);
        this->dropExpired(this->now(), 100);
        CPPUNIT_ASSERT(this->exists("a"));
    }

    void theSameKeyInTwoKindsIsTwoRecords() {
        this->put(this->record("a", "1", "session"));
        this->put(this->record("a", "2", "consent"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), this->find("a", "session")->payload);
        CPPUNIT_ASSERT_EQUAL(std::string("2"), this->find("a", "consent")->payload);
        Batch batch;
        batch.erases.push_back({"session", "a"});
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->exists("a", "session"));
        CPPUNIT_ASSERT(this->exists("a", "consent"));
    }

    void anyBytesMakeAKeyAndAPayload() {
        std::string all;
        for (int byte = 0; byte < 256; ++byte) {
            all += static_cast<char>(byte);
        }
        Record odd = this->record(all, all);
        odd.family = all;
        odd.links = {{"subject", all}};
        this->put(odd);
        this->put(this->record(std::string("x\0y", 3), "NUL inside"));
        this->put(this->record("x", "NUL cut off"));
        const auto found = this->find(all);
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT(found->key == all && found->payload == all && found->family == all);
        CPPUNIT_ASSERT(found->links.at(0).value == all);
        CPPUNIT_ASSERT_EQUAL(std::string("NUL inside"),
                             this->find(std::string("x\0y", 3))->payload);
        const auto page = this->list(this->context_, {"subject", all});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, page.records.size());
        CPPUNIT_ASSERT(page.records[0].key == all);
        Batch batch;
        batch.eraseFamilies.push_back(all);
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->exists(all));
    }

    void keysAreNotSyntax() {
        this->put(this->record("a%b"));
        this->put(this->record("';DROP TABLE records;--"));
        CPPUNIT_ASSERT(this->exists("a%b"));
        CPPUNIT_ASSERT(this->exists("';DROP TABLE records;--"));
        for (const char* pattern : {"%", "a_b", "*", "a%", "A%B"}) {
            CPPUNIT_ASSERT(!this->exists(pattern));
        }
    }

    void aPayloadOfOneMebibyteIsKept() {
        std::string large;
        for (std::size_t index = 0; index < 1024 * 1024; ++index) {
            large += static_cast<char>(index * 31);
        }
        this->put(this->record("large", large));
        CPPUNIT_ASSERT(this->find("large")->payload == large);
    }

    void anEmptyPayloadIsKept() {
        this->put(this->record("empty", ""));
        const auto found = this->find("empty");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT(found->payload.empty());
        CPPUNIT_ASSERT(found->family.empty());
        CPPUNIT_ASSERT(found->links.empty());
    }

    void recordsSurviveReopening() {
        if (!Bed::survivesReopen) {
            return;
        }
        Batch batch = this->putting(this->record("a", "kept"));
        batch.notices.push_back({"client", "c1", 1, never});
        CPPUNIT_ASSERT(this->apply(batch).applied());
        const auto before = this->changesSince(0);
        this->storage_ = this->bed_->reopen(std::move(this->storage_));
        CPPUNIT_ASSERT(this->exists("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("kept"), this->find("a")->payload);
        const auto after = this->changesSince(0);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, after.size());
        CPPUNIT_ASSERT_EQUAL(before.at(0).number, after[0].number);
    }

    void stoppingTwiceIsHarmless() {
        this->put(this->record("a"));
        this->storage_->stop();
        this->storage_->stop();
    }

private:
    void checkReplaced(const Record& record) {
        this->put(record);
        const auto found = this->find(record.key);
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(record.payload, found->payload);
        CPPUNIT_ASSERT_EQUAL(record.family, found->family);
        CPPUNIT_ASSERT_EQUAL(record.issuer, found->issuer);
        CPPUNIT_ASSERT(record.expires == found->expires);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, found->links.size());
        CPPUNIT_ASSERT_EQUAL(record.links[0].value, found->links[0].value);
    }
};

}  // namespace gatehouse::testkit
