// SPDX-License-Identifier: Apache-2.0
#include "PushEndpoint.h"

#include <gatehouse/Web.h>

#include "json/JsonWriter.h"
#include "text/Contains.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gatehouse {

namespace {

/// RFC 6749 section 2.3.1, RFC 7521 section 4.2: by what a client proves itself; nothing to keep.
bool isProof(const Form::Field& field) {
    constexpr std::array<std::string_view, 3> names{"client_secret", "client_assertion",
                                                    "client_assertion_type"};
    return contains(names, field.first);
}

Form withoutProof(const Form& form) {
    auto fields = form.fields();
    fields.erase(std::remove_if(fields.begin(), fields.end(), isProof), fields.end());
    return Form(std::move(fields));
}

OAuthError invalid(std::string_view description) {
    return OAuthError::of(OAuthCode::invalidRequest, description);
}

}  // namespace

HttpResponse PushEndpoint::post(const Context& context, const HttpRequest& request) const {
    const auto form = host_.web().form(request);
    if (!form) {
        return refuse(context, request, form.error(), {});
    }
    const auto client = clients_.authenticate(context, request, *form);
    if (!client) {
        return host_.web().error(client.error(), request);
    }
    const auto uri = keep(context, request, *client, withoutProof(*form));
    if (!uri) {
        return refuse(context, request, uri.error(), client->client->id);
    }
    JsonWriter body;
    body.text("request_uri", *uri).number("expires_in", pushed_.lifetime().count());
    auto answer = host_.web().json(body.finish());
    answer.status = 201;
    for (auto& field : tokens_.fields(context, request)) {
        answer.headers.push_back(std::move(field));
    }
    return answer;
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

HttpResponse PushEndpoint::refuse(const Context& context, const HttpRequest& request,
                                  const OAuthError& error, std::string_view clientId) const {
    const auto& why = error.detail.empty() ? error.description : error.detail;
    host_.log().write(context, levelOf(error), "pushed request refused: " + why,
                      {{"client_id", clientId}, {"error", error.code}});
    return host_.web().error(error, request);
}

}  // namespace gatehouse
