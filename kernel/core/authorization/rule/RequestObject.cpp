// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

namespace gatehouse {

namespace {

/// OpenID Connect Core section 6: what is not supported is said, never silently ignored.
Objection check(const RuleInput& input, AuthorizationRequest& /*request*/) {
    if (input.form.has("request")) {
        return OAuthError::of(OAuthCode::requestNotSupported, "Request objects are not supported");
    }
    if (input.form.has("request_uri")) {
        return OAuthError::of(OAuthCode::requestUriNotSupported,
                              "Request objects by reference are not supported");
    }
    if (input.form.has("registration")) {
        return OAuthError::of(OAuthCode::registrationNotSupported,
                              "The registration parameter is not supported");
    }
    return {};
}

}  // namespace

constexpr OwnRule requestObjectRule{
    "request_object", {"request", "request_uri", "registration"}, check};

}  // namespace gatehouse
