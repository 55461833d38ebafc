// SPDX-License-Identifier: Apache-2.0
#include "passwords/HashPool.h"

#include <unistd.h>

#include <algorithm>
#include <string>

namespace gatehouse {

namespace {

constexpr int lowerPriority = 5;

std::size_t threadsFor(std::size_t wanted) {
    const std::size_t cores = std::thread::hardware_concurrency();
    return wanted > 0 ? wanted : std::max<std::size_t>(cores, 2) - 1;
}

}  // namespace

HashPool::HashPool(const Clock& clock, std::size_t threads, std::size_t queue)
    : clock_(clock), threadCount_(threadsFor(threads)), queue_(queue) {}

void HashPool::start() {
    const std::lock_guard<std::mutex> lock(mutex_);
    isRunning_ = true;
    while (threads_.size() < threadCount_) {
        threads_.emplace_back([this] { work(); });
    }
}

void HashPool::stop() noexcept {
    std::vector<std::thread> ending;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isRunning_ = false;
        for (Job* job : jobs_) {
            job->state = State::stopped;
            job->finished.notify_one();
        }
        jobs_.clear();
        ending.swap(threads_);
    }
    wakeUp_.notify_all();
    for (auto& thread : ending) {
        thread.join();
    }
}

Status HashPool::run(const Context& context, const std::function<void()>& work) {
    Job job{work, context.deadline};
    std::unique_lock<std::mutex> lock(mutex_);
    if (!isRunning_) {
        return Error::unavailable("password hashing is stopped");
    }
    if (jobs_.size() >= queue_) {
        return Error::unavailable("password hashing is busy: " + std::to_string(jobs_.size()) +
                                  " logins wait already");
    }
    jobs_.push_back(&job);
    wakeUp_.notify_one();
    job.finished.wait(lock, [&job] { return job.state != State::waiting; });
    switch (job.state) {
    case State::done: return gatehouse::done();
    case State::late:
        return Error::unavailable("password hashing is busy: the deadline came first");
    case State::stopped: return Error::unavailable("password hashing was stopped");
    default: return Error::internal("password hashing failed");
    }
}

void HashPool::work() {
    // On Linux the priority set here is this thread's alone. Refused, it runs at the priority of
    // the others.
    [[maybe_unused]] const int priority = ::nice(lowerPriority);
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        wakeUp_.wait(lock, [this] { return !isRunning_ || !jobs_.empty(); });
        if (!isRunning_) {
            return;
        }
        Job* job = jobs_.front();
        jobs_.pop_front();
        lock.unlock();
        const State outcome = perform(*job);
        lock.lock();
        job->state = outcome;
        job->finished.notify_one();
    }
}

HashPool::State HashPool::perform(const Job& job) const noexcept {
    if (clock_.steady() > job.deadline) {
        return State::late;
    }
    try {
        job.work();
        return State::done;
    } catch (...) {
        return State::failed;
    }
}

}  // namespace gatehouse
