// SPDX-License-Identifier: Apache-2.0
#include "MemoryStorage.h"

#include <mutex>

namespace gatehouse {
namespace {

constexpr std::size_t mostChanges = 1000;

bool meets(const Expect& expect, const Record* record) {
    const bool isForeign =
        record != nullptr && expect.issuer != 0 && record->issuer != expect.issuer;
    switch (expect.state) {
    case Expect::State::absent: return record == nullptr;
    case Expect::State::present: return record != nullptr && !isForeign;
    case Expect::State::version:
        return record != nullptr && !isForeign && record->version == expect.version;
    }
    return false;
}

}  // namespace

Status MemoryStorage::configure(const Config& /*config*/, Host& host) {
    clock_ = &host.clock();
    counters_ = std::make_unique<Counters>(host.log(), host.metrics());
    return done();
}

Result<std::vector<Outcome>> MemoryStorage::apply(const Context& /*context*/,
                                                  const std::vector<Batch>& batches) {
    const TimePoint now = clock_->now();
    std::vector<Outcome> outcomes;
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    for (const auto& batch : batches) {
        auto refused = refusal(batch, now);
        if (!refused) {
            write(batch, now);
        }
        outcomes.push_back(refused ? *std::move(refused) : Outcome{});
    }
    return outcomes;
}

Result<std::optional<Record>> MemoryStorage::find(const Context& /*context*/, std::string_view kind,
                                                  std::string_view key) const {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    const Record* record = records_.find(kind, key, clock_->now());
    return record == nullptr ? std::nullopt : std::optional<Record>(*record);
}

Result<RecordPage> MemoryStorage::list(const Context& context, std::string_view kind,
                                       const Link& link, std::string_view after,
                                       std::size_t limit) const {
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    return records_.list(context.issuer.id, kind, link, after, limit, clock_->now());
}

Result<std::int64_t> MemoryStorage::count(const Context& /*context*/, std::string_view key,
                                          seconds window) {
    return counters_->count(key, window, clock_->steady());
}

Result<std::vector<Change>> MemoryStorage::changesSince(const Context& /*context*/,
                                                        std::uint64_t number) const {
    const TimePoint now = clock_->now();
    const std::shared_lock<std::shared_mutex> lock(mutex_);
    std::vector<Change> changes;
    for (auto at = notices_.upper_bound(number);
         at != notices_.end() && changes.size() < mostChanges; ++at) {
        if (at->second.expires > now) {
            changes.push_back({at->first, at->second});
        }
    }
    return changes;
}

Result<std::size_t> MemoryStorage::dropExpired(const Context& /*context*/, TimePoint before,
                                               std::size_t atMost) {
    const std::unique_lock<std::shared_mutex> lock(mutex_);
    std::size_t dropped = records_.dropExpired(before, atMost);
    dropped += dropNotices(before, atMost - dropped);
    dropped += counters_->dropExpired(clock_->steady(), atMost - dropped);
    return dropped;
}

std::optional<Outcome> MemoryStorage::refusal(const Batch& batch, TimePoint now) const {
    for (std::size_t index = 0; index < batch.expects.size(); ++index) {
        const Expect& expect = batch.expects[index];
        const Record* record = records_.find(expect.kind, expect.key, now);
        if (!meets(expect, record)) {
            return Outcome{index,
                           record == nullptr ? std::nullopt : std::optional<Record>(*record)};
        }
    }
    return std::nullopt;
}

void MemoryStorage::write(const Batch& batch, TimePoint now) {
    for (const auto& erase : batch.erases) {
        records_.erase(erase.kind, erase.key);
    }
    for (const auto& family : batch.eraseFamilies) {
        records_.eraseFamily(family);
    }
    for (const auto& record : batch.puts) {
        records_.put(record, now);
    }
    for (const auto& notice : batch.notices) {
        notices_.emplace(++lastNotice_, notice);
    }
}

std::size_t MemoryStorage::dropNotices(TimePoint before, std::size_t atMost) {
    std::size_t dropped = 0;
    for (auto at = notices_.begin(); at != notices_.end() && dropped < atMost;) {
        const bool hasExpired = at->second.expires <= before;
        at = hasExpired ? notices_.erase(at) : std::next(at);
        dropped += hasExpired ? 1U : 0U;
    }
    return dropped;
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::MemoryStorage, "memory", "0.1.0",
                 "Keeps records in memory until the server ends")
