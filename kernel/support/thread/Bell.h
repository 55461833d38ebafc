// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <semaphore.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <ctime>

namespace gatehouse {

/// One thread waits until another rings. Unlike with a condition variable no lock is held while it
/// rings, over which the woken thread would stumble, and whoever has woken may destroy it.
class Bell {
public:
    using Moment = std::chrono::steady_clock::time_point;

    Bell() { sem_init(&semaphore_, 0, 0); }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;
    ~Bell() { sem_destroy(&semaphore_); }

    /// Each ring ends one wait, the next one when nobody waits now.
    void ring() noexcept {
        rings_.fetch_add(1, std::memory_order_release);
        sem_post(&semaphore_);
    }
    void wait() noexcept {
        while (sem_wait(&semaphore_) != 0) {
        }
    }
    /// False when it did not ring until then.
    bool waitUntil(Moment moment) noexcept {
        const auto second = std::chrono::floor<std::chrono::seconds>(moment);
        const std::timespec end{second.time_since_epoch().count(),
                                std::chrono::nanoseconds(moment - second).count()};
        while (sem_clockwait(&semaphore_, CLOCK_MONOTONIC, &end) != 0) {
            if (errno != EINTR) {
                return false;
            }
        }
        // ThreadSanitizer does not see that wait; this is how it knows what came before the ring.
        static_cast<void>(rings_.load(std::memory_order_acquire));
        return true;
    }

private:
    sem_t semaphore_{};
    std::atomic<unsigned> rings_{0};
};

}  // namespace gatehouse
