// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <atomic>
#include <cstdint>

namespace gatehouse::testkit {

/// A clock that moves when told to. Starts at 2026-01-01T00:00:00Z. Time passes with advance();
/// set() sets it as an operator does, and no time passes. Threads: any.
class FakeClock final : public Clock {
public:
    TimePoint now() const noexcept override { return TimePoint{milliseconds{now_.load()}}; }
    SteadyPoint steady() const noexcept override {
        return SteadyPoint{milliseconds{passed_.load()}};
    }
    void set(TimePoint moment) noexcept { now_ = moment.time_since_epoch().count(); }
    void advance(milliseconds by) noexcept {
        now_ += by.count();
        passed_ += by.count();
    }

private:
    std::atomic<std::int64_t> now_{1767225600000};
    std::atomic<std::int64_t> passed_{3'600'000};
};

}  // namespace gatehouse::testkit
