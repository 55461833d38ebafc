// SPDX-License-Identifier: Apache-2.0
#include "text/Printable.h"

#include "text/Utf8.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};
constexpr std::array<Range, 6> controls{{
    {0x00, 0x1F},
    {0x7F, 0x9F},
    {0x061C, 0x061C},  // Arabic letter mark
    {0x200E, 0x200F},  // left-to-right and right-to-left mark
    {0x2028, 0x202E},  // separators, embeddings and overrides
    {0x2066, 0x2069},  // isolates
}};

constexpr std::string_view hex = "0123456789abcdef";

void appendByte(std::string& out, char byte) {
    const auto number = static_cast<unsigned char>(byte);
    out.append("\\x").append(1, hex[number >> 4U]).append(1, hex[number & 15U]);
}

}  // namespace

bool isControl(char32_t character) noexcept {
    return std::any_of(controls.begin(), controls.end(), [character](const Range& range) {
        return character >= range.first && character <= range.last;
    });
}

bool hasControl(std::string_view utf8) noexcept {
    while (!utf8.empty()) {
        const auto length = std::max<std::size_t>(utf8Length(utf8), 1);
        if (isControl(utf8Point(utf8.substr(0, length)))) {
            return true;
        }
        utf8.remove_prefix(length);
    }
    return false;
}

void appendEscape(std::string& out, char32_t control) {
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U}) {
        out += hex[(control >> shift) & 15U];
    }
}

std::string printable(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const auto length = utf8Length(text);
        const auto character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0) {
            appendByte(shown, text[0]);
        } else if (isControl(utf8Point(character))) {
            appendEscape(shown, utf8Point(character));
        } else {
            shown += character;
        }
        text.remove_prefix(character.size());
    }
    return shown;
}

}  // namespace gatehouse
