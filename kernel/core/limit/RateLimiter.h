// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Records.h>
#include <gatehouse/Token.h>

#include "limit/Counters.h"
#include "limit/EndingTable.h"
#include "limit/Unlocks.h"

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// So many in so long; 0 turns the limit off.
struct RateLimit {
    std::int64_t most = 0;
    seconds window{60};
};

struct RateLimits {
    RateLimit clientFailures{20,
                             seconds{60}};  ///< failed client authentication, by client and address
    RateLimit clientAddressFailures{200, seconds{60}};  ///< the same, by address alone
    RateLimit passwordFailures{10, seconds{300}};  ///< wrong answers, by account and address
    RateLimit addressFailures{100, seconds{300}};  ///< wrong answers, by address alone
    RateLimit accountFailures{100, seconds{3600}};  ///< wrong answers, by account alone
    RateLimit requests{0, seconds{1}};  ///< every request of a client to the token endpoint, and
                                        ///< what it pushes; off by default
    RateLimit publicPushes{100, seconds{60}};  ///< what clients push that prove nothing, by address
    RateLimit newClients{30, seconds{60}};  ///< client ids whose source is asked for the first
                                            ///< time, by address
};

/// Somebody who has to prove who they are.
struct Guess {
    std::string account;  ///< accountKey(); empty: nobody knows whose it is
    std::string_view address;
    std::string step;  ///< what they were asked for: each counts for itself
    std::string browser;  ///< one in which the account has signed in before; empty: it has not
    std::optional<Subject> person = {};  ///< whose account it is, without a `sub`
};

/// Slows down guessing. Counts failures, so that a busy honest client is never slowed, whoever
/// fails at the same address. A client's proof is looked at before its limit is, a password after:
/// a machine-made secret is not guessed and costs nothing to check, a password may be guessed and
/// is slow to check; the counts are shared by all nodes, the decision to refuse is kept in memory
/// and costs nothing while nobody fails.
///
/// An IPv6 network of 64 bits, which is what one subscriber has, counts as one address; one of 48
/// bits, which is what a site has, may fail ten times as often. Who is over the limit of an account
/// waits a minute, then twice as long after each further failure. A browser in which an account has
/// signed in before has a count of its own for it, so that no stranger can keep its owner out.
/// Threads: any. Lives as long as the process.
class RateLimiter {
public:
    /// All must outlive this.
    RateLimiter(Clock& clock, RateLimits limits, Log& log, Metrics& metrics);

    /// A limit that was reached by what was just counted.
    struct Reached {
        std::string_view limit;  ///< "password", "account" ...; static text
        seconds wait;
    };

    /// How long this person has to wait; nullopt: go on.
    std::optional<seconds> wait(IssuerId issuer, const Guess& guess) const;
    /// Counts a wrong answer.
    std::optional<Reached> count(const Context& context, Records& records, const Guess& guess);

    /// The same for a client that fails to authenticate.
    std::optional<seconds> waitOfClient(IssuerId issuer, std::string_view clientId,
                                        std::string_view address) const;
    std::optional<Reached> countClient(const Context& context, Records& records,
                                       std::string_view clientId, std::string_view address);

    /// Counts a request of a client where that is limited; the wait, when it was one too many.
    std::optional<seconds> request(const Context& context, Records& records,
                                   std::string_view clientId, std::string_view address);

    /// The same for what a client pushes that proves nothing, so that anybody could: it is stored.
    std::optional<seconds> publicPush(const Context& context, Records& records,
                                      std::string_view address);

    /// The same for clients that who asks brings the server to look for.
    std::optional<seconds> newClient(const Context& context, Records& records);

    /// Forgets what was counted for an account, as the notice of topic "unlock" asks every node to.
    void unlock(const Change& change);

private:
    /// A name and an address may be counted in several ways.
    struct Counted {
        std::string_view limit;
        std::string key;
        RateLimit rate;
    };
    using AllCounted = std::vector<Counted>;

    /// Whoever it is. A site has many networks and may more often.
    static AllCounted countedByAddress(std::string_view limit, std::string_view siteLimit,
                                       IssuerId issuer, std::string_view address,
                                       const RateLimit& rate);
    std::optional<seconds> countUnlessOver(const Context& context, Records& records,
                                           const AllCounted& all);
    AllCounted countedOf(IssuerId issuer, const Guess& guess) const;
    AllCounted countedOfClient(IssuerId issuer, std::string_view clientId,
                               std::string_view address) const;
    std::optional<seconds> longestWait(const AllCounted& all) const;
    std::optional<Reached> countAll(const Context& context, Records& records,
                                    const AllCounted& all);
    std::optional<Reached> countOne(const Context& context, Records& records,
                                    const Counted& counted);
    void block(const Counted& counted, seconds wait);
    std::optional<seconds> waitFor(const std::string& key) const;

    Clock& clock_;
    RateLimits limits_;
    std::map<std::string_view, Counter*> reached_;  ///< by limit
    Counters own_;  ///< while the storage is away each node counts for itself
    Unlocks unlocks_;
    mutable std::mutex mutex_;
    Overflow overflow_;
    mutable EndingTable<SteadyPoint> blocked_;
    std::atomic<bool> isAnyBlocked_{false};
};

}  // namespace gatehouse
