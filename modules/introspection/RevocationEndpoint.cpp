// SPDX-License-Identifier: Apache-2.0
#include "RevocationEndpoint.h"

#include <gatehouse/Web.h>

#include "AskedToken.h"

namespace gatehouse {

namespace {

OAuthError refusal(const Error& error) {
    return error.fault == Fault::notAllowed
               ? OAuthError::of(OAuthCode::invalidRequest, "The token was issued to another client")
               : OAuthError::from(error);
}

}  // namespace

HttpResponse RevocationEndpoint::post(const Context& context, const HttpRequest& request) const {
    auto asked = readAskedToken(host_, clients_, context, request);
    if (!asked) {
        return host_.web().error(asked.error(), request);
    }
    if (auto revoked = revoke(context, *asked); !revoked) {
        const auto error = refusal(revoked.error());
        host_.log().write(context, levelOf(error), "revocation refused: " + revoked.error().detail);
        return host_.web().error(error, request);
    }
    HttpResponse response;
    response.set("Cache-Control", "no-store");
    return response;
}

/// RFC 7009 section 2.2: a token that is unknown or gone is as good as revoked.
Status RevocationEndpoint::revoke(const Context& context, const AskedToken& asked) const {
    auto known = tokens_.inspectRefreshToken(context, asked.text);
    if (!known) {
        return known.error();
    }
    if (*known) {
        const Authorization& authorization = (*known)->authorization;
        return authorization.isOf(*asked.client.client)
                   ? tokens_.revokeAuthorization(context, authorization.family)
                   : Status(Error::notAllowed("the refresh token was issued to another client"));
    }
    auto claim = tokens_.inspect(context, asked.text);
    if (!claim) {
        return claim.error();
    }
    if (*claim == nullptr) {
        return done();
    }
    return (*claim)->clientId == asked.client.client->id
               ? tokens_.revoke(context, **claim)
               : Status(Error::notAllowed("the access token was issued to another client"));
}

}  // namespace gatehouse
