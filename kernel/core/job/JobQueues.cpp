// SPDX-License-Identifier: Apache-2.0
#include "job/JobQueues.h"

#include <algorithm>

namespace gatehouse {

void JobQueues::expect(const std::string& queue, SteadyPoint at) {
    {
        const std::lock_guard lock(mutex_);
        if (queues_.size() >= mostQueues && queues_.count(queue) == 0) {
            return;  // a later look finds it
        }
        auto& one = queues_[queue];
        one.next = std::min(one.next, std::max(at, one.pausedUntil));
    }
    changed_.notify_one();
}

std::optional<std::string> JobQueues::take() {
    constexpr milliseconds longest{1000};
    std::unique_lock lock(mutex_);
    while (!isEnding_) {
        const auto first = nextOne();
        const auto now = clock_.steady();
        if (first != queues_.end() && first->second.next <= now) {
            first->second.isTaken = true;
            first->second.next = SteadyPoint::max();
            return first->first;
        }
        const auto wait = first == queues_.end() ? longest : first->second.next - now;
        ++waiting_;
        changed_.wait_for(lock, std::min(longest, wait));
        --waiting_;
    }
    return std::nullopt;
}

void JobQueues::giveBack(const std::string& queue, std::optional<SteadyPoint> next) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = queues_.find(queue);
        auto& one = found->second;
        one.isTaken = false;
        one.next = std::min(one.next, next.value_or(SteadyPoint::max()));
        if (one.next == SteadyPoint::max()) {
            queues_.erase(found);
        }
    }
    changed_.notify_one();
}

void JobQueues::praise(const std::string& queue) {
    const std::lock_guard lock(mutex_);
    queues_[queue].failures = 0;
    queues_[queue].pausedUntil = SteadyPoint::min();
}

bool JobQueues::isPaused(const std::string& queue) const {
    const std::lock_guard lock(mutex_);
    const auto found = queues_.find(queue);
    return found != queues_.end() && found->second.pausedUntil > clock_.steady();
}

bool JobQueues::wantsWorker() const {
    const auto now = clock_.steady();
    const std::lock_guard lock(mutex_);
    const bool hasRoom = hasRoomForFailing();
    const auto due = std::count_if(queues_.begin(), queues_.end(), [&](const auto& one) {
        return one.second.mayGo(hasRoom) && one.second.next <= now;
    });
    return static_cast<std::size_t>(due) > waiting_;
}

void JobQueues::end() {
    {
        const std::lock_guard lock(mutex_);
        isEnding_ = true;
    }
    changed_.notify_all();
}

JobQueues::Queues::iterator JobQueues::nextOne() {
    const bool hasRoom = hasRoomForFailing();
    auto first = queues_.end();
    for (auto one = queues_.begin(); one != queues_.end(); ++one) {
        const bool isEarlier = first == queues_.end() || one->second.next < first->second.next;
        if (one->second.mayGo(hasRoom) && isEarlier) {
            first = one;
        }
    }
    return first;
}

bool JobQueues::hasRoomForFailing() const {
    const auto taken = std::count_if(queues_.begin(), queues_.end(), [](const auto& one) {
        return one.second.isTaken && one.second.failures > 0;
    });
    return static_cast<std::size_t>(taken) < mostFailing_;
}

}  // namespace gatehouse
