// SPDX-License-Identifier: Apache-2.0
#include "text/Utf8.h"

#include <cstdint>
#include <cstring>

namespace gatehouse {

namespace {

/// What may follow a lead byte (RFC 3629 section 4): only the second byte has special limits.
struct Sequence {
    std::size_t length = 0;
    unsigned char least = 0x80;
    unsigned char most = 0xBF;
};

Sequence sequenceOf(unsigned char lead) noexcept {
    if (lead >= 0xC2 && lead <= 0xDF) {
        return {2};
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return {3, static_cast<unsigned char>(lead == 0xE0 ? 0xA0 : 0x80),
                static_cast<unsigned char>(lead == 0xED ? 0x9F : 0xBF)};
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        return {4, static_cast<unsigned char>(lead == 0xF0 ? 0x90 : 0x80),
                static_cast<unsigned char>(lead == 0xF4 ? 0x8F : 0xBF)};
    }
    return {};
}

constexpr std::size_t wordSize = sizeof(std::uint64_t);

/// Are the first eight bytes all ASCII? Most text is.
bool startsWithAscii(std::string_view text) noexcept {
    if (text.size() < wordSize) {
        return false;
    }
    std::uint64_t word = 0;
    std::memcpy(&word, text.data(), wordSize);
    return (word & 0x8080808080808080U) == 0;
}

}  // namespace

std::size_t utf8Length(std::string_view text) noexcept {
    if (text.empty()) {
        return 0;
    }
    const auto lead = static_cast<unsigned char>(text[0]);
    if (lead < 0x80) {
        return 1;
    }
    const auto sequence = sequenceOf(lead);
    if (sequence.length == 0 || text.size() < sequence.length) {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    if (second < sequence.least || second > sequence.most) {
        return 0;
    }
    for (const char byte : text.substr(2, sequence.length - 2)) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return sequence.length;
}

bool isUtf8(std::string_view text) noexcept {
    while (!text.empty()) {
        if (startsWithAscii(text)) {
            text.remove_prefix(wordSize);
            continue;
        }
        const auto length = utf8Length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace gatehouse
