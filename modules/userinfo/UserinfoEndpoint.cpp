// SPDX-License-Identifier: Apache-2.0
#include "UserinfoEndpoint.h"

#include <gatehouse/Web.h>

#include <algorithm>
#include <string>
#include <utility>
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

/// OpenID Connect Core section 5.3.2.
HttpResponse jwtAnswer(std::string jwt) {
    HttpResponse response;
    response.set("Content-Type", "application/jwt");
    response.set("Cache-Control", "no-store");
    response.body = std::move(jwt);
    return response;
}

}  // namespace

HttpResponse UserinfoEndpoint::answer(const Context& context, const HttpRequest& request) const {
    const auto claim = tokens_.present(context, request);
    auto answer = claim ? told(context, **claim) : Result<HttpResponse, OAuthError>(claim.error());
    if (answer) {
        for (auto& field : tokens_.fields(context, request)) {
            answer->headers.push_back(std::move(field));
        }
        return *std::move(answer);
    }
    const auto& error = answer.error();
    host_.log().write(context, levelOf(error), "userinfo refused: " + error.detail);
    return host_.web().bearerError(error, context.issuer);
}

Result<HttpResponse, OAuthError> UserinfoEndpoint::told(const Context& context,
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
    const auto claims = claimsOf(context, **authorization, claim.scopes);
    return claims ? write(context, **authorization, *claims) : claims.error();
}

Result<ValueMap, OAuthError> UserinfoEndpoint::claimsOf(const Context& context,
                                                        const Authorization& authorization,
                                                        const ScopeSet& scopes) const {
    auto user = people_.find(context, authorization.subject);
    if (!user) {
        return OAuthError::from(user.error());
    }
    if (!*user) {
        return invalidToken("the person is gone or disabled");
    }
    auto sub = tokens_.subFor(context, authorization);
    if (!sub) {
        return OAuthError::from(sub.error());
    }
    ValueMap body{{"sub", *std::move(sub)}};
    const auto claims = people_.userinfo(context, **user, authorization, scopes);
    if (!claims) {
        return OAuthError::from(claims.error());
    }
    for (const auto& [name, value] : *claims) {
        body.set(name, value);
    }
    return body;
}

Result<HttpResponse, OAuthError> UserinfoEndpoint::write(const Context& context,
                                                         const Authorization& authorization,
                                                         const ValueMap& claims) const {
    auto jwt = people_.userinfoJwt(context, authorization, claims);
    if (!jwt) {
        return OAuthError::from(jwt.error());
    }
    return *jwt ? jwtAnswer(**std::move(jwt)) : host_.web().json(host_.web().toJson(claims));
}

}  // namespace gatehouse
