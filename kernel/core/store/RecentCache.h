// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

namespace gatehouse {

/// Keeps what was used lately, at most about `limit` values. What is new or found again is young;
/// when the young are half of all, they become the old, and the old that nobody asked for go. So
/// nothing is sorted and no request pays for emptying the whole. Threads: any; split into shards
/// that have a lock each.
template <class Value> class RecentCache {
public:
    using Shared = std::shared_ptr<const Value>;

    explicit RecentCache(std::size_t limit) : mostYoung_(limit / shardCount / 2) {}

    /// nullptr: not here.
    Shared find(const std::string& key) {
        Shard& shard = shardOf(key);
        Values gone;
        const std::lock_guard lock(shard.mutex);
        if (const auto young = shard.young.find(key); young != shard.young.end()) {
            return young->second;
        }
        const auto old = shard.old.find(key);
        if (old == shard.old.end()) {
            return nullptr;
        }
        auto value = std::move(old->second);
        shard.old.erase(old);
        gone = keep(shard, key, value);
        return value;
    }

    /// Puts or replaces, unless `isStale()` says otherwise; asked under the lock that forget()
    /// takes.
    template <class Check> void put(const std::string& key, Shared value, const Check& isStale) {
        Shard& shard = shardOf(key);
        Values gone;
        const std::lock_guard lock(shard.mutex);
        if (!isStale()) {
            shard.old.erase(key);
            gone = keep(shard, key, std::move(value));
        }
    }
    void put(const std::string& key, Shared value) {
        put(key, std::move(value), [] { return false; });
    }

    void forget(const std::string& key) {
        Shard& shard = shardOf(key);
        const std::lock_guard lock(shard.mutex);
        shard.young.erase(key);
        shard.old.erase(key);
    }

    void clear() {
        for (auto& shard : shards_) {
            Values young;
            Values old;
            const std::lock_guard lock(shard.mutex);
            young.swap(shard.young);
            old.swap(shard.old);
        }
    }

private:
    using Values = std::unordered_map<std::string, Shared>;
    struct Shard {
        std::mutex mutex;
        Values young;
        Values old;
    };

    Shard& shardOf(const std::string& key) {
        return shards_[std::hash<std::string>()(key) % shardCount];
    }

    /// Gives what has to go, to be destroyed when the lock is free again.
    Values keep(Shard& shard, const std::string& key, Shared value) {
        shard.young.insert_or_assign(key, std::move(value));
        Values gone;
        if (shard.young.size() > mostYoung_) {
            gone = std::exchange(shard.old, std::exchange(shard.young, {}));
        }
        return gone;
    }

    static constexpr std::size_t shardCount = 16;
    const std::size_t mostYoung_;
    std::array<Shard, shardCount> shards_;
};

}  // namespace gatehouse
