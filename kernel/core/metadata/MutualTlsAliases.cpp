// SPDX-License-Identifier: Apache-2.0
#include "metadata/MutualTlsAliases.h"

#include "text/Contains.h"

#include <string>
#include <string_view>

namespace gatehouse {

namespace {

/// Where people are sent: their browsers are asked for no certificate.
constexpr std::string_view peoples[] = {"authorization_endpoint", "end_session_endpoint"};

bool isClients(std::string_view member) {
    constexpr std::string_view end = "_endpoint";
    return member.size() > end.size() && member.substr(member.size() - end.size()) == end &&
           !contains(peoples, member);
}

}  // namespace

void describeMutualTlsAliases(const Issuer& issuer, ValueMap& metadata) {
    if (issuer.mtlsUrl.empty()) {
        return;
    }
    const auto origin = issuer.origin();
    ValueMap aliases;
    for (const auto& [name, value] : metadata) {
        const std::string* url = isClients(name) ? value.text() : nullptr;
        if (url != nullptr && url->compare(0, origin.size(), origin) == 0) {
            aliases.set(name, issuer.mtlsUrl + url->substr(origin.size()));
        }
    }
    metadata.set("mtls_endpoint_aliases", std::move(aliases));
}

}  // namespace gatehouse
