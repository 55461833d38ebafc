// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <semaphore.h>

#include <cerrno>
#include <chrono>
#include <ctime>

namespace gatehouse {

/// One thread waits until another rings. Unlike with a condition variable no lock is held while it
/// rings, over which the woken thread would stumble, and whoever has woken may destroy it.
class Bell {
public:
    Bell() { sem_init(&semaphore_, 0, 0); }
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;
    ~Bell() { sem_destroy(&semaphore_); }

    /// Each ring ends one wait, the next one when nobody waits now.
    void ring() noexcept { sem_post(&semaphore_); }
    void wait() noexcept {
        while (sem_wait(&semaphore_) != 0) {
        }
    }
    /// False when it did not ring until then. By the system's clock: ThreadSanitizer does not see
    /// waits by the steady one.
    bool waitUntil(std::chrono::system_clock::time_point moment) noexcept {
        const auto second = std::chrono::floor<std::chrono::seconds>(moment);
        const std::timespec end{std::chrono::system_clock::to_time_t(second),
                                std::chrono::nanoseconds(moment - second).count()};
        while (sem_timedwait(&semaphore_, &end) != 0) {
            if (errno != EINTR) {
                return false;
            }
        }
        return true;
    }

private:
    sem_t semaphore_{};
};

}  // namespace gatehouse
