// SPDX-License-Identifier: Apache-2.0
#include "text/Base64Url.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace gatehouse {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t invalid = 0xFF;

constexpr std::array<std::uint8_t, 256> makeDigits() {
    std::array<std::uint8_t, 256> digits{};
    for (auto& digit : digits) {
        digit = invalid;
    }
    for (std::size_t index = 0; index < alphabet.size(); ++index) {
        digits[static_cast<unsigned char>(alphabet[index])] = static_cast<std::uint8_t>(index);
    }
    return digits;
}

constexpr auto digits = makeDigits();

std::uint32_t byteAt(std::string_view bytes, std::size_t index) {
    return static_cast<unsigned char>(bytes[index]);
}

char digitOf(std::uint32_t group, unsigned shift) {
    return alphabet[(group >> shift) & 63U];
}

char byteOf(std::uint32_t group, unsigned shift) {
    return static_cast<char>(static_cast<unsigned char>((group >> shift) & 0xFFU));
}

}  // namespace

std::string base64url(std::string_view bytes) {
    std::string text;
    appendBase64url(text, bytes);
    return text;
}

void appendBase64url(std::string& out, std::string_view bytes) {
    const std::size_t before = out.size();
    out.resize(before + (bytes.size() * 4 + 2) / 3);
    char* place = out.data() + before;
    std::size_t index = 0;
    for (; index + 3 <= bytes.size(); index += 3) {
        const auto group =
            byteAt(bytes, index) << 16U | byteAt(bytes, index + 1) << 8U | byteAt(bytes, index + 2);
        *place++ = digitOf(group, 18);
        *place++ = digitOf(group, 12);
        *place++ = digitOf(group, 6);
        *place++ = digitOf(group, 0);
    }
    if (index == bytes.size()) {
        return;
    }
    const bool hasTwo = index + 2 == bytes.size();
    const auto group = byteAt(bytes, index) << 16U | (hasTwo ? byteAt(bytes, index + 1) << 8U : 0U);
    *place++ = digitOf(group, 18);
    *place++ = digitOf(group, 12);
    if (hasTwo) {
        *place = digitOf(group, 6);
    }
}

std::optional<std::string> fromBase64url(std::string_view text) {
    if (text.size() % 4 == 1) {
        return std::nullopt;
    }
    std::string bytes(text.size() * 3 / 4, '\0');
    char* place = bytes.data();
    std::uint32_t group = 0;
    unsigned bits = 0;
    unsigned all = 0;  // an invalid digit leaves a mark here
    for (const char character : text) {
        const auto digit = digits[static_cast<unsigned char>(character)];
        all |= digit;
        group = group << 6U | digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *place++ = byteOf(group, bits);
        }
    }
    const bool hasStrayBits = (group & ((1U << bits) - 1U)) != 0;
    return all > 63 || hasStrayBits ? std::nullopt : std::optional(std::move(bytes));
}

}  // namespace gatehouse
