// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectPolicy.h"

#include <algorithm>
#include <array>
#include <optional>

namespace gatehouse {

namespace {

/// A loopback URI without its port.
struct LoopbackUri {
    std::string_view origin;
    std::string_view rest;  ///< path and query

    bool operator==(const LoopbackUri& other) const {
        return origin == other.origin && rest == other.rest;
    }
};

bool isPort(std::string_view text) {
    return text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<LoopbackUri> parseLoopback(std::string_view uri) {
    constexpr std::array<std::string_view, 2> origins{"http://127.0.0.1", "http://[::1]"};
    for (const auto origin : origins) {
        if (uri.substr(0, origin.size()) != origin) {
            continue;
        }
        const auto rest = uri.substr(origin.size());
        const auto end = std::min(rest.find_first_of("/?#"), rest.size());
        const auto port = rest.substr(0, end);
        if (port.empty() || (port.front() == ':' && isPort(port.substr(1)))) {
            return LoopbackUri{origin, rest.substr(end)};
        }
    }
    return std::nullopt;
}

}  // namespace

bool RedirectPolicy::allows(const Client& client, std::string_view uri) {
    const auto& registered = client.redirectUris;
    if (std::find(registered.begin(), registered.end(), uri) != registered.end()) {
        return true;
    }
    const auto asked = parseLoopback(uri);
    return asked &&
           std::any_of(registered.begin(), registered.end(),
                       [&](const std::string& known) { return parseLoopback(known) == asked; });
}

}  // namespace gatehouse
