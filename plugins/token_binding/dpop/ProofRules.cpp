// SPDX-License-Identifier: Apache-2.0
#include "ProofRules.h"

#include "TargetUri.h"
#include "json/NumericDate.h"

namespace gatehouse {

std::string_view ProofRules::problem(const ValueMap& claims) const {
    if (claims.text("jti").empty()) {
        return "The DPoP proof has no jti";
    }
    if (claims.text("htm") != method) {
        return "htm of the DPoP proof is not the method of the request";
    }
    if (!isSameTarget(claims.text("htu"), target)) {
        return "htu of the DPoP proof is not the URI of the request";
    }
    if (!tokenHash.empty() && claims.text("ath") != tokenHash) {
        return "ath of the DPoP proof is not that of the access token";
    }
    return timeProblem(claims);
}

/// RFC 9449 section 11.1; `exp` and `nbf` need not be there.
std::string_view ProofRules::timeProblem(const ValueMap& claims) const {
    const auto issued = numericDate(claims.find("iat"));
    if (!issued) {
        return "The DPoP proof has no usable iat";
    }
    if (fromSeconds(*issued) > now + times.skew) {
        return "iat of the DPoP proof is in the future";
    }
    if (fromSeconds(*issued) + times.life < now) {
        return "iat of the DPoP proof is too long ago";
    }
    const auto from = numericDate(claims.find("nbf"));
    const auto until = numericDate(claims.find("exp"));
    if ((from && fromSeconds(*from) > now + times.skew) ||
        (until && fromSeconds(*until) + times.skew <= now)) {
        return "The DPoP proof is not valid now, by its own nbf and exp";
    }
    return {};
}

}  // namespace gatehouse
