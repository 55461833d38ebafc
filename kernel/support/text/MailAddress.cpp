// SPDX-License-Identifier: Apache-2.0
#include "text/MailAddress.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse {

namespace {

// RFC 5321 section 4.5.3.1; a path of 256 has two brackets.
constexpr std::size_t longestLocal = 64;
constexpr std::size_t longestAddress = 254;
constexpr std::size_t longestLabel = 63;

bool isLetterOrDigit(char letter) noexcept {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

bool isAtomText(char letter) noexcept {
    constexpr std::string_view more = "!#$%&'*+-/=?^_`{|}~";
    return isLetterOrDigit(letter) || more.find(letter) != std::string_view::npos;
}

bool isAtom(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), isAtomText);
}

bool isLabel(std::string_view text) noexcept {
    return !text.empty() && text.size() <= longestLabel && text.front() != '-' &&
           text.back() != '-' && std::all_of(text.begin(), text.end(), [](char letter) {
               return letter == '-' || isLetterOrDigit(letter);
           });
}

/// Each piece between dots.
bool areAll(std::string_view text, bool (*isOne)(std::string_view) noexcept) noexcept {
    for (;;) {
        const auto dot = std::min(text.find('.'), text.size());
        if (!isOne(text.substr(0, dot))) {
            return false;
        }
        if (dot == text.size()) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

}  // namespace

bool isMailAddress(std::string_view text) noexcept {
    const auto at = text.find('@');
    return at != std::string_view::npos && at <= longestLocal && text.size() <= longestAddress &&
           areAll(text.substr(0, at), isAtom) && areAll(text.substr(at + 1), isLabel);
}

std::string maskedAddress(std::string_view address) {
    const auto at = std::min(address.find('@'), address.size());
    return std::string(address.substr(0, std::min<std::size_t>(at, 1)))
        .append("\u2026")
        .append(address.substr(at));
}

}  // namespace gatehouse
