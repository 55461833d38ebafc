// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <string>

namespace gatehouse {

/// Tells that a bounded table is full: each time as a metric, once a minute in the log, because
/// strangers decide how often it happens. One thread at a time.
class Overflow {
public:
    /// Both must outlive this.
    Overflow(Log& log, Metrics& metrics, std::string table)
        : log_(log), table_(std::move(table)),
          times_(metrics.counter("gatehouse_limits_table_full_total",
                                 "Times that a full table of the rate limits gave something up",
                                 {{"table", table_}})) {}

    void note(SteadyPoint now) {
        constexpr seconds quiet{60};
        times_.add();
        if (now >= quietUntil_) {
            quietUntil_ = now + quiet;
            log_.write(Level::warning,
                       "rate limits: a table is full, and what ends first is given up",
                       {{"table", table_}});
        }
    }

private:
    Log& log_;
    std::string table_;
    Counter& times_;
    SteadyPoint quietUntil_ = SteadyPoint::min();
};

}  // namespace gatehouse
