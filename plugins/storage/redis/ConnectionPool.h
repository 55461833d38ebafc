// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "Connection.h"
#include "RedisFailure.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// Connections that are not in use. They are opened by a thread of its own, so that nobody waits
/// longer than he wants to, and after a failure not before a while has passed: until then all are
/// told at once that Redis is away. Threads: any; start() and stop() by the main thread.
class ConnectionPool {
public:
    using Open = std::function<std::unique_ptr<Connection>()>;
    static constexpr std::size_t mostConnections = 16;
    static constexpr milliseconds shortestRest{100};
    static constexpr milliseconds longestRest{2000};

    ConnectionPool() = default;
    ConnectionPool(const ConnectionPool&) = delete;
    ConnectionPool& operator=(const ConnectionPool&) = delete;
    ~ConnectionPool() { stop(); }

    /// `open` throws RedisFailure. `log` must outlive this.
    void start(Open open, Log& log);
    void stop() noexcept;

    /// Throws RedisFailure when there is none until then.
    std::unique_ptr<Connection> take(Moment until);
    void giveBack(std::unique_ptr<Connection> connection);
    /// Closes one that has failed.
    void discard(std::unique_ptr<Connection> connection);

private:
    struct Reason {
        RedisFailure::Cause cause;
        std::string text;
    };

    std::unique_ptr<Connection> takeIdle();
    void run();
    void openOne(std::unique_lock<std::mutex>& lock);
    void noteOpened(std::unique_ptr<Connection> connection);
    void noteFailed(const RedisFailure& failure);

    Open open_;
    Log* log_ = nullptr;
    std::mutex mutex_;
    std::condition_variable wanted_;
    std::condition_variable changed_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t opened_ = 0;  ///< idle, lent and being opened
    std::size_t waiting_ = 0;
    /// Why the last try to open one failed. Not the exception: copies of one share their text.
    std::optional<Reason> failure_;
    std::uint64_t failures_ = 0;
    milliseconds rest_{0};
    Moment nextTry_{};
    bool isStopped_ = true;
    std::thread thread_;
};

}  // namespace gatehouse
