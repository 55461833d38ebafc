// SPDX-License-Identifier: Apache-2.0
#include "app/Ticker.h"

#include <utility>

namespace gatehouse {

Ticker::Ticker(milliseconds interval, std::function<void()> task)
    : interval_(interval), task_(std::move(task)), thread_([this] { run(); }) {}

Ticker::~Ticker() {
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
    }
    waking_.notify_one();
    thread_.join();
}

void Ticker::wake() {
    {
        const std::lock_guard lock(mutex_);
        isAwake_ = true;
    }
    waking_.notify_one();
}

void Ticker::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        waking_.wait_for(lock, interval_, [this] { return isStopping_ || isAwake_; });
        if (isStopping_) {
            return;
        }
        isAwake_ = false;
        lock.unlock();
        task_();
        lock.lock();
    }
}

}  // namespace gatehouse
