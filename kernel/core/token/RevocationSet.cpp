// SPDX-License-Identifier: Apache-2.0
#include "token/RevocationSet.h"

#include <algorithm>
#include <mutex>

namespace gatehouse {

void RevocationSet::add(IssuerId issuer, std::string_view id, TimePoint expires) {
    const std::unique_lock lock(mutex_);
    auto& until = revoked_.emplace(keyOf(issuer, id), expires).first->second;
    until = std::max(until, expires);
    size_.store(revoked_.size(), std::memory_order_release);
}

bool RevocationSet::contains(IssuerId issuer, std::string_view id) const {
    if (size_.load(std::memory_order_acquire) == 0) {
        return false;
    }
    const std::string key = keyOf(issuer, id);
    const std::shared_lock lock(mutex_);
    return revoked_.find(key) != revoked_.end();
}

void RevocationSet::dropExpired(TimePoint now) {
    const std::unique_lock lock(mutex_);
    for (auto entry = revoked_.begin(); entry != revoked_.end();) {
        entry = entry->second <= now ? revoked_.erase(entry) : std::next(entry);
    }
    size_.store(revoked_.size(), std::memory_order_release);
}

std::string RevocationSet::keyOf(IssuerId issuer, std::string_view id) {
    return std::to_string(issuer).append("\n").append(id);
}

}  // namespace gatehouse
