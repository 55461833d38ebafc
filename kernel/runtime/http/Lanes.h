// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/HttpModule.h>

#include <cstddef>
#include <memory>

namespace gatehouse {

class WorkerPool;

/// What a worker does. Runs once, on one thread.
class Job {
public:
    Job() = default;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;
    virtual void run() noexcept = 0;
};

struct LaneSize {
    std::size_t threads;
    std::size_t queue;  ///< jobs that may wait for a thread
};

struct LaneSizes {
    LaneSize protocol{32, 1024};
    LaneSize people = peopleByDefault();  ///< two a core, at least four; 256 waiting
    LaneSize admin{2, 64};
    /// They wait for the threads that hash, so there are more of them than cores.
    LaneSize login{32, 256};

    static LaneSize peopleByDefault();
};

/// The workers of all lanes. Belongs to the process and outlives every Listener and generation.
/// Threads: any for submit().
class Lanes {
public:
    Lanes(const LaneSizes& sizes, Metrics& metrics);
    /// Runs what still waits, then ends the threads.
    ~Lanes();
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    /// False when the lane's queue is full: nothing was kept. Lane::loop has no workers.
    bool submit(Lane lane, std::shared_ptr<Job> job);
    /// Whether no lane has jobs waiting of which none was begun since the last call. One thread.
    bool areMoving();

private:
    std::unique_ptr<WorkerPool> protocol_;
    std::unique_ptr<WorkerPool> people_;
    std::unique_ptr<WorkerPool> admin_;
    std::unique_ptr<WorkerPool> login_;
};

}  // namespace gatehouse
