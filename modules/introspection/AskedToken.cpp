// SPDX-License-Identifier: Apache-2.0
#include "AskedToken.h"

#include "Services.h"
#include "web/Answer.h"

namespace gatehouse {

Result<AskedToken, OAuthError> readAskedToken(const Services& core, const Context& context,
                                              const HttpRequest& request) {
    auto form = readForm(request);
    if (!form) {
        return form.error();
    }
    auto client = core.authenticator().authenticate(context, request, *form);
    if (!client) {
        return client.error();
    }
    if (!form->has("token")) {
        return OAuthError::of(OAuthCode::invalidRequest, "The parameter token is missing");
    }
    return AskedToken{std::string(form->text("token")), *std::move(client)};
}

}  // namespace gatehouse
