// SPDX-License-Identifier: Apache-2.0
#include "limit/RateLimiter.h"

#include "crypto/Digest.h"

#include <algorithm>
#include <vector>

namespace gatehouse {

namespace {

constexpr std::size_t blockedLimit = 100'000;

std::string_view nameOf(RateLimiter::Kind kind) {
    return kind == RateLimiter::Kind::clientFailure ? "client" : "password";
}

std::vector<std::string_view> groupsOf(std::string_view text) {
    std::vector<std::string_view> groups;
    while (!text.empty()) {
        const auto end = std::min(text.find(':'), text.size());
        groups.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return groups;
}

/// The first half of an IPv6 address, of which one subscriber has as many as guesses; other
/// addresses as they are. Addresses are in the form of RFC 5952.
std::string networkOf(std::string_view address) {
    constexpr std::size_t all = 8;
    if (address.find(':') == std::string_view::npos) {
        return std::string(address);
    }
    const auto gap = address.find("::");
    auto groups = groupsOf(address.substr(0, gap));
    if (gap != std::string_view::npos) {
        const auto rest = groupsOf(address.substr(gap + 2));
        groups.resize(std::max(all - std::min(all, rest.size()), groups.size()), "0");
        groups.insert(groups.end(), rest.begin(), rest.end());
    }
    groups.resize(all / 2);
    std::string network;
    for (const auto group : groups) {
        network.append(group).append(":");
    }
    return network;
}

/// Names are chosen by strangers; what is kept of them has a bounded size.
std::string shortOf(std::string_view who) {
    constexpr std::size_t longest = 64;
    return who.size() <= longest ? std::string(who) : sha256(who);
}

/// '\n' stands in no address, so the parts of a key cannot be shifted into each other.
std::string keyOf(std::string_view name, IssuerId issuer, std::string_view who,
                  std::string_view address) {
    std::string key(name);
    key.append("\n")
        .append(std::to_string(issuer))
        .append("\n")
        .append(networkOf(address))
        .append("\n")
        .append(shortOf(who));
    return key;
}

}  // namespace

std::optional<seconds> RateLimiter::wait(Kind kind, IssuerId issuer, std::string_view who,
                                         std::string_view address) const {
    if (!isAnyBlocked_.load(std::memory_order_relaxed)) {
        return std::nullopt;
    }
    if (auto left = waitFor(keyOf(nameOf(kind), issuer, who, address))) {
        return left;
    }
    // Clients behind one address answer for themselves alone: they have no passwords to spray.
    return kind == Kind::passwordFailure ? waitFor(keyOf("address", issuer, {}, address))
                                         : std::nullopt;
}

std::optional<seconds> RateLimiter::waitFor(const std::string& key) const {
    const SteadyPoint now = clock_.steady();
    const std::lock_guard lock(mutex_);
    const auto found = blocked_.find(key);
    if (found == blocked_.end()) {
        return std::nullopt;
    }
    if (found->second <= now) {
        blocked_.erase(found);
        return std::nullopt;
    }
    return std::chrono::ceil<seconds>(found->second - now);
}

std::optional<seconds> RateLimiter::request(const Context& context, Records& records,
                                            std::string_view clientId, std::string_view address) {
    if (limits_.requests.most <= 0) {
        return std::nullopt;
    }
    const std::string key = keyOf("request", context.issuer.id, clientId, address);
    if (auto wait = waitFor(key)) {
        return wait;
    }
    countOne(context, records, key, limits_.requests);
    return std::nullopt;
}

void RateLimiter::count(const Context& context, Records& records, Kind kind, std::string_view who,
                        std::string_view address) {
    const auto& limit =
        kind == Kind::clientFailure ? limits_.clientFailures : limits_.passwordFailures;
    countOne(context, records, keyOf(nameOf(kind), context.issuer.id, who, address), limit);
    if (kind == Kind::passwordFailure) {
        countOne(context, records, keyOf("address", context.issuer.id, {}, address),
                 limits_.addressFailures);
    }
}

void RateLimiter::countOne(const Context& context, Records& records, const std::string& key,
                           const RateLimit& limit) {
    if (limit.most <= 0) {
        return;
    }
    const auto counted = records.count(context, key, limit.window);
    const auto failures = counted ? *counted : own_.count(key, limit.window, clock_.steady());
    if (failures < limit.most) {
        return;
    }
    const std::lock_guard lock(mutex_);
    if (blocked_.size() >= blockedLimit) {
        const SteadyPoint now = clock_.steady();
        for (auto entry = blocked_.begin(); entry != blocked_.end();) {
            entry = entry->second <= now ? blocked_.erase(entry) : std::next(entry);
        }
    }
    if (blocked_.size() < blockedLimit) {
        blocked_[key] = clock_.steady() + limit.window;
        isAnyBlocked_.store(true, std::memory_order_relaxed);
    }
}

}  // namespace gatehouse
