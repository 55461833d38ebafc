// SPDX-License-Identifier: Apache-2.0
#include "passwords/BidiRule.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstdint>

namespace gatehouse {

namespace {

using Set = std::uint32_t;

constexpr Set bit(UCharDirection direction) noexcept {
    return Set{1} << static_cast<unsigned>(direction);
}

Set kindOf(char32_t character) noexcept {
    return bit(u_charDirection(static_cast<UChar32>(character)));
}

constexpr Set right = bit(U_RIGHT_TO_LEFT) | bit(U_RIGHT_TO_LEFT_ARABIC);
constexpr Set european = bit(U_EUROPEAN_NUMBER);
constexpr Set arabic = bit(U_ARABIC_NUMBER);
constexpr Set mark = bit(U_DIR_NON_SPACING_MARK);
constexpr Set anywhere = european | mark | bit(U_EUROPEAN_NUMBER_SEPARATOR) |
                         bit(U_COMMON_NUMBER_SEPARATOR) | bit(U_EUROPEAN_NUMBER_TERMINATOR) |
                         bit(U_OTHER_NEUTRAL) | bit(U_BOUNDARY_NEUTRAL);

/// What the name ends with, marks aside.
Set endOf(const std::u32string& name) noexcept {
    const auto last = std::find_if(name.rbegin(), name.rend(),
                                   [](char32_t character) { return kindOf(character) != mark; });
    return last == name.rend() ? Set{0} : kindOf(*last);
}

}  // namespace

bool keepsBidiRule(const std::u32string& name) noexcept {
    Set all = 0;
    for (const char32_t character : name) {
        all |= kindOf(character);
    }
    if (name.empty() || (all & (right | arabic)) == 0) {
        return true;
    }
    const bool isFromRight = (kindOf(name.front()) & right) != 0;
    const bool mixesNumbers = (all & european) != 0 && (all & arabic) != 0;
    return isFromRight && (all & ~(right | arabic | anywhere)) == 0 &&
           (endOf(name) & (right | european | arabic)) != 0 && !mixesNumbers;
}

}  // namespace gatehouse
