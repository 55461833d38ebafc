// SPDX-License-Identifier: Apache-2.0
#include "http/WorkerPool.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

namespace gatehouse {

WorkerPool::WorkerPool(const std::string& name, const LaneSize& size, Gauge& depth)
    : ring_(std::max<std::size_t>(size.queue, 1)), depth_(depth) {
    const std::size_t threads = std::max<std::size_t>(size.threads, 1);
    asleep_.reserve(threads);
    sleepers_.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i) {
        Sleeper& sleeper = *sleepers_.emplace_back(std::make_unique<Sleeper>());
        threads_.emplace_back([this, &sleeper] { work(sleeper); });
        pthread_setname_np(threads_.back().native_handle(), name.c_str());
    }
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isEnding_ = true;
        for (auto* sleeper : asleep_) {
            sleeper->isCalled = true;
            sleeper->wake.notify_one();
        }
        asleep_.clear();
    }
    for (auto& thread : threads_) {
        thread.join();
    }
}

bool WorkerPool::submit(std::shared_ptr<Job> job) {
    Sleeper* called = nullptr;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (count_ == ring_.size() || isEnding_) {
            return false;
        }
        ring_[(head_ + count_) % ring_.size()] = std::move(job);
        depth_.set(static_cast<double>(++count_));
        called = isWaking_ ? nullptr : callNext();
    }
    if (called != nullptr) {
        called->wake.notify_one();
    }
    return true;
}

bool WorkerPool::isMoving() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return std::exchange(seenBegun_, begun_) != begun_ || count_ == 0;
}

void WorkerPool::work(Sleeper& self) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (auto job = next(lock, self)) {
        Sleeper* called = count_ > 0 && !isWaking_ ? callNext() : nullptr;
        lock.unlock();
        if (called != nullptr) {
            called->wake.notify_one();
        }
        job->run();
        job.reset();
        lock.lock();
    }
}

/// Waits for a job; none when the pool ends.
std::shared_ptr<Job> WorkerPool::next(std::unique_lock<std::mutex>& lock, Sleeper& self) {
    while (count_ == 0) {
        if (isEnding_) {
            return nullptr;
        }
        self.isCalled = false;
        asleep_.push_back(&self);
        self.wake.wait(lock, [&self] { return self.isCalled; });
        isWaking_ = false;
    }
    auto job = std::move(ring_[head_]);
    head_ = (head_ + 1) % ring_.size();
    depth_.set(static_cast<double>(--count_));
    ++begun_;
    return job;
}

/// Takes the last one asleep off the stack, to be notified by the caller.
WorkerPool::Sleeper* WorkerPool::callNext() {
    if (asleep_.empty()) {
        return nullptr;
    }
    Sleeper* called = asleep_.back();
    asleep_.pop_back();
    called->isCalled = true;
    isWaking_ = true;
    return called;
}

}  // namespace gatehouse
