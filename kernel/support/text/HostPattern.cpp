// SPDX-License-Identifier: Apache-2.0
#include "text/HostPattern.h"

#include "text/Lower.h"
#include "text/WebHost.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::string_view below = "*.";

/// Both in lower case.
bool matches(std::string_view host, std::string_view pattern) {
    if (pattern.substr(0, below.size()) != below) {
        return host == pattern;
    }
    const auto end = pattern.substr(1);
    return host.size() > end.size() && host.substr(host.size() - end.size()) == end;
}

}  // namespace

bool isHostPattern(std::string_view text) noexcept {
    return isWebHost(text.substr(0, below.size()) == below ? text.substr(below.size()) : text);
}

bool isHostOf(std::string_view host, const std::vector<std::string>& patterns) {
    const auto name = lowered(host);
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        return !name.empty() && matches(name, lowered(pattern));
    });
}

}  // namespace gatehouse
