// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "job/FirstTries.h"
#include "job/JobBook.h"
#include "job/JobHandlers.h"
#include "job/JobMeters.h"
#include "job/JobQueues.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// Does the durable jobs that are due, on this node. One thread looks for those that other nodes or
/// an earlier life have left; workers take one queue at a time and are made as they are needed.
/// Threads: start() and stop() by the main thread, everything else by any.
class JobRunner {
public:
    struct Settings {
        milliseconds poll{1000};  ///< between looks
        milliseconds lease{60'000};  ///< how long one try may take
        milliseconds firstRetry{5000};  ///< doubled with each try
        milliseconds longestRetry{3'600'000};
        milliseconds giveUpAfter{259'200'000};  ///< an age
        std::size_t workers = 32;
    };
    struct Lent {
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
    };

    /// All must outlive this.
    JobRunner(JobBook& book, JobHandlers& handlers, const Lent& lent, Settings settings);
    JobRunner(const JobRunner&) = delete;
    JobRunner& operator=(const JobRunner&) = delete;
    ~JobRunner() { stop(); }

    void start();
    /// Returns when the jobs that are being tried have been.
    void stop() noexcept;
    /// Something was added to this queue here, due after so long.
    void added(const std::string& queueId, milliseconds delay);
    /// It has failed of late, and nothing of it is tried before that is forgotten.
    bool isPaused(const std::string& queueId) const { return queues_.isPaused(queueId); }
    FirstTries& firstTries() noexcept { return firstTries_; }
    /// Those whose contexts jobs get.
    void setIssuers(std::vector<Issuer> issuers);

private:
    void watch();
    bool isWorthALook();
    void look();
    void found(const StoredJob& job);
    void hire();
    void work();
    void tryFirst(const std::string& queueId);
    void attempt(const StoredJob& job);
    void finished(const StoredJob& job);
    void failed(const StoredJob& job, const Error& error);
    void countAll();
    milliseconds pauseAfter(std::uint32_t failures);
    Issuer issuerOf(IssuerId id) const;
    SteadyPoint soon() const { return lent_.clock.steady() + seconds{5}; }
    SteadyPoint steadyOf(TimePoint due) const;
    void tell(const Status& status);

    JobBook& book_;
    JobHandlers& handlers_;
    const Lent lent_;
    const Settings settings_;
    JobMeters meters_;
    JobQueues queues_;
    FirstTries firstTries_;
    std::string lookedUpTo_;  ///< the next look begins behind it
    SteadyPoint countAt_ = SteadyPoint::min();
    SteadyPoint idleUntil_ = SteadyPoint::min();
    std::atomic<bool> isAway_{false};  ///< the storage is, and it was told

    mutable std::mutex mutex_;
    std::condition_variable stopping_;
    std::vector<Issuer> issuers_;
    std::vector<std::thread> workers_;
    bool isStopping_ = true;
    std::thread watcher_;
};

}  // namespace gatehouse
