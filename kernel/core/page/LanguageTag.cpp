// SPDX-License-Identifier: Apache-2.0
#include "page/LanguageTag.h"

#include "text/Lower.h"

#include <algorithm>
#include <cctype>
#include <regex>

namespace gatehouse {

namespace {

char upper(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

/// RFC 5646 section 2.1.1: two letters in upper case, four with a capital, if not at the beginning.
void setCase(std::string& name) {
    constexpr std::size_t region = 2;
    constexpr std::size_t script = 4;
    name = lowered(name);
    for (auto begin = name.find('-'); begin != std::string::npos;) {
        const auto first = begin + 1;
        begin = name.find('-', first);
        const auto size = std::min(begin, name.size()) - first;
        if (size == region || size == script) {
            name[first] = upper(name[first]);
        }
        if (size == region) {
            name[first + 1] = upper(name[first + 1]);
        }
    }
}

}  // namespace

std::string languageTag(std::string name) {
    static const std::regex tag("[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
                                "(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*");
    std::replace(name.begin(), name.end(), '_', '-');
    setCase(name);
    constexpr std::size_t longest = 35;  // RFC 5646 section 4.4.1
    return name.size() <= longest && std::regex_match(name, tag) ? name : std::string{};
}

}  // namespace gatehouse
