// SPDX-License-Identifier: Apache-2.0
#include "text/Escape.h"

#include <algorithm>
#include <cstddef>

namespace gatehouse {

namespace {

std::string_view entityOf(char character) {
    switch (character) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
    }
}

bool standsForItself(char character) {
    return entityOf(character).empty();
}

}  // namespace

std::string escapeHtml(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (;;) {
        const auto* end = std::find_if_not(text.begin(), text.end(), standsForItself);
        escaped.append(text.begin(), end);
        if (end == text.end()) {
            return escaped;
        }
        escaped += entityOf(*end);
        text.remove_prefix(static_cast<std::size_t>(end - text.begin()) + 1);
    }
}

}  // namespace gatehouse
