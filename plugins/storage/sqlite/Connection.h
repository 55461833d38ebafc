// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>

namespace Poco::Data {
class Session;
}

namespace gatehouse {

/// When a commit counts as safe.
enum class Synchronous {
    full,  ///< it survives a crash of the machine
    normal  ///< it survives a crash of the process; a power cut may take the last commits
};

/// An open database file, in write-ahead-log mode where it is written. One thread at a time.
/// Failures are thrown as SqliteFailure.
class Connection {
public:
    /// `cacheKilobytes`: how much of the file it may keep in memory.
    Connection(const std::string& path, Synchronous synchronous, int cacheKilobytes);
    /// Reads a file that nobody writes, and leaves it as it is.
    explicit Connection(const std::string& path);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection();

    sqlite3* handle() const noexcept { return handle_; }
    void execute(const char* sql);
    std::int64_t number(const char* sql);
    std::string text(const char* sql);
    /// How long to wait for a lock that another connection holds.
    void waitForLocks(milliseconds limit);

private:
    std::unique_ptr<Poco::Data::Session> session_;  ///< null: read only
    sqlite3* handle_ = nullptr;
};

}  // namespace gatehouse
