// SPDX-License-Identifier: Apache-2.0
#include "RevocationEndpoint.h"

#include "AskedToken.h"
#include "Services.h"
#include "token/FamilyBook.h"
#include "token/TokenInspector.h"
#include "web/Answer.h"

namespace gatehouse {

namespace {

OAuthError refusal(const Error& error) {
    return error.fault == Fault::notAllowed
               ? OAuthError::of(OAuthCode::invalidRequest, "The token was issued to another client")
               : OAuthError::from(error);
}

}  // namespace

HttpResponse RevocationEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto asked = readAskedToken(core_, context, request);
    if (!asked) {
        return errorAnswer(asked.error(), request);
    }
    if (auto revoked = revoke(context, *asked); !revoked) {
        const auto error = refusal(revoked.error());
        core_.host().log().write(context, levelOf(error),
                                 "revocation refused: " + revoked.error().detail);
        return errorAnswer(error, request);
    }
    HttpResponse response;
    response.set("Cache-Control", "no-store");
    return response;
}

/// RFC 7009 section 2.2: a token that is unknown or gone is as good as revoked.
Status RevocationEndpoint::revoke(const Context& context, const AskedToken& asked) const {
    auto presented = core_.families().read(context, asked.text);
    if (!presented) {
        return presented.error();
    }
    if (*presented) {
        const Authorization& authorization = (*presented)->family.authorization;
        return authorization.isOf(*asked.client.client)
                   ? core_.families().revoke(context, authorization.family)
                   : Status(Error::notAllowed("the refresh token was issued to another client"));
    }
    auto claim = core_.inspector().inspect(context, asked.text);
    if (!claim) {
        return claim.error();
    }
    if (*claim == nullptr) {
        return done();
    }
    return (*claim)->clientId == asked.client.client->id
               ? core_.inspector().revoke(context, **claim)
               : Status(Error::notAllowed("the access token was issued to another client"));
}

}  // namespace gatehouse
