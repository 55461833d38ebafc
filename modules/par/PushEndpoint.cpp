// SPDX-License-Identifier: Apache-2.0
#include "PushEndpoint.h"

#include <gatehouse/Web.h>

#include "json/JsonWriter.h"

namespace gatehouse {

namespace {

OAuthError invalid(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

}  // namespace

HttpResponse PushEndpoint::post(const Context& context, const HttpRequest& request) const {
    return endpoint_.answer(
        context, request,
        [&](const AuthenticatedClient& client,
            const Form& form) -> Result<HttpResponse, OAuthError> {
            const auto uri = keep(context, request, client, form);
            if (!uri) {
                return uri.error();
            }
            JsonWriter body;
            body.text("request_uri", *uri).number("expires_in", pushed_.lifetime().count());
            auto answer = host_.web().json(body.finish());
            answer.status = 201;
            return answer;
        });
}

Result<std::string, OAuthError> PushEndpoint::keep(const Context& context,
                                                   const HttpRequest& request,
                                                   const AuthenticatedClient& client,
                                                   const Form& form) const {
    if (form.count("request_uri") != 0) {  // RFC 9126 section 2.1
        return invalid("A pushed request must not have a request_uri");
    }
    const auto checked = requests_.check(context, request, client, form);
    if (!checked) {
        return checked.error();
    }
    if (!checked->parameters.has("redirect_uri")) {
        return invalid("The redirect_uri is missing");
    }
    auto uri = pushed_.keep(context, *client.client, *checked);
    return uri ? Result<std::string, OAuthError>(*std::move(uri)) : OAuthError::from(uri.error());
}

}  // namespace gatehouse
