// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/testkit/StorageCase.h>

namespace gatehouse::testkit {

/// Many threads at once.
template <class Bed> class StorageRaceCases : public StorageCase<Bed> {
    CPPUNIT_TEST_SUITE(StorageRaceCases<Bed>);
    CPPUNIT_TEST(aRacedAbsenceIsMetByExactlyOne);
    CPPUNIT_TEST(aRacedVersionIsMetByExactlyOne);
    CPPUNIT_TEST(noIncrementIsLost);
    CPPUNIT_TEST(aBatchIsNeverSeenHalf);
    CPPUNIT_TEST(writersReadersAndListersRunTogether);
    CPPUNIT_TEST_SUITE_END();

public:
    void aRacedAbsenceIsMetByExactlyOne() {
        for (int round = 0; round < 5; ++round) {
            const std::string key = "code" + std::to_string(round);
            CPPUNIT_ASSERT_EQUAL(1, winners(this->absent(key), key));
        }
    }

    void aRacedVersionIsMetByExactlyOne() {
        this->put(this->record("family"));
        for (std::uint64_t round = 1; round <= 5; ++round) {
            CPPUNIT_ASSERT_EQUAL(1, winners(this->version("family", round), "family"));
        }
    }

    void noIncrementIsLost() {
        this->put(this->record("a"));
        std::atomic<int> failures{0};
        together(8, [&](int) {
            for (int time = 0; time < 20; ++time) {
                failures += isApplied(this->putting(this->record("a"))) ? 0 : 1;
            }
        });
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{161}, this->find("a")->version);
    }

    void aBatchIsNeverSeenHalf() {
        std::atomic<bool> isWriting{true};
        std::atomic<int> failures{0};
        together(5, [&](int thread) {
            if (thread == 0) {
                for (int time = 0; time < 50; ++time) {
                    failures += isApplied(pair(time)) ? 0 : 1;
                }
                isWriting = false;
                return;
            }
            while (isWriting) {
                failures += seesWholePairs() ? 0 : 1;
            }
        });
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
    }

    void writersReadersAndListersRunTogether() {
        std::atomic<int> failures{0};
        together(12, [&](int thread) {
            for (int time = 0; time < 15; ++time) {
                const std::string key = std::to_string(thread) + "." + std::to_string(time);
                Record made = this->record(key, key);
                made.links = {{"subject", "u" + std::to_string(thread)}};
                failures += isApplied(this->putting(made)) ? 0 : 1;
                failures += isFound(key) ? 0 : 1;
                failures += isListed(made.links[0], static_cast<std::size_t>(time) + 1) ? 0 : 1;
            }
        });
        CPPUNIT_ASSERT_EQUAL(0, failures.load());
    }

private:
    int winners(const Expect& expect, std::string_view key) {
        std::atomic<int> won{0};
        std::atomic<int> errors{0};
        together(16, [&](int thread) {
            Batch batch = this->putting(this->record(key, std::to_string(thread)));
            batch.expects = {expect};
            const auto outcomes = this->storage_->apply(this->context_, {batch});
            errors += outcomes ? 0 : 1;
            won += outcomes && outcomes->front().applied() ? 1 : 0;
        });
        CPPUNIT_ASSERT_EQUAL(0, errors.load());
        return won;
    }
    bool isApplied(const Batch& batch) {
        const auto outcomes = this->storage_->apply(this->context_, {batch});
        return outcomes && outcomes->front().applied();
    }
    bool isFound(const std::string& key) {
        const auto found = this->storage_->find(this->context_, "session", key);
        return found && *found && (*found)->payload == key;
    }
    bool isListed(const Link& link, std::size_t wanted) {
        const auto page = this->storage_->list(this->context_, "session", link, {}, 100);
        return page && page->records.size() == wanted;
    }
    Batch pair(int number) {
        Batch batch;
        for (const char* half : {"left", "right"}) {
            Record made = this->record(half, std::to_string(number));
            made.links = {{"subject", "pair"}};
            batch.puts.push_back(made);
        }
        return batch;
    }
    bool seesWholePairs() {
        const auto page =
            this->storage_->list(this->context_, "session", {"subject", "pair"}, {}, 9);
        if (!page) {
            return false;
        }
        const auto& records = page->records;
        return records.empty() || (records.size() == 2 && records[0].payload == records[1].payload);
    }
};

}  // namespace gatehouse::testkit
