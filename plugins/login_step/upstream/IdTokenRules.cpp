// SPDX-License-Identifier: Apache-2.0
#include "IdTokenRules.h"

#include "crypto/Digest.h"
#include "jose/IdTokenHash.h"
#include "jose/JwtTimes.h"
#include "json/Members.h"
#include "json/NumericDate.h"
#include "text/Contains.h"
#include "text/Lower.h"

#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::size_t longestSub = 255;  // OpenID Connect Core section 2
constexpr seconds longestLife{7 * 86'400};
constexpr seconds clockSkew{60};

bool isForUs(const ValueMap& claims, std::string_view clientId) {
    const auto audience = textsOf(claims.find("aud"));
    const auto* party = claims.find("azp");
    return contains(audience, clientId) && (audience.size() == 1 || party != nullptr) &&
           (party == nullptr || claims.text("azp") == clientId);
}

bool isOfAccessToken(const VerifiedJwt& idToken, std::string_view accessToken) {
    return !idToken.claims.contains("at_hash") ||
           idToken.claims.text("at_hash") == idTokenHash(idToken.header.text("alg"), accessToken);
}

}  // namespace

std::string idTokenProblem(const VerifiedJwt& idToken, const IdTokenWanted& wanted, TimePoint now) {
    const auto& claims = idToken.claims;
    const auto type = lowered(idToken.header.text("typ"));
    if (!type.empty() && type != "jwt") {
        return "typ of the ID token is that of something else";
    }
    if (claims.text("iss") != wanted.issuer) {
        return "iss of the ID token is not the issuer";
    }
    if (!isForUs(claims, wanted.clientId)) {
        return "aud or azp of the ID token names somebody else than this server";
    }
    if (!constantTimeEqual(claims.text("nonce"), wanted.nonce)) {
        return "nonce of the ID token is not the one that was sent";
    }
    if (claims.text("sub").empty() || claims.text("sub").size() > longestSub) {
        return "the ID token has no sub, or one of more than 255 bytes";
    }
    if (!numericDate(claims.find("iat"))) {
        return "the ID token has no iat";
    }
    if (!isOfAccessToken(idToken, wanted.accessToken)) {
        return "at_hash of the ID token is not that of the access token";
    }
    return JwtTimes(claims, longestLife).problem(now);
}

bool isFresh(const ValueMap& claims, seconds maxAge, TimePoint asked, TimePoint now) {
    const auto told = numericDate(claims.find("auth_time"));
    const TimePoint earliest = maxAge.count() == 0 ? asked : now - maxAge;
    return told && fromSeconds(*told) + clockSkew >= earliest;
}

}  // namespace gatehouse
