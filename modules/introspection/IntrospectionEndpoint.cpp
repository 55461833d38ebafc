// SPDX-License-Identifier: Apache-2.0
#include "IntrospectionEndpoint.h"

#include <gatehouse/Web.h>

#include "AskedToken.h"
#include "json/JsonWriter.h"
#include "text/Contains.h"

#include <utility>

namespace gatehouse {

namespace {

constexpr const char* inactive = R"({"active":false})";

std::string bodyOf(const Context& context, const TokenClaim& claim, std::string_view type) {
    if (type.empty()) {
        return inactive;
    }
    JsonWriter body;
    body.boolean("active", true)
        .text("iss", context.issuer.url)
        .text("sub", claim.subject.sub)
        .text("client_id", claim.clientId)
        .text("token_type", type)
        .number("exp", toSeconds(claim.expires))
        .number("iat", toSeconds(claim.issuedAt))
        .text("jti", claim.id);
    if (claim.audience.size() == 1) {
        body.text("aud", claim.audience.front());
    } else {
        body.list("aud", claim.audience);
    }
    if (!claim.scopes.empty()) {
        body.text("scope", claim.scopes.text());
    }
    if (claim.authentication.time != TimePoint{}) {
        body.number("auth_time", toSeconds(claim.authentication.time));
    }
    if (!claim.authentication.acr.empty()) {
        body.text("acr", claim.authentication.acr);
    }
    if (!claim.authentication.amr.empty()) {
        body.list("amr", claim.authentication.amr);
    }
    if (!claim.confirmation.empty()) {
        body.value("cnf", claim.confirmation);
    }
    for (const auto& [name, value] : claim.claims) {
        body.value(name, value);
    }
    return body.finish();
}

HttpResponse asFormed(FormedAnswer answer) {
    HttpResponse response;
    response.set("Content-Type", answer.mediaType);
    response.set("Cache-Control", "no-store");
    response.body = std::move(answer.body);
    return response;
}

}  // namespace

HttpResponse IntrospectionEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto asked = readAskedToken(host_, clients_, context, request);
    if (!asked) {
        return host_.web().error(asked.error(), request);
    }
    if (!asked->client.isProven) {
        return host_.web().error(
            OAuthError::of(OAuthCode::invalidClient, "Introspection needs an authenticated client"),
            request);
    }
    auto body = describe(context, *asked);
    return body ? told(context, request, *asked->client.client, *std::move(body))
                : refusal(context, request, body.error());
}

HttpResponse IntrospectionEndpoint::told(const Context& context, const HttpRequest& request,
                                         const Client& client, std::string body) const {
    auto formed = tokens_.introspectionAs(context, request, client, body);
    if (!formed) {
        return refusal(context, request, OAuthError::from(formed.error()));
    }
    return *formed ? asFormed(**std::move(formed)) : host_.web().json(std::move(body));
}

HttpResponse IntrospectionEndpoint::refusal(const Context& context, const HttpRequest& request,
                                            const OAuthError& error) const {
    host_.log().write(context, levelOf(error), "introspection refused: " + error.detail);
    return host_.web().error(error, request);
}

Result<std::string, OAuthError> IntrospectionEndpoint::describe(const Context& context,
                                                                const AskedToken& asked) const {
    auto claim = tokens_.inspect(context, asked.text);
    if (!claim) {
        return OAuthError::from(claim.error());
    }
    if (*claim == nullptr) {
        return describeRefreshToken(context, asked);
    }
    const auto isAllowed = mayLookInto(context, **claim, *asked.client.client);
    if (!isAllowed) {
        return OAuthError::from(isAllowed.error());
    }
    if (!*isAllowed) {
        host_.log().write(context, Level::info,
                          "introspection: client " + asked.client.client->id +
                              " is told nothing of a token of " + (*claim)->clientId);
        return std::string(inactive);
    }
    const bool isBearer = (*claim)->confirmation.empty();
    return bodyOf(context, **claim, isBearer ? "Bearer" : tokens_.typeOf((*claim)->confirmation));
}

/// RFC 7662 section 4: who is not to know a token learns nothing of it, not even that it is one.
Result<bool> IntrospectionEndpoint::mayLookInto(const Context& context, const TokenClaim& claim,
                                                const Client& client) const {
    return contains(trusted_, client.id) ? true : tokens_.mayIntrospect(context, claim, client);
}

Result<std::string, OAuthError>
IntrospectionEndpoint::describeRefreshToken(const Context& context, const AskedToken& asked) const {
    auto known = tokens_.inspectRefreshToken(context, asked.text);
    if (!known) {
        return OAuthError::from(known.error());
    }
    if (!*known || !(*known)->isCurrent || !(*known)->authorization.isOf(*asked.client.client)) {
        return std::string(inactive);
    }
    const Authorization& authorization = (*known)->authorization;
    if (tokens_.typeOf(authorization.confirmation).empty()) {
        return std::string(inactive);
    }
    const auto sub = tokens_.subFor(context, authorization);
    if (!sub) {
        return OAuthError::from(sub.error());
    }
    JsonWriter body;
    body.boolean("active", true)
        .text("iss", context.issuer.url)
        .text("sub", *sub)
        .text("client_id", authorization.clientId)
        .text("scope", authorization.scopes.text())
        .number("exp", toSeconds((*known)->expires));
    if (!authorization.confirmation.empty()) {
        body.value("cnf", authorization.confirmation);
    }
    return body.finish();
}

}  // namespace gatehouse
