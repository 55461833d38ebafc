// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>

namespace gatehouse {

/// What a client assertion's claims must say (RFC 7523 section 3, OpenID Connect Core section 9).
class AssertionClaims {
public:
    explicit AssertionClaims(const ValueMap& claims) : claims_(claims) {}

    /// Which rule is broken; empty: none. `endpoint` is the path that was called; empty: only the
    /// issuer will do as the audience, as one text (FAPI 2.0 Security Profile section 5.3.2.1).
    /// `jti` must be there; that it is new is the caller's to check.
    std::string problem(const Issuer& issuer, std::string_view endpoint, std::string_view clientId,
                        TimePoint now) const;
    std::string_view id() const noexcept { return claims_.text("jti"); }
    TimePoint expires() const;
    /// Nobody has accepted it before: it was not issued yet, or expired too far ahead.
    TimePoint earliestUse() const;

private:
    std::string audienceProblem(const Issuer& issuer, std::string_view endpoint) const;
    std::string timeProblem(TimePoint now) const;

    const ValueMap& claims_;
};

}  // namespace gatehouse
