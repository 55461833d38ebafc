// SPDX-License-Identifier: Apache-2.0
#include "RegistrationEndpoint.h"

#include <gatehouse/Web.h>

#include "Metadata.h"

#include <utility>

namespace gatehouse {

HttpResponse RegistrationEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto body = answer(context, request);
    if (body) {
        auto response = host_.web().json(*std::move(body));
        response.status = 201;
        return response;
    }
    const OAuthError& error = body.error();
    journal_.refused(context, request, Journal::create, error);
    return error.code == OAuthCode::invalidToken ? host_.web().bearerError(error, context.issuer)
                                                 : host_.web().error(error, request);
}

Result<std::string, OAuthError> RegistrationEndpoint::answer(const Context& context,
                                                             const HttpRequest& request) const {
    if (const auto within = quota_.ofAddress(context, request.remoteAddress); !within) {
        return within.error();
    }
    const auto body = readBody(request);
    if (!body) {
        return body.error();
    }
    const auto token = admit(context, request);
    if (!token) {
        return token.error();
    }
    const auto within = quota_.ofAll(context);
    const auto registered =
        within ? registrar_.enroll(context, *body, *token ? (*token)->policy : Policy{})
               : Result<Registrar::Registered, OAuthError>(within.error());
    if (!registered) {
        if (*token) {
            tokens_.giveBack(context, (*token)->id);
        }
        return registered.error();
    }
    const Client& client = registered->made.client;
    ValueMap details{{"name", client.name}};
    if (*token) {
        details.set("initial_token", (*token)->id);
    }
    journal_.done(context, request, Journal::create, client.id, std::move(details));
    return registrar_.describe(context, *registered);
}

/// One that is shown is used, also where none is needed: it may allow more.
Result<std::optional<InitialToken>, OAuthError>
RegistrationEndpoint::admit(const Context& context, const HttpRequest& request) const {
    if (settings_.isOpen && request.header("authorization").empty()) {
        return std::optional<InitialToken>();
    }
    const auto text = host_.web().bearerToken(request);
    if (!text) {
        return text.error();
    }
    auto token = tokens_.take(context, *text);
    if (!token) {
        return OAuthError::from(token.error());
    }
    return *token ? Result<std::optional<InitialToken>, OAuthError>(*std::move(token))
                  : OAuthError::of(OAuthCode::invalidToken,
                                   "The initial access token is not good, or is used up");
}

}  // namespace gatehouse
