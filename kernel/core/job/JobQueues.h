// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace gatehouse {

/// When which queue of jobs has its turn on this node. A queue that failed pauses, and no other
/// with it; each is with one worker at a time. Those whose last try failed have so many workers at
/// most, that others find one. Threads: any.
class JobQueues {
public:
    static constexpr std::size_t mostQueues = 100'000;

    /// `clock` must outlive this. `mostFailing`: that failed last and are taken.
    JobQueues(const Clock& clock, std::size_t mostFailing)
        : clock_(clock), mostFailing_(mostFailing) {}

    /// It has something that is due at this moment; a pause is waited for all the same.
    void expect(const std::string& queue, SteadyPoint at);
    /// Waits for a queue whose turn it is, which is the caller's then; nullopt: it ends.
    std::optional<std::string> take();
    /// Gives it back: it goes on at this moment, or has nothing more. What was expected meanwhile
    /// counts too.
    void giveBack(const std::string& queue, std::optional<SteadyPoint> next);
    /// Gives it back after a failure, the how manieth in a row `pauseOf` is told.
    template <class Pause> void pause(const std::string& queue, const Pause& pauseOf) {
        const std::lock_guard lock(mutex_);
        auto& one = queues_[queue];
        one.pausedUntil = clock_.steady() + pauseOf(++one.failures);
        one.next = one.pausedUntil;
        one.isTaken = false;
    }
    /// It does not fail any more.
    void praise(const std::string& queue);
    bool isPaused(const std::string& queue) const;
    /// Some are due and nobody waits for them.
    bool wantsWorker() const;
    void end();

private:
    struct Queue {
        SteadyPoint next = SteadyPoint::max();
        SteadyPoint pausedUntil = SteadyPoint::min();
        std::uint32_t failures = 0;
        bool isTaken = false;

        bool mayGo(bool hasRoomForFailing) const {
            return !isTaken && (failures == 0 || hasRoomForFailing);
        }
    };
    using Queues = std::map<std::string, Queue>;

    Queues::iterator nextOne();
    bool hasRoomForFailing() const;

    const Clock& clock_;
    const std::size_t mostFailing_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    Queues queues_;
    std::size_t waiting_ = 0;  ///< workers
    bool isEnding_ = false;
};

}  // namespace gatehouse
