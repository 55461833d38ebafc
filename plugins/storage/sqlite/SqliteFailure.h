// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <sqlite3.h>

#include <stdexcept>
#include <string>

namespace gatehouse {

/// A call of SQLite that failed. Thrown inside the plugin only.
class SqliteFailure : public std::runtime_error {
public:
    SqliteFailure(int code, const std::string& message)
        : std::runtime_error(message), code_(code) {}

    /// What it is for a caller: a full disk, a lock, a read-only or vanished file are
    /// Fault::unavailable, a COMMIT that the disk failed is Fault::unknown.
    Error error() const;
    /// The same, and the text names the file.
    Error errorOf(const std::string& path) const;
    /// The same, of a COMMIT: what the disk would not flush may be there all the same after a
    /// crash.
    SqliteFailure ofCommit() const;
    /// Is the connection of no use any more?
    bool breaksConnection() const noexcept;

private:
    int code_;
    bool isOfCommit_ = false;
};

/// Throws unless `code` says that all went well.
void requireOk(int code, sqlite3* database, const char* what);

}  // namespace gatehouse
