// SPDX-License-Identifier: Apache-2.0
#include "token/IssuedTokens.h"

#include "json/Members.h"
#include "json/NumericDate.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

namespace {

/// Of one token: each makes what comes from it longer.
constexpr std::size_t mostOrigins = 8;
constexpr std::size_t page = 100;

OAuthError refused(std::string detail) {
    return OAuthError::of(OAuthCode::invalidRequest, "A token of the request is not valid",
                          std::move(detail));
}

/// Of a client acting for itself, which gave nobody an authorization.
Authorization ownOf(const TokenClaim& claim) {
    Authorization authorization;
    authorization.subject = claim.subject;
    return authorization;
}

/// Beside other JWTs for clients that we sign.
bool isIdToken(const ValueMap& claims, const Issuer& issuer, const Client& client) {
    return claims.text("iss") == issuer.url && claims.find("aud") != nullptr &&
           *claims.find("aud") == Value(client.id) && !claims.text("sub").empty() &&
           claims.contains("iat") && !claims.contains("events");
}

}  // namespace

Result<OpenedToken, OAuthError> IssuedTokens::accessToken(const Context& context,
                                                          std::string_view text) const {
    const auto found = inspect_(context, text);
    if (!found) {
        return OAuthError::from(found.error());
    }
    if (*found == nullptr) {
        return refused("unknown, expired or revoked");
    }
    const TokenClaim& claim = **found;
    auto origins = textsOf(claim.claims.find(AccessToken::exchangedFrom));
    if (origins.size() >= mostOrigins) {
        return refused("it came from too many others");
    }
    const auto family = claim.family.empty() ? Result<std::optional<Family>>(std::nullopt)
                                             : families_.find(context, claim.family);
    if (!family) {
        return OAuthError::from(family.error());
    }
    if (!*family && !claim.family.empty()) {
        return refused("its authorization is gone");
    }
    OpenedToken token{*family ? (*family)->authorization : ownOf(claim), std::move(origins)};
    token.endsWith.push_back(claim.id);
    Authorization& authorization = token.authorization;
    authorization.clientId = claim.clientId;
    authorization.scopes = claim.scopes;
    authorization.audience = claim.audience;
    authorization.confirmation = claim.confirmation;
    authorization.actor = objectOf(claim.claims, "act");
    authorization.expires = std::min(authorization.expires, claim.expires);
    return token;
}

Result<OpenedToken, OAuthError> IssuedTokens::idToken(const Context& context, const Client& client,
                                                      std::string_view text) const {
    const auto jwt = host_.jose().verify(context, text);
    if (!jwt) {
        return OAuthError::from(jwt.error());
    }
    if (!*jwt || (*jwt)->header.text("typ") != "JWT" ||
        !isIdToken((*jwt)->claims, context.issuer, client) || (*jwt)->claims.text("sid").empty()) {
        return refused("no ID token that this client has got here");
    }
    const auto expires = numericDate((*jwt)->claims.find("exp"));
    if (!expires || fromSeconds(*expires) <= host_.clock().now()) {
        return refused("the ID token has expired");
    }
    auto family = familyOf(context, client, (*jwt)->claims);
    if (!family) {
        return OAuthError::from(family.error());
    }
    if (!*family) {
        return refused("what the ID token was given for is over");
    }
    OpenedToken token{std::move((*family)->authorization), {}};
    token.authorization.expires =
        std::min({token.authorization.expires, (*family)->expires, fromSeconds(*expires)});
    return token;
}

Result<std::optional<Subject>> IssuedTokens::personOf(const Context& context, const Client& client,
                                                      std::string_view idToken) const {
    const auto jwt = host_.jose().verify(context, idToken);
    if (!jwt) {
        return jwt.error();
    }
    if (!*jwt || (*jwt)->header.text("typ") != "JWT" ||
        !isIdToken((*jwt)->claims, context.issuer, client)) {
        return std::optional<Subject>();
    }
    const auto some = families_.list(context, (*jwt)->claims.text("sub"), {}, 1);
    if (!some) {
        return some.error();
    }
    return some->families.empty() ? std::nullopt
                                  : std::optional(some->families.front().authorization.subject);
}

Result<std::optional<Family>> IssuedTokens::familyOf(const Context& context, const Client& client,
                                                     const ValueMap& claims) const {
    std::optional<Family> latest;
    std::string after;
    do {
        auto some = families_.list(context, claims.text("sub"), after, page);
        if (!some) {
            return some.error();
        }
        for (auto& family : some->families) {
            if (family.authorization.isOf(client) &&
                family.authorization.authentication.sessionId == claims.text("sid")) {
                latest = std::move(family);
            }
        }
        after = std::move(some->next);
    } while (!after.empty());
    return latest;
}

}  // namespace gatehouse
