// SPDX-License-Identifier: Apache-2.0
#include "AssertionClaims.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace gatehouse {

namespace {

constexpr seconds longestLife{3600};
/// Clocks differ: OpenID's tests ask for 10 s to be accepted and for more than 60 s to be refused.
constexpr seconds clockSkew{60};
constexpr std::size_t longestId = 255;
constexpr std::array<std::string_view, 5> endpoints{"token", "introspect", "revoke", "par",
                                                    "device_authorization"};

/// RFC 7519 section 2: seconds, possibly with a fraction.
std::optional<std::int64_t> numericDate(const Value* value) {
    constexpr double farFuture = 1e12;
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->integer() != nullptr) {
        const bool isSane =
            *value->integer() >= 0 && *value->integer() < std::int64_t{1000000000000};
        return isSane ? std::optional(*value->integer()) : std::nullopt;
    }
    const bool isSane =
        value->real() != nullptr && *value->real() >= 0 && *value->real() < farFuture;
    return isSane ? std::optional(static_cast<std::int64_t>(std::floor(*value->real())))
                  : std::nullopt;
}

std::vector<std::string> acceptedAudiences(const Issuer& issuer) {
    std::string base = issuer.url;
    if (!base.empty() && base.back() == '/') {
        base.pop_back();
    }
    std::vector<std::string> accepted{issuer.url};
    for (const auto endpoint : endpoints) {
        accepted.push_back(base + "/api/oauth/" + std::string(endpoint));
    }
    return accepted;
}

}  // namespace

std::string AssertionClaims::problem(const Issuer& issuer, std::string_view clientId,
                                     TimePoint now) const {
    if (claims_.text("iss") != clientId) {
        return "iss of the assertion is not the client's id";
    }
    if (claims_.text("sub") != clientId) {
        return "sub of the assertion is not the client's id";
    }
    auto found = audienceProblem(issuer);
    if (found.empty()) {
        found = timeProblem(now);
    }
    if (found.empty() && (id().empty() || id().size() > longestId)) {
        found = "the assertion has no jti of 1 to 255 bytes";
    }
    return found;
}

TimePoint AssertionClaims::expires() const {
    return fromSeconds(numericDate(claims_.find("exp")).value_or(0));
}

TimePoint AssertionClaims::earliestUse() const {
    const TimePoint byLife = expires() - longestLife;
    const auto issued = numericDate(claims_.find("iat"));
    return (issued ? std::max(fromSeconds(*issued), byLife) : byLife) - clockSkew;
}

std::string AssertionClaims::audienceProblem(const Issuer& issuer) const {
    const auto accepted = acceptedAudiences(issuer);
    const auto isAccepted = [&accepted](const Value& value) {
        return value.text() != nullptr &&
               std::find(accepted.begin(), accepted.end(), *value.text()) != accepted.end();
    };
    const Value* audience = claims_.find("aud");
    if (audience == nullptr) {
        return "the assertion has no aud";
    }
    const ValueList* list = audience->list();
    const bool holds = list != nullptr ? std::any_of(list->begin(), list->end(), isAccepted)
                                       : isAccepted(*audience);
    return holds ? std::string{}
                 : "aud of the assertion is neither the issuer nor one of its endpoints";
}

std::string AssertionClaims::timeProblem(TimePoint now) const {
    const auto expiry = numericDate(claims_.find("exp"));
    if (!expiry) {
        return "the assertion has no usable exp";
    }
    if (fromSeconds(*expiry) <= now) {
        return "the assertion expired " + std::to_string(toSeconds(now) - *expiry) + " s ago";
    }
    if (fromSeconds(*expiry) > now + longestLife + clockSkew) {
        return "exp of the assertion is more than an hour ahead";
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

}  // namespace gatehouse
