// SPDX-License-Identifier: Apache-2.0
#include "text/Percent.h"

#include "text/Utf8.h"

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
    encoded.reserve(text.size() + 16);
    for (const char character : text) {
        if (isUnreserved(character)) {
            encoded += character;
            continue;
        }
        const auto byte = static_cast<unsigned char>(character);
        encoded += '%';
        encoded += hex[byte >> 4U];
        encoded += hex[byte & 15U];
    }
    return encoded;
}

std::optional<std::string> percentDecode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] != '%') {
            decoded += text[index];
            continue;
        }
        const int byte = hexByte(text.substr(index + 1));
        if (byte < 0) {
            return std::nullopt;
        }
        decoded += static_cast<char>(static_cast<unsigned char>(byte));
        index += 2;
    }
    if (decoded.find('\0') != std::string::npos || !isUtf8(decoded)) {
        return std::nullopt;
    }
    return decoded;
}

}  // namespace gatehouse
