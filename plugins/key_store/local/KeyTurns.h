// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <condition_variable>
#include <mutex>

namespace gatehouse {

/// Keys are made by one thread at a time, as that takes the processor for some tenths of a second,
/// and strangers may ask for issuers that have none. Some wait for their turn, so that whoever
/// comes together gets the same keys; the others are told to come again, so that no pool of workers
/// is filled with those who wait. Threads: any.
class KeyTurns {
public:
    /// False: too many wait already, or the time passed.
    bool take(milliseconds limit);
    void giveBack();

private:
    static constexpr int mostWaiting = 4;

    std::mutex mutex_;
    std::condition_variable free_;
    bool isTaken_ = false;
    int waiting_ = 0;
};

}  // namespace gatehouse
