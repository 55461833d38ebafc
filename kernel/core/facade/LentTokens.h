// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Tokens.h>

namespace gatehouse {

class Services;

/// See Tokens.
class LentTokens final : public Tokens {
public:
    explicit LentTokens(Services& core) : core_(core) {}

    Result<std::shared_ptr<const TokenClaim>> inspect(const Context& context,
                                                      std::string_view accessToken) const override;
    Result<std::shared_ptr<const TokenClaim>, OAuthError>
    present(const Context& context, const HttpRequest& request) const override;
    std::string_view typeOf(const ValueMap& confirmation) const override;
    Result<std::optional<Authorization>> authorizationOf(const Context& context,
                                                         const TokenClaim& claim) const override;
    Result<std::optional<RefreshTokenClaim>>
    inspectRefreshToken(const Context& context, std::string_view text) const override;
    Status revoke(const Context& context, const TokenClaim& claim) const override;
    Status revokeAuthorization(const Context& context, std::string_view family) const override;
    Status revokeAll(const Context& context, std::string_view sub) const override;
    Result<TokenSet, OAuthError> exchange(const Context& context, const HttpRequest& request,
                                          const Form& form,
                                          const AuthenticatedClient& client) const override;
    Result<TokenSet, OAuthError> issue(const Context& context, const Entitlement& entitlement,
                                       const AuthenticatedClient& client,
                                       std::string_view grant) const override;
    std::vector<std::string> grantTypes(const Issuer& issuer) const override;
    Result<std::string> subFor(const Context& context,
                               const Authorization& authorization) const override;
    std::vector<Header> fields(const Context& context, const HttpRequest& request) const override;
    Result<bool> mayIntrospect(const Context& context, const TokenClaim& claim,
                               const Client& client) const override;
    Result<std::optional<FormedAnswer>> introspectionAs(const Context& context,
                                                        const HttpRequest& request,
                                                        const Client& client,
                                                        const std::string& json) const override;
    std::string objection(const Issuer& issuer, const ProtectedResource& resource) const override;

private:
    Services& core_;
};

}  // namespace gatehouse
