// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationPolicy.h"

#include <algorithm>

namespace gatehouse {

namespace {

bool isTooOld(const AuthorizationRequest& request, const Situation& situation) {
    if (!request.maxAge) {
        return false;
    }
    return request.maxAge->count() == 0 ||
           situation.now - situation.authentication->time > *request.maxAge;
}

bool isOtherPerson(const AuthorizationRequest& request, const Situation& situation) {
    return !request.subject.empty() && request.subject != situation.subject;
}

/// A login for this very request satisfies whatever asked for it, so that nobody is sent round in a
/// circle.
bool needsLogin(const AuthorizationRequest& request, const Situation& situation) {
    if (situation.authentication == nullptr) {
        return true;
    }
    const bool isAsked = request.prompts.login || request.prompts.selectAccount;
    return !situation.isFresh &&
           (isAsked || isTooOld(request, situation) || isOtherPerson(request, situation));
}

/// OpenID Connect Core section 5.5.1.1: an essential acr that is not reached is a failed
/// authentication.
bool reachesAcr(const AuthorizationRequest& request, const Situation& situation) {
    const auto wanted = request.claims.essentialAcr();
    return wanted.empty() ||
           std::find(wanted.begin(), wanted.end(), situation.authentication->acr) != wanted.end();
}

/// OpenID Connect Core section 11: lasting access only with prompt=consent, or where it was allowed
/// before.
ScopeSet grantable(const AuthorizationRequest& request, const Situation& situation) {
    constexpr std::string_view lasting = "offline_access";
    const bool mayLast = request.prompts.consent || situation.needsNoConsent ||
                         situation.consented.contains(lasting);
    ScopeSet scopes;
    for (const auto& scope : request.scopes) {
        if (scope != lasting || mayLast) {
            scopes.add(scope);
        }
    }
    return scopes;
}

Decision refuse(std::string_view code, std::string_view description) {
    return {Decision::Next::refuse, OAuthError::of(code, description), {}};
}

}  // namespace

Decision AuthorizationPolicy::decide(const AuthorizationRequest& request,
                                     const Situation& situation) {
    if (needsLogin(request, situation)) {
        return request.prompts.none ? refuse(OAuthCode::loginRequired, "The person has to log in")
                                    : Decision{Decision::Next::login, {}, {}};
    }
    if (isOtherPerson(request, situation)) {
        return refuse(OAuthCode::loginRequired,
                      "Another person than the one asked for has logged in");
    }
    if (!reachesAcr(request, situation)) {
        return refuse(OAuthCode::unmetAuthenticationRequirements,
                      "The essential authentication context class is not reached");
    }
    auto scopes = grantable(request, situation);
    if (scopes.empty()) {
        return refuse(OAuthCode::invalidScope, "None of the requested scopes can be granted");
    }
    const bool isAllowed =
        situation.needsNoConsent || situation.consented.containsAll(toAllow(request, scopes));
    if (isAllowed && !request.prompts.consent) {
        return {Decision::Next::answer, {}, std::move(scopes)};
    }
    if (request.prompts.none) {
        return refuse(OAuthCode::consentRequired, "The person has to consent");
    }
    return {Decision::Next::consent, {}, std::move(scopes)};
}

ScopeSet AuthorizationPolicy::toAllow(const AuthorizationRequest& request, ScopeSet scopes) {
    for (const auto& scope : request.claimScopes) {
        scopes.add(scope);
    }
    return scopes;
}

}  // namespace gatehouse
