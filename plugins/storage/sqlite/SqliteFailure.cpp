// SPDX-License-Identifier: Apache-2.0
#include "SqliteFailure.h"

namespace gatehouse {
namespace {

constexpr int primaryCode(int code) {
    return code & 0xff;
}

}  // namespace

Error SqliteFailure::error() const {
    switch (primaryCode(code_)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM: return Error::unavailable(what());
    default: return Error::internal(what());
    }
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
    const std::string detail =
        database == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(database);
    throw SqliteFailure(code, std::string(what) + ": " + detail);
}

}  // namespace gatehouse
