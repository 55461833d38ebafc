// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A tag of a template: "{{#name}}".
struct TemplateTag {
    std::size_t begin;  ///< of its braces
    std::size_t end;  ///< behind them
    char kind;  ///< what stands before the name, '#' or '>'; ' ' for nothing
    std::string_view name;

    /// "text.KEY" and "rich.KEY".
    bool isText() const noexcept {
        return kind == ' ' && (name.rfind("text.", 0) == 0 || name.rfind("rich.", 0) == 0);
    }
    /// The KEY of a text.
    std::string_view key() const noexcept { return name.substr(name.find('.') + 1); }
};

std::vector<TemplateTag> tagsOf(std::string_view text);

/// Calls `replace` for each tag, and puts its answer, an optional text, in the tag's place.
template <class Replace> std::string replaceTags(std::string_view text, const Replace& replace) {
    std::string result;
    std::size_t at = 0;
    for (const auto& tag : tagsOf(text)) {
        if (const std::optional<std::string> put = replace(tag)) {
            result.append(text.substr(at, tag.begin - at)).append(*put);
            at = tag.end;
        }
    }
    return result.append(text.substr(at));
}

}  // namespace gatehouse
