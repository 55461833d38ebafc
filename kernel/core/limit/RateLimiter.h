// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>

#include "limit/Counters.h"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// So many in so long; 0 turns the limit off.
struct RateLimit {
    std::int64_t most = 0;
    seconds window{60};
};

struct RateLimits {
    RateLimit clientFailures{20,
                             seconds{60}};  ///< failed client authentication, by client and address
    RateLimit passwordFailures{10, seconds{300}};  ///< wrong passwords, by user name and address
    RateLimit addressFailures{100, seconds{300}};  ///< wrong passwords, by address alone
    RateLimit requests{
        0, seconds{1}};  ///< every request of a client to the token endpoint; off by default
};

/// Slows down guessing. Counts failures, so that a busy honest client is never slowed, whoever
/// fails at the same address. A client's proof is looked at before its limit is, a password after:
/// a machine-made secret is not guessed and costs nothing to check, a password may be guessed and
/// is slow to check; the counts are shared by all nodes, the decision to refuse is kept in
/// memory and costs nothing while nobody fails. An IPv6 network of 64 bits, which is what one
/// subscriber has, counts as one address. Threads: any. Lives as long as the process.
class RateLimiter {
public:
    enum class Kind { clientFailure, passwordFailure };

    RateLimiter(Clock& clock, RateLimits limits) : clock_(clock), limits_(limits) {}

    /// How long this caller has to wait; nullopt: go on.
    std::optional<seconds> wait(Kind kind, IssuerId issuer, std::string_view who,
                                std::string_view address) const;
    /// Counts a request of a client where that is limited; the wait, when it was one too many.
    std::optional<seconds> request(const Context& context, Records& records,
                                   std::string_view clientId, std::string_view address);
    /// Counts one failure.
    void count(const Context& context, Records& records, Kind kind, std::string_view who,
               std::string_view address);

private:
    void countOne(const Context& context, Records& records, const std::string& key,
                  const RateLimit& limit);
    std::optional<seconds> waitFor(const std::string& key) const;

    Clock& clock_;
    RateLimits limits_;
    Counters own_;  ///< while the storage is away each node counts for itself
    mutable std::mutex mutex_;
    mutable std::map<std::string, SteadyPoint> blocked_;
    std::atomic<bool> isAnyBlocked_{false};
};

}  // namespace gatehouse
