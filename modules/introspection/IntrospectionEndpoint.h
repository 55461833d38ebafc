// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Tokens.h>

namespace gatehouse {

struct AskedToken;

/// POST /api/oauth/introspect (RFC 7662). Every client that proves who it is may ask about access
/// tokens; about a refresh token only the client it was issued to.
class IntrospectionEndpoint {
public:
    explicit IntrospectionEndpoint(Host& host)
        : host_(host), clients_(host.one<Clients>()), tokens_(host.one<Tokens>()) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    Result<std::string, OAuthError> describe(const Context& context, const AskedToken& asked) const;
    Result<std::string, OAuthError> describeRefreshToken(const Context& context,
                                                         const AskedToken& asked) const;

    Host& host_;
    const Clients& clients_;
    const Tokens& tokens_;
};

}  // namespace gatehouse
