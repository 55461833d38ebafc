// SPDX-License-Identifier: Apache-2.0
#include "authorization/ResponseTypes.h"
#include "authorization/rule/OwnRule.h"
#include "json/Members.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// RFC 7591 section 2: who registered no response types asks for codes.
bool isRegistered(const ResponseTypes& types, const Client& client, const AskedFor& wanted) {
    const auto registered = textsOf(client.metadata.find("response_types"));
    const bool isNamed =
        registered.empty()
            ? wanted.kinds.empty()
            : std::any_of(registered.begin(), registered.end(),
                          [&](const auto& text) { return types.find(text) == &wanted; });
    return isNamed && std::all_of(wanted.grants.begin(), wanted.grants.end(),
                                  [&](const auto& grant) { return client.allowsGrant(grant); });
}

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const auto text = input.form.text("response_type");
    if (text.empty()) {
        return invalidRequest("The response_type parameter is missing");
    }
    const auto* type = input.types.find(text);
    if (type == nullptr || !ResponseTypes::allows(input.context.issuer, *type)) {
        return OAuthError::of(OAuthCode::unsupportedResponseType,
                              "The response type is not supported");
    }
    if (!isRegistered(input.types, *request.client, *type)) {
        return OAuthError::of(OAuthCode::unauthorizedClient,
                              "The client is not registered for this response type");
    }
    for (const auto* kind : type->kinds) {
        const auto checked =
            kind->ask([&](const ResponseType& plugin) { return plugin.check(input.form); });
        if (!checked) {
            return checked.error();
        }
    }
    request.type = type;
    return {};
}

}  // namespace

constexpr OwnRule responseTypeRule{"response_type", {"response_type"}, check};

}  // namespace gatehouse
