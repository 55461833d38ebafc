// SPDX-License-Identifier: Apache-2.0
#include "IntrospectionEndpoint.h"

#include "Services.h"
#include "client/ClientAuthenticator.h"
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
    return body.finish();
}

}  // namespace

HttpResponse IntrospectionEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto form = readForm(request);
    if (!form) {
        return errorAnswer(form.error(), request);
    }
    auto client = core_.authenticator().authenticate(context, request, *form);
    if (!client) {
        return errorAnswer(client.error(), request);
    }
    if (!client->isProven) {
        return errorAnswer(
            OAuthError::of(OAuthCode::invalidClient, "Introspection needs an authenticated client"),
            request);
    }
    if (!form->has("token")) {
        return errorAnswer(
            OAuthError::of(OAuthCode::invalidRequest, "The parameter token is missing"), request);
    }
    auto body = describe(context, *form, *client);
    return body ? jsonAnswer(*std::move(body)) : errorAnswer(body.error(), request);
}

Result<std::string, OAuthError>
IntrospectionEndpoint::describe(const Context& context, const Form& form,
                                const AuthenticatedClient& client) const {
    const auto text = form.text("token");
    auto claim = core_.inspector().inspect(context, text);
    if (!claim) {
        return OAuthError::from(claim.error());
    }
    return *claim != nullptr ? bodyOf(context, **claim)
                             : describeRefreshToken(context, text, client);
}

Result<std::string, OAuthError>
IntrospectionEndpoint::describeRefreshToken(const Context& context, std::string_view text,
                                            const AuthenticatedClient& client) const {
    auto presented = core_.families().read(context, text);
    if (!presented) {
        return OAuthError::from(presented.error());
    }
    if (!*presented || (*presented)->generation != (*presented)->family.generation ||
        (*presented)->family.authorization.clientId != client.client->id) {
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
