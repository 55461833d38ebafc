// SPDX-License-Identifier: Apache-2.0
#include "RevocationEndpoint.h"

#include "Services.h"
#include "client/ClientAuthenticator.h"
#include "token/FamilyBook.h"
#include "token/TokenInspector.h"
#include "web/Answer.h"

namespace gatehouse {

namespace {

HttpResponse refusal(const Error& error, const HttpRequest& request) {
    if (error.fault == Fault::notAllowed) {
        return errorAnswer(
            OAuthError::of(OAuthCode::invalidRequest, "The token was issued to another client"),
            request);
    }
    return errorAnswer(OAuthError::from(error), request);
}

}  // namespace

HttpResponse RevocationEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto form = readForm(request);
    if (!form) {
        return errorAnswer(form.error(), request);
    }
    auto client = core_.authenticator().authenticate(context, request, *form);
    if (!client) {
        return errorAnswer(client.error(), request);
    }
    if (!form->has("token")) {
        return errorAnswer(
            OAuthError::of(OAuthCode::invalidRequest, "The parameter token is missing"), request);
    }
    if (auto revoked = revoke(context, form->text("token"), *client); !revoked) {
        return refusal(revoked.error(), request);
    }
    HttpResponse response;
    response.set("Cache-Control", "no-store");
    return response;
}

/// RFC 7009 section 2.2: a token that is unknown or gone is as good as revoked.
Status RevocationEndpoint::revoke(const Context& context, std::string_view text,
                                  const AuthenticatedClient& client) const {
    auto presented = core_.families().read(context, text);
    if (!presented) {
        return presented.error();
    }
    if (*presented) {
        const Authorization& authorization = (*presented)->family.authorization;
        return authorization.clientId == client.client->id
                   ? core_.families().revoke(context, authorization.family)
                   : Status(Error::notAllowed("the refresh token was issued to another client"));
    }
    auto claim = core_.inspector().inspect(context, text);
    if (!claim) {
        return claim.error();
    }
    if (*claim == nullptr) {
        return done();
    }
    return (*claim)->clientId == client.client->id
               ? core_.inspector().revoke(context, **claim)
               : Status(Error::notAllowed("the access token was issued to another client"));
}

}  // namespace gatehouse
