// SPDX-License-Identifier: Apache-2.0
#include "TokenEndpoint.h"

#include <gatehouse/Web.h>

#include "json/JsonWriter.h"

#include <utility>

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
    auto form = host_.web().form(request);
    if (!form) {
        return refuse(context, request, form.error(), {});
    }
    auto client = clients_.authenticate(context, request, *form);
    if (!client) {
        return host_.web().error(client.error(), request);
    }
    auto tokens = tokens_.exchange(context, request, *form, *client);
    if (!tokens) {
        return refuse(context, request, tokens.error(), client->client->id);
    }
    HttpResponse response = host_.web().json(bodyOf(*tokens));
    for (auto& field : tokens_.fields(context, request)) {
        response.headers.push_back(std::move(field));
    }
    return response;
}

/// Says in the log, under the request id the client was given, what the answer may not say.
HttpResponse TokenEndpoint::refuse(const Context& context, const HttpRequest& request,
                                   const OAuthError& error, std::string_view clientId) const {
    const auto& why = error.detail.empty() ? error.description : error.detail;
    host_.log().write(context, levelOf(error), "token request refused: " + why,
                      {{"client_id", clientId}, {"error", error.code}});
    return host_.web().error(error, request);
}

}  // namespace gatehouse
