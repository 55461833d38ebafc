// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Ticket.h>

namespace gatehouse {

class Services;

/// GET and POST /api/oauth/userinfo (OpenID Connect Core section 5.3). Asks the user store, so that
/// what it tells is true now.
class UserinfoEndpoint {
public:
    explicit UserinfoEndpoint(Services& core) : core_(core) {}

    HttpResponse answer(const Context& context, const HttpRequest& request) const;

private:
    Result<std::string, OAuthError> claims(const Context& context,
                                           std::string_view accessToken) const;
    Result<std::string, OAuthError> claimsOf(const Context& context,
                                             const Authorization& authorization,
                                             const ScopeSet& scopes) const;

    Services& core_;
};

}  // namespace gatehouse
