// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gatehouse {

/// Tells this node what any node changed: polls the durable storage's notices and hands each to the
/// subscribers of its topic, on one thread; once, but again when the last one read is not there any
/// more: it has expired, or the storage lost it and may give its number to another (a failover to a
/// standby that lagged behind, a backup).
class ChangeFeed {
public:
    using Subscriber = std::function<void(const Change&)>;
    static constexpr milliseconds pollInterval{300};
    /// Numbers may become visible out of order for so long.
    static constexpr seconds overlap{10};
    /// How old the last successful poll may be for what is in memory to be believed.
    static constexpr milliseconds freshness{1000};
    /// The topic of the change that tells that others may have passed unheard: nothing was read for
    /// so long that notices may have expired meanwhile.
    static constexpr const char* gap = "gap";
    static constexpr seconds longestGap{1800};

    /// All must outlive this.
    ChangeFeed(const Storage& storage, const Clock& clock, Log& log)
        : storage_(storage), clock_(clock), log_(log) {}
    ChangeFeed(const ChangeFeed&) = delete;
    ChangeFeed& operator=(const ChangeFeed&) = delete;
    ~ChangeFeed() { stop(); }

    /// Threads: any, also while it runs; a late subscriber hears of later changes only. The
    /// subscriber is called on the feed's thread (during start() on the caller's) and must not
    /// block, throw or subscribe.
    void subscribe(std::string topic, Subscriber subscriber);
    /// Hands out all live notices, then polls on a thread of its own.
    Status start();
    void stop() noexcept;
    /// Reads once, now: what the thread does each interval. Threads: any, one at a time.
    Status poll();
    /// What is in memory can be believed afterwards: reads once when the last reading is too old.
    /// While reading fails nobody waits for it but the one who tries. Threads: any.
    Status catchUp();
    /// Has it read successfully within the last second?
    bool isFresh() const noexcept;

private:
    void run();
    Status pollLocked();
    bool hasFailedWithin(milliseconds time) const noexcept;
    Status read(SteadyPoint now);
    Result<bool> readFrom(std::uint64_t number, SteadyPoint now);
    bool take(const Change& change, SteadyPoint now);
    void tellOfGap(SteadyPoint now);
    void dispatch(const Change& change);
    void forgetSeenBefore(SteadyPoint moment);
    void report(const Status& status);

    const Storage& storage_;
    const Clock& clock_;
    Log& log_;

    std::mutex subscribersMutex_;
    std::vector<std::pair<std::string, Subscriber>> subscribers_;

    struct Seen {
        SteadyPoint first;
        Notice notice;
    };

    std::mutex pollMutex_;
    std::map<std::uint64_t, Seen> seen_;  ///< by number; the last one stays
    std::uint64_t from_ = 0;  ///< everything up to it was handed out for good
    bool isFirst_ = true;
    bool isReported_ = false;
    std::atomic<std::int64_t> lastPoll_{INT64_MIN};
    std::atomic<std::int64_t> failedAt_{INT64_MIN};  ///< the last poll, if it failed

    std::mutex runMutex_;
    std::condition_variable stopping_;
    bool isStopping_ = false;
    std::thread thread_;
};

}  // namespace gatehouse
