// SPDX-License-Identifier: Apache-2.0
#include "store/Janitor.h"

#include "text/Thrown.h"

#include <algorithm>
#include <string>

namespace gatehouse {
namespace {

constexpr seconds stepLimit{5};

const Issuer& noIssuer() {
    static const Issuer issuer{0, {}, {}};
    return issuer;
}

}  // namespace

void Janitor::add(Storage& storage) {
    for (const auto& place : places_) {
        if (place.storage == &storage) {
            return;
        }
    }
    places_.push_back({&storage, false});
}

void Janitor::start() {
    isStopping_ = false;
    thread_ = std::thread([this] { run(); });
}

void Janitor::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isStopping_ = true;
        stopping_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

milliseconds Janitor::step() {
    std::size_t most = 0;
    for (auto& place : places_) {
        most = std::max(most, drop(place));
    }
    const bool isMoreLikely = most >= stepSize;
    pause_ = isMoreLikely ? std::clamp(pause_ / 2, shortestPause, firstPause)
                          : std::min(pause_ * 2, longestPause);
    return pause_;
}

void Janitor::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!stopping_.wait_for(lock, pause_, [this] { return isStopping_; })) {
        lock.unlock();
        step();
        lock.lock();
    }
}

/// How many went; a storage that is away is reported once and tried again at the next step.
std::size_t Janitor::drop(Place& place) {
    const Context context{noIssuer(), "janitor", {}, clock_.steady() + stepLimit};
    Result<std::size_t> dropped = Error::internal("storage threw");
    try {
        dropped = place.storage->dropExpired(context, clock_.now() - grace, stepSize);
    } catch (...) {
        dropped = Error::internal("storage threw: " + whatWasThrown());
    }
    if (!dropped && !place.isFailing) {
        log_.write(Level::error, "expired records cannot be removed: " + dropped.error().detail);
    }
    place.isFailing = !dropped;
    return dropped ? *dropped : 0;
}

}  // namespace gatehouse
