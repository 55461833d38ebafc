// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    if (!input.form.has("response_type")) {
        return invalidRequest("The response_type parameter is missing");
    }
    if (input.form.text("response_type") != "code") {
        return OAuthError::of(OAuthCode::unsupportedResponseType,
                              "Only the response type code is supported");
    }
    if (!request.client->allowsGrant("authorization_code")) {
        return OAuthError::of(OAuthCode::unauthorizedClient,
                              "The client is not registered for authorization codes");
    }
    return {};
}

}  // namespace

constexpr OwnRule responseTypeRule{"response_type", {"response_type"}, check};

}  // namespace gatehouse
