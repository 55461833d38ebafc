// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace gatehouse {

/// A mutex that is waited for no longer than one likes, by the clock that nobody sets: that of the
/// standard library waits by a call that ThreadSanitizer does not see. For std::unique_lock.
class TimedMutex {
public:
    void lock() {
        std::unique_lock lock(mutex_);
        free_.wait(lock, [this] { return !isTaken_; });
        isTaken_ = true;
    }
    bool try_lock_for(std::chrono::milliseconds limit) {  // NOLINT(readability-identifier-naming)
        std::unique_lock lock(mutex_);
        const bool isFree = free_.wait_for(lock, limit, [this] { return !isTaken_; });
        isTaken_ = isTaken_ || isFree;
        return isFree;
    }
    void unlock() {
        {
            const std::lock_guard lock(mutex_);
            isTaken_ = false;
        }
        free_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable free_;
    bool isTaken_ = false;
};

}  // namespace gatehouse
