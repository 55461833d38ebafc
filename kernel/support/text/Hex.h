// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gatehouse {

/// Two lower-case hexadecimal digits for each byte.
inline std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4U];
        text += digits[byte & 15U];
    }
    return text;
}

/// The bytes; nullopt for an odd number of digits, or what is none. Capitals are taken too.
inline std::optional<std::string> fromHex(std::string_view text) {
    const auto digit = [](char c) {
        const auto at = std::string_view("0123456789abcdef0123456789ABCDEF").find(c);
        return at == std::string_view::npos ? -1 : static_cast<int>(at % 16);
    };
    std::string bytes;
    for (; text.size() >= 2; text.remove_prefix(2)) {
        const int high = digit(text[0]);
        const int low = digit(text[1]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        bytes += static_cast<char>(high * 16 + low);
    }
    return text.empty() ? std::optional(std::move(bytes)) : std::nullopt;
}

}  // namespace gatehouse
