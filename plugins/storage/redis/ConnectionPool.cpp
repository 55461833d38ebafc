// SPDX-License-Identifier: Apache-2.0
#include "ConnectionPool.h"

#include <algorithm>
#include <exception>
#include <string>
#include <utility>

namespace gatehouse {
namespace {

constexpr auto away = RedisFailure::Cause::away;

}  // namespace

void ConnectionPool::start(Open open, Log& log) {
    const std::lock_guard<std::mutex> lock(mutex_);
    open_ = std::move(open);
    log_ = &log;
    isStopped_ = false;
    thread_ = std::thread([this] { run(); });
}

void ConnectionPool::stop() noexcept {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        isStopped_ = true;
        opened_ -= idle_.size();
        idle_.clear();
        wanted_.notify_all();
        changed_.notify_all();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
}

std::unique_ptr<Connection> ConnectionPool::take(Moment until) {
    std::unique_lock<std::mutex> lock(mutex_);
    while (!isStopped_) {
        if (auto connection = takeIdle()) {
            return connection;
        }
        if (failure_ && std::chrono::steady_clock::now() < nextTry_) {
            throw RedisFailure(failure_->cause, failure_->text);
        }
        const auto before = failures_;
        ++waiting_;
        wanted_.notify_one();
        const bool isInTime = changed_.wait_until(
            lock, until, [&] { return isStopped_ || !idle_.empty() || failures_ != before; });
        --waiting_;
        if (failures_ != before && failure_) {
            throw RedisFailure(failure_->cause, failure_->text);
        }
        if (!isInTime) {
            throw RedisFailure(away, "no connection was free in time");
        }
    }
    throw RedisFailure(away, "the storage is stopped");
}

/// Closed ones among them are thrown away: Redis was restarted, or did not want to wait.
std::unique_ptr<Connection> ConnectionPool::takeIdle() {
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (connection->isQuiet()) {
            return connection;
        }
        --opened_;
    }
    return nullptr;
}

void ConnectionPool::giveBack(std::unique_ptr<Connection> connection) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (isStopped_) {
        --opened_;
        return;
    }
    idle_.push_back(std::move(connection));
    changed_.notify_one();
}

void ConnectionPool::discard(std::unique_ptr<Connection> connection) {
    if (!connection) {
        return;
    }
    connection.reset();
    const std::lock_guard<std::mutex> lock(mutex_);
    --opened_;
    wanted_.notify_one();
}

void ConnectionPool::run() {
    std::unique_lock<std::mutex> lock(mutex_);
    while (true) {
        wanted_.wait(lock, [this] {
            return isStopped_ || (waiting_ > idle_.size() && opened_ < mostConnections);
        });
        if (isStopped_) {
            return;
        }
        openOne(lock);
    }
}

void ConnectionPool::openOne(std::unique_lock<std::mutex>& lock) {
    ++opened_;
    lock.unlock();
    try {
        auto connection = open_();
        lock.lock();
        noteOpened(std::move(connection));
    } catch (const RedisFailure& failure) {
        lock.lock();
        noteFailed(failure);
    } catch (const std::exception& problem) {
        lock.lock();
        noteFailed(RedisFailure(away, problem.what()));
    }
}

void ConnectionPool::noteOpened(std::unique_ptr<Connection> connection) {
    if (isStopped_) {
        --opened_;
        return;
    }
    if (failure_) {
        log_->write(Level::info, "redis answers again");
    }
    failure_.reset();
    rest_ = milliseconds{0};
    idle_.push_back(std::move(connection));
    changed_.notify_one();
}

void ConnectionPool::noteFailed(const RedisFailure& failure) {
    if (!failure_ && !isStopped_) {
        log_->write(Level::error, std::string("redis cannot be used: ") + failure.what());
    }
    --opened_;
    ++failures_;
    failure_ = Reason{failure.cause(), failure.what()};
    rest_ = std::clamp(rest_ * 2, shortestRest, longestRest);
    nextTry_ = std::chrono::steady_clock::now() + rest_;
    changed_.notify_all();
}

}  // namespace gatehouse
