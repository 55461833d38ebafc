// SPDX-License-Identifier: Apache-2.0
#include "KeyTurns.h"

namespace gatehouse {

bool KeyTurns::take(milliseconds limit) {
    std::unique_lock lock(mutex_);
    if (isTaken_ && waiting_ >= mostWaiting) {
        return false;
    }
    ++waiting_;
    const bool isFree = free_.wait_for(lock, limit, [this] { return !isTaken_; });
    --waiting_;
    isTaken_ = isTaken_ || isFree;
    return isFree;
}

void KeyTurns::giveBack() {
    {
        const std::lock_guard lock(mutex_);
        isTaken_ = false;
    }
    free_.notify_one();
}

}  // namespace gatehouse
