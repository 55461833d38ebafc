// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// A key of its own for each day: anybody may have texts sealed, and a key is good for 2^32.
inline std::string dailyLabel(std::string_view what, TimePoint time) {
    using days = std::chrono::duration<std::int64_t, std::ratio<86'400>>;
    const auto day = std::chrono::duration_cast<days>(time.time_since_epoch()).count();
    return std::string(what) + "." + std::to_string(day);
}

}  // namespace gatehouse
