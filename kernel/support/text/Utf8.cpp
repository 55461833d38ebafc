// SPDX-License-Identifier: Apache-2.0
#include "text/Utf8.h"

#include <array>
#include <cstdint>
#include <cstring>

namespace gatehouse {

namespace {

/// Lead bytes and what may follow them (RFC 3629 section 4): only the second byte has limits of its
/// own.
struct Sequence {
    unsigned char firstLead;
    unsigned char lastLead;
    std::size_t length;
    unsigned char leastSecond;
    unsigned char mostSecond;
};
constexpr std::array<Sequence, 8> sequences{{{0xC2, 0xDF, 2, 0x80, 0xBF},
                                             {0xE0, 0xE0, 3, 0xA0, 0xBF},
                                             {0xE1, 0xEC, 3, 0x80, 0xBF},
                                             {0xED, 0xED, 3, 0x80, 0x9F},
                                             {0xEE, 0xEF, 3, 0x80, 0xBF},
                                             {0xF0, 0xF0, 4, 0x90, 0xBF},
                                             {0xF1, 0xF3, 4, 0x80, 0xBF},
                                             {0xF4, 0xF4, 4, 0x80, 0x8F}}};

const Sequence* sequenceOf(unsigned char lead) noexcept {
    for (const auto& sequence : sequences) {
        if (lead >= sequence.firstLead && lead <= sequence.lastLead) {
            return &sequence;
        }
    }
    return nullptr;
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
    const auto* sequence = sequenceOf(lead);
    if (sequence == nullptr || text.size() < sequence->length) {
        return 0;
    }
    const auto second = static_cast<unsigned char>(text[1]);
    if (second < sequence->leastSecond || second > sequence->mostSecond) {
        return 0;
    }
    for (const char byte : text.substr(2, sequence->length - 2)) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) {
            return 0;
        }
    }
    return sequence->length;
}

char32_t utf8Point(std::string_view character) noexcept {
    constexpr std::array<unsigned char, 5> leadBits{0, 0x7F, 0x1F, 0x0F, 0x07};
    char32_t point = static_cast<unsigned char>(character[0]) & leadBits.at(character.size());
    for (const char byte : character.substr(1)) {
        point = point << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
    }
    return point;
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
