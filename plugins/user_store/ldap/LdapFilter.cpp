// SPDX-License-Identifier: Apache-2.0
#include "LdapFilter.h"

#include "text/Hex.h"

namespace gatehouse {

std::string escapedForFilter(std::string_view value) {
    constexpr std::string_view syntax = "()*\\";
    std::string escaped;
    for (const char each : value) {
        const auto byte = static_cast<unsigned char>(each);
        if (byte >= 0x20 && byte < 0x7f && syntax.find(each) == std::string_view::npos) {
            escaped += each;
            continue;
        }
        escaped += '\\' + hex({&each, 1});
    }
    return escaped;
}

std::string filterFor(std::string_view attribute, std::string_view value) {
    return "(" + std::string(attribute) + "=" + escapedForFilter(value) + ")";
}

std::string filled(std::string_view pattern,
                   const std::vector<std::pair<std::string_view, std::string_view>>& values) {
    std::string filter;
    while (!pattern.empty()) {
        std::size_t taken = 1;
        std::string part(pattern.substr(0, 1));
        for (const auto& [name, value] : values) {
            if (pattern.substr(0, name.size()) == name) {
                taken = name.size();
                part = escapedForFilter(value);
            }
        }
        filter += part;
        pattern.remove_prefix(taken);
    }
    return filter;
}

}  // namespace gatehouse
