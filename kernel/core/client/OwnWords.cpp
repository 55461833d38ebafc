// SPDX-License-Identifier: Apache-2.0
#include "client/OwnWords.h"

#include "client/ClientMetadata.h"
#include "client/ClientRules.h"
#include "client/OwnClientRules.h"
#include "text/Contains.h"

#include <string>
#include <vector>

namespace gatehouse {

namespace {

/// What comes out of a registration and cannot be asked for (RFC 7591 section 3.2.1).
constexpr std::string_view issued[] = {"client_id", "client_id_issued_at",
                                       "client_secret_expires_at"};

bool isOwn(std::string_view member) {
    const auto* rule = ownClientRule(member);
    return rule != nullptr && !rule->isOperators();
}

void fillIn(ValueMap& told, std::string_view member, Value value) {
    if (!told.contains(member)) {
        told.set(member, std::move(value));
    }
}

}  // namespace

bool isOwnWord(const ClientRules& rules, std::string_view member) {
    if (contains(issued, member)) {
        return false;
    }
    return isOwn(member) || !localizedMember(member).empty() ||
           contains(rules.clientsOwn(), member);
}

ValueMap withOwnWords(const ClientRules& rules, const ValueMap& before, const ValueMap& wish) {
    ValueMap metadata;
    for (const auto& member : before) {
        if (!isOwnWord(rules, member.name)) {
            metadata.set(member.name, member.value);
        }
    }
    for (const auto& member : wish) {
        if (isOwnWord(rules, member.name)) {
            metadata.set(member.name, member.value);
        }
    }
    if (metadata.text("token_endpoint_auth_method") == "none" &&
        metadata.text("pkce") == "optional") {
        metadata.erase("pkce");
    }
    return metadata;
}

ValueMap selfDescription(const ClientRules& rules, const Client& client) {
    ValueMap told{{"client_id", client.id}};
    for (const auto& member : clientMetadata(client)) {
        if (isOwnWord(rules, member.name) || member.name == "client_id_issued_at") {
            told.set(member.name, member.value);
        }
    }
    const bool hasCodes = client.allowsGrant("authorization_code");
    fillIn(told, "response_types", hasCodes ? ValueList{"code"} : ValueList{});
    if (hasCodes || client.allowsGrant("implicit")) {
        fillIn(told, "id_token_signed_response_alg", "RS256");
    }
    fillIn(told, "application_type", "web");
    fillIn(told, "subject_type", "public");
    return told;
}

}  // namespace gatehouse
