// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include "text/Rfc3339.h"

#include <string>

namespace gatehouse {

/// As people read it: "2024-05-01 12:00 UTC".
inline std::string shownTime(TimePoint time) {
    constexpr std::size_t day = 10;
    constexpr std::size_t minute = 5;
    const auto text = rfc3339Second(time);
    return text.substr(0, day) + " " + text.substr(day + 1, minute) + " UTC";
}

}  // namespace gatehouse
