// SPDX-License-Identifier: Apache-2.0
#include "Base32.h"

#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr unsigned digitBits = 5;
constexpr unsigned byteBits = 8;

char inUpperCase(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

}  // namespace

std::string base32(std::string_view bytes) {
    std::string text;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char byte : bytes) {
        bits = bits << byteBits | static_cast<unsigned char>(byte);
        for (count += byteBits; count >= digitBits; count -= digitBits) {
            text += digits[bits >> (count - digitBits) & (digits.size() - 1)];
        }
    }
    if (count > 0) {
        text += digits[bits << (digitBits - count) & (digits.size() - 1)];
    }
    return text;
}

std::optional<Secret> fromBase32(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char letter : text.substr(0, text.find('='))) {
        if (letter == ' ') {
            continue;
        }
        const auto digit = digits.find(inUpperCase(letter));
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bits = bits << digitBits | static_cast<std::uint32_t>(digit);
        count += digitBits;
        if (count >= byteBits) {
            count -= byteBits;
            bytes += static_cast<char>(bits >> count & 0xFFU);
        }
    }
    const bool isWhole = count < digitBits && !bytes.empty();
    const Secret secret(bytes);
    return isWhole ? std::optional(secret) : std::nullopt;
}

}  // namespace gatehouse
