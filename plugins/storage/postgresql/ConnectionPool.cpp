// SPDX-License-Identifier: Apache-2.0
#include "ConnectionPool.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {
namespace {

using Kind = PostgresFailure::Kind;

constexpr seconds setupLimit{3};

}  // namespace

void ConnectionPool::open(std::vector<ServerAddress> servers, std::string setup, std::size_t most) {
    close();
    const std::lock_guard<std::mutex> lock(mutex_);
    isOpen_ = true;
    setup_ = std::move(setup);
    most_ = most;
    failure_.reset();
    isTrying_ = false;
    thread_ =
        std::thread([this, servers = Servers(std::move(servers))] { openWhatIsWanted(servers); });
}

void ConnectionPool::close() noexcept {
    std::vector<Idle> closing;
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isOpen_ = false;
        ++generation_;
        changed_.notify_all();
        wanted_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    closing.swap(idle_);
}

std::unique_ptr<Connection> ConnectionPool::take(Deadline deadline, std::uint64_t& generation) {
    Lock lock(mutex_);
    auto connection = takeIdle();
    if (!connection && failure_ && (isTrying_ || std::chrono::steady_clock::now() < failsUntil_)) {
        throw PostgresFailure(*failure_);
    }
    while (!connection) {
        waitForOne(lock, deadline);
        connection = takeIdle();
    }
    ++inUse_;
    if (isOneWanted()) {
        wanted_.notify_one();
    }
    generation = generation_;
    return connection;
}

/// The one used last, if the server has not closed it.
std::unique_ptr<Connection> ConnectionPool::takeIdle() {
    while (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back().connection);
        idle_.pop_back();
        if (connection->isAlive()) {
            return connection;
        }
    }
    return nullptr;
}

void ConnectionPool::waitForOne(Lock& lock, Deadline deadline) {
    const std::uint64_t before = failures_;
    isTrying_ = failure_.has_value();
    ++waiting_;
    wanted_.notify_one();
    const bool isAnswered = changed_.wait_until(
        lock, deadline, [&] { return !isOpen_ || !idle_.empty() || failures_ != before; });
    --waiting_;
    isTrying_ = false;
    if (!isOpen_) {
        throw PostgresFailure(Kind::absent, "the database is closed");
    }
    if (isAnswered && idle_.empty() && failure_) {
        throw PostgresFailure(*failure_);
    }
    if (!isAnswered) {
        throw PostgresFailure(Kind::absent, inUse_ < most_
                                                ? "the database did not answer in time"
                                                : "all " + std::to_string(most_) +
                                                      " connections to the database are busy");
    }
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection,
                              std::uint64_t generation) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    --inUse_;
    if (connection && generation == generation_) {
        idle_.push_back({std::move(connection), std::chrono::steady_clock::now()});
    }
    changed_.notify_one();
    if (isOneWanted()) {
        wanted_.notify_one();
    }
}

/// What the thread does.
void ConnectionPool::openWhatIsWanted(Servers servers) {
    Lock lock(mutex_);
    while (true) {
        wanted_.wait(lock, [this] { return !isOpen_ || isOneWanted(); });
        if (!isOpen_) {
            return;
        }
        lock.unlock();
        auto connection = openNew(servers);
        lock.lock();
        changed_.notify_all();
        if (connection) {
            failure_.reset();
            idle_.push_back({std::move(connection), std::chrono::steady_clock::now()});
        } else {
            wanted_.wait_until(lock, failsUntil_, [this] { return !isOpen_; });
        }
    }
}

/// nullptr when none can be had; `failure_` says why.
std::unique_ptr<Connection> ConnectionPool::openNew(Servers& servers) {
    try {
        auto connection = servers.connect();
        try {
            connection->execute(setup_, deadlineIn(setupLimit));
            return connection;
        } catch (const PostgresFailure& failure) {
            servers.passOver();
            noteFailure(failure.whileConnecting());
        }
    } catch (const PostgresFailure& failure) {
        noteFailure(failure);
    }
    return nullptr;
}

void ConnectionPool::noteFailure(const PostgresFailure& failure) {
    const std::lock_guard<std::mutex> lock(mutex_);
    failure_ = failure;
    ++failures_;
    failsUntil_ = std::chrono::steady_clock::now() + pause;
}

void ConnectionPool::giveUpSilent(const PostgresFailure& failure,
                                  std::chrono::steady_clock::time_point begun) noexcept {
    const bool isSilent = failure.isLate() && std::chrono::steady_clock::now() - begun >= silence;
    if (!isSilent && !failure.isSessionLost()) {
        return;
    }
    std::vector<Idle> closing;
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto used = std::find_if(idle_.begin(), idle_.end(),
                                   [&](const Idle& idle) { return idle.since >= begun; });
    std::move(idle_.begin(), used, std::back_inserter(closing));
    idle_.erase(idle_.begin(), used);
}

}  // namespace gatehouse
