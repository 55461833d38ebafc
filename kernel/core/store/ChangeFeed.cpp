// SPDX-License-Identifier: Apache-2.0
#include "store/ChangeFeed.h"

#include "text/Thrown.h"

#include <algorithm>
#include <tuple>

namespace gatehouse {
namespace {

/// Notices that may be committed after ones with a higher number that the first reading has already
/// seen.
constexpr std::uint64_t mostInFlight = 10000;
constexpr seconds readLimit{5};

bool isSame(const Notice& left, const Notice& right) {
    return std::tie(left.topic, left.key, left.issuer, left.expires) ==
           std::tie(right.topic, right.key, right.issuer, right.expires);
}

const Issuer& noIssuer() {
    static const Issuer issuer{0, {}, {}};
    return issuer;
}

Result<std::vector<Change>> changesSince(const Storage& storage, std::uint64_t number,
                                         SteadyPoint now) {
    const Context context{noIssuer(), "change-feed", {}, now + readLimit};
    try {
        return storage.changesSince(context, number);
    } catch (...) {
        return Error::internal("storage threw: " + whatWasThrown());
    }
}

}  // namespace

void ChangeFeed::subscribe(std::string topic, Subscriber subscriber) {
    const std::lock_guard<std::mutex> lock(subscribersMutex_);
    subscribers_.emplace_back(std::move(topic), std::move(subscriber));
}

Status ChangeFeed::start() {
    Status status = poll();
    if (!status) {
        return status;
    }
    const std::lock_guard<std::mutex> lock(runMutex_);
    isStopping_ = false;
    thread_ = std::thread([this] { run(); });
    return done();
}

void ChangeFeed::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(runMutex_);
        isStopping_ = true;
        stopping_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

void ChangeFeed::run() {
    std::unique_lock<std::mutex> lock(runMutex_);
    while (!stopping_.wait_for(lock, pollInterval, [this] { return isStopping_; })) {
        lock.unlock();
        report(poll());
        lock.lock();
    }
}

Status ChangeFeed::poll() {
    const std::lock_guard<std::mutex> lock(pollMutex_);
    return pollLocked();
}

Status ChangeFeed::catchUp() {
    if (isFresh()) {
        return done();
    }
    std::unique_lock<std::mutex> lock(pollMutex_, std::try_to_lock);
    if (!lock && failedAt_ == INT64_MIN) {
        lock.lock();
    }
    if (isFresh()) {
        return done();
    }
    if (!lock || hasFailedWithin(pollInterval)) {
        return Error::unavailable("what other nodes changed cannot be read");
    }
    return pollLocked();
}

Status ChangeFeed::pollLocked() {
    const SteadyPoint now = clock_.steady();
    Status status = read(now);
    if (!status) {
        failedAt_ = clock_.steady().time_since_epoch().count();
        return status;
    }
    failedAt_ = INT64_MIN;
    tellOfGap(now);
    if (isFirst_ && !seen_.empty()) {
        const std::uint64_t highest = seen_.rbegin()->first;
        from_ = highest - std::min(highest, mostInFlight);
        seen_.erase(seen_.begin(), seen_.upper_bound(from_));
    }
    isFirst_ = false;
    forgetSeenBefore(now - overlap);
    lastPoll_ = now.time_since_epoch().count();
    return done();
}

bool ChangeFeed::isFresh() const noexcept {
    const std::int64_t last = lastPoll_;
    return last != INT64_MIN && clock_.steady() - SteadyPoint{milliseconds{last}} <= freshness;
}

bool ChangeFeed::hasFailedWithin(milliseconds time) const noexcept {
    const std::int64_t failed = failedAt_;
    return failed != INT64_MIN && clock_.steady() - SteadyPoint{milliseconds{failed}} < time;
}

Status ChangeFeed::read(SteadyPoint now) {
    auto goesOn = readFrom(from_, now);
    if (goesOn && !*goesOn) {
        seen_.clear();
        from_ = 0;
        isFirst_ = true;
        goesOn = readFrom(from_, now);
    }
    return goesOn ? done() : Status(goesOn.error());
}

/// False when the last change seen before is not there any more.
Result<bool> ChangeFeed::readFrom(std::uint64_t number, SteadyPoint now) {
    const std::uint64_t last = seen_.empty() ? 0 : seen_.rbegin()->first;
    bool goesOn = seen_.empty();
    while (true) {
        const auto changes = changesSince(storage_, number, now);
        if (!changes) {
            return changes.error();
        }
        if (changes->empty()) {
            return goesOn;
        }
        for (const auto& change : *changes) {
            const bool isKnown = take(change, now);
            goesOn = goesOn || (change.number == last && isKnown);
        }
        number = changes->back().number;
    }
}

/// Dispatches what is new; whether it is what was seen under its number before.
bool ChangeFeed::take(const Change& change, SteadyPoint now) {
    const auto [seen, isNew] = seen_.try_emplace(change.number, Seen{now, change.notice});
    if (isNew) {
        dispatch(change);
    }
    return isSame(change.notice, seen->second.notice);
}

void ChangeFeed::tellOfGap(SteadyPoint now) {
    const std::int64_t last = lastPoll_;
    if (last != INT64_MIN && now - SteadyPoint{milliseconds{last}} > longestGap) {
        dispatch({0, {gap, {}, 0, never}});
    }
}

void ChangeFeed::dispatch(const Change& change) {
    const std::lock_guard<std::mutex> lock(subscribersMutex_);
    for (const auto& [topic, subscriber] : subscribers_) {
        if (topic == change.notice.topic) {
            subscriber(change);
        }
    }
}

void ChangeFeed::forgetSeenBefore(SteadyPoint moment) {
    while (seen_.size() > 1 && seen_.begin()->second.first < moment) {
        from_ = seen_.begin()->first;
        seen_.erase(seen_.begin());
    }
}

/// Says once that it cannot read, and once that it can again.
void ChangeFeed::report(const Status& status) {
    if (!status && !isReported_) {
        log_.write(Level::error, "change feed cannot be read: " + status.error().detail);
    }
    if (status && isReported_) {
        log_.write(Level::info, "change feed can be read again");
    }
    isReported_ = !status;
}

}  // namespace gatehouse
