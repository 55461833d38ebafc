// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

namespace gatehouse {

namespace {

/// OpenID Connect Core section 3.1.2.1: an ID token of ours, expired or not.
Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const auto hint = input.form.text("id_token_hint");
    if (hint.empty()) {
        return {};
    }
    const auto token = input.jose.verify(input.context, hint);
    if (!token) {
        return OAuthError::from(token.error());
    }
    // An access token is signed by the same keys and is no ID token.
    const bool isIdToken = *token && (*token)->header.text("typ") == "JWT" &&
                           (*token)->claims.text("iss") == input.context.issuer.url;
    const auto subject = isIdToken ? (*token)->claims.text("sub") : std::string_view{};
    if (subject.empty() || (!request.subject.empty() && request.subject != subject)) {
        return invalidRequest("The id_token_hint is not an ID token of this server, or contradicts "
                              "the claims parameter");
    }
    request.subject = subject;
    return {};
}

}  // namespace

constexpr OwnRule idTokenHintRule{"id_token_hint", {"id_token_hint"}, check};

}  // namespace gatehouse
