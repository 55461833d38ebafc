// SPDX-License-Identifier: Apache-2.0
#include "http/HttpGrammar.h"

#include "text/Lower.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace gatehouse {

namespace {

using CharacterTable = std::array<char, 256>;

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

constexpr bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr bool contains(std::string_view set, char c) {
    return set.find(c) != std::string_view::npos;
}

/// The lower-case form of each character of a token, 0 for what is none.
constexpr CharacterTable makeTokenTable() {
    CharacterTable table{};
    for (int code = 0; code < 128; ++code) {
        const char c = static_cast<char>(code);
        const bool isPart = isDigit(c) || isLetter(c) || contains("!#$%&'*+-.^_`|~", c);
        table[static_cast<std::size_t>(code)] = isPart && c != 0 ? lower(c) : '\0';
    }
    return table;
}

constexpr CharacterTable tokenTable = makeTokenTable();

constexpr std::size_t indexOf(char c) {
    return static_cast<unsigned char>(c);
}

bool hasNoControl(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto code = static_cast<unsigned char>(c);
        return (code >= 0x20 || c == '\t') && code != 0x7F;
    });
}

/// Looks at eight bytes in one go; says yes for a tab as well.
bool mayHoldControl(std::string_view eight) noexcept {
    constexpr std::uint64_t each = 0x0101010101010101;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, eight.data(), sizeof bytes);
    const std::uint64_t deleted = bytes ^ (each * 0x7F);
    const std::uint64_t below = (bytes - each * 0x20) & ~bytes;
    const std::uint64_t equal = (deleted - each) & ~deleted;
    return ((below | equal) & (each * 0x80)) != 0;
}

bool isRegisteredName(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return isDigit(c) || isLetter(c) || contains("-._~!$&'()*+,;=%", c);
    });
}

bool isBracketedAddress(std::string_view text) noexcept {
    if (text.size() < 4 || text.front() != '[' || text.back() != ']') {
        return false;
    }
    const std::string_view inner = text.substr(1, text.size() - 2);
    return std::all_of(inner.begin(), inner.end(),
                       [](char c) { return isDigit(c) || contains("abcdefABCDEF:.", c); });
}

bool isPort(std::string_view text) noexcept {
    return text.size() <= 5 && std::all_of(text.begin(), text.end(), isDigit);
}

}  // namespace

bool lowerToken(std::string_view text, std::string& lower) {
    lower.resize(text.size());
    char* out = lower.data();
    bool isValid = !text.empty();
    for (const char c : text) {
        const char mapped = tokenTable[indexOf(c)];
        isValid = isValid && mapped != 0;
        *out++ = mapped;
    }
    return isValid;
}

bool isToken(std::string_view text) noexcept {
    for (const char c : text) {
        if (tokenTable[indexOf(c)] == 0) {
            return false;
        }
    }
    return !text.empty();
}

bool isFieldValue(std::string_view text) noexcept {
    while (text.size() >= sizeof(std::uint64_t)) {
        const std::string_view eight = text.substr(0, sizeof(std::uint64_t));
        if (mayHoldControl(eight) && !hasNoControl(eight)) {
            return false;
        }
        text.remove_prefix(eight.size());
    }
    return hasNoControl(text);
}

std::string_view trimBlanks(std::string_view text) noexcept {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

bool equalsIgnoringCase(std::string_view left, std::string_view lower) noexcept {
    if (left.size() != lower.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (gatehouse::lower(left[i]) != lower[i]) {
            return false;
        }
    }
    return true;
}

bool isAuthority(std::string_view text) noexcept {
    const auto bracket = text.rfind(']');
    const auto colon = text.rfind(':');
    const bool hasPort =
        colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
    if (hasPort && !isPort(text.substr(colon + 1))) {
        return false;
    }
    const std::string_view host = hasPort ? text.substr(0, colon) : text;
    return isRegisteredName(host) || isBracketedAddress(host);
}

bool isVisible(std::string_view text) noexcept {
    unsigned bad = 0;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        bad |= static_cast<unsigned>(code < 0x21 || code > 0x7E || c == '#');
    }
    return bad == 0;
}

}  // namespace gatehouse
