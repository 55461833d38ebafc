// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include "jose/JwtTimes.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// What a client assertion's claims must say (RFC 7523 section 3, OpenID Connect Core section 9).
class AssertionClaims {
public:
    explicit AssertionClaims(const ValueMap& claims) : claims_(claims) {}

    const JwtTimes& times() const noexcept { return times_; }
    /// Which rule is broken; empty: none. `endpoint` is the path that was called; empty: only the
    /// issuer will do as the audience, as one text (FAPI 2.0 Security Profile section 5.3.2.1).
    /// `jti` must be there; that it is new is the caller's to check.
    std::string problem(const Issuer& issuer, std::string_view endpoint, std::string_view clientId,
                        TimePoint now) const;
    std::string_view id() const noexcept { return claims_.text("jti"); }

private:
    std::string audienceProblem(const Issuer& issuer, std::string_view endpoint) const;

    static constexpr seconds longestLife{3600};

    const ValueMap& claims_;
    JwtTimes times_{claims_, longestLife};
};

}  // namespace gatehouse
