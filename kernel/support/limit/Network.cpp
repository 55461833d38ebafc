// SPDX-License-Identifier: Apache-2.0
#include "limit/Network.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

std::vector<std::string_view> groupsOf(std::string_view text) {
    std::vector<std::string_view> groups;
    while (!text.empty()) {
        const auto end = std::min(text.find(':'), text.size());
        groups.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return groups;
}

}  // namespace

std::string networkOf(std::string_view address, std::size_t groups) {
    constexpr std::size_t all = 8;
    if (!isIpv6(address)) {
        return std::string(address);
    }
    const auto gap = address.find("::");
    auto parts = groupsOf(address.substr(0, gap));
    if (gap != std::string_view::npos) {
        const auto rest = groupsOf(address.substr(gap + 2));
        parts.resize(std::max(all - std::min(all, rest.size()), parts.size()), "0");
        parts.insert(parts.end(), rest.begin(), rest.end());
    }
    parts.resize(groups);
    std::string network;
    for (const auto part : parts) {
        network.append(part).append(":");
    }
    return network;
}

}  // namespace gatehouse
