// SPDX-License-Identifier: Apache-2.0
#include "AskedToken.h"

#include <gatehouse/Web.h>

namespace gatehouse {

Result<AskedToken, OAuthError> readAskedToken(Host& host, const Clients& clients,
                                              const Context& context, const HttpRequest& request) {
    auto form = host.web().form(request);
    if (!form) {
        return form.error();
    }
    auto client = clients.authenticate(context, request, *form);
    if (!client) {
        return client.error();
    }
    if (!form->has("token")) {
        return OAuthError::of(OAuthCode::invalidRequest, "The parameter token is missing");
    }
    return AskedToken{std::string(form->text("token")), *std::move(client)};
}

}  // namespace gatehouse
