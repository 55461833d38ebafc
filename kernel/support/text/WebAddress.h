// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gatehouse {

/// May this be the address of something to fetch? http too, which the operator may allow for an
/// origin; what else is wrong with it, who asks will find out.
inline bool isWebAddress(std::string_view text) {
    constexpr std::size_t longest = 512;  // RFC 9101 section 5.2
    return text.size() <= longest &&
           (text.rfind("https://", 0) == 0 || text.rfind("http://", 0) == 0) &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

}  // namespace gatehouse
