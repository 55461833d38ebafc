// SPDX-License-Identifier: Apache-2.0
#include "ReaderPool.h"

#include "Schema.h"
#include "SqliteFailure.h"

#include <utility>

namespace gatehouse {
namespace {

constexpr int cacheKilobytes = 256;
constexpr std::size_t mostIdle = 16;

Connection& checked(Connection& connection, const std::string& path) {
    requireSchema(connection, path);
    return connection;
}

}  // namespace

ReaderPool::Reader::Reader(const std::string& path, Names& names)
    : connection(path, Synchronous::full, cacheKilobytes),
      records(checked(connection, path), names) {}

void ReaderPool::open(std::string path) {
    const std::lock_guard<std::mutex> lock(mutex_);
    path_ = std::move(path);
}

void ReaderPool::close() noexcept {
    std::vector<std::unique_ptr<Reader>> closing;
    const std::lock_guard<std::mutex> lock(mutex_);
    closing.swap(idle_);
    path_.clear();
    ++generation_;
}

ReaderPool::Lease ReaderPool::take() {
    std::unique_lock<std::mutex> lock(mutex_);
    if (!idle_.empty()) {
        Lease lease{std::move(idle_.back()), generation_};
        idle_.pop_back();
        return lease;
    }
    if (path_.empty()) {
        throw SqliteFailure(SQLITE_CANTOPEN, "the database is closed");
    }
    const std::string path = path_;
    const std::uint64_t generation = generation_;
    lock.unlock();
    return {std::make_unique<Reader>(path, names_), generation};
}

void ReaderPool::giveBack(Lease lease) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (lease.generation == generation_ && idle_.size() < mostIdle) {
        idle_.push_back(std::move(lease.reader));
    }
}

}  // namespace gatehouse
