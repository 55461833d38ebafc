// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Event.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/EventSink.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// What happens when an event sink is so far behind that its queue is full.
enum class WhenFull {
    wait,  ///< who publishes waits, for some seconds; a sink that takes nothing even then is stuck
    drop  ///< the event is lost to this sink
};

/// An event sink as the configuration names it.
struct ConfiguredSink {
    std::shared_ptr<EventSink> sink;  ///< keeps its instance
    std::string label;
    WhenFull whenFull = WhenFull::wait;
};

/// The events that wait for one sink, handed to it on a thread of its own and in order. Events are
/// lost to it only when it is full, by its policy; each is counted, and the log says when it begins
/// and when it is over. Threads: any.
class SinkQueue {
public:
    struct Limits {
        std::size_t waiting = 10'000;  ///< events
        milliseconds wait{5000};  ///< who publishes, for one that is behind
        milliseconds end{2000};  ///< for it to take what is left
    };
    struct Meters {
        Counter& waited;
        Counter& lost;
        Counter& exceptions;
    };

    SinkQueue(ConfiguredSink sink, Meters meters, std::shared_ptr<Log> log, Limits limits);
    SinkQueue(const SinkQueue&) = delete;
    SinkQueue& operator=(const SinkQueue&) = delete;
    /// Hands out what is left within Limits::end; the thread of a sink that does not take it is
    /// left behind, and with it the sink.
    ~SinkQueue();

    /// Waits no longer than the limit and `left`.
    void push(Event event, milliseconds left);
    /// Returns when everything was handed out, or Limits::end has passed.
    void flush();
    /// It took nothing while somebody waited as long as they could.
    bool isStuck() const;
    const ConfiguredSink& sink() const noexcept { return state_->sink; }

private:
    /// How many the sink is given in one call.
    static constexpr std::size_t atOnce = 256;

    /// What the thread uses, also when it is left behind.
    struct State {
        ConfiguredSink sink;
        Meters meters;
        std::shared_ptr<Log> log;
        Limits limits;
        mutable std::mutex mutex{};
        std::condition_variable wake{};
        std::condition_variable moved{};  ///< events were taken or handed out
        std::deque<Event> waiting{};
        int flushes = 0;
        bool isHandingOut = false;
        bool isLosing = false;
        bool isStuck = false;
        bool isStopping = false;
        bool isLeft = false;

        bool hasRoom() const { return waiting.size() < limits.waiting; }
        bool isWorthACall() const { return waiting.size() >= atOnce || !hasRoom(); }
        bool isIdle() const { return waiting.empty() && !isHandingOut; }
        void lose();
        std::vector<Event> take();
        void run();
        void handOut(const std::vector<Event>& events);
    };

    std::shared_ptr<State> state_;
    std::thread thread_;
};

}  // namespace gatehouse
