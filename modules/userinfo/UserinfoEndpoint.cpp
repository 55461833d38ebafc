// SPDX-License-Identifier: Apache-2.0
#include "UserinfoEndpoint.h"

#include <gatehouse/Web.h>

#include <algorithm>
#include <string>
#include <vector>

namespace gatehouse {

namespace {

OAuthError invalidToken(std::string detail) {
    return OAuthError::of(OAuthCode::invalidToken, "The access token is not valid",
                          std::move(detail));
}

/// RFC 9068 section 4: an API that is shown a token cannot go on with it to the person's claims.
bool isMeantForHere(const std::vector<std::string>& audience, const Issuer& issuer) {
    return std::find(audience.begin(), audience.end(), issuer.url) != audience.end();
}

}  // namespace

HttpResponse UserinfoEndpoint::answer(const Context& context, const HttpRequest& request) const {
    const auto claim = tokens_.present(context, request);
    auto body = claim ? claims(context, **claim) : Result<std::string, OAuthError>(claim.error());
    if (body) {
        return host_.web().json(*std::move(body));
    }
    host_.log().write(context, levelOf(body.error()), "userinfo refused: " + body.error().detail);
    return host_.web().bearerError(body.error(), context.issuer);
}

Result<std::string, OAuthError> UserinfoEndpoint::claims(const Context& context,
                                                         const TokenClaim& claim) const {
    if (!claim.scopes.contains("openid")) {
        return OAuthError::of(OAuthCode::insufficientScope, "The scope openid is needed",
                              "the token has no scope openid");
    }
    auto authorization = tokens_.authorizationOf(context, claim);
    if (!authorization) {
        return OAuthError::from(authorization.error());
    }
    if (!*authorization) {
        return invalidToken("its authorization is gone");
    }
    const bool namedResources = !(*authorization)->audience.empty();
    if (namedResources && !isMeantForHere(claim.audience, context.issuer)) {
        return OAuthError::of(OAuthCode::invalidToken,
                              "The access token is meant for another resource",
                              "the issuer is not in its audience");
    }
    return claimsOf(context, **authorization, claim.scopes);
}

Result<std::string, OAuthError> UserinfoEndpoint::claimsOf(const Context& context,
                                                           const Authorization& authorization,
                                                           const ScopeSet& scopes) const {
    auto user = people_.find(context, authorization.subject);
    if (!user) {
        return OAuthError::from(user.error());
    }
    if (!*user) {
        return invalidToken("the person is gone or disabled");
    }
    ValueMap body{{"sub", authorization.subject.sub}};
    const auto claims = people_.userinfo(context, **user, authorization, scopes);
    if (!claims) {
        return OAuthError::from(claims.error());
    }
    for (const auto& [name, value] : *claims) {
        body.set(name, value);
    }
    return host_.web().toJson(body);
}

}  // namespace gatehouse
