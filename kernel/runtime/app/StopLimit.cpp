// SPDX-License-Identifier: Apache-2.0
#include "app/StopLimit.h"

#include <cstdlib>
#include <utility>

namespace gatehouse {

StopLimit::StopLimit(milliseconds limit, std::function<void()> lastWords)
    : limit_(limit), lastWords_(std::move(lastWords)), thread_([this] { run(); }) {}

StopLimit::~StopLimit() {
    {
        const std::lock_guard lock(mutex_);
        isDone_ = true;
    }
    done_.notify_one();
    thread_.join();
}

void StopLimit::run() {
    std::unique_lock lock(mutex_);
    if (!done_.wait_for(lock, limit_, [this] { return isDone_; })) {
        lastWords_();
        std::_Exit(EXIT_FAILURE);
    }
}

}  // namespace gatehouse
