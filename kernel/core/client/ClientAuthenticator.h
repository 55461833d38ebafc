// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Http.h>
#include <gatehouse/OAuthError.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/ClientAuthMethod.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class ClientDirectory;
class RateLimiter;

/// Learns which client calls (RFC 6749 sections 2.3 and 3.2.1). Every refusal looks the same
/// outside; the log and the audit trail say which check failed, under the request id the client was
/// given.
class ClientAuthenticator {
public:
    ClientAuthenticator(Host& host, ClientDirectory& clients, RateLimiter& limits);

    Result<AuthenticatedClient, OAuthError>
    authenticate(const Context& context, const HttpRequest& request, const Form& form) const;
    /// token_endpoint_auth_method values in the order of the configuration.
    std::vector<std::string> methods() const;
    /// JWS algorithms for client assertions.
    std::vector<std::string> signingAlgorithms() const;

private:
    struct Attempt;
    Result<Attempt, OAuthError> attemptOf(const HttpRequest& request, const Form& form) const;
    Result<AuthenticatedClient, OAuthError> verify(const Context& context, Attempt& attempt,
                                                   const HttpRequest& request,
                                                   const Form& form) const;
    void mean(std::string_view registered, Attempt& attempt, const HttpRequest& request,
              const Form& form) const;
    OAuthError refuse(const Context& context, const HttpRequest& request, const Attempt& attempt,
                      OAuthError error) const;

    Host& host_;
    ClientDirectory& clients_;
    RateLimiter& limits_;
    std::vector<ClientAuthMethod*> methods_;
    Counter& failures_;
};

}  // namespace gatehouse
