// SPDX-License-Identifier: Apache-2.0
#include "text/AbsoluteUri.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse {

bool isAbsoluteUri(std::string_view text) noexcept {
    const auto colon = text.find(':');
    const auto isAlnum = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const bool hasScheme =
        colon != std::string_view::npos && colon > 0 && isAlnum(text.front()) &&
        (text.front() < '0' || text.front() > '9') &&
        std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon),
                    [&](char c) { return isAlnum(c) || c == '+' || c == '-' || c == '.'; });
    return hasScheme && colon + 1 < text.size() &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return c > 0x20 && c < 0x7f &&
                      std::string_view("\"<>\\^`{|}#").find(c) == std::string_view::npos;
           });
}

}  // namespace gatehouse
