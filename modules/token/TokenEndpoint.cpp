// SPDX-License-Identifier: Apache-2.0
#include "TokenEndpoint.h"

#include "json/JsonWriter.h"

namespace gatehouse {

namespace {

/// RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3.
std::string bodyOf(const TokenSet& tokens) {
    JsonWriter body;
    body.text("access_token", tokens.accessToken)
        .text("token_type", tokens.tokenType)
        .number("expires_in", tokens.expiresIn.count());
    if (!tokens.refreshToken.empty()) {
        body.text("refresh_token", tokens.refreshToken);
    }
    if (!tokens.idToken.empty()) {
        body.text("id_token", tokens.idToken);
    }
    if (!tokens.scopes.empty()) {
        body.text("scope", tokens.scopes.text());
    }
    for (const auto& [name, value] : tokens.members) {
        body.value(name, value);
    }
    return body.finish();
}

}  // namespace

HttpResponse TokenEndpoint::post(const Context& context, const HttpRequest& request) const {
    return endpoint_.answer(
        context, request, [&](const AuthenticatedClient& client, const Form& form) {
            const auto tokens = tokens_.exchange(context, request, form, client);
            return tokens ? Result<HttpResponse, OAuthError>(host_.web().json(bodyOf(*tokens)))
                          : tokens.error();
        });
}

}  // namespace gatehouse
