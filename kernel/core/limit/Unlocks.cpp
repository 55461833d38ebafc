// SPDX-License-Identifier: Apache-2.0
#include "limit/Unlocks.h"

#include <gatehouse/Records.h>

#include "crypto/Digest.h"
#include "text/Base64Url.h"

#include <chrono>

namespace gatehouse {

namespace {

/// As long as the longest window in which failures count.
constexpr std::chrono::hours noticeLifetime{24};

/// Names are chosen by strangers; what is kept of them has a bounded size, and no line break.
std::string shortOf(std::string_view text) {
    return base64url(sha256(text));
}

}  // namespace

std::string accountKey(std::string_view store, std::string_view id) {
    return shortOf(std::string("person\n").append(store).append("\n").append(id));
}

std::string accountKey(std::string_view name) {
    return shortOf(std::string("name\n").append(name));
}

Status unlock(Host& host, const Context& context, std::string_view account) {
    Batch batch;
    batch.notices.push_back(
        {"unlock", std::string(account), context.issuer.id, host.clock().now() + noticeLifetime});
    const auto outcome = host.records().apply(context, std::move(batch));
    return outcome ? done() : Status{outcome.error()};
}

void Unlocks::add(const Change& change, TimePoint now) {
    const std::lock_guard<std::mutex> lock(mutex_);
    for (auto at = unlocks_.begin(); at != unlocks_.end();) {
        at = at->second.expires <= now ? unlocks_.erase(at) : std::next(at);
    }
    auto& unlock = unlocks_[{change.notice.issuer, change.notice.key}];
    unlock = {std::max(unlock.number, change.number), change.notice.expires};
}

std::string Unlocks::keyOf(IssuerId issuer, std::string_view account) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = unlocks_.find({issuer, std::string(account)});
    std::string key(account);
    return found == unlocks_.end() ? key : key + "/" + std::to_string(found->second.number);
}

}  // namespace gatehouse
