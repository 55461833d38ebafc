// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace gatehouse {

/// Counters of one process that start again when their window has passed. Bounded: when full of
/// live counters, one of them is forgotten for each new one. Threads: any.
class Counters {
public:
    static constexpr std::size_t mostCounters = 200000;

    /// Adds one and returns the value.
    std::int64_t count(std::string_view key, seconds window, SteadyPoint now) {
        const std::lock_guard<std::mutex> lock(mutex_);
        const auto found = counters_.find(std::string(key));
        if (found != counters_.end() && found->second.ends > now) {
            return ++found->second.value;
        }
        if (found != counters_.end()) {
            counters_.erase(found);
        }
        if (counters_.size() >= mostCounters) {
            counters_.erase(counters_.begin());
        }
        counters_[std::string(key)] = {1, now + window};
        return 1;
    }

    /// Forgets at most so many that ended by `before`; returns how many went.
    std::size_t dropExpired(SteadyPoint before, std::size_t atMost) {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::size_t dropped = 0;
        for (auto at = counters_.begin(); at != counters_.end() && dropped < atMost;) {
            const bool hasEnded = at->second.ends <= before;
            at = hasEnded ? counters_.erase(at) : std::next(at);
            dropped += hasEnded ? 1U : 0U;
        }
        return dropped;
    }

private:
    struct Counter {
        std::int64_t value;
        SteadyPoint ends;
    };

    std::mutex mutex_;
    std::unordered_map<std::string, Counter> counters_;
};

}  // namespace gatehouse
