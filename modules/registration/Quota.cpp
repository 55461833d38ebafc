// SPDX-License-Identifier: Apache-2.0
#include "Quota.h"

#include "limit/Network.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// For how long memory alone refuses: the window began before that, nobody here knows when.
constexpr seconds shortest{1};
constexpr seconds longest{30};

constexpr std::size_t groupsOfSubscriber = 4;

OAuthError tooMany(seconds wait, const std::string& key) {
    return OAuthError::tooMany("There are too many requests, try again later", wait,
                               "the quota of " + key + " is used up");
}

std::string keyOf(const Context& context, std::string_view what) {
    return std::to_string(context.issuer.id).append("\n").append(what);
}

}  // namespace

Result<std::monostate, OAuthError> Quota::ofAddress(const Context& context,
                                                    std::string_view address) const {
    return count(context, "address " + networkOf(address, groupsOfSubscriber), limits_.perAddress);
}

Result<std::monostate, OAuthError> Quota::ofCaller(const Context& context,
                                                   std::string_view address) const {
    return count(context, "caller " + networkOf(address, groupsOfSubscriber), limits_.lookedAfter);
}

Result<std::monostate, OAuthError> Quota::ofAll(const Context& context) const {
    return count(context, "all", limits_.inAll);
}

Result<std::monostate, OAuthError> Quota::count(const Context& context, const std::string& key,
                                                std::int64_t most) const {
    const auto remembered = keyOf(context, key);
    const SteadyPoint now = host_.clock().steady();
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (refused_.find(remembered, now) != nullptr) {
            return tooMany(limits_.window, key);
        }
    }
    const auto counted = host_.records().count(context, remembered, limits_.window);
    if (!counted) {
        return OAuthError::from(counted.error());
    }
    if (*counted <= most) {
        return std::monostate{};
    }
    const auto pause = std::clamp<seconds>(limits_.window / 10, shortest, longest);
    const std::lock_guard<std::mutex> lock(mutex_);
    refused_.put(remembered, now, now + pause, now);
    return tooMany(limits_.window, key);
}

}  // namespace gatehouse
