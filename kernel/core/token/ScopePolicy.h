// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/OAuthError.h>

#include <string_view>

namespace gatehouse {

/// What scopes a caller gets. Pure.
class ScopePolicy {
public:
    /// For a client acting for itself: the scopes asked for, or all it is registered for when none
    /// is named. Scopes that speak of a person are never among them (RFC 6749 section 3.3).
    static Result<ScopeSet, OAuthError> requested(const Client& client, std::string_view scope);
};

}  // namespace gatehouse
