// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace gatehouse::testkit {

/// Records in memory, each issuer's apart, expiring by the given clock. Threads: any.
class FakeRecords final : public Records, public FakeBackend {
public:
    explicit FakeRecords(const Clock& clock) : clock_(clock) {}

    Result<std::optional<Record>> find(const Context& context, std::string_view kind,
                                       std::string_view key) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (const auto failure = trouble(context)) {
            return *failure;
        }
        const Record* record = live(context.issuer.id, std::string(kind), std::string(key));
        return record == nullptr ? std::nullopt : std::optional<Record>(*record);
    }

    Result<Outcome> apply(const Context& context, Batch batch) override {
        if (const auto other = somebodyElse()) {
            other();
        }
        const std::lock_guard<std::mutex> lock(mutex_);
        if (const auto failure = trouble(context)) {
            return *failure;
        }
        for (std::size_t index = 0; index < batch.expects.size(); ++index) {
            const Expect& expect = batch.expects[index];
            const Record* record = live(context.issuer.id, expect.kind, expect.key);
            if (!meets(expect, record)) {
                return Outcome{index,
                               record == nullptr ? std::nullopt : std::optional<Record>(*record)};
            }
        }
        write(context.issuer.id, batch);
        if (std::exchange(losesAnswer_, false)) {
            return Error::unknown("no answer came");
        }
        return Outcome{};
    }

    Result<bool> once(const Context& context, std::string_view kind, std::string_view id,
                      TimePoint until, TimePoint earliest) override {
        if (lostUntil_ && earliest <= *lostUntil_) {
            return Error::unavailable("marks are lost");
        }
        Batch batch;
        batch.expects.push_back({std::string(kind), std::string(id), Expect::State::absent, 0});
        Record mark;
        mark.kind = kind;
        mark.key = id;
        mark.expires = until;
        batch.puts.push_back(mark);
        const auto outcome = apply(context, batch);
        if (!outcome) {
            return outcome.error();
        }
        return outcome->applied();
    }

    Result<RecordPage> list(const Context& context, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (const auto failure = trouble(context)) {
            return *failure;
        }
        RecordPage page;
        for (const auto& [place, record] : records_) {
            const bool fits = record.issuer == context.issuer.id && record.kind == kind &&
                              record.key > after && isLive(record) && hasLink(record, link);
            if (fits && page.records.size() == limit) {
                page.next = page.records.back().key;
                break;
            }
            if (fits) {
                page.records.push_back(record);
            }
        }
        return page;
    }

    Result<std::int64_t> count(const Context& context, std::string_view key,
                               seconds window) override {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (const auto failure = trouble(context)) {
            return *failure;
        }
        auto& counter = counters_[{context.issuer.id, std::string(key)}];
        if (counter.second <= clock_.steady()) {
            counter = {0, clock_.steady() + window};
        }
        return ++counter.first;
    }

    /// Every record of a kind, of all issuers, expired ones too.
    std::vector<Record> all(std::string_view kind) const {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::vector<Record> found;
        for (const auto& [place, record] : records_) {
            if (record.kind == kind) {
                found.push_back(record);
            }
        }
        return found;
    }
    std::vector<Notice> notices() const {
        const std::lock_guard<std::mutex> lock(mutex_);
        return notices_;
    }
    /// Every replay mark is lost now, and once() knows it.
    void loseMarks() {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (auto at = records_.begin(); at != records_.end();) {
            at = at->second.kind == "replay" ? records_.erase(at) : std::next(at);
        }
        lostUntil_ = clock_.now();
    }
    /// The next batch that is applied is answered by Fault::unknown.
    void loseNextAnswer() {
        const std::lock_guard<std::mutex> lock(mutex_);
        losesAnswer_ = true;
    }

    std::function<void()> meanwhile;  ///< done once by somebody else, before a batch is applied

private:
    std::function<void()> somebodyElse() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return std::exchange(meanwhile, {});
    }
    using Place = std::tuple<IssuerId, std::string, std::string>;

    bool isLive(const Record& record) const { return record.expires > clock_.now(); }
    const Record* live(IssuerId issuer, const std::string& kind, const std::string& key) const {
        const auto found = records_.find({issuer, kind, key});
        return found == records_.end() || !isLive(found->second) ? nullptr : &found->second;
    }
    static bool meets(const Expect& expect, const Record* record) {
        switch (expect.state) {
        case Expect::State::absent: return record == nullptr;
        case Expect::State::present: return record != nullptr;
        case Expect::State::version: return record != nullptr && record->version == expect.version;
        }
        return false;
    }
    static bool hasLink(const Record& record, const Link& link) {
        if (link.name.empty()) {
            return true;
        }
        for (const auto& own : record.links) {
            if (own.name == link.name && own.value == link.value) {
                return true;
            }
        }
        return false;
    }
    void write(IssuerId issuer, const Batch& batch) {
        for (const auto& erase : batch.erases) {
            records_.erase({issuer, erase.kind, erase.key});
        }
        for (const auto& family : batch.eraseFamilies) {
            for (auto at = records_.begin(); at != records_.end();) {
                at = !family.empty() && at->second.family == family ? records_.erase(at)
                                                                    : std::next(at);
            }
        }
        for (Record record : batch.puts) {
            const Record* old = live(issuer, record.kind, record.key);
            record.version = old == nullptr ? 1 : old->version + 1;
            record.issuer = issuer;
            records_.insert_or_assign({issuer, record.kind, record.key}, record);
        }
        for (Notice notice : batch.notices) {
            notice.issuer = issuer;
            notices_.push_back(notice);
        }
    }

    const Clock& clock_;
    mutable std::mutex mutex_;
    std::map<Place, Record> records_;
    std::map<std::pair<IssuerId, std::string>, std::pair<std::int64_t, SteadyPoint>> counters_;
    std::vector<Notice> notices_;
    bool losesAnswer_ = false;
    std::optional<TimePoint> lostUntil_;
};

}  // namespace gatehouse::testkit
