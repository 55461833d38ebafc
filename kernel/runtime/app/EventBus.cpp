// SPDX-License-Identifier: Apache-2.0
#include "app/EventBus.h"

#include <algorithm>
#include <mutex>
#include <utility>

namespace gatehouse {

EventBus::EventBus(Clock& clock, Metrics& metrics, std::shared_ptr<Log> log,
                   SinkQueue::Limits limits)
    : clock_(clock), metrics_(metrics), log_(std::move(log)),
      published_(metrics.counter("gatehouse_events_total", "Audit events published")),
      limits_(limits) {}

EventBus::~EventBus() = default;

void EventBus::publish(const Context& context, Event event) {
    event.time = clock_.now();
    event.issuer = context.issuer.id;
    event.requestId = context.requestId;
    published_.add();
    const auto left = std::max(context.deadline - clock_.steady(), milliseconds{0});
    const std::shared_lock lock(mutex_);
    for (std::size_t other = 1; other < queues_.size(); ++other) {
        queues_[other]->push(event, left);
    }
    if (!queues_.empty()) {
        queues_.front()->push(std::move(event), left);
    }
}

void EventBus::setSinks(const Sinks& sinks) {
    std::vector<Queue> next;
    next.reserve(sinks.size());
    for (const auto& sink : sinks) {
        next.push_back(queueOf(sink));
    }
    const std::unique_lock lock(mutex_);
    next.swap(queues_);
}

void EventBus::flush() {
    const std::shared_lock lock(mutex_);
    for (const auto& queue : queues_) {
        queue->flush();
    }
}

std::vector<std::string> EventBus::stuck() const {
    std::vector<std::string> labels;
    const std::shared_lock lock(mutex_);
    for (const auto& queue : queues_) {
        if (queue->isStuck()) {
            labels.push_back(queue->sink().label);
        }
    }
    return labels;
}

/// One that goes on keeps what waits for it.
EventBus::Queue EventBus::queueOf(const ConfiguredSink& sink) const {
    for (const auto& queue : queues_) {
        const auto& known = queue->sink();
        if (known.sink == sink.sink && known.whenFull == sink.whenFull) {
            return queue;
        }
    }
    const Labels labels{{"sink", sink.label}};
    const SinkQueue::Meters meters{
        metrics_.counter("gatehouse_events_waited_total",
                         "Audit events that had to wait for a slow event sink", labels),
        metrics_.counter("gatehouse_events_lost_total",
                         "Audit events that an event sink did not get", labels),
        metrics_.counter("gatehouse_plugin_exceptions_total",
                         "Exceptions that left a plugin while serving", {{"plugin", sink.label}})};
    return std::make_shared<SinkQueue>(sink, meters, log_, limits_);
}

}  // namespace gatehouse
