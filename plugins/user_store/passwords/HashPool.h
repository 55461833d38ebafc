// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse {

/// Threads that hash passwords, so that a storm of logins takes no more than its share of the
/// cores: at most one less than the machine has, at a lower priority than the rest of the server,
/// behind a bounded queue. Threads: any.
class HashPool {
public:
    /// `threads` 0: one less than the machine has cores, at least one. `queue`: how many may wait.
    HashPool(const Clock& clock, std::size_t threads, std::size_t queue);
    HashPool(const HashPool&) = delete;
    HashPool& operator=(const HashPool&) = delete;
    ~HashPool() { stop(); }

    void start();
    /// Ends the threads; who waits gets Fault::unavailable.
    void stop() noexcept;

    /// Does the work on a thread of the pool and returns when it is done. Fault::unavailable,
    /// without doing it, when the queue is full or the deadline has come before its turn.
    Status run(const Context& context, const std::function<void()>& work);

private:
    enum class State { waiting, done, late, failed, stopped };
    struct Job {
        const std::function<void()>& work;
        SteadyPoint deadline;
        State state = State::waiting;
        std::condition_variable finished{};
    };

    void work();
    State perform(const Job& job) const noexcept;

    const Clock& clock_;
    const std::size_t threadCount_;
    const std::size_t queue_;
    std::mutex mutex_;
    std::condition_variable wakeUp_;
    std::deque<Job*> jobs_;
    std::vector<std::thread> threads_;
    bool isRunning_ = false;
};

}  // namespace gatehouse
