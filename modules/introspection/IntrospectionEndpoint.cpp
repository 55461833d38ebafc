// SPDX-License-Identifier: Apache-2.0
#include "IntrospectionEndpoint.h"

#include "AskedToken.h"
#include "Services.h"
#include "json/JsonWriter.h"
#include "token/FamilyBook.h"
#include "token/TokenInspector.h"
#include "web/Answer.h"

namespace gatehouse {

namespace {

constexpr const char* inactive = R"({"active":false})";

std::string bodyOf(const Context& context, const TokenClaim& claim) {
    JsonWriter body;
    body.boolean("active", true)
        .text("iss", context.issuer.url)
        .text("sub", claim.subject.sub)
        .text("client_id", claim.clientId)
        .text("token_type", "Bearer")
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
        body.json("cnf", claim.confirmation);
    }
    for (const auto& [name, value] : claim.claims) {
        body.value(name, value);
    }
    return body.finish();
}

}  // namespace

HttpResponse IntrospectionEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto asked = readAskedToken(core_, context, request);
    if (!asked) {
        return errorAnswer(asked.error(), request);
    }
    if (!asked->client.isProven) {
        return errorAnswer(
            OAuthError::of(OAuthCode::invalidClient, "Introspection needs an authenticated client"),
            request);
    }
    auto body = describe(context, *asked);
    if (body) {
        return jsonAnswer(*std::move(body));
    }
    core_.host().log().write(context, levelOf(body.error()),
                             "introspection refused: " + body.error().detail);
    return errorAnswer(body.error(), request);
}

Result<std::string, OAuthError> IntrospectionEndpoint::describe(const Context& context,
                                                                const AskedToken& asked) const {
    auto claim = core_.inspector().inspect(context, asked.text);
    if (!claim) {
        return OAuthError::from(claim.error());
    }
    return *claim != nullptr ? bodyOf(context, **claim) : describeRefreshToken(context, asked);
}

Result<std::string, OAuthError>
IntrospectionEndpoint::describeRefreshToken(const Context& context, const AskedToken& asked) const {
    auto presented = core_.families().read(context, asked.text);
    if (!presented) {
        return OAuthError::from(presented.error());
    }
    if (!*presented || (*presented)->generation != (*presented)->family.generation ||
        !(*presented)->family.authorization.isOf(*asked.client.client)) {
        return std::string(inactive);
    }
    const Family& family = (*presented)->family;
    JsonWriter body;
    body.boolean("active", true)
        .text("iss", context.issuer.url)
        .text("sub", family.authorization.subject.sub)
        .text("client_id", family.authorization.clientId)
        .text("scope", family.authorization.scopes.text())
        .number("exp", toSeconds(family.expires));
    return body.finish();
}

}  // namespace gatehouse
