// SPDX-License-Identifier: Apache-2.0
#include "client/EffectivePolicy.h"

#include "client/ClientMetadata.h"
#include "client/Lifetimes.h"
#include "client/OwnWords.h"
#include "json/Members.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

namespace {

class Policy {
public:
    void add(std::string_view member, Value value, std::string from) {
        const bool isSaid = std::any_of(lines_.begin(), lines_.end(),
                                        [&](const auto& line) { return line.member == member; });
        if (!isSaid) {
            lines_.push_back({std::string(member), std::move(value), std::move(from)});
        }
    }

    void addAll(const ValueMap& members, const std::string& from) {
        for (const auto& member : members) {
            add(member.name, member.value, from);
        }
    }

    std::vector<PolicyLine> lines() && { return std::move(lines_); }

private:
    std::vector<PolicyLine> lines_;
};

/// Does the client get what lives so long?
bool concerns(const Client& client, std::string_view lifetime) {
    if (lifetime == idTokenTtl.name || lifetime == codeTtl.name) {
        return client.allowsGrant("authorization_code");
    }
    return lifetime == accessTokenTtl.name || client.allowsGrant("refresh_token");
}

}  // namespace

std::vector<PolicyLine> effectivePolicy(const Client& client, const ClientRules& rules,
                                        const ClientDefaults& defaults,
                                        const std::vector<PolicyLine>& settled) {
    Policy policy;
    policy.addAll(clientMetadata(client), client.isStatic ? "its file" : "registered");
    for (const auto& line : settled) {
        policy.add(line.member, line.value, line.from);
    }
    policy.addAll(selfDescription(rules, client), "default");
    if (client.authMethod == "private_key_jwt") {
        policy.add("token_endpoint_auth_signing_alg", listOfTexts(defaults.assertionAlgorithms),
                   "client_auth");
    }
    if (client.allowsGrant("authorization_code")) {
        policy.add("pkce", "required", "default");
        policy.add("consent", "explicit", "default");
    }
    if (!defaults.tokenFormats.empty()) {
        policy.add("access_token_format", defaults.tokenFormats.front(), "first token_format");
    }
    for (const auto& line : defaults.lifetimes) {
        if (concerns(client, line.member)) {
            policy.add(line.member, line.value, line.from);
        }
    }
    return std::move(policy).lines();
}

}  // namespace gatehouse
