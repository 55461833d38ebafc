// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/Base64.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace gatehouse {

// Pieces that the texts of hashes are made of.

constexpr std::string_view cryptAlphabet =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

inline bool startsWith(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

/// Takes what is expected off the front.
inline bool take(std::string_view& text, std::string_view expected) noexcept {
    const bool isThere = startsWith(text, expected);
    text.remove_prefix(isThere ? expected.size() : 0);
    return isThere;
}

/// Takes a number of 1 or more off the front.
inline bool takeNumber(std::string_view& text, std::uint32_t& number) noexcept {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || number == 0) {
        return false;
    }
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return true;
}

/// 0: not a number, or another one than is written in the shortest way.
inline std::uint32_t numberIn(std::string_view text) noexcept {
    std::uint32_t number = 0;
    const bool isNumber = !startsWith(text, "0") && takeNumber(text, number) && text.empty();
    return isNumber ? number : 0;
}

inline bool isOf(std::string_view alphabet, std::string_view text) noexcept {
    return text.find_first_not_of(alphabet) == std::string_view::npos;
}

/// Where the letter stands in crypt's alphabet; 64: nowhere.
inline std::uint32_t cryptDigit(char letter) noexcept {
    const auto at = cryptAlphabet.find(letter);
    return at == std::string_view::npos ? 64 : static_cast<std::uint32_t>(at);
}

inline std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(separator); end != std::string_view::npos;
         end = text.find(separator)) {
        parts.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    parts.push_back(text);
    return parts;
}

/// Base64 without padding, where `.` may stand for `+`, as passlib writes it.
inline std::optional<std::string> fromBareBase64(std::string_view text) {
    std::string padded(text);
    for (char& letter : padded) {
        letter = letter == '.' ? '+' : letter;
    }
    padded.append((4 - padded.size() % 4) % 4, '=');
    return fromBase64(padded);
}

}  // namespace gatehouse
