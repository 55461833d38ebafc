// SPDX-License-Identifier: Apache-2.0
#include "client/HeldProfiles.h"

#include <gatehouse/point/ResourceRegistry.h>

#include "client/ClientProfile.h"
#include "client/ClientRules.h"
#include "json/Members.h"

namespace gatehouse {

namespace {

bool isUnderstood(const ClientRules& rules, std::string_view member) {
    return rules.notUnderstood({{std::string(member), true}}).empty();
}

/// The first of the two that a plugin understands.
std::string_view memberOf(const SettledMember& settled, const ClientRules& rules) {
    const bool isOther = !settled.otherwise.empty() && !isUnderstood(rules, settled.member) &&
                         isUnderstood(rules, settled.otherwise);
    return isOther ? settled.otherwise : settled.member;
}

bool isSaid(const SettledMember& settled, const Client& client) {
    return client.metadata.contains(settled.member) || isTrue(client.metadata, settled.otherwise);
}

/// One that says nothing that a profile could be against.
Client exemplary() {
    Client client;
    client.authMethod = "private_key_jwt";
    client.grantTypes = {"authorization_code"};
    return client;
}

}  // namespace

std::string_view HeldProfiles::of(IssuerId issuer) const {
    const auto found = settings_.profiles.find(issuer);
    return found == settings_.profiles.end() ? std::string_view() : found->second;
}

std::string HeldProfiles::of(IssuerId issuer, const Client& client) const {
    return std::string(stricterProfile(of(issuer), client.metadata.text("profile")));
}

std::vector<PolicyLine> HeldProfiles::settles(IssuerId issuer, const Client& client) const {
    std::vector<PolicyLine> lines;
    const auto profile = of(issuer, client);
    if (profile.empty()) {
        return lines;
    }
    for (auto& settled : settledMembers(profile, jose_.signingAlgorithms())) {
        if (!isSaid(settled, client)) {
            lines.push_back({std::string(memberOf(settled, rules_)), std::move(settled.value),
                             "profile " + profile});
        }
    }
    return lines;
}

std::string HeldProfiles::objection(IssuerId issuer, const Client& client,
                                    const ProtectedResource& resource) const {
    const auto profile = of(issuer, client);
    const auto& algorithm = resource.signingAlgorithm;
    return profile.empty() || algorithm.empty() ||
                   isAdmitted(profile, "access_token_signed_response_alg", algorithm)
               ? std::string()
               : "signing_alg: " + algorithm + ", which the profile " + profile + " does not admit";
}

Client HeldProfiles::settled(IssuerId issuer, Client client) const {
    for (auto& line : settles(issuer, client)) {
        client.metadata.set(line.member, std::move(line.value));
    }
    return client;
}

std::vector<std::string> HeldProfiles::problems(IssuerId issuer, const Client& client) const {
    const auto profile = of(issuer, client);
    if (profile.empty()) {
        return {};
    }
    const auto lines = settles(issuer, client);
    auto all = profileProblems(
        profile,
        effectivePolicy(client, rules_, {settings_.lifetimes.lines(issuer), {}, {}}, lines));
    for (const auto& settled : settledMembers(profile, {})) {
        const auto member = memberOf(settled, rules_);
        if (settled.isNeeded && !isSaid(settled, client) && !isUnderstood(rules_, member)) {
            all.push_back(std::string(member) + ": no plugin understands it, and the profile " +
                          profile + " needs one that does");
        }
    }
    return all;
}

Client HeldProfiles::example(IssuerId issuer) const {
    return settled(issuer, exemplary());
}

std::vector<std::string> HeldProfiles::problems(IssuerId issuer) const {
    return problems(issuer, exemplary());
}

}  // namespace gatehouse
