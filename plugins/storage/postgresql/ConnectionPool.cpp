// SPDX-License-Identifier: Apache-2.0
#include "ConnectionPool.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gatehouse {
namespace {

using Kind = PostgresFailure::Kind;

}  // namespace

void ConnectionPool::open(std::vector<ServerAddress> servers, std::string setup, std::size_t most) {
    const std::lock_guard<std::mutex> lock(mutex_);
    servers_ = std::move(servers);
    setup_ = std::move(setup);
    most_ = most;
    failure_.reset();
    isTrying_ = false;
}

void ConnectionPool::close() noexcept {
    std::vector<Idle> closing;
    const std::lock_guard<std::mutex> lock(mutex_);
    closing.swap(idle_);
    servers_.clear();
    ++generation_;
    changed_.notify_all();
}

std::unique_ptr<Connection> ConnectionPool::take(Deadline deadline, std::uint64_t& generation) {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto isFree = [this] { return servers_.empty() || inUse_ < most_; };
    if (!changed_.wait_until(lock, deadline, isFree)) {
        throw PostgresFailure(Kind::late, "all " + std::to_string(most_) +
                                              " connections to the database are busy");
    }
    if (servers_.empty()) {
        throw PostgresFailure(Kind::absent, "the database is closed");
    }
    while (!idle_.empty()) {
        std::unique_ptr<Connection> connection = std::move(idle_.back().connection);
        idle_.pop_back();
        if (connection->isAlive()) {
            ++inUse_;
            generation = generation_;
            return connection;
        }
    }
    if (failure_ && (isTrying_ || std::chrono::steady_clock::now() < failsUntil_)) {
        throw PostgresFailure(*failure_);
    }
    isTrying_ = failure_.has_value();
    ++inUse_;
    generation = generation_;
    lock.unlock();
    return openNew(deadline);
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection,
                              std::uint64_t generation) noexcept {
    const std::lock_guard<std::mutex> lock(mutex_);
    --inUse_;
    if (connection && generation == generation_) {
        idle_.push_back({std::move(connection), std::chrono::steady_clock::now()});
    }
    changed_.notify_one();
}

std::unique_ptr<Connection> ConnectionPool::openNew(Deadline deadline) {
    try {
        auto connection = connect(deadline);
        connection->execute(setup_, deadline);
        noteOpened();
        return connection;
    } catch (const PostgresFailure& failure) {
        noteNotOpened(failure, deadline);
        giveBack(nullptr, 0);
        throw;
    }
}

void ConnectionPool::noteOpened() {
    const std::lock_guard<std::mutex> lock(mutex_);
    failure_.reset();
    isTrying_ = false;
}

void ConnectionPool::noteNotOpened(const PostgresFailure& failure, Deadline deadline) {
    const std::lock_guard<std::mutex> lock(mutex_);
    isTrying_ = false;
    // A caller that had no time left says nothing about the server.
    if (leftUntil(deadline) > milliseconds{0}) {
        failure_ = failure;
        failsUntil_ = std::chrono::steady_clock::now() + pause;
        changed_.notify_all();
    }
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

std::unique_ptr<Connection> ConnectionPool::connect(Deadline deadline) {
    std::unique_lock<std::mutex> lock(mutex_);
    const auto servers = servers_;
    const std::size_t first = preferred_;
    lock.unlock();
    std::string reasons;
    for (std::size_t step = 0; step < servers.size(); ++step) {
        const std::size_t index = (first + step) % servers.size();
        try {
            auto connection = std::make_unique<Connection>(
                servers[index], std::min(deadline, deadlineIn(servers[index].connectTimeout)));
            lock.lock();
            preferred_ = index;
            return connection;
        } catch (const PostgresFailure& failure) {
            reasons += (reasons.empty() ? "" : "; ") + std::string(failure.what());
            preferNextOf(index);
            if (leftUntil(deadline) == milliseconds{0}) {
                break;
            }
        }
    }
    throw PostgresFailure(Kind::absent, "cannot connect to the database: " + reasons);
}

/// A server that does not answer may use up a caller's time; the next caller begins with another.
void ConnectionPool::preferNextOf(std::size_t server) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (preferred_ == server) {
        preferred_ = (server + 1) % std::max<std::size_t>(servers_.size(), 1);
    }
}

}  // namespace gatehouse
