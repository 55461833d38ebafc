// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/EventSink.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace gatehouse {

/// Carries audit events from request threads to the event sinks, on one thread and in order. Lives
/// as long as the process; the sinks change with the generation. When sinks are slower than events
/// come, publish() waits for room, which is counted: an audit event is never dropped. Threads: any
/// for publish().
class EventBus final : public Events {
public:
    using Sinks = std::vector<EventSink*>;

    EventBus(Clock& clock, Metrics& metrics, std::size_t mostWaiting = 10'000);
    EventBus(const EventBus&) = delete;
    EventBus& operator=(const EventBus&) = delete;
    /// Hands out what is left.
    ~EventBus() override;

    void publish(const Context& context, Event event) override;
    /// From now on these; returns when those there were are no longer used.
    void setSinks(Sinks sinks);
    /// Returns when everything published has been handed out.
    void flush();

private:
    void run();

    Clock& clock_;
    Counter& published_;
    Counter& waited_;
    const std::size_t mostWaiting_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable room_;
    std::condition_variable idle_;
    std::deque<Event> waiting_;
    Sinks sinks_;
    std::uint64_t round_ = 0;
    int flushes_ = 0;
    bool isHandingOut_ = false;
    bool isStopping_ = false;
    std::thread thread_;  // last: it uses the others
};

}  // namespace gatehouse
