// SPDX-License-Identifier: Apache-2.0
#include "LogoutTokenRules.h"

#include "json/Members.h"
#include "json/NumericDate.h"
#include "text/Contains.h"
#include "text/Lower.h"

#include <cstddef>

namespace gatehouse {

namespace {

constexpr std::string_view logout = "http://schemas.openid.net/event/backchannel-logout";
constexpr std::size_t longestText = 255;
constexpr seconds longestLife{300};
constexpr seconds clockSkew{60};

bool isText(const ValueMap& claims, std::string_view name) {
    return !claims.text(name).empty() && claims.text(name).size() <= longestText;
}

/// Some providers send no `exp`; then it is good for a few minutes, as others are at most.
bool isOfNow(const ValueMap& claims, TimePoint now) {
    const auto issued = numericDate(claims.find("iat"));
    const auto expiry = numericDate(claims.find("exp"));
    return issued && fromSeconds(*issued) <= now + clockSkew &&
           now < fromSeconds(*issued) + longestLife && (!claims.contains("exp") || expiry) &&
           (!expiry || now < fromSeconds(*expiry) + clockSkew);
}

}  // namespace

std::string logoutTokenProblem(const VerifiedJwt& token, std::string_view issuer,
                               std::string_view clientId, TimePoint now) {
    const auto& claims = token.claims;
    const auto type = lowered(token.header.text("typ"));
    if (!type.empty() && type != "jwt" && type != "logout+jwt") {
        return "typ of the logout token is that of something else";
    }
    if (claims.text("iss") != issuer || !contains(textsOf(claims.find("aud")), clientId)) {
        return "iss or aud of the logout token is another";
    }
    const auto events = objectOf(claims, "events");
    const auto* event = events.find(logout);
    if (event == nullptr || event->map() == nullptr) {
        return "events of the logout token does not say that it is one";
    }
    if (claims.contains("nonce")) {
        return "the logout token has a nonce";
    }
    if (!isText(claims, "jti") || !isText(claims, "sub")) {
        return "the logout token has no jti, or no sub";
    }
    return isOfNow(claims, now) ? std::string() : "the logout token is not of the last minutes";
}

LogoutTokenTimes::LogoutTokenTimes(const VerifiedJwt& token) {
    const auto issued = fromSeconds(numericDate(token.claims.find("iat")).value_or(0));
    from = issued - clockSkew;
    until = issued + longestLife;
}

}  // namespace gatehouse
