// SPDX-License-Identifier: Apache-2.0
#include "RequestLimits.h"

namespace gatehouse {

namespace {

constexpr seconds pause{60};

OAuthError tooMany(const char* limit) {
    return OAuthError::tooMany("Too many requests, try again later", pause,
                               std::string(limit) + " is reached");
}

std::optional<OAuthError> refusal(const Result<bool>& may, const char* limit) {
    if (!may) {
        return OAuthError::from(may.error());
    }
    return *may ? std::nullopt : std::optional(tooMany(limit));
}

}  // namespace

std::optional<OAuthError> RequestLimits::ofClient(const Context& context,
                                                  const Client& client) const {
    if (unknown_.isRefused(context, "unknown\n" + client.id)) {
        return tooMany("most_unknown");
    }
    return refusal(ofClient_.count(context, "client\n" + client.id, settings_.mostOfClient),
                   "most_of_client");
}

std::optional<OAuthError> RequestLimits::ofPerson(const Context& context,
                                                  std::string_view sub) const {
    return refusal(
        ofPerson_.count(context, std::string("person\n").append(sub), settings_.mostOfPerson),
        "most_of_person");
}

OAuthError RequestLimits::ofUnknown(const Context& context, const Client& client) const {
    auto refused = refusal(unknown_.count(context, "unknown\n" + client.id, settings_.mostUnknown),
                           "most_unknown");
    return refused ? *std::move(refused)
                   : OAuthError::of("unknown_user_id", "The hint names nobody who can be asked");
}

}  // namespace gatehouse
