// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Host.h>

#include "app/SinkQueue.h"

#include <memory>
#include <shared_mutex>
#include <string>
#include <vector>

namespace gatehouse {

/// Carries audit events from request threads to the event sinks, each of which has a queue and a
/// thread: one that is stuck holds up no other. Lives as long as the process; the sinks change with
/// the generation. Threads: any for publish().
class EventBus final : public Events {
public:
    using Sinks = std::vector<ConfiguredSink>;

    EventBus(Clock& clock, Metrics& metrics, std::shared_ptr<Log> log,
             SinkQueue::Limits limits = {});
    EventBus(const EventBus&) = delete;
    EventBus& operator=(const EventBus&) = delete;
    /// Hands out what is left; see SinkQueue.
    ~EventBus() override;

    void publish(const Context& context, Event event) override;
    /// From now on these. Those there were have got everything when this returns, and are no longer
    /// used unless they are stuck.
    void setSinks(const Sinks& sinks);
    /// Returns when everything published has been handed out, but for sinks that are stuck.
    void flush();
    /// Labels of sinks that take nothing.
    std::vector<std::string> stuck() const;

private:
    using Queue = std::shared_ptr<SinkQueue>;

    Queue queueOf(const ConfiguredSink& sink) const;

    Clock& clock_;
    Metrics& metrics_;
    std::shared_ptr<Log> log_;
    Counter& published_;
    const SinkQueue::Limits limits_;
    mutable std::shared_mutex mutex_;
    std::vector<Queue> queues_;
};

}  // namespace gatehouse
