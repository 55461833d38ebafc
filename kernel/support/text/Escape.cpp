// SPDX-License-Identifier: Apache-2.0
#include "text/Escape.h"

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

}  // namespace

std::string escapeHtml(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size() + 16);
    for (const char character : text) {
        const auto entity = entityOf(character);
        if (entity.empty()) {
            escaped += character;
        } else {
            escaped += entity;
        }
    }
    return escaped;
}

}  // namespace gatehouse
