// SPDX-License-Identifier: Apache-2.0
#include "limit/RateLimiter.h"

#include "crypto/Digest.h"
#include "limit/Network.h"

#include <algorithm>

namespace gatehouse {

namespace {

constexpr std::size_t mostBlocked = 100'000;
constexpr std::size_t ofSubscriber = 4;  ///< groups of an IPv6 address
constexpr std::size_t ofSite = 3;
constexpr std::int64_t subscribersOfSite = 10;
constexpr std::string_view accountLimit = "account";

/// Names are chosen by strangers; what is kept of them has a bounded size.
std::string shortOf(std::string_view who) {
    constexpr std::size_t longest = 64;
    return who.size() <= longest ? std::string(who) : sha256(who);
}

/// What stands before the first line break keeps the limits and the issuers apart in an
/// EndingTable. '\n' stands in no address, so the parts cannot be shifted into each other.
std::string keyOf(std::string_view limit, IssuerId issuer, std::string_view where,
                  std::string_view who) {
    std::string key(limit);
    key.append("/").append(std::to_string(issuer)).append("\n");
    return key.append(where).append("\n").append(who);
}

/// A minute, and twice as long after each further failure, but not longer than they count.
seconds growing(std::int64_t beyond, seconds longest) {
    constexpr seconds first{60};
    constexpr std::int64_t mostDoublings = 20;
    return std::min(first * (std::int64_t{1} << std::min(beyond, mostDoublings)), longest);
}

}  // namespace

RateLimiter::RateLimiter(Clock& clock, RateLimits limits, Log& log, Metrics& metrics)
    : clock_(clock), limits_(limits), own_(log, metrics), overflow_(log, metrics, "blocked"),
      blocked_(mostBlocked) {
    for (const auto name : {"password", "browser", "address", "network", "account", "client",
                            "client_address", "client_network", "request", "push", "push_network",
                            "new_client", "new_client_network"}) {
        reached_[name] =
            &metrics.counter("gatehouse_limits_reached_total",
                             "Times that somebody was made to wait", {{"limit", name}});
    }
}

std::optional<seconds> RateLimiter::wait(IssuerId issuer, const Guess& guess) const {
    return isAnyBlocked_ ? longestWait(countedOf(issuer, guess)) : std::nullopt;
}

std::optional<RateLimiter::Reached> RateLimiter::count(const Context& context, Records& records,
                                                       const Guess& guess) {
    return countAll(context, records, countedOf(context.issuer.id, guess));
}

std::optional<seconds> RateLimiter::waitOfClient(IssuerId issuer, std::string_view clientId,
                                                 std::string_view address) const {
    return isAnyBlocked_ ? longestWait(countedOfClient(issuer, clientId, address)) : std::nullopt;
}

std::optional<RateLimiter::Reached> RateLimiter::countClient(const Context& context,
                                                             Records& records,
                                                             std::string_view clientId,
                                                             std::string_view address) {
    return countAll(context, records, countedOfClient(context.issuer.id, clientId, address));
}

std::optional<seconds> RateLimiter::request(const Context& context, Records& records,
                                            std::string_view clientId, std::string_view address) {
    if (limits_.requests.most <= 0) {
        return std::nullopt;
    }
    const Counted counted{
        "request",
        keyOf("request", context.issuer.id, networkOf(address, ofSubscriber), shortOf(clientId)),
        limits_.requests};
    if (auto wait = waitFor(counted.key)) {
        return wait;
    }
    countOne(context, records, counted);
    return std::nullopt;
}

std::optional<seconds> RateLimiter::publicPush(const Context& context, Records& records,
                                               std::string_view address) {
    return countUnlessOver(
        context, records,
        countedByAddress("push", "push_network", context.issuer.id, address, limits_.publicPushes));
}

std::optional<seconds> RateLimiter::newClient(const Context& context, Records& records) {
    return context.remoteAddress.empty()
               ? std::nullopt
               : countUnlessOver(context, records,
                                 countedByAddress("new_client", "new_client_network",
                                                  context.issuer.id, context.remoteAddress,
                                                  limits_.newClients));
}

std::optional<seconds> RateLimiter::countUnlessOver(const Context& context, Records& records,
                                                    const AllCounted& all) {
    if (auto wait = longestWait(all)) {
        return wait;
    }
    countAll(context, records, all);
    return std::nullopt;
}

void RateLimiter::unlock(const Change& change) {
    const auto& account = change.notice.key;
    const std::string issuer = "/" + std::to_string(change.notice.issuer) + "\n";
    unlocks_.add(change, clock_.now());
    const std::lock_guard lock(mutex_);
    blocked_.eraseIf([&](std::string_view key) {
        return key.find(issuer) != std::string_view::npos &&
               key.find("\n" + account, key.find('\n') + 1) != std::string_view::npos;
    });
}

RateLimiter::AllCounted RateLimiter::countedByAddress(std::string_view limit,
                                                      std::string_view siteLimit, IssuerId issuer,
                                                      std::string_view address,
                                                      const RateLimit& rate) {
    AllCounted all{{limit, keyOf(limit, issuer, networkOf(address, ofSubscriber), {}), rate}};
    if (isIpv6(address)) {
        all.push_back({siteLimit,
                       keyOf(siteLimit, issuer, networkOf(address, ofSite), {}),
                       {rate.most * subscribersOfSite, rate.window}});
    }
    return all;
}

RateLimiter::AllCounted RateLimiter::countedOf(IssuerId issuer, const Guess& guess) const {
    const std::string account = unlocks_.keyOf(issuer, guess.account) + "\n" + guess.step;
    if (!guess.browser.empty()) {
        return {{"browser", keyOf("browser", issuer, guess.browser, account),
                 limits_.passwordFailures}};
    }
    const auto home = networkOf(guess.address, ofSubscriber);
    auto all =
        countedByAddress("address", "network", issuer, guess.address, limits_.addressFailures);
    if (!guess.account.empty()) {
        all.push_back(
            {"password", keyOf("password", issuer, home, account), limits_.passwordFailures});
        all.push_back(
            {accountLimit, keyOf(accountLimit, issuer, {}, account), limits_.accountFailures});
    }
    return all;
}

RateLimiter::AllCounted RateLimiter::countedOfClient(IssuerId issuer, std::string_view clientId,
                                                     std::string_view address) const {
    auto all = countedByAddress("client_address", "client_network", issuer, address,
                                limits_.clientAddressFailures);
    all.insert(all.begin(),
               {"client",
                keyOf("client", issuer, networkOf(address, ofSubscriber), shortOf(clientId)),
                limits_.clientFailures});
    return all;
}

std::optional<seconds> RateLimiter::longestWait(const AllCounted& all) const {
    std::optional<seconds> longest;
    for (const auto& counted : all) {
        longest = std::max(longest, waitFor(counted.key));
    }
    return longest;
}

std::optional<seconds> RateLimiter::waitFor(const std::string& key) const {
    if (!isAnyBlocked_.load(std::memory_order_relaxed)) {
        return std::nullopt;
    }
    const SteadyPoint now = clock_.steady();
    const std::lock_guard lock(mutex_);
    const auto* until = blocked_.find(key, now);
    return until == nullptr ? std::nullopt
                            : std::optional(std::chrono::ceil<seconds>(*until - now));
}

std::optional<RateLimiter::Reached> RateLimiter::countAll(const Context& context, Records& records,
                                                          const AllCounted& all) {
    std::optional<Reached> longest;
    for (const auto& counted : all) {
        const auto reached = countOne(context, records, counted);
        if (reached && (!longest || reached->wait > longest->wait)) {
            longest = reached;
        }
    }
    return longest;
}

std::optional<RateLimiter::Reached> RateLimiter::countOne(const Context& context, Records& records,
                                                          const Counted& counted) {
    const auto& [most, window] = counted.rate;
    if (most <= 0) {
        return std::nullopt;
    }
    const auto shared = records.count(context, counted.key, window);
    const auto failures = shared ? *shared : own_.count(counted.key, window, clock_.steady());
    if (failures < most) {
        return std::nullopt;
    }
    const auto wait = counted.limit == accountLimit ? growing(failures - most, window) : window;
    block(counted, wait);
    return Reached{counted.limit, wait};
}

void RateLimiter::block(const Counted& counted, seconds wait) {
    reached_.at(counted.limit)->add();
    const SteadyPoint now = clock_.steady();
    const std::lock_guard lock(mutex_);
    if (!blocked_.put(counted.key, now + wait, now + wait, now)) {
        overflow_.note(now);
    }
    isAnyBlocked_.store(true, std::memory_order_relaxed);
}

}  // namespace gatehouse
