// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

// The rules of RFC 9110 and RFC 9112 that need no context. Pure functions.

/// Lower-cases a token (RFC 9110 section 5.6.2) into `lower`; false when it is none.
bool lowerToken(std::string_view text, std::string& lower);
bool isToken(std::string_view text) noexcept;
/// No control characters but tabs (RFC 9110 section 5.5).
bool isFieldValue(std::string_view text) noexcept;
/// Without the blanks and tabs around it.
std::string_view trimBlanks(std::string_view text) noexcept;
bool equalsIgnoringCase(std::string_view left, std::string_view lower) noexcept;
/// Host and optional port (RFC 9110 section 7.2); not empty, no user information.
bool isAuthority(std::string_view text) noexcept;
/// Visible ASCII without '#': what may stand in a path and query.
bool isVisible(std::string_view text) noexcept;
/// Calls `use` with each element of a comma-separated list (RFC 9110 section 5.6.1).
template <class Use> void eachElement(std::string_view list, Use use) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        const std::string_view element = trimBlanks(list.substr(0, comma));
        if (!element.empty()) {
            use(element);
        }
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    }
}

}  // namespace gatehouse
