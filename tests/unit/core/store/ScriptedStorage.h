// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ReplayMarks.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeHost.h>

#include "MemoryStorage.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// A storage in memory that does as a test says: waits, fails, shows changes of the test's own.
class ScriptedStorage : public Storage {
public:
    explicit ScriptedStorage(Host& host) {
        (void)inner.configure(testkit::FakeConfig{}, host);
        (void)inner.start();
    }

    Result<std::vector<Outcome>> apply(const Context& context,
                                       const std::vector<Batch>& batches) override {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            groups.push_back(batches);
        }
        if (auto scripted = beforeApply ? beforeApply(batches) : std::nullopt) {
            return *scripted;
        }
        if (hasLostMarks) {
            return std::vector<Outcome>(batches.size(), Outcome{0, std::nullopt});
        }
        return inner.apply(context, batches);
    }
    Result<std::optional<Record>> find(const Context& context, std::string_view kind,
                                       std::string_view key) const override {
        return inner.find(context, kind, key);
    }
    Result<RecordPage> list(const Context& context, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) const override {
        return inner.list(context, kind, link, after, limit);
    }
    Result<std::int64_t> count(const Context& context, std::string_view key,
                               seconds window) override {
        return inner.count(context, key, window);
    }
    Result<std::vector<Change>> changesSince(const Context&, std::uint64_t number) const override {
        ++readings;
        if (whileReading) {
            whileReading();
        }
        const std::lock_guard<std::mutex> lock(mutex);
        if (failure) {
            return *failure;
        }
        std::vector<Change> found;
        for (const auto& change : changes) {
            if (change.number > number && found.size() < 1000) {
                found.push_back(change);
            }
        }
        return found;
    }
    Result<std::size_t> dropExpired(const Context& context, TimePoint before,
                                    std::size_t atMost) override {
        const std::lock_guard<std::mutex> lock(mutex);
        if (failure) {
            return *failure;
        }
        const auto step = inner.dropExpired(context, before, atMost);
        dropped += *step;
        return step;
    }

    Result<std::optional<TimePoint>> serverTime(const Context&) const override {
        return time ? time() : std::optional<TimePoint>();
    }

    std::vector<std::size_t> groupSizes() const {
        const std::lock_guard<std::mutex> lock(mutex);
        std::vector<std::size_t> sizes;
        for (const auto& group : groups) {
            sizes.push_back(group.size());
        }
        return sizes;
    }
    void setFailure(std::optional<Error> next) {
        const std::lock_guard<std::mutex> lock(mutex);
        failure = std::move(next);
    }

    MemoryStorage inner;
    std::function<Result<std::optional<TimePoint>>()> time;  ///< none: that of this machine
    std::function<std::optional<Error>(const std::vector<Batch>&)> beforeApply;
    mutable std::mutex mutex;
    std::vector<std::vector<Batch>> groups;
    std::vector<Change> changes;  ///< in the order of their numbers
    std::function<void()> whileReading;
    mutable std::atomic<int> readings{0};
    std::atomic<std::size_t> dropped{0};
    std::optional<Error> failure;
    bool hasLostMarks =
        false;  ///< the first expectation of every batch fails, and nothing is found
};

/// One that keeps replay marks beside its records.
class MarkingStorage final : public ScriptedStorage, public ReplayMarks {
public:
    using ScriptedStorage::ScriptedStorage;
    void* capability(std::string_view name, std::uint16_t /*version*/) noexcept override {
        return name == ReplayMarks::capability.name ? static_cast<ReplayMarks*>(this) : nullptr;
    }
    Result<bool> once(const Context&, std::string_view kind, std::string_view key, TimePoint,
                      TimePoint) override {
        return marks.emplace(kind, key).second;
    }

    std::set<std::pair<std::string, std::string>> marks;
};

}  // namespace gatehouse
