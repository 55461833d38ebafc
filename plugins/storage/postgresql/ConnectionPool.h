// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "DatabaseUrl.h"
#include "Deadline.h"
#include "PostgresFailure.h"
#include "Servers.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace gatehouse {

/// Sessions, at most so many; the one used last is used next. A session that fails, or that the
/// server has closed, is thrown away, and the next caller gets a new one. Opening one blocks, so a
/// thread of the pool's own does it: a caller waits no longer than its deadline. While no server
/// answers, one caller at a time waits for the next try, each `pause`, and the others learn so at
/// once. Threads: any. Failures are thrown as PostgresFailure.
class ConnectionPool {
public:
    static constexpr milliseconds pause{250};
    /// Who got no answer for so long speaks for the sessions that nobody used meanwhile: a server
    /// that is cut off says nothing to any of them.
    static constexpr milliseconds silence{1000};

    ConnectionPool() = default;
    ConnectionPool(const ConnectionPool&) = delete;
    ConnectionPool& operator=(const ConnectionPool&) = delete;
    ~ConnectionPool() { close(); }

    void open(std::vector<ServerAddress> servers, std::string setup, std::size_t most);
    /// Sessions that are in use are closed when they are given back. Waits for one that is being
    /// opened.
    void close() noexcept;

    /// Runs `work` with a session of its own; the same again when somebody else was faster and
    /// everything was rolled back.
    template <class Work> auto with(Deadline deadline, const Work& work) {
        Lease lease(*this, deadline);
        for (int attempt = 1;; ++attempt) {
            try {
                auto answer = work(lease.connection());
                lease.keep();
                return answer;
            } catch (const PostgresFailure& failure) {
                lease.note(failure);
                if (!failure.isRolledBack() || attempt == mostTries ||
                    leftUntil(deadline) == milliseconds{0}) {
                    throw;
                }
            }
        }
    }

private:
    static constexpr int mostTries = 10;

    /// Gives its session back, if it is to be kept.
    class Lease {
    public:
        Lease(ConnectionPool& pool, Deadline deadline)
            : pool_(pool), connection_(pool.take(deadline, generation_)),
              begun_(std::chrono::steady_clock::now()) {}
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { pool_.giveBack(isKept_ ? std::move(connection_) : nullptr, generation_); }
        Connection& connection() noexcept { return *connection_; }
        void keep() noexcept { isKept_ = true; }
        void note(const PostgresFailure& failure) { pool_.giveUpSilent(failure, begun_); }

    private:
        ConnectionPool& pool_;
        std::uint64_t generation_ = 0;
        std::unique_ptr<Connection> connection_;
        std::chrono::steady_clock::time_point begun_;
        bool isKept_ = false;
    };

    struct Idle {
        std::unique_ptr<Connection> connection;
        std::chrono::steady_clock::time_point since;
    };

    using Lock = std::unique_lock<std::mutex>;

    std::unique_ptr<Connection> take(Deadline deadline, std::uint64_t& generation);
    std::unique_ptr<Connection> takeIdle();
    void waitForOne(Lock& lock, Deadline deadline);
    void giveBack(std::unique_ptr<Connection> connection, std::uint64_t generation) noexcept;
    /// Closes the sessions that were not used since a call began which now got no answer.
    void giveUpSilent(const PostgresFailure& failure,
                      std::chrono::steady_clock::time_point begun) noexcept;
    void openWhatIsWanted(Servers servers);
    bool isOneWanted() const noexcept {
        return waiting_ > idle_.size() && inUse_ + idle_.size() < most_;
    }
    std::unique_ptr<Connection> openNew(Servers& servers);
    void noteFailure(const PostgresFailure& failure);

    std::mutex mutex_;
    std::condition_variable changed_;  ///< for callers
    std::condition_variable wanted_;  ///< for the thread
    std::thread thread_;
    bool isOpen_ = false;
    std::string setup_;
    std::size_t most_ = 0;
    std::vector<Idle> idle_;  ///< the one used last at the end
    std::size_t inUse_ = 0;
    std::size_t waiting_ = 0;  ///< callers
    std::uint64_t generation_ = 0;
    std::optional<PostgresFailure> failure_;  ///< why no session could be opened
    std::uint64_t failures_ = 0;
    bool isTrying_ = false;  ///< a caller waits for the next try
    Deadline failsUntil_;
};

}  // namespace gatehouse
