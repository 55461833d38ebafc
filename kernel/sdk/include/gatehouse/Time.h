// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace gatehouse {

/// A moment, in milliseconds since 1970-01-01 UTC.
using TimePoint = std::chrono::time_point<std::chrono::system_clock, std::chrono::milliseconds>;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// The expiry of what never expires.
constexpr TimePoint never = TimePoint::max();

/// A moment of the clock that nobody sets, in milliseconds: for deadlines and for how long
/// something takes, inside one process, also while the machine sleeps. It is no moment of
/// std::chrono::steady_clock: to wait, take the difference to Clock::steady(). It means nothing to
/// another process, and is never stored.
using SteadyPoint = std::chrono::time_point<std::chrono::steady_clock, milliseconds>;

/// The deadline of what may take as long as it takes.
constexpr SteadyPoint noDeadline = SteadyPoint::max();

/// RFC 7519 NumericDate: whole seconds since 1970.
constexpr std::int64_t toSeconds(TimePoint time) {
    return std::chrono::duration_cast<seconds>(time.time_since_epoch()).count();
}

/// The moment a NumericDate names.
constexpr TimePoint fromSeconds(std::int64_t value) {
    return TimePoint{seconds{value}};
}

}  // namespace gatehouse
