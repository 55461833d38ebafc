// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OAuthError.h>
#include <gatehouse/Token.h>

#include "authorization/AuthorizationRequest.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// What is known when an authorization request is looked at.
struct Situation {
    const Authentication* authentication =
        nullptr;  ///< of the session in hand; nullptr: there is none
    std::string_view subject;  ///< the `sub` of who is
    bool isFresh = false;  ///< they signed in for this very request
    bool isChosen = false;  ///< the person said that it is them, or somebody who is not there yet
    bool hasOthers = false;  ///< are there others who are signed in in the browser?
    ScopeSet consented;  ///< what they allowed this client before
    bool isAllConsented = true;  ///< and its resources and what rules noted, as far as they need it
    std::string wantedAcr;  ///< what a login can reach of what the request wants; empty: nothing
    bool needsNoConsent = false;  ///< the operator vouches for the client
    TimePoint now{};
};

/// What has to happen next.
struct Decision {
    enum class Next { choose, login, consent, answer, refuse };
    Next next = Next::answer;
    OAuthError error;  ///< for `refuse`
    ScopeSet scopes;  ///< for `consent` and `answer`: what is to be granted
    bool isRaise = false;  ///< for `login`: who is signed in stays so, and proves more
};

/// Which account, login, consent, or the answer? (OpenID Connect Core sections 3.1.2.3
/// and 3.1.2.4.) Pure.
class AuthorizationPolicy {
public:
    static Decision decide(const AuthorizationRequest& request, const Situation& situation);
    /// What a person allows with a request that is granted `scopes`: these, and those of the
    /// requested claims.
    static ScopeSet toAllow(const AuthorizationRequest& request, ScopeSet scopes);
    /// And for which resources.
    static std::vector<std::string> resourcesToAllow(const AuthorizationRequest& request);
};

}  // namespace gatehouse
