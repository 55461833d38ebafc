// SPDX-License-Identifier: Apache-2.0
#include "Narrowing.h"

#include "text/Contains.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

OAuthError invalidTarget(std::string detail) {
    return OAuthError::of(OAuthCode::invalidTarget, "The token is not for this target, or not here",
                          std::move(detail));
}

/// By either parameter: what they name is the same here.
std::vector<std::string> targetsOf(const Form& form) {
    std::vector<std::string> targets;
    for (const auto& [name, value] : form.fields()) {
        if ((name == "resource" || name == "audience") && !value.empty()) {
            targets.push_back(value);
        }
    }
    return targets;
}

/// By `resource` and `audience`, or all of `most` that the policy allows.
Result<std::vector<std::string>, OAuthError>
audienceOf(const Form& form, const ExchangePolicy& policy, const std::vector<std::string>& most) {
    const auto wanted = targetsOf(form);
    const bool isWithin = std::all_of(wanted.begin(), wanted.end(),
                                      [&](const auto& each) { return contains(most, each); });
    if (!isWithin) {
        return invalidTarget("the subject token is for none of it");
    }
    auto allowed = policy.allowed(wanted.empty() ? most : wanted);
    const bool isAllowed = wanted.empty() ? policy.audience.empty() || !allowed.empty()
                                          : allowed.size() == wanted.size();
    return isAllowed ? Result<std::vector<std::string>, OAuthError>(std::move(allowed))
                     : invalidTarget("token_exchange.audience of the client does not name it");
}

}  // namespace

Result<Authorization, OAuthError> narrowed(const Form& form, const ExchangePolicy& policy,
                                           Authorization authorization) {
    auto audience = audienceOf(form, policy, authorization.audience);
    if (!audience) {
        return audience.error();
    }
    auto scopes = narrowedScopes(form, authorization.scopes);
    if (!scopes) {
        return scopes.error();
    }
    authorization.audience = *std::move(audience);
    authorization.scopes = *std::move(scopes);
    return authorization;
}

}  // namespace gatehouse
