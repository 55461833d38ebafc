// SPDX-License-Identifier: Apache-2.0
#include "page/TemplateTags.h"

#include <algorithm>

namespace gatehouse {

namespace {

std::string_view trim(std::string_view text) {
    constexpr auto blanks = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    return text.substr(0, text.find_last_not_of(blanks) + 1);
}

}  // namespace

std::vector<TemplateTag> tagsOf(std::string_view text) {
    constexpr std::string_view kinds = "#^/>!=&{";
    constexpr std::size_t braces = 2;
    std::vector<TemplateTag> tags;
    for (auto begin = text.find("{{"); begin != std::string_view::npos;) {
        const auto close = text.find("}}", begin + braces);
        if (close == std::string_view::npos) {
            break;
        }
        auto name = trim(text.substr(begin + braces, close - begin - braces));
        char kind = ' ';
        if (!name.empty() && kinds.find(name.front()) != std::string_view::npos) {
            kind = name.front();
            name = trim(name.substr(1));
        }
        const auto end = close + braces + (kind == '{' ? 1 : 0);
        tags.push_back({begin, end, kind, name});
        begin = text.find("{{", end);
    }
    return tags;
}

}  // namespace gatehouse
