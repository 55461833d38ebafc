// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/point/Grant.h>

#include "client/ClientAuthenticator.h"
#include "token/GrantRequest.h"
#include "token/TokenBindings.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A token request, from the grant type to the tokens (RFC 6749 section 5). Threads: any.
class TokenExchange {
public:
    /// `names`: those of each grant.
    TokenExchange(const GrantRequest::Books& books, TokenIssuer& issuer,
                  const TokenBindings& bindings, const std::map<std::string, InstanceNames>& names);

    Result<TokenSet, OAuthError> run(const Context& context, const HttpRequest& http,
                                     const Form& form, const AuthenticatedClient& client) const;
    /// Tokens for what was decided without a grant. `askedBy` is for the audit event.
    Result<TokenSet, OAuthError> issue(const Context& context, Entitlement entitlement,
                                       const AuthenticatedClient& client,
                                       std::string_view askedBy) const;
    /// The kind of the records of what this client is promised by this grant; or why not.
    Result<std::string, OAuthError> kindOfPromises(const Context& context, std::string_view grant,
                                                   const AuthenticatedClient& client) const;
    std::vector<std::string> grantTypes(const Issuer& issuer) const;

private:
    struct Known {
        const Grant* grant;
        InstanceNames names;
    };
    Result<Entitlement, OAuthError> decide(const Grant& grant, const GrantRequest& request,
                                           const HttpRequest& http,
                                           std::optional<BoundTo>& bound) const;
    Result<std::optional<TokenSet>, OAuthError> once(const GrantRequest& request,
                                                     Entitlement decided, BoundTo& bound,
                                                     const std::vector<std::string>& resources,
                                                     const AskedBy& asked) const;
    const Known* find(const Issuer& issuer, std::string_view type) const;
    Result<const Known*, OAuthError> choose(const Issuer& issuer, const Form& form,
                                            const AuthenticatedClient& client) const;

    GrantRequest::Books books_;
    TokenIssuer& issuer_;
    const TokenBindings& bindings_;
    std::vector<Known> grants_;
};

}  // namespace gatehouse
