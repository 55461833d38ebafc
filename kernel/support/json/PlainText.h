// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace gatehouse {

/// Does this byte stand for itself in a JSON text of ours: ASCII, no control character (also not
/// DEL), quote or backslash?
inline bool isPlain(char character) noexcept {
    const auto byte = static_cast<unsigned char>(character);
    return byte >= 0x20 && byte < 0x7F && character != '"' && character != '\\';
}

/// Are all of these eight bytes plain? They are looked at in one go.
inline bool areEightPlain(const char* eight) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, eight, sizeof bytes);
    const std::uint64_t quotes = bytes ^ (each * '"');
    const std::uint64_t backslashes = bytes ^ (each * '\\');
    const std::uint64_t deletes = bytes ^ (each * 0x7F);
    // The high bit of a byte: it is no ASCII, below a blank, or what it was compared with.
    const std::uint64_t found =
        bytes | (bytes - each * 0x20) | (quotes - each) | (backslashes - each) | (deletes - each);
    return (found & (each * 0x80)) == 0;
}

/// How many bytes at the head of a text are plain.
inline std::size_t plainLength(std::string_view text) noexcept {
    constexpr std::size_t eight = sizeof(std::uint64_t);
    std::size_t length = 0;
    while (text.size() - length >= eight && areEightPlain(text.data() + length)) {
        length += eight;
    }
    const bool isNearEnd = length > 0 && text.size() - length < eight;
    if (isNearEnd && areEightPlain(text.data() + text.size() - eight)) {
        return text.size();
    }
    while (length < text.size() && isPlain(text[length])) {
        ++length;
    }
    return length;
}

}  // namespace gatehouse
