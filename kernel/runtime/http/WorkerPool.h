// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/Lanes.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// Threads that work off a bounded queue.
///
/// Waking a thread costs more than many a job, so at most one worker is being woken at a time: once
/// it runs and finds more jobs than it takes, it wakes the next. Short jobs are thus worked off by
/// few threads, and jobs that block still get all of them. The last to fall asleep wakes first: its
/// stack is still in the cache.
class WorkerPool {
public:
    WorkerPool(const std::string& name, const LaneSize& size, Gauge& depth);
    /// Runs what still waits, then ends the threads.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// False when the queue is full. Threads: any.
    bool submit(std::shared_ptr<Job> job);
    /// False when jobs wait and none was begun since the last call. One thread.
    bool isMoving();

private:
    struct Sleeper {
        std::condition_variable wake;
        bool isCalled = false;
    };

    void work(Sleeper& self);
    std::shared_ptr<Job> next(std::unique_lock<std::mutex>& lock, Sleeper& self);
    Sleeper* callNext();

    std::mutex mutex_;
    std::vector<std::shared_ptr<Job>> ring_;
    std::size_t head_ = 0;
    std::size_t count_ = 0;
    std::uint64_t begun_ = 0;
    std::uint64_t seenBegun_ = 0;  // when isMoving() last looked
    std::vector<std::unique_ptr<Sleeper>> sleepers_;  // one a thread
    std::vector<Sleeper*> asleep_;  // a stack
    bool isWaking_ = false;  // somebody was called and does not run yet
    bool isEnding_ = false;
    Gauge& depth_;
    std::vector<std::thread> threads_;
};

}  // namespace gatehouse
