// SPDX-License-Identifier: Apache-2.0
#include "app/SinkQueue.h"

#include "text/Thrown.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace gatehouse {

namespace {

/// How long an event may wait for company: fewer wake-ups under load.
constexpr milliseconds gathering{10};

}  // namespace

SinkQueue::SinkQueue(ConfiguredSink sink, Meters meters, std::shared_ptr<Log> log, Limits limits)
    : state_(new State{std::move(sink), meters, std::move(log), limits}),
      thread_([state = state_] { state->run(); }) {}

SinkQueue::~SinkQueue() {
    std::unique_lock lock(state_->mutex);
    state_->isStopping = true;
    state_->wake.notify_one();
    state_->moved.wait_for(lock, state_->limits.end, [this] { return state_->isIdle(); });
    if (state_->isIdle()) {
        lock.unlock();
        thread_.join();
        return;
    }
    state_->isLeft = true;
    state_->log->write(Level::error, state_->sink.label +
                                         " is left with the audit events that it did not take: it "
                                         "is stuck");
    thread_.detach();
}

void SinkQueue::push(Event event, milliseconds left) {
    std::unique_lock lock(state_->mutex);
    State& state = *state_;
    if (!state.hasRoom() && state.sink.whenFull == WhenFull::wait && !state.isStuck) {
        state.meters.waited.add();
        state.moved.wait_for(lock, std::min(left, state.limits.wait),
                             [&] { return state.hasRoom() || state.isStuck; });
        // Whoever had no time left has not seen that it takes nothing.
        state.isStuck = !state.hasRoom() && (state.isStuck || left >= state.limits.wait);
        state.moved.notify_all();
    }
    if (!state.hasRoom()) {
        return state.lose();
    }
    state.waiting.push_back(std::move(event));
    const bool isWorthWaking = state.waiting.size() == 1 || state.isWorthACall();
    lock.unlock();
    if (isWorthWaking) {
        state.wake.notify_one();
    }
}

void SinkQueue::flush() {
    std::unique_lock lock(state_->mutex);
    ++state_->flushes;
    state_->wake.notify_one();
    state_->moved.wait_for(lock, state_->limits.end, [this] { return state_->isIdle(); });
    --state_->flushes;
}

bool SinkQueue::isStuck() const {
    const std::lock_guard lock(state_->mutex);
    return state_->isStuck;
}

void SinkQueue::State::lose() {
    meters.lost.add();
    if (!std::exchange(isLosing, true)) {
        log->write(Level::error,
                   "audit events are lost to " + sink.label + ": it takes none and too many wait");
    }
}

std::vector<Event> SinkQueue::State::take() {
    const auto end =
        waiting.begin() + static_cast<std::ptrdiff_t>(std::min(waiting.size(), atOnce));
    std::vector<Event> events(std::make_move_iterator(waiting.begin()),
                              std::make_move_iterator(end));
    waiting.erase(waiting.begin(), end);
    isHandingOut = true;
    isStuck = false;
    if (std::exchange(isLosing, false)) {
        log->write(Level::warning, sink.label + " takes audit events again");
    }
    moved.notify_all();
    return events;
}

void SinkQueue::State::run() {
    std::unique_lock lock(mutex);
    for (;;) {
        wake.wait(lock, [this] { return isStopping || !waiting.empty(); });
        wake.wait_for(lock, gathering,
                      [this] { return isStopping || flushes > 0 || isWorthACall(); });
        if (waiting.empty()) {
            return;
        }
        const auto events = take();
        lock.unlock();
        handOut(events);
        lock.lock();
        if (isLeft) {
            return;
        }
        isHandingOut = false;
        moved.notify_all();
    }
}

void SinkQueue::State::handOut(const std::vector<Event>& events) {
    try {
        sink.sink->publish(events);
    } catch (...) {
        const std::string what = whatWasThrown();
        const std::lock_guard lock(mutex);
        if (!isLeft) {
            meters.exceptions.add();
            meters.lost.add(events.size());
            log->write(Level::error, std::to_string(events.size()) + " audit events are lost to " +
                                         sink.label + ": publish threw an exception: " + what);
        }
    }
}

}  // namespace gatehouse
