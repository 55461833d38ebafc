// SPDX-License-Identifier: Apache-2.0
#include "SqliteFailure.h"

#include <system_error>

namespace gatehouse {
namespace {

constexpr int primaryCode(int code) {
    return code & 0xff;
}

/// The system's errno behind "disk I/O error"; 0: none is known.
int reasonOf(int code, sqlite3* database) {
    const bool isSystems =
        primaryCode(code) == SQLITE_IOERR || primaryCode(code) == SQLITE_CANTOPEN;
    return isSystems && database != nullptr ? sqlite3_system_errno(database) : 0;
}

}  // namespace

Error SqliteFailure::error() const {
    switch (primaryCode(code_)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM: return Error::unavailable(what());
    case SQLITE_IOERR: return isOfCommit_ ? Error::unknown(what()) : Error::unavailable(what());
    default: return Error::internal(what());
    }
}

SqliteFailure SqliteFailure::ofCommit() const {
    SqliteFailure failure = *this;
    failure.isOfCommit_ = true;
    return failure;
}

Error SqliteFailure::errorOf(const std::string& path) const {
    Error named = error();
    if (named.detail.find(path) == std::string::npos) {
        named.detail.insert(0, path + ": ");
    }
    return named;
}

bool SqliteFailure::breaksConnection() const noexcept {
    switch (primaryCode(code_)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG: return false;
    default: return true;
    }
}

void requireOk(int code, sqlite3* database, const char* what) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) {
        return;
    }
    std::string detail = database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
    if (const int reason = reasonOf(code, database); reason != 0) {
        detail += ": " + std::generic_category().message(reason);
    }
    throw SqliteFailure(code, std::string(what) + ": " + detail);
}

}  // namespace gatehouse
