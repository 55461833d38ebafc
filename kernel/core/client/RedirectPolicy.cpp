// SPDX-License-Identifier: Apache-2.0
#include "client/RedirectPolicy.h"

#include "json/Members.h"

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

/// Anybody may listen where `localhost` leads, and a resolver may lead it elsewhere (RFC 8252
/// section 8.3); so it does not come by itself.
constexpr std::string_view localhost = "http://localhost";

std::optional<LoopbackUri> parseLoopback(std::string_view uri) {
    constexpr std::array<std::string_view, 3> origins{"http://127.0.0.1", "http://[::1]",
                                                      localhost};
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

bool isRegistered(const Client& client, const LoopbackUri& asked) {
    return std::any_of(client.redirectUris.begin(), client.redirectUris.end(),
                       [&](const std::string& known) { return parseLoopback(known) == asked; });
}

}  // namespace

bool RedirectPolicy::allows(const Client& client, std::string_view uri) {
    const auto& registered = client.redirectUris;
    if (std::find(registered.begin(), registered.end(), uri) != registered.end()) {
        return true;
    }
    const auto asked = parseLoopback(uri);
    if (!asked || !isRegistered(client, *asked)) {
        return false;
    }
    return asked->origin != localhost || isTrue(client.metadata, "any_localhost_port");
}

bool RedirectPolicy::isLoopback(std::string_view uri) {
    return parseLoopback(uri).has_value();
}

bool RedirectPolicy::differsInLocalhostPort(const Client& client, std::string_view uri) {
    const auto asked = parseLoopback(uri);
    return asked && asked->origin == localhost && isRegistered(client, *asked) &&
           !allows(client, uri);
}

}  // namespace gatehouse
