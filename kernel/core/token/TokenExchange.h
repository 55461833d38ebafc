// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/point/Grant.h>

#include "client/ClientAuthenticator.h"
#include "token/GrantRequest.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A token request, from the grant type to the tokens (RFC 6749 section 5). Threads: any.
class TokenExchange {
public:
    TokenExchange(const GrantRequest::Books& books, TokenIssuer& issuer);

    Result<TokenSet, OAuthError> run(const Context& context, const Form& form,
                                     const AuthenticatedClient& client) const;
    /// Tokens for what was decided without a grant. `askedBy` is for the audit event.
    Result<TokenSet, OAuthError> issue(const Context& context, Entitlement entitlement,
                                       const AuthenticatedClient& client,
                                       std::string_view askedBy) const;
    /// The grant of this type, or nullptr when the issuer does not have it.
    const Grant* grant(const Issuer& issuer, std::string_view type) const;
    std::vector<std::string> grantTypes(const Issuer& issuer) const;

private:
    Result<const Grant*, OAuthError> choose(const Issuer& issuer, const Form& form,
                                            const AuthenticatedClient& client) const;

    GrantRequest::Books books_;
    TokenIssuer& issuer_;
    std::vector<Host::Named<Grant>> grants_;
};

}  // namespace gatehouse
