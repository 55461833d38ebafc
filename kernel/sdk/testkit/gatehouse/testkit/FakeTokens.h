// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/facade/Tokens.h>
#include <gatehouse/testkit/FakeBackend.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// The access token "good-token" and the refresh token "good-refresh-token" are good, and about one
/// authorization. Nothing is taken back.
class FakeTokens final : public Tokens {
public:
    /// The backend must outlive this.
    explicit FakeTokens(const FakeBackend& backend) : backend_(backend) {
        authorization.subject = {"sub-of-ada", "people", "id-of-ada"};
        authorization.clientId = "shop";
        authorization.scopes = {"openid", "profile"};
        claim.id = "token-1";
        claim.subject = authorization.subject;
        claim.clientId = "shop";
        claim.scopes = authorization.scopes;
        claim.expires = never;
    }

    Result<std::shared_ptr<const TokenClaim>> inspect(const Context& context,
                                                      std::string_view accessToken) const override {
        return backend_.answer(context, accessToken == "good-token"
                                            ? std::make_shared<const TokenClaim>(claim)
                                            : std::shared_ptr<const TokenClaim>());
    }
    Result<std::shared_ptr<const TokenClaim>, OAuthError>
    present(const Context& context, const HttpRequest& request) const override {
        if (const auto failure = backend_.trouble(context)) {
            return OAuthError::from(*failure);
        }
        if (request.header("authorization") != "Bearer good-token") {
            return OAuthError::of(OAuthCode::invalidToken, "The access token is not valid");
        }
        return std::make_shared<const TokenClaim>(claim);
    }
    std::string_view typeOf(const ValueMap& confirmation) const override {
        return confirmation.empty() ? "Bearer" : "";
    }
    Result<std::optional<Authorization>> authorizationOf(const Context& context,
                                                         const TokenClaim&) const override {
        return backend_.answer(context, std::optional(authorization));
    }
    Result<std::optional<RefreshTokenClaim>>
    inspectRefreshToken(const Context& context, std::string_view text) const override {
        return backend_.answer(context,
                               text == "good-refresh-token"
                                   ? std::optional(RefreshTokenClaim{authorization, never, true})
                                   : std::nullopt);
    }

    Status revoke(const Context& context, const TokenClaim&) const override {
        return backend_.answer(context, std::monostate{});
    }
    Status revokeAuthorization(const Context& context, std::string_view) const override {
        return backend_.answer(context, std::monostate{});
    }
    Status revokeAll(const Context& context, std::string_view) const override {
        return backend_.answer(context, std::monostate{});
    }

    Result<TokenSet, OAuthError> exchange(const Context& context, const HttpRequest&,
                                          const Form& form,
                                          const AuthenticatedClient&) const override {
        if (form.text("code") != "good-code" && !backend_.trouble(context)) {
            return OAuthError::of(OAuthCode::invalidGrant, "The code is not valid");
        }
        return tokens(context);
    }
    Result<TokenSet, OAuthError> issue(const Context& context, const Entitlement&,
                                       const AuthenticatedClient&,
                                       std::string_view) const override {
        return tokens(context);
    }
    std::vector<std::string> grantTypes(const Issuer&) const override { return types; }
    Result<std::string> subFor(const Context& context, const Authorization& of) const override {
        return backend_.answer(context, of.subject.sub);
    }
    std::vector<Header> fields(const Context&, const HttpRequest&) const override { return {}; }

    Result<bool> mayIntrospect(const Context& context, const TokenClaim& of,
                               const Client& client) const override {
        return backend_.answer(context, of.clientId == client.id);
    }
    Result<std::optional<FormedAnswer>> introspectionAs(const Context& context, const HttpRequest&,
                                                        const Client&,
                                                        const std::string&) const override {
        return backend_.answer(context, std::optional<FormedAnswer>());
    }
    std::string objection(const Issuer&, const ProtectedResource&) const override { return {}; }

    Authorization authorization;
    TokenClaim claim;
    std::vector<std::string> types{"authorization_code"};  ///< grantTypes()

private:
    Result<TokenSet, OAuthError> tokens(const Context& context) const {
        if (const auto failure = backend_.trouble(context)) {
            return OAuthError::from(*failure);
        }
        TokenSet tokens;
        tokens.accessToken = "good-token";
        tokens.expiresIn = seconds{600};
        tokens.scopes = authorization.scopes;
        return tokens;
    }

    const FakeBackend& backend_;
};

}  // namespace gatehouse::testkit
