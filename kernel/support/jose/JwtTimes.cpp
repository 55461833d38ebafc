// SPDX-License-Identifier: Apache-2.0
#include "jose/JwtTimes.h"

#include "json/NumericDate.h"

#include <algorithm>
#include <string_view>

namespace gatehouse {

namespace {

/// Clocks differ: OpenID's tests ask for 10 s to be accepted and for more than 60 s to be refused.
constexpr seconds clockSkew{60};

}  // namespace

std::string JwtTimes::problem(TimePoint now) const {
    const auto expiry = numericDate(claims_.find("exp"));
    if (!expiry) {
        return "the assertion has no usable exp";
    }
    if (fromSeconds(*expiry) <= now) {
        return "the assertion expired " + std::to_string(toSeconds(now) - *expiry) + " s ago";
    }
    if (fromSeconds(*expiry) > now + longest_ + clockSkew) {
        return "exp of the assertion is more than " + std::to_string(longest_.count()) + " s ahead";
    }
    for (const std::string_view name : {"nbf", "iat"}) {
        const Value* value = claims_.find(name);
        const auto moment = numericDate(value);
        if (value != nullptr && !moment) {
            return std::string(name) + " of the assertion is no time";
        }
        if (moment && fromSeconds(*moment) > now + clockSkew) {
            return std::string(name) + " of the assertion is " +
                   std::to_string(*moment - toSeconds(now)) + " s ahead";
        }
    }
    return {};
}

TimePoint JwtTimes::expires() const {
    return fromSeconds(numericDate(claims_.find("exp")).value_or(0));
}

TimePoint JwtTimes::earliestUse() const {
    const TimePoint byLife = expires() - longest_;
    const auto issued = numericDate(claims_.find("iat"));
    return (issued ? std::max(fromSeconds(*issued), byLife) : byLife) - clockSkew;
}

}  // namespace gatehouse
