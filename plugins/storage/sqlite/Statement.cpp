// SPDX-License-Identifier: Apache-2.0
#include "Statement.h"

#include "SqliteFailure.h"

namespace gatehouse {

Statement::Statement(sqlite3* database, const char* sql) : database_(database) {
    requireOk(
        sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr),
        database, "database cannot be asked");
}

Statement::~Statement() {
    sqlite3_finalize(statement_);
}

void Statement::bind(int position, std::int64_t number) {
    requireOk(sqlite3_bind_int64(statement_, position, number), database_, "cannot bind");
}

void Statement::bind(int position, std::string_view bytes) {
    // A null pointer would bind NULL in place of no bytes.
    const char* data = bytes.empty() ? "" : bytes.data();
    requireOk(sqlite3_bind_blob64(statement_, position, data, bytes.size(), SQLITE_STATIC),
              database_, "cannot bind");
}

void Statement::bind(int position, const std::optional<std::string_view>& bytes) {
    if (bytes) {
        bind(position, *bytes);
        return;
    }
    requireOk(sqlite3_bind_null(statement_, position), database_, "cannot bind");
}

void Statement::bind(int position, TimePoint time) {
    if (time == never) {
        requireOk(sqlite3_bind_null(statement_, position), database_, "cannot bind");
        return;
    }
    bind(position, std::int64_t{time.time_since_epoch().count()});
}

Statement::Rows::~Rows() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Statement::Rows::next() {
    const int code = sqlite3_step(statement_);
    requireOk(code, sqlite3_db_handle(statement_), "database failed");
    return code == SQLITE_ROW;
}

std::int64_t Statement::Rows::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

bool Statement::Rows::isNull(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::string_view Statement::Rows::bytes(int column) const {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return data == nullptr ? std::string_view{}
                           : std::string_view(data, static_cast<std::size_t>(
                                                        sqlite3_column_bytes(statement_, column)));
}

TimePoint Statement::Rows::time(int column) const {
    return isNull(column) ? never : TimePoint{milliseconds{number(column)}};
}

}  // namespace gatehouse
