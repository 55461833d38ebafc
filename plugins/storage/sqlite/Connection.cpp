// SPDX-License-Identifier: Apache-2.0
#include "Connection.h"

#include "SqliteFailure.h"
#include "Statement.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>

namespace gatehouse {
namespace {

constexpr milliseconds firstLockLimit{5000};

/// Nobody reads SQLite's count of its memory, for which all connections share a lock; and a
/// connection needs none of its own, since one thread has it at a time.
void lockLess() {
    static const bool once = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
                             sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK;
    static_cast<void>(once);
}

std::unique_ptr<Poco::Data::Session> open(const std::string& path) {
    lockLess();
    try {
        Poco::Data::SQLite::Connector::registerConnector();
        return std::make_unique<Poco::Data::Session>(Poco::Data::SQLite::Connector::KEY, path);
    } catch (const Poco::Exception& problem) {
        throw SqliteFailure(SQLITE_CANTOPEN, "cannot open " + path + ": " + problem.displayText());
    }
}

}  // namespace

Connection::Connection(const std::string& path, Synchronous synchronous, int cacheKilobytes)
    : session_(open(path)), handle_(Poco::Data::SQLite::Utility::dbHandle(*session_)) {
    sqlite3_extended_result_codes(handle_, 1);
    waitForLocks(firstLockLimit);
    if (text("PRAGMA journal_mode") != "wal") {
        // Heeded only while the file is still empty; it would write each time.
        execute("PRAGMA auto_vacuum = INCREMENTAL");
        execute("PRAGMA journal_mode = WAL");
    }
    execute(synchronous == Synchronous::full ? "PRAGMA synchronous = FULL"
                                             : "PRAGMA synchronous = NORMAL");
    execute(("PRAGMA cache_size = -" + std::to_string(cacheKilobytes)).c_str());
    execute("PRAGMA journal_size_limit = 33554432");
    execute("PRAGMA temp_store = MEMORY");
}

Connection::Connection(const std::string& path) {
    const int opened = sqlite3_open_v2(path.c_str(), &handle_, SQLITE_OPEN_READONLY, nullptr);
    if (opened != SQLITE_OK) {
        sqlite3_close(handle_);
        throw SqliteFailure(opened, "cannot open " + path + ": " + sqlite3_errstr(opened));
    }
}

Connection::~Connection() {
    if (!session_) {
        sqlite3_close(handle_);
    }
}

void Connection::execute(const char* sql) {
    requireOk(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr), handle_, "database failed");
}

std::int64_t Connection::number(const char* sql) {
    Statement statement(handle_, sql);
    auto rows = statement.run();
    return rows.next() ? rows.number(0) : 0;
}

std::string Connection::text(const char* sql) {
    Statement statement(handle_, sql);
    auto rows = statement.run();
    return rows.next() ? std::string(rows.bytes(0)) : std::string();
}

void Connection::waitForLocks(milliseconds limit) {
    sqlite3_busy_timeout(handle_, static_cast<int>(limit.count()));
}

}  // namespace gatehouse
