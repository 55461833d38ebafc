// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Token.h>

#include <string_view>

namespace gatehouse {

/// What scopes a caller gets. Pure.
class ScopePolicy {
public:
    /// RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ).
    static bool isToken(std::string_view text);
    /// What a client gets that names no scope: all it may have, without what belongs to OpenID
    /// Connect alone.
    static ScopeSet byDefault(const Client& client);
    /// The scopes asked for, or all the client is registered for when none is named (RFC 6749
    /// section 3.3). Those that speak of a person are given where there is one, by name only.
    static Result<ScopeSet, OAuthError> requested(const Client& client, const Subject& subject,
                                                  std::string_view scope);
};

}  // namespace gatehouse
