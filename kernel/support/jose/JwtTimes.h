// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>
#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// The times of an assertion, a JWT that is shown soon after it was made (RFC 7519 sections 4.1.4
/// to 4.1.6).
class JwtTimes {
public:
    /// `longest`: how far ahead `exp` may be.
    JwtTimes(const ValueMap& claims, seconds longest) : claims_(claims), longest_(longest) {}

    /// Which rule is broken; empty: none. `exp` must be there.
    std::string problem(TimePoint now) const;
    TimePoint expires() const;
    /// Nobody has accepted it before: it was not issued yet, or expired too far ahead.
    TimePoint earliestUse() const;

private:
    const ValueMap& claims_;
    seconds longest_;
};

}  // namespace gatehouse
