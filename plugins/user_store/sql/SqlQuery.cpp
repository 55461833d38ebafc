// SPDX-License-Identifier: Apache-2.0
#include "SqlQuery.h"

#include <algorithm>
#include <cctype>

namespace gatehouse {

namespace {

bool isNameLetter(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

/// `::text` of PostgreSQL is no name.
std::string nameAt(std::string_view text, std::size_t colon) {
    if (colon > 0 && text[colon - 1] == ':') {
        return {};
    }
    const auto rest = text.substr(colon + 1);
    const auto* const end = std::find_if_not(rest.begin(), rest.end(), isNameLetter);
    return {rest.begin(), end};
}

}  // namespace

SqlQuery::SqlQuery(std::string_view written, const std::vector<std::string>& names,
                   SqlAddress::Kind kind) {
    for (std::size_t at = 0; at < written.size(); ++at) {
        const std::string name = written[at] == ':' ? nameAt(written, at) : std::string{};
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            text_ += written[at];
            continue;
        }
        names_.push_back(name);
        text_ += kind == SqlAddress::Kind::postgresql ? "$" + std::to_string(names_.size()) : "?";
        at += name.size();
    }
}

bool SqlQuery::has(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
}

}  // namespace gatehouse
