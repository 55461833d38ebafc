// SPDX-License-Identifier: Apache-2.0
#include "passwords/Precis.h"

#include "passwords/BidiRule.h"
#include "passwords/IdentifierClass.h"
#include "text/Utf8.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace gatehouse {

namespace {

using Text = icu::UnicodeString;

bool isAscii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(),
                       [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

std::string refusalOf(char32_t character) {
    const bool isSeen = u_hasBinaryProperty(static_cast<UChar32>(character),
                                            UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0 &&
                        u_iscntrl(static_cast<UChar32>(character)) == 0;
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(character));
    return std::string(name.data()) +
           (isSeen ? ", and only letters, digits and ASCII punctuation are taken"
                   : ", which nobody sees");
}

bool isFine(UErrorCode status) {
    return status <= U_ZERO_ERROR;
}

/// Composed (NFC); as it is when there is no memory for that.
Text composed(const Text& text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(status);
    Text result = isFine(status) ? nfc->normalize(text, status) : text;
    return isFine(status) ? result : text;
}

/// What a full-width or half-width character stands for (RFC 8265 section 3.3.1).
char32_t ofUsualWidth(char32_t character) {
    const auto point = static_cast<UChar32>(character);
    const auto type = u_getIntPropertyValue(point, UCHAR_DECOMPOSITION_TYPE);
    if (type != U_DT_WIDE && type != U_DT_NARROW) {
        return character;
    }
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
    Text usual;
    const bool isKnown = isFine(status) && nfkc->getRawDecomposition(point, usual) != 0;
    return isKnown ? static_cast<char32_t>(usual.char32At(0)) : character;
}

void wipe(Text& text) {
    const int length = text.length();
    std::fill_n(text.getBuffer(length), length, u'\0');
    text.releaseBuffer(0);
}

std::u32string pointsOf(const Text& text) {
    std::u32string points;
    for (int at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        points += static_cast<char32_t>(text.char32At(at));
    }
    return points;
}

std::string utf8Of(const Text& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

}  // namespace

std::variant<std::string, PrecisProblem> usernameCaseMapped(std::string_view utf8) {
    Text name;
    char32_t before = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto length = utf8Length(utf8.substr(at));
        const auto character = ofUsualWidth(utf8Point(utf8.substr(at, length)));
        // User parts may be kept apart by blanks (RFC 8265 section 3.1).
        if (character != ' ' && !isOfIdentifierClass(character, before)) {
            return PrecisProblem{at, refusalOf(utf8Point(utf8.substr(at, length)))};
        }
        name.append(static_cast<UChar32>(character));
        before = character;
        at += length;
    }
    name = composed(name.toLower(icu::Locale::getRoot()));
    if (!keepsBidiRule(pointsOf(name))) {
        return PrecisProblem{0, "letters written from right to left among others"};
    }
    return utf8Of(name);
}

std::string opaqueString(std::string_view text) {
    if (isAscii(text) || !isUtf8(text)) {
        return std::string(text);
    }
    Text given = Text::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
    for (int at = 0; at < given.length(); ++at) {
        if (u_charType(given.charAt(at)) == U_SPACE_SEPARATOR) {
            given.setCharAt(at, u' ');
        }
    }
    Text result = composed(given);
    auto prepared = utf8Of(result);
    wipe(given);
    wipe(result);
    return prepared;
}

}  // namespace gatehouse
