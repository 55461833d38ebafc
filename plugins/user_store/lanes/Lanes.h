// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// Where a user store asks another server; any exception means that it is to be thrown away.
class LaneConnection {
public:
    LaneConnection() = default;
    LaneConnection(const LaneConnection&) = delete;
    LaneConnection& operator=(const LaneConnection&) = delete;
    virtual ~LaneConnection() = default;
    /// From another thread: a call that hangs fails.
    virtual void interrupt() noexcept = 0;
};

/// Connections to a server, each on a thread of its own: one that is away or slow holds up these
/// threads and nobody else. Who waits leaves when the time is up, and who finds too many waiting is
/// refused at once: after a failure whoever finds no free lane, until one has succeeded. So callers
/// of a server that hangs hold no more threads than there are lanes. Threads: any.
class Lanes {
public:
    using Open = std::function<std::unique_ptr<LaneConnection>()>;
    using Work = std::function<void(LaneConnection&)>;

    /// `server` is "the database", say.
    Lanes(const Clock& clock, std::string server, Open open, std::size_t count, std::size_t queue,
          milliseconds timeout);
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;
    ~Lanes() { stop(); }

    void start();
    void stop() noexcept;

    /// `work` runs on a lane, once more on a new connection when that of the lane was lost, and may
    /// go on after this has returned: it owns what it touches. Fault::unavailable when nothing came
    /// of it in time.
    Status run(const Context& context, Work work);

private:
    struct Job {
        Work work;
        bool isOver = false;
        bool isLeft = false;
        std::string problem{};
        std::condition_variable over{};
    };
    struct Lane {
        std::thread thread{};
        std::unique_ptr<LaneConnection> connection{};
        std::shared_ptr<Job> job{};
    };

    void work(Lane& lane);
    std::string perform(Lane& lane, const Job& job);
    std::string tryOn(Lane& lane, const Job& job);
    void replace(Lane& lane, std::unique_ptr<LaneConnection> connection);
    void leave(const std::shared_ptr<Job>& job);
    bool isFull() const;

    const Clock& clock_;
    const std::string server_;
    const Open open_;
    const std::size_t queue_;
    const milliseconds timeout_;
    std::mutex mutex_;
    std::condition_variable wakeUp_;
    std::deque<std::shared_ptr<Job>> waiting_;
    std::vector<Lane> lanes_;
    bool isRunning_ = false;
    bool hasFailed_ = false;  ///< the last that is known
};

}  // namespace gatehouse
