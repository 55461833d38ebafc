// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// A key of its own for each day: anybody may have texts sealed, and a key is good for 2^32.
inline std::string dailyLabel(std::string_view what, TimePoint time) {
    using days = std::chrono::duration<std::int64_t, std::ratio<86'400>>;
    const auto day = std::chrono::duration_cast<days>(time.time_since_epoch()).count();
    return std::string(what) + "." + std::to_string(day);
}

/// What was sealed by such a label a day ago at most: the clock of the node that sealed it may be
/// on the other side of midnight.
inline std::optional<Secret> openDaily(const Crypto& crypto, std::string_view what, TimePoint now,
                                       std::string_view sealed, std::string_view bound) {
    using days = std::chrono::duration<std::int64_t, std::ratio<86'400>>;
    for (const auto time : {now, now - days{1}, now + days{1}}) {
        if (auto plain = crypto.open(dailyLabel(what, time), sealed, bound)) {
            return *std::move(plain);
        }
    }
    return std::nullopt;
}

}  // namespace gatehouse
