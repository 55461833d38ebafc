// SPDX-License-Identifier: Apache-2.0
#include "RequestLimits.h"

#include <gatehouse/Records.h>

namespace gatehouse {

namespace {

constexpr seconds pause{60};

}  // namespace

std::optional<OAuthError> RequestLimits::ofClient(const Context& context,
                                                  const Client& client) const {
    return count(context, {"most_of_client", settings_.mostOfClient, settings_.lifetime},
                 client.id);
}

std::optional<OAuthError> RequestLimits::ofPerson(const Context& context,
                                                  std::string_view sub) const {
    return count(context, {"most_of_person", settings_.mostOfPerson, settings_.lifetime}, sub);
}

OAuthError RequestLimits::ofUnknown(const Context& context, const Client& client) const {
    auto tooMany = count(context, {"most_unknown", settings_.mostUnknown, window}, client.id);
    return tooMany ? *std::move(tooMany)
                   : OAuthError::of("unknown_user_id", "The hint names nobody who can be asked");
}

/// Issuers count for themselves.
std::optional<OAuthError> RequestLimits::count(const Context& context, const Limit& limit,
                                               std::string_view whose) const {
    const auto key = std::to_string(context.issuer.id)
                         .append("\n")
                         .append(limit.what)
                         .append("\n")
                         .append(whose);
    const auto counted = host_.records().count(context, key, limit.window);
    if (!counted) {
        return OAuthError::from(counted.error());
    }
    return *counted > limit.most
               ? std::optional(OAuthError::tooMany("Too many requests, try again later", pause,
                                                   std::string(limit.what) + " is reached"))
               : std::nullopt;
}

}  // namespace gatehouse
