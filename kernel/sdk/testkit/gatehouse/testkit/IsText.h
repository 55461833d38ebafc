// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gatehouse::testkit {

/// Is this UTF-8 (RFC 3629) without NUL?
inline bool isText(std::string_view text) {
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text.front());
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        std::uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (std::size_t at = 1; at < length; ++at) {
            if (at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80) {
                return false;
            }
            point = (point << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
        }
        constexpr std::uint32_t least[] = {1, 0x80, 0x800, 0x10000};
        const bool isSurrogate = point >= 0xD800 && point < 0xE000;
        if (point < least[length - 1] || point > 0x10FFFF || isSurrogate || first > 0xF7) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace gatehouse::testkit
