// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>
#include <gatehouse/testkit/FakeContext.h>
#include <gatehouse/testkit/Together.h>

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// What every storage case starts from: an empty, started storage of the bed, and short ways to use
/// it.
template <class Bed> class StorageCase : public CppUnit::TestFixture {
public:
    void setUp() override {
        bed_ = std::make_unique<Bed>();
        storage_ = bed_->make();
    }
    void tearDown() override {
        if (storage_) {
            storage_->stop();
        }
        storage_.reset();
        bed_.reset();
    }

protected:
    TimePoint now() { return bed_->clock().now(); }

    Record record(std::string_view key, std::string_view payload = "{}",
                  std::string_view kind = "session") {
        Record made;
        made.kind = kind;
        made.key = key;
        made.payload = payload;
        made.expires = now() + seconds{3600};
        return made;
    }
    static Batch putting(Record record) {
        Batch batch;
        batch.puts.push_back(std::move(record));
        return batch;
    }
    static Expect absent(std::string_view key, std::string_view kind = "session") {
        return {std::string(kind), std::string(key), Expect::State::absent};
    }
    static Expect present(std::string_view key, std::string_view kind = "session") {
        return {std::string(kind), std::string(key), Expect::State::present};
    }
    static Expect version(std::string_view key, std::uint64_t number,
                          std::string_view kind = "session") {
        return {std::string(kind), std::string(key), Expect::State::version, number};
    }
    std::vector<Outcome> applyAll(const std::vector<Batch>& batches) {
        auto outcomes = storage_->apply(context_, batches);
        CPPUNIT_ASSERT_MESSAGE(outcomes ? "" : outcomes.error().detail, bool(outcomes));
        CPPUNIT_ASSERT_EQUAL(batches.size(), outcomes->size());
        return *std::move(outcomes);
    }
    Outcome apply(const Batch& batch) { return applyAll({batch}).front(); }
    void put(const Record& record) { CPPUNIT_ASSERT(apply(putting(record)).applied()); }
    std::optional<Record> find(std::string_view key, std::string_view kind = "session") {
        auto found = storage_->find(context_, kind, key);
        CPPUNIT_ASSERT_MESSAGE(found ? "" : found.error().detail, bool(found));
        return *std::move(found);
    }
    bool exists(std::string_view key, std::string_view kind = "session") {
        return find(key, kind).has_value();
    }
    RecordPage list(const Context& context, const Link& link, std::string_view after = {},
                    std::size_t limit = 100) {
        auto page = storage_->list(context, "session", link, after, limit);
        CPPUNIT_ASSERT_MESSAGE(page ? "" : page.error().detail, bool(page));
        return *std::move(page);
    }
    static std::string keysOf(const RecordPage& page) {
        std::string keys;
        for (const auto& record : page.records) {
            keys += (keys.empty() ? "" : " ") + record.key;
        }
        return keys;
    }
    std::vector<Change> changesSince(std::uint64_t number) {
        auto changes = storage_->changesSince(context_, number);
        CPPUNIT_ASSERT_MESSAGE(changes ? "" : changes.error().detail, bool(changes));
        return *std::move(changes);
    }
    std::size_t dropExpired(TimePoint before, std::size_t atMost) {
        const auto dropped = storage_->dropExpired(context_, before, atMost);
        CPPUNIT_ASSERT_MESSAGE(dropped ? "" : dropped.error().detail, bool(dropped));
        return *dropped;
    }

    std::unique_ptr<Bed> bed_;
    std::unique_ptr<Storage> storage_;
    FakeContext context_;
};

}  // namespace gatehouse::testkit
