// SPDX-License-Identifier: Apache-2.0
#include "passwords/IdentifierClass.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace gatehouse {

namespace {

// RFC 5892 section 2.6.
constexpr char32_t allowedAlthough[] = {0x00DF, 0x03C2, 0x06FD, 0x06FE, 0x0F0B, 0x3007};
constexpr char32_t refusedAlthough[] = {0x00B7, 0x0375, 0x05F3, 0x05F4, 0x0640,
                                        0x07FA, 0x302E, 0x302F, 0x3031, 0x3032,
                                        0x3033, 0x3034, 0x3035, 0x303B, 0x30FB};

template <std::size_t size>
bool isOneOf(const char32_t (&characters)[size], char32_t character) noexcept {
    return std::find(std::begin(characters), std::end(characters), character) !=
           std::end(characters);
}

/// RFC 5892 appendix A.1 and A.2.
bool isJoinerInPlace(char32_t before) noexcept {
    constexpr int virama = 9;
    return u_getCombiningClass(static_cast<UChar32>(before)) == virama;
}

bool isOldHangulJamo(UChar32 character) noexcept {
    const auto type = u_getIntPropertyValue(character, UCHAR_HANGUL_SYLLABLE_TYPE);
    return type == U_HST_LEADING_JAMO || type == U_HST_VOWEL_JAMO || type == U_HST_TRAILING_JAMO;
}

/// RFC 8264 section 9.17.
bool hasCompatibleForm(UChar32 character) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
    return U_FAILURE(status) != 0 || nfkc->isNormalized(icu::UnicodeString(character), status) == 0;
}

/// RFC 8264 section 9.1.
bool isLetterOrDigit(UChar32 character) noexcept {
    constexpr std::uint32_t kinds = U_GC_LL_MASK | U_GC_LU_MASK | U_GC_LO_MASK | U_GC_ND_MASK |
                                    U_GC_LM_MASK | U_GC_MN_MASK | U_GC_MC_MASK;
    return (U_GET_GC_MASK(character) & kinds) != 0;
}

}  // namespace

bool isOfIdentifierClass(char32_t character, char32_t before) noexcept {
    constexpr char32_t zeroWidthNonJoiner = 0x200C;
    constexpr char32_t zeroWidthJoiner = 0x200D;
    const auto point = static_cast<UChar32>(character);
    if (isOneOf(allowedAlthough, character)) {
        return true;
    }
    if (isOneOf(refusedAlthough, character)) {
        return false;
    }
    if (character < 0x80) {
        return character > 0x20 && character < 0x7F;
    }
    if (character == zeroWidthNonJoiner || character == zeroWidthJoiner) {
        return isJoinerInPlace(before);
    }
    return !isOldHangulJamo(point) &&
           u_hasBinaryProperty(point, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0 &&
           isLetterOrDigit(point) && !hasCompatibleForm(point);
}

}  // namespace gatehouse
