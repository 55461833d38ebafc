// SPDX-License-Identifier: Apache-2.0
#include "Visible.h"

#include "text/Printable.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace gatehouse {

namespace {

bool isNothing(UChar32 character) {
    return u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool isNeeded(UChar32 character) {
    return u_hasBinaryProperty(character, UCHAR_JOIN_CONTROL) != 0 ||
           u_hasBinaryProperty(character, UCHAR_VARIATION_SELECTOR) != 0;
}

}  // namespace

bool isAllVisible(const std::string& utf8) {
    const auto text = icu::UnicodeString::fromUTF8(utf8);
    bool isSeen = utf8.empty();
    for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const auto character = text.char32At(at);
        if (isNothing(character) && !isNeeded(character)) {
            return false;
        }
        isSeen = isSeen || (!isNothing(character) && u_isUWhiteSpace(character) == 0);
    }
    return isSeen && !hasControl(utf8);
}

}  // namespace gatehouse
