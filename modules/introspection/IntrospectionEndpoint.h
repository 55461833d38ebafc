// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/Tokens.h>

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

struct AskedToken;

/// POST /api/oauth/introspect (RFC 7662). A client is told of access tokens that it may look into
/// (Tokens::mayIntrospect()), and of its own refresh tokens.
class IntrospectionEndpoint {
public:
    /// `trusted`: clients that are told of every access token.
    IntrospectionEndpoint(Host& host, std::vector<std::string> trusted)
        : host_(host), clients_(host.one<Clients>()), tokens_(host.one<Tokens>()),
          trusted_(std::move(trusted)) {}

    HttpResponse post(const Context& context, const HttpRequest& request) const;

private:
    HttpResponse told(const Context& context, const HttpRequest& request, const Client& client,
                      std::string body) const;
    HttpResponse refusal(const Context& context, const HttpRequest& request,
                         const OAuthError& error) const;
    Result<std::string, OAuthError> describe(const Context& context, const AskedToken& asked) const;
    Result<bool> mayLookInto(const Context& context, const TokenClaim& claim,
                             const Client& client) const;
    Result<std::string, OAuthError> describeRefreshToken(const Context& context,
                                                         const AskedToken& asked) const;

    Host& host_;
    const Clients& clients_;
    const Tokens& tokens_;
    const std::vector<std::string> trusted_;
};

}  // namespace gatehouse
