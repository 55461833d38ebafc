// SPDX-License-Identifier: Apache-2.0
#include "text/DisplayName.h"

#include "text/Utf8.h"

#include <algorithm>
#include <iterator>

namespace gatehouse {

namespace {

constexpr std::size_t longest = 100;

struct Range {
    char32_t first;
    char32_t last;
};

/// Controls, blanks without width, marks of direction, fillers, variation selectors and tags.
constexpr Range unseen[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},       {0xad, 0xad},      {0x34f, 0x34f},   {0x61c, 0x61c},
    {0x115f, 0x1160}, {0x17b4, 0x17b5},   {0x180b, 0x180f},  {0x200b, 0x200f}, {0x2028, 0x202e},
    {0x2060, 0x206f}, {0x3164, 0x3164},   {0xfe00, 0xfe0f},  {0xfeff, 0xfeff}, {0xffa0, 0xffa0},
    {0xfff0, 0xfffb}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};

/// Good between letters, but no name by themselves.
constexpr Range blank[] = {{0x20, 0x20},     {0xa0, 0xa0},     {0x1680, 0x1680}, {0x2000, 0x200a},
                           {0x202f, 0x202f}, {0x205f, 0x205f}, {0x2800, 0x2800}, {0x3000, 0x3000}};

template <std::size_t N> bool isIn(const Range (&ranges)[N], char32_t point) {
    return std::any_of(std::begin(ranges), std::end(ranges), [point](const Range& range) {
        return point >= range.first && point <= range.last;
    });
}

}  // namespace

std::string displayNameProblem(std::string_view name) {
    if (name.size() > longest) {
        return "is longer than " + std::to_string(longest) + " bytes";
    }
    bool isBlank = !name.empty();
    while (!name.empty()) {
        const auto length = utf8Length(name);
        if (length == 0 || isIn(unseen, utf8Point(name.substr(0, length)))) {
            return "has a character that cannot be seen";
        }
        isBlank = isBlank && isIn(blank, utf8Point(name.substr(0, length)));
        name.remove_prefix(length);
    }
    return isBlank ? "is made of blanks only" : "";
}

}  // namespace gatehouse
