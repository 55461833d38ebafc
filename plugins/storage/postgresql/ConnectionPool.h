// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "DatabaseUrl.h"
#include "Deadline.h"
#include "PostgresFailure.h"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// Sessions, at most so many; the one used last is used next. A session that fails, or that the
/// server has closed, is thrown away, and the next caller gets a new one: from the server that
/// answered last, or else from the next that answers. While none answers, one caller at a time
/// tries, each `pause`, and the others learn so at once. Threads: any. Failures are thrown as
/// PostgresFailure.
class ConnectionPool {
public:
    static constexpr milliseconds pause{250};
    /// Who got no answer for so long speaks for the sessions that nobody used meanwhile: a server
    /// that is cut off says nothing to any of them.
    static constexpr milliseconds silence{1000};

    void open(std::vector<ServerAddress> servers, std::string setup, std::size_t most);
    /// Sessions that are in use are closed when they are given back.
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

    /// A session outside the pool, without its setup.
    std::unique_ptr<Connection> connect(Deadline deadline);

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

    std::unique_ptr<Connection> take(Deadline deadline, std::uint64_t& generation);
    void giveBack(std::unique_ptr<Connection> connection, std::uint64_t generation) noexcept;
    void preferNextOf(std::size_t server);
    std::unique_ptr<Connection> openNew(Deadline deadline);
    void noteOpened();
    void noteNotOpened(const PostgresFailure& failure, Deadline deadline);
    /// Closes the sessions that were not used since a call began which now got no answer.
    void giveUpSilent(const PostgresFailure& failure,
                      std::chrono::steady_clock::time_point begun) noexcept;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<ServerAddress> servers_;
    std::string setup_;
    std::size_t most_ = 0;
    std::size_t preferred_ = 0;  ///< the server to begin with: the one that answered last
    std::vector<Idle> idle_;  ///< the one used last at the end
    std::size_t inUse_ = 0;
    std::uint64_t generation_ = 0;
    std::optional<PostgresFailure> failure_;  ///< why no session could be opened
    bool isTrying_ = false;  ///< somebody tries anew
    Deadline failsUntil_;
};

}  // namespace gatehouse
