// SPDX-License-Identifier: Apache-2.0
#include "authorization/AuthorizationPolicy.h"

#include "login/AuthenticationClass.h"

#include <algorithm>
#include <chrono>
#include <optional>

namespace gatehouse {

namespace {

/// By the time that tokens tell: an API that finds a login too old counts from there (RFC 9470).
bool isTooOld(const AuthorizationRequest& request, const Situation& situation) {
    if (!request.maxAge) {
        return false;
    }
    const auto told = std::chrono::floor<seconds>(situation.authentication->time);
    return request.maxAge->count() == 0 || situation.now - told > *request.maxAge;
}

bool isOtherPerson(const AuthorizationRequest& request, const Situation& situation) {
    return !request.subject.empty() && request.subject != situation.subject;
}

/// Where nobody asks for it, only when the one that was used is gone: none of the others is taken
/// for who is meant.
bool needsChoice(const AuthorizationRequest& request, const Situation& situation) {
    if (situation.isFresh || situation.isChosen || !request.prompts.step.empty()) {
        return false;
    }
    const bool isSignedIn = situation.authentication != nullptr;
    return request.prompts.selectAccount
               ? isSignedIn || situation.hasOthers
               : !isSignedIn && situation.hasOthers && request.subject.empty();
}

/// A login for this very request satisfies whatever asked for it, so that nobody is sent round in a
/// circle.
bool needsLogin(const AuthorizationRequest& request, const Situation& situation) {
    if (situation.authentication == nullptr) {
        return true;
    }
    return !situation.isFresh &&
           (request.prompts.login || !request.prompts.step.empty() ||
            isTooOld(request, situation) || isOtherPerson(request, situation));
}

bool reachesAcr(const AuthorizationRequest& request, const Situation& situation) {
    const auto wanted = request.claims.essentialAcr();
    const auto& acr = situation.authentication->acr;
    return wanted.empty()
               ? situation.wantedAcr.empty() || acr == situation.wantedAcr || acr == twoFactors
               : std::find(wanted.begin(), wanted.end(), acr) != wanted.end();
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
    return {Decision::Next::refuse, OAuthError::of(code, description), {}, false};
}

/// OpenID Connect Core section 5.5.1.1: an essential acr that cannot be had is a failed
/// authentication, before anybody is asked anything.
std::optional<Decision> decideAcr(const AuthorizationRequest& request, const Situation& situation) {
    const bool isEssential = !request.claims.essentialAcr().empty();
    const bool isSignedIn = situation.authentication != nullptr;
    if (isSignedIn ? reachesAcr(request, situation)
                   : !isEssential || !situation.wantedAcr.empty()) {
        return std::nullopt;
    }
    const bool canRaise = !situation.isFresh && !situation.wantedAcr.empty();
    if (canRaise && !request.prompts.none) {
        return Decision{Decision::Next::login, {}, {}, true};
    }
    if (!isEssential) {
        return std::nullopt;
    }
    return canRaise ? refuse(OAuthCode::loginRequired, "The person has to prove more")
                    : refuse(OAuthCode::unmetAuthenticationRequirements,
                             "The essential authentication context class is not reached");
}

/// Who is it? nullopt: that is known.
std::optional<Decision> decidePerson(const AuthorizationRequest& request,
                                     const Situation& situation) {
    if (needsChoice(request, situation)) {
        return request.prompts.none ? refuse(OAuthCode::accountSelectionRequired,
                                             "The person has to say which account")
                                    : Decision{Decision::Next::choose, {}, {}, false};
    }
    if (needsLogin(request, situation)) {
        return request.prompts.none ? refuse(OAuthCode::loginRequired, "The person has to log in")
                                    : Decision{Decision::Next::login, {}, {}, false};
    }
    if (isOtherPerson(request, situation)) {
        return refuse(OAuthCode::loginRequired,
                      "Another person than the one asked for has logged in");
    }
    return std::nullopt;
}

}  // namespace

Decision AuthorizationPolicy::decide(const AuthorizationRequest& request,
                                     const Situation& situation) {
    const auto acr = decideAcr(request, situation);
    if (acr && acr->next == Decision::Next::refuse && situation.wantedAcr.empty()) {
        return *acr;
    }
    if (auto person = decidePerson(request, situation)) {
        return *std::move(person);
    }
    if (acr) {
        return *acr;
    }
    auto scopes = grantable(request, situation);
    if (scopes.empty()) {
        return refuse(OAuthCode::invalidScope, "None of the requested scopes can be granted");
    }
    const bool isAllowed =
        situation.needsNoConsent ||
        (situation.isAllConsented && situation.consented.containsAll(toAllow(request, scopes)));
    if (isAllowed && !request.prompts.consent) {
        return {Decision::Next::answer, {}, std::move(scopes), false};
    }
    if (request.prompts.none) {
        return refuse(OAuthCode::consentRequired, "The person has to consent");
    }
    return {Decision::Next::consent, {}, std::move(scopes), false};
}

ScopeSet AuthorizationPolicy::toAllow(const AuthorizationRequest& request, ScopeSet scopes) {
    for (const auto& scope : request.claimScopes) {
        scopes.add(scope);
    }
    return scopes;
}

std::vector<std::string>
AuthorizationPolicy::resourcesToAllow(const AuthorizationRequest& request) {
    std::vector<std::string> identifiers;
    for (const auto& resource : request.protectedResources) {
        identifiers.push_back(resource->identifier);
    }
    return identifiers;
}

}  // namespace gatehouse
