// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "limit/EndingTable.h"
#include "limit/Overflow.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace gatehouse {

/// Counters of one process that start again when their window has passed. Bounded as an EndingTable
/// is. Threads: any.
class Counters {
public:
    static constexpr std::size_t mostCounters = 200'000;

    /// Both must outlive this.
    Counters(Log& log, Metrics& metrics, std::size_t most = mostCounters)
        : overflow_(log, metrics, "counters"), counters_(most) {}

    /// Adds one and returns the value.
    std::int64_t count(std::string_view key, seconds window, SteadyPoint now) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (auto* value = counters_.find(key, now)) {
            return ++*value;
        }
        if (!counters_.put(key, 1, now + window, now)) {
            overflow_.note(now);
        }
        return 1;
    }

    /// Forgets at most so many that ended by `before`; returns how many went.
    std::size_t dropExpired(SteadyPoint before, std::size_t atMost) {
        const std::lock_guard<std::mutex> lock(mutex_);
        return counters_.dropEnded(before, atMost);
    }

private:
    std::mutex mutex_;
    Overflow overflow_;
    EndingTable<std::int64_t> counters_;
};

}  // namespace gatehouse
