// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <algorithm>
#include <chrono>

namespace gatehouse {

/// When to give up, by the clock that nobody sets.
using Deadline = std::chrono::steady_clock::time_point;

inline Deadline deadlineIn(milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

/// 0 when it has passed; rounded up.
inline milliseconds leftUntil(Deadline deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
    return std::max(left, milliseconds{0});
}

}  // namespace gatehouse
