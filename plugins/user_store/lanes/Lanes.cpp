// SPDX-License-Identifier: Apache-2.0
#include "lanes/Lanes.h"

#include <Poco/Exception.h>

#include <algorithm>
#include <utility>

namespace gatehouse {

Lanes::Lanes(const Clock& clock, std::string server, Open open, std::size_t count,
             std::size_t queue, milliseconds timeout)
    : clock_(clock), server_(std::move(server)), open_(std::move(open)), queue_(queue),
      timeout_(timeout), lanes_(count) {}

void Lanes::start() {
    const std::lock_guard<std::mutex> lock(mutex_);
    isRunning_ = true;
    for (auto& lane : lanes_) {
        lane.thread = std::thread([this, &lane] { work(lane); });
    }
}

void Lanes::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isRunning_ = false;
        for (auto& job : waiting_) {
            job->isOver = true;
            job->problem = "it was stopped";
            job->over.notify_all();
        }
        waiting_.clear();
        for (auto& lane : lanes_) {
            if (lane.job && lane.connection) {
                lane.connection->interrupt();
            }
        }
    }
    wakeUp_.notify_all();
    for (auto& lane : lanes_) {
        if (lane.thread.joinable()) {
            lane.thread.join();
        }
        lane.connection.reset();
    }
}

Status Lanes::run(const Context& context, Work work) {
    const auto left = std::chrono::duration_cast<milliseconds>(context.deadline - clock_.steady());
    const auto until = std::chrono::steady_clock::now() + std::min(left, timeout_);
    auto job = std::make_shared<Job>();
    job->work = std::move(work);
    std::unique_lock<std::mutex> lock(mutex_);
    if (!isRunning_) {
        return Error::unavailable(server_ + " is not asked: stopped");
    }
    if (isFull()) {
        return Error::unavailable(server_ + " is busy: " + std::to_string(waiting_.size()) +
                                  " calls wait already");
    }
    waiting_.push_back(job);
    wakeUp_.notify_one();
    if (!job->over.wait_until(lock, until, [&job] { return job->isOver; })) {
        leave(job);
        return Error::unavailable(server_ + " did not answer in time");
    }
    return job->problem.empty()
               ? done()
               : Status{Error::unavailable(server_ + " did not answer: " + job->problem)};
}

/// With the mutex held, as leave().
bool Lanes::isFull() const {
    if (!hasFailed_) {
        return waiting_.size() >= queue_;
    }
    const auto busy = std::count_if(lanes_.begin(), lanes_.end(),
                                    [](const Lane& lane) { return lane.job != nullptr; });
    return waiting_.size() + static_cast<std::size_t>(busy) >= lanes_.size();
}

void Lanes::leave(const std::shared_ptr<Job>& job) {
    hasFailed_ = true;
    job->isLeft = true;
    waiting_.erase(std::remove(waiting_.begin(), waiting_.end(), job), waiting_.end());
    for (auto& lane : lanes_) {
        if (lane.job == job && lane.connection) {
            lane.connection->interrupt();
        }
    }
}

void Lanes::work(Lane& lane) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        wakeUp_.wait(lock, [this] { return !isRunning_ || !waiting_.empty(); });
        if (!isRunning_) {
            return;
        }
        lane.job = waiting_.front();
        waiting_.pop_front();
        const auto job = lane.job;
        lock.unlock();
        std::string problem = perform(lane, *job);
        lock.lock();
        lane.job.reset();
        hasFailed_ = !problem.empty() || (hasFailed_ && job->isLeft);
        job->problem = std::move(problem);
        job->isOver = true;
        job->over.notify_all();
    }
}

std::string Lanes::perform(Lane& lane, const Job& job) {
    const bool isUsed = lane.connection != nullptr;
    std::string problem = tryOn(lane, job);
    if (!problem.empty() && isUsed) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (job.isLeft || !isRunning_) {
                return problem;
            }
        }
        problem = tryOn(lane, job);
    }
    return problem;
}

std::string Lanes::tryOn(Lane& lane, const Job& job) {
    try {
        if (lane.connection == nullptr) {
            replace(lane, open_());
        }
        job.work(*lane.connection);
        return {};
    } catch (const Poco::Exception& problem) {
        replace(lane, nullptr);
        return problem.displayText();
    } catch (const std::exception& problem) {
        replace(lane, nullptr);
        return problem.what();
    }
}

/// Never while somebody interrupts it.
void Lanes::replace(Lane& lane, std::unique_ptr<LaneConnection> connection) {
    const std::lock_guard<std::mutex> lock(mutex_);
    lane.connection.swap(connection);
}

}  // namespace gatehouse
