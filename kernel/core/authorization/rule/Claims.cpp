// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"
#include "token/ClaimsPolicy.h"

namespace gatehouse {

namespace {

Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const auto claims = ClaimsRequest::parse(input.form.text("claims"));
    if (!claims) {
        return invalidRequest("The claims parameter is malformed");
    }
    const ScopeSet& registered = request.client->scopes;
    request.claims.userinfo = input.claims.within(registered, claims->userinfo);
    request.claims.idToken = input.claims.within(registered, claims->idToken);
    for (const auto* named : {&request.claims.userinfo, &request.claims.idToken}) {
        for (const auto& scope : input.claims.scopesOf(*named)) {
            request.claimScopes.add(scope);
        }
    }
    request.subject = request.claims.subject();
    return {};
}

}  // namespace

constexpr OwnRule claimsRule{"claims", {"claims"}, check};

}  // namespace gatehouse
