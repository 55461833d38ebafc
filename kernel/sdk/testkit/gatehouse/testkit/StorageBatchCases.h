// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/StorageCase.h>

namespace gatehouse::testkit {

/// Batches: expectations are checked first, and a batch happens whole or not at all.
template <class Bed> class StorageBatchCases : public StorageCase<Bed> {
    CPPUNIT_TEST_SUITE(StorageBatchCases<Bed>);
    CPPUNIT_TEST(absentIsMetOnce);
    CPPUNIT_TEST(presentWantsARecord);
    CPPUNIT_TEST(versionWantsThatVeryVersion);
    CPPUNIT_TEST(aRecordOfAnotherIssuerMeetsNoExpectation);
    CPPUNIT_TEST(aFailedBatchSaysWhichExpectationAndWhatItFound);
    CPPUNIT_TEST(aFailedBatchLeavesNothing);
    CPPUNIT_TEST(oneBatchMayFailAndTheNextSucceed);
    CPPUNIT_TEST(batchesOfOneCallSeeEachOtherInOrder);
    CPPUNIT_TEST(noBatchesAreNoOutcomes);
    CPPUNIT_TEST(erasesComeBeforePuts);
    CPPUNIT_TEST(aFamilyIsErasedAcrossKinds);
    CPPUNIT_TEST(theEmptyFamilyIsNoFamily);
    CPPUNIT_TEST(aRecordCanChangeItsFamily);
    CPPUNIT_TEST_SUITE_END();

public:
    void absentIsMetOnce() {
        Batch batch = this->putting(this->record("a"));
        batch.expects = {this->absent("a")};
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->apply(batch).applied());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, this->find("a")->version);
    }

    void presentWantsARecord() {
        Batch batch = this->putting(this->record("b"));
        batch.expects = {this->present("a")};
        CPPUNIT_ASSERT(!this->apply(batch).applied());
        this->put(this->record("a"));
        CPPUNIT_ASSERT(this->apply(batch).applied());
    }

    void versionWantsThatVeryVersion() {
        Batch batch = this->putting(this->record("a", "next"));
        batch.expects = {this->version("a", 1)};
        CPPUNIT_ASSERT(!this->apply(batch).applied());
        this->put(this->record("a"));
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->apply(batch).applied());
        batch.expects = {this->version("a", 3)};
        CPPUNIT_ASSERT(!this->apply(batch).applied());
        batch.expects = {this->version("a", 2)};
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, this->find("a")->version);
    }

    void aRecordOfAnotherIssuerMeetsNoExpectation() {
        Record foreign = this->record("a");
        foreign.issuer = 2;
        this->put(foreign);
        Batch batch = this->putting(this->record("b"));
        for (Expect expect : {this->absent("a"), this->present("a"), this->version("a", 1)}) {
            expect.issuer = 1;
            batch.expects = {expect};
            CPPUNIT_ASSERT(!this->apply(batch).applied());
        }
        for (Expect expect : {this->present("a"), this->version("a", 1)}) {
            expect.issuer = 2;
            batch.expects = {expect};
            CPPUNIT_ASSERT(this->apply(batch).applied());
        }
    }

    void aFailedBatchSaysWhichExpectationAndWhatItFound() {
        this->put(this->record("a", "in the way"));
        Batch batch;
        batch.expects = {this->present("a"), this->absent("b"), this->absent("a"),
                         this->present("c")};
        const Outcome outcome = this->apply(batch);
        CPPUNIT_ASSERT(!outcome.applied());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, *outcome.failed);
        CPPUNIT_ASSERT(outcome.found);
        CPPUNIT_ASSERT_EQUAL(std::string("a"), outcome.found->key);
        CPPUNIT_ASSERT_EQUAL(std::string("in the way"), outcome.found->payload);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, outcome.found->version);
        batch.expects = {this->version("c", 1)};
        const Outcome nothingThere = this->apply(batch);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *nothingThere.failed);
        CPPUNIT_ASSERT(!nothingThere.found);
    }

    void aFailedBatchLeavesNothing() {
        Record kept = this->record("kept");
        kept.family = "f";
        this->put(kept);
        Batch batch = this->putting(this->record("new"));
        batch.puts.push_back(this->record("kept", "changed"));
        batch.erases.push_back({"session", "kept"});
        batch.eraseFamilies.push_back("f");
        batch.notices.push_back({"client", "c1", 1, never});
        batch.expects = {this->present("kept"), this->absent("kept")};
        CPPUNIT_ASSERT(!this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->exists("new"));
        CPPUNIT_ASSERT_EQUAL(std::string("{}"), this->find("kept")->payload);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, this->find("kept")->version);
        CPPUNIT_ASSERT(this->changesSince(0).empty());
    }

    void oneBatchMayFailAndTheNextSucceed() {
        std::vector<Batch> batches(3);
        batches[0] = this->putting(this->record("a"));
        batches[1] = this->putting(this->record("b"));
        batches[1].expects = {this->present("nobody")};
        batches[2] = this->putting(this->record("c"));
        const auto outcomes = this->applyAll(batches);
        CPPUNIT_ASSERT(outcomes[0].applied());
        CPPUNIT_ASSERT(!outcomes[1].applied());
        CPPUNIT_ASSERT(outcomes[2].applied());
        CPPUNIT_ASSERT(this->exists("a"));
        CPPUNIT_ASSERT(!this->exists("b"));
        CPPUNIT_ASSERT(this->exists("c"));
    }

    void batchesOfOneCallSeeEachOtherInOrder() {
        std::vector<Batch> batches(4);
        for (std::size_t index = 0; index < 3; ++index) {
            batches[index] = this->putting(this->record("a", std::to_string(index)));
            batches[index].expects = {this->absent("a")};
        }
        batches[1].expects = {this->version("a", 1)};
        batches[3].erases.push_back({"session", "a"});
        batches[3].expects = {this->version("a", 2)};
        const auto outcomes = this->applyAll(batches);
        CPPUNIT_ASSERT(outcomes[0].applied());
        CPPUNIT_ASSERT(outcomes[1].applied());
        CPPUNIT_ASSERT(!outcomes[2].applied());
        CPPUNIT_ASSERT(outcomes[2].found);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), outcomes[2].found->payload);
        CPPUNIT_ASSERT(outcomes[3].applied());
        CPPUNIT_ASSERT(!this->exists("a"));
    }

    void noBatchesAreNoOutcomes() {
        this->applyAll({});
        CPPUNIT_ASSERT(this->apply(Batch{}).applied());
    }

    void erasesComeBeforePuts() {
        Record first = this->record("a", "old");
        first.family = "f";
        this->put(first);
        Batch batch;
        batch.eraseFamilies.push_back("f");
        batch.erases.push_back({"session", "a"});
        first.payload = "new";
        batch.puts.push_back(first);
        CPPUNIT_ASSERT(this->apply(batch).applied());
        const auto found = this->find("a");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::string("new"), found->payload);
    }

    void aFamilyIsErasedAcrossKinds() {
        Batch batch;
        for (const char* kind : {"access_token", "family", "authorization_code"}) {
            Record member = this->record("m", "{}", kind);
            member.family = "f1";
            member.links = {{"client", "c1"}};
            batch.puts.push_back(member);
        }
        Record other = this->record("o", "{}", "access_token");
        other.family = "f2";
        batch.puts.push_back(other);
        CPPUNIT_ASSERT(this->apply(batch).applied());
        Batch revoke;
        revoke.eraseFamilies.push_back("f1");
        CPPUNIT_ASSERT(this->apply(revoke).applied());
        for (const char* kind : {"access_token", "family", "authorization_code"}) {
            CPPUNIT_ASSERT(!this->exists("m", kind));
        }
        CPPUNIT_ASSERT(this->exists("o", "access_token"));
        const auto page =
            this->storage_->list(this->context_, "access_token", {"client", "c1"}, {}, 10);
        CPPUNIT_ASSERT(page && page->records.empty());
    }

    void theEmptyFamilyIsNoFamily() {
        this->put(this->record("a"));
        Batch batch;
        batch.eraseFamilies.push_back("");
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(this->exists("a"));
    }

    void aRecordCanChangeItsFamily() {
        Record moving = this->record("a");
        moving.family = "f1";
        this->put(moving);
        moving.family = "f2";
        this->put(moving);
        Batch batch;
        batch.eraseFamilies.push_back("f1");
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(this->exists("a"));
        batch.eraseFamilies = {"f2"};
        CPPUNIT_ASSERT(this->apply(batch).applied());
        CPPUNIT_ASSERT(!this->exists("a"));
    }
};

}  // namespace gatehouse::testkit
