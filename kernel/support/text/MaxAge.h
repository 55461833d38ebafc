// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include "text/Lower.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace gatehouse {

/// How long an answer is fresh by its Cache-Control (RFC 9111 section 5.2.2.1); nullopt: it says
/// nothing of that.
inline std::optional<seconds> maxAgeOf(std::string_view cacheControl) {
    constexpr std::string_view maxAge = "max-age=";
    const auto said = lowered(cacheControl);
    const auto begin = said.find(maxAge);
    std::int64_t number = 0;
    const bool isSaid =
        begin != std::string::npos &&
        std::from_chars(said.data() + begin + maxAge.size(), said.data() + said.size(), number)
                .ec == std::errc();
    return isSaid ? std::optional(seconds(number)) : std::nullopt;
}

}  // namespace gatehouse
