// SPDX-License-Identifier: Apache-2.0
#include "TokenEndpoint.h"

#include "Services.h"
#include "client/ClientAuthenticator.h"
#include "json/JsonWriter.h"
#include "limit/RateLimiter.h"
#include "token/TokenExchange.h"
#include "web/Answer.h"

namespace gatehouse {

namespace {

/// RFC 6749 section 5.1, OpenID Connect Core section 3.1.3.3.
std::string bodyOf(const TokenSet& tokens) {
    JsonWriter body;
    body.text("access_token", tokens.accessToken)
        .text("token_type", "Bearer")
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
    return body.finish();
}

}  // namespace

HttpResponse TokenEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto form = readForm(request);
    if (!form) {
        return refuse(context, request, form.error(), {});
    }
    auto client = core_.authenticator().authenticate(context, request, *form);
    if (!client) {
        return errorAnswer(client.error(), request);
    }
    const auto& clientId = client->client->id;
    if (auto wait = core_.limits().request(context, core_.host().records(), clientId,
                                           request.remoteAddress)) {
        auto error = OAuthError::of(OAuthCode::slowDown, "Too many requests, try again later");
        error.retryAfter = *wait;
        return refuse(context, request, error, clientId);
    }
    auto tokens = core_.exchange().run(context, *form, *client);
    return tokens ? jsonAnswer(bodyOf(*tokens))
                  : refuse(context, request, tokens.error(), clientId);
}

/// Says in the log, under the request id the client was given, what the answer may not say.
HttpResponse TokenEndpoint::refuse(const Context& context, const HttpRequest& request,
                                   const OAuthError& error, std::string_view clientId) const {
    const auto& why = error.detail.empty() ? error.description : error.detail;
    core_.host().log().write(context, levelOf(error), "token request refused: " + why,
                             {{"client_id", clientId}, {"error", toText(error.code)}});
    return errorAnswer(error, request);
}

}  // namespace gatehouse
