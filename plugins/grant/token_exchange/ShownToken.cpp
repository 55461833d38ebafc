// SPDX-License-Identifier: Apache-2.0
#include "ShownToken.h"

#include <utility>

namespace gatehouse {

namespace {

/// Whatever is wrong with a token is `invalid_request` (RFC 8693 section 2.2.2).
OAuthError asExchangeError(OAuthError error) {
    if (error.code == OAuthCode::invalidGrant) {
        error.code = OAuthCode::invalidRequest;
    }
    return error;
}

Result<ShownToken, OAuthError> ours(Result<Authorization, OAuthError> opened) {
    if (!opened) {
        return asExchangeError(opened.error());
    }
    std::string from = opened->clientId;
    return ShownToken{*std::move(opened), std::move(from), {}, true};
}

Result<ShownToken, OAuthError> theirs(const Client& client, Result<Vouched, OAuthError> vouched) {
    if (!vouched) {
        return asExchangeError(vouched.error());
    }
    ShownToken shown;
    shown.authorization.subject = std::move(vouched->subject);
    shown.authorization.scopes = vouched->scopes.within(client.scopes);
    shown.authorization.audience = std::move(vouched->audience);
    shown.authorization.expires = vouched->expires;
    shown.from = vouched->claims.text("iss");
    shown.claims = std::move(vouched->claims);
    shown.isOurs = false;
    return shown;
}

}  // namespace

Result<ShownToken, OAuthError> readShown(const TokenRequest& request, std::string_view name) {
    const auto token = request.form().text(name);
    const auto type = request.form().text(std::string(name) + "_type");
    if (token.empty() || type.empty()) {
        return OAuthError::of(OAuthCode::invalidRequest, "A token and its type must both be sent",
                              std::string(name) + " or " + std::string(name) + "_type is missing");
    }
    if (type == TokenType::accessToken) {
        return ours(request.openAccessToken(token));
    }
    if (type == TokenType::idToken) {
        return ours(request.openIdToken(token));
    }
    if (type == TokenType::jwt) {
        return theirs(request.client(), request.openAssertion(token));
    }
    return OAuthError::of(OAuthCode::invalidRequest, "A token type is not supported");
}

}  // namespace gatehouse
