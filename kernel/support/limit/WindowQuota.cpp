// SPDX-License-Identifier: Apache-2.0
#include "limit/WindowQuota.h"

#include <gatehouse/Records.h>

#include "limit/Network.h"

#include <algorithm>

namespace gatehouse {

namespace {

/// For how long memory alone refuses: the window began before that, nobody here knows when.
constexpr seconds shortest{1};
constexpr seconds longest{30};

constexpr std::size_t groupsOfSubscriber = 4;

std::string countedAs(const Context& context, std::string_view key) {
    return std::to_string(context.issuer.id).append("\n").append(key);
}

}  // namespace

std::string WindowQuota::networkOf(std::string_view address) {
    return gatehouse::networkOf(address, groupsOfSubscriber);
}

bool WindowQuota::isRefused(const Context& context, std::string_view key) const {
    return isRefused(countedAs(context, key));
}

bool WindowQuota::isRefused(const std::string& counted) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return refused_.find(counted, host_.clock().steady()) != nullptr;
}

Result<bool> WindowQuota::count(const Context& context, std::string_view key,
                                std::int64_t most) const {
    const auto counted = countedAs(context, key);
    if (isRefused(counted)) {
        return false;
    }
    const auto number = host_.records().count(context, counted, window_);
    if (!number) {
        return number.error();
    }
    if (*number <= most) {
        return true;
    }
    const SteadyPoint now = host_.clock().steady();
    const auto pause = std::clamp<seconds>(window_ / 10, shortest, longest);
    const std::lock_guard<std::mutex> lock(mutex_);
    refused_.put(counted, now, now + pause, now);
    return false;
}

}  // namespace gatehouse
