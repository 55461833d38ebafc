// SPDX-License-Identifier: Apache-2.0
#include "text/Percent.h"

#include "text/Utf8.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse {

namespace {

bool isUnreserved(char character) {
    return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z') ||
           (character >= '0' && character <= '9') || character == '-' || character == '.' ||
           character == '_' || character == '~';
}

int hexDigit(char character) {
    if (character >= '0' && character <= '9') {
        return character - '0';
    }
    if (character >= 'A' && character <= 'F') {
        return character - 'A' + 10;
    }
    if (character >= 'a' && character <= 'f') {
        return character - 'a' + 10;
    }
    return -1;
}

/// The byte of the "XX" behind a percent sign, or -1.
int hexByte(std::string_view text) {
    if (text.size() < 2) {
        return -1;
    }
    const int high = hexDigit(text[0]);
    const int low = hexDigit(text[1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

std::string percentEncode(std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (;;) {
        const auto* end = std::find_if_not(text.begin(), text.end(), isUnreserved);
        encoded.append(text.begin(), end);
        if (end == text.end()) {
            return encoded;
        }
        const auto byte = static_cast<unsigned char>(*end);
        encoded += '%';
        encoded += hex[byte >> 4U];
        encoded += hex[byte & 15U];
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()) + 1);
    }
}

std::optional<std::string> percentDecode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (auto percent = text.find('%'); percent != std::string_view::npos;
         percent = text.find('%')) {
        const int byte = hexByte(text.substr(percent + 1));
        if (byte < 0) {
            return std::nullopt;
        }
        decoded += text.substr(0, percent);
        decoded += static_cast<char>(static_cast<unsigned char>(byte));
        text.remove_prefix(percent + 3);
    }
    decoded += text;
    if (decoded.find('\0') != std::string::npos || !isUtf8(decoded)) {
        return std::nullopt;
    }
    return decoded;
}

}  // namespace gatehouse
