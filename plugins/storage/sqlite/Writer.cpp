// SPDX-License-Identifier: Apache-2.0
#include "Writer.h"

#include "Schema.h"
#include "SqliteFailure.h"

namespace gatehouse {
namespace {

constexpr int cacheKilobytes = 4096;
/// The log is moved into the file when it is so long; longer ones made stalls.
constexpr int mostLogPages = 4000;
constexpr std::chrono::seconds idleTime{1};
/// Free pages worth giving back, and how many at once.
constexpr std::int64_t leastFreePages = 2048;

Connection& checked(Connection& connection, const std::string& path) {
    prepareSchema(connection, path);
    return connection;
}

}  // namespace

Writer::Writer(const std::string& path, Synchronous synchronous, Names& names)
    : connection_(path, synchronous, cacheKilobytes), batches_(checked(connection_, path), names),
      begin_(connection_.handle(), "BEGIN IMMEDIATE"), commit_(connection_.handle(), "COMMIT"),
      lastApply_(std::chrono::steady_clock::now()) {
    sqlite3_wal_hook(connection_.handle(), &Writer::onCommit, this);
}

template <class Work> auto Writer::inTransaction(const Work& work) {
    begin_.execute();
    try {
        auto answer = work();
        commit();
        return answer;
    } catch (...) {
        rollBack();
        throw;
    }
}

std::vector<Outcome> Writer::apply(const std::vector<Batch>& batches, TimePoint now,
                                   milliseconds limit) {
    connection_.waitForLocks(limit);
    for (const auto& batch : batches) {
        batches_.learnNames(batch);
    }
    return inTransaction([&] {
        std::vector<Outcome> outcomes;
        outcomes.reserve(batches.size());
        for (const auto& batch : batches) {
            outcomes.push_back(batches_.apply(batch, now));
        }
        lastApply_ = std::chrono::steady_clock::now();
        return outcomes;
    });
}

std::size_t Writer::dropExpired(TimePoint before, std::size_t atMost, milliseconds limit) {
    connection_.waitForLocks(limit);
    return inTransaction([&] { return batches_.dropExpired(before, atMost); });
}

void Writer::tidy() {
    if (std::chrono::steady_clock::now() - lastApply_ < idleTime) {
        return;
    }
    const std::int64_t free = connection_.number("PRAGMA freelist_count");
    if (free > leastFreePages && free > connection_.number("PRAGMA page_count") / 4) {
        connection_.execute("PRAGMA incremental_vacuum(256)");
    }
    if (logPages_ > 0) {
        checkpoint();
    }
}

void Writer::commit() {
    try {
        commit_.execute();
    } catch (const SqliteFailure& failure) {
        throw failure.ofCommit();
    }
}

/// SQLite may have rolled back by itself.
void Writer::rollBack() noexcept {
    if (sqlite3_get_autocommit(connection_.handle()) == 0) {
        sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
}

/// What cannot be moved now stays in the log, which is as durable, until the next time.
void Writer::checkpoint() noexcept {
    int pages = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr,
                                               SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    if (code == SQLITE_OK && pages == moved) {
        logPages_ = 0;
    }
}

int Writer::onCommit(void* self, sqlite3* /*database*/, const char* /*name*/, int pages) {
    auto* writer = static_cast<Writer*>(self);
    writer->logPages_ = pages;
    if (pages >= mostLogPages) {
        writer->checkpoint();
    }
    return SQLITE_OK;
}

}  // namespace gatehouse
