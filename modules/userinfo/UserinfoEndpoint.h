// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/Ticket.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Tokens.h>

namespace gatehouse {

/// GET and POST /api/oauth/userinfo (OpenID Connect Core section 5.3). Asks the user store, so that
/// what it tells is true now.
class UserinfoEndpoint {
public:
    explicit UserinfoEndpoint(Host& host)
        : host_(host), tokens_(host.one<Tokens>()), people_(host.one<People>()) {}

    HttpResponse answer(const Context& context, const HttpRequest& request) const;

private:
    Result<HttpResponse, OAuthError> told(const Context& context, const TokenClaim& claim) const;
    Result<ValueMap, OAuthError> claimsOf(const Context& context,
                                          const Authorization& authorization,
                                          const ScopeSet& scopes) const;
    Result<HttpResponse, OAuthError>
    write(const Context& context, const Authorization& authorization, const ValueMap& claims) const;

    Host& host_;
    const Tokens& tokens_;
    const People& people_;
};

}  // namespace gatehouse
