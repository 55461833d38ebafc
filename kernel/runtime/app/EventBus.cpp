// SPDX-License-Identifier: Apache-2.0
#include "app/EventBus.h"

#include <chrono>
#include <utility>

namespace gatehouse {

namespace {

/// How long an event may wait for company: fewer wake-ups under load.
constexpr std::chrono::milliseconds gathering{10};

}  // namespace

EventBus::EventBus(Clock& clock, Metrics& metrics, std::size_t mostWaiting)
    : clock_(clock),
      published_(metrics.counter("gatehouse_events_total", "Audit events published")),
      waited_(metrics.counter("gatehouse_events_waited_total",
                              "Audit events that had to wait for slow event sinks")),
      mostWaiting_(mostWaiting), thread_([this] { run(); }) {}

EventBus::~EventBus() {
    {
        const std::lock_guard lock(mutex_);
        isStopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void EventBus::publish(const Context& context, Event event) {
    event.time = clock_.now();
    event.issuer = context.issuer.id;
    event.requestId = context.requestId;
    published_.add();
    std::unique_lock lock(mutex_);
    if (waiting_.size() >= mostWaiting_) {
        waited_.add();
        room_.wait(lock, [this] { return waiting_.size() < mostWaiting_; });
    }
    waiting_.push_back(std::move(event));
    const bool isFirst = waiting_.size() == 1;
    const bool isFull = waiting_.size() >= mostWaiting_;
    lock.unlock();
    if (isFirst || isFull) {
        wake_.notify_one();
    }
}

void EventBus::setSinks(Sinks sinks) {
    std::unique_lock lock(mutex_);
    sinks_ = std::move(sinks);
    idle_.wait(lock, [this, round = round_] { return !isHandingOut_ || round_ != round; });
}

void EventBus::flush() {
    std::unique_lock lock(mutex_);
    ++flushes_;
    wake_.notify_one();
    idle_.wait(lock, [this] { return waiting_.empty() && !isHandingOut_; });
    --flushes_;
}

void EventBus::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return isStopping_ || !waiting_.empty(); });
        wake_.wait_for(lock, gathering, [this] {
            return isStopping_ || flushes_ > 0 || waiting_.size() >= mostWaiting_;
        });
        if (waiting_.empty()) {
            return;
        }
        isHandingOut_ = true;
        ++round_;
        std::deque<Event> events;
        events.swap(waiting_);
        const Sinks sinks = sinks_;
        lock.unlock();
        room_.notify_all();
        for (const auto& event : events) {
            for (EventSink* sink : sinks) {
                sink->publish(event);
            }
        }
        lock.lock();
        isHandingOut_ = false;
        idle_.notify_all();
    }
}

}  // namespace gatehouse
