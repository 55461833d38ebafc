// SPDX-License-Identifier: Apache-2.0
#include "Schema.h"

#include "SqliteFailure.h"

#include <iterator>

namespace gatehouse {
namespace {

/// "GATE": tells our files from other programs'.
constexpr std::int64_t applicationId = 0x47415445;

/// Files up to so many bytes are checked for damage when they are opened.
constexpr std::int64_t mostBytesToCheck = 8 << 20;

/// migrations[n] brings version n to version n + 1; a released one never changes.
constexpr const char* migrations[] = {
    // Keys ascend, so rows and index entries are added at the end; times are milliseconds since
    // 1970, NULL is never.
    R"(
    CREATE TABLE names (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE);
    CREATE TABLE records (
        id INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,
        key BLOB NOT NULL,
        issuer INTEGER NOT NULL,
        version INTEGER NOT NULL,
        family BLOB,
        expires INTEGER,
        links BLOB,
        payload BLOB NOT NULL);
    CREATE UNIQUE INDEX records_by_key ON records (kind, key);
    CREATE INDEX records_by_family ON records (family) WHERE family IS NOT NULL;
    CREATE INDEX records_by_expiry ON records (expires) WHERE expires IS NOT NULL;
    CREATE TABLE links (
        kind INTEGER NOT NULL,
        issuer INTEGER NOT NULL,
        name INTEGER NOT NULL,
        value BLOB NOT NULL,
        key BLOB NOT NULL,
        PRIMARY KEY (kind, issuer, name, value, key)) WITHOUT ROWID;
    CREATE TABLE notices (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        topic BLOB NOT NULL,
        key BLOB NOT NULL,
        issuer INTEGER NOT NULL,
        expires INTEGER);
    CREATE INDEX notices_by_expiry ON notices (expires) WHERE expires IS NOT NULL;
    )",
};
constexpr auto schemaVersion = static_cast<std::int64_t>(std::size(migrations));

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw SqliteFailure(SQLITE_MISMATCH, path + ": " + why);
}

std::int64_t versionOf(Connection& connection, const std::string& path) {
    const std::int64_t version = connection.number("PRAGMA user_version");
    const bool isOurs = connection.number("PRAGMA application_id") == applicationId;
    const bool isEmpty = connection.number("SELECT count(*) FROM sqlite_master") == 0;
    if (!isOurs && !isEmpty) {
        refuse(path, "is the database of another program");
    }
    if (version > schemaVersion) {
        refuse(path, "was written by a newer version of Gatehouse (schema " +
                         std::to_string(version) + ", this one knows up to " +
                         std::to_string(schemaVersion) + ")");
    }
    return version;
}

void migrate(Connection& connection, const std::string& path) {
    connection.execute("BEGIN IMMEDIATE");
    try {
        for (auto version = versionOf(connection, path); version < schemaVersion; ++version) {
            connection.execute(migrations[version]);
        }
        connection.execute(("PRAGMA application_id = " + std::to_string(applicationId)).c_str());
        connection.execute(("PRAGMA user_version = " + std::to_string(schemaVersion)).c_str());
        connection.execute("COMMIT");
    } catch (...) {
        sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
        throw;
    }
}

void checkForDamage(Connection& connection, const std::string& path) {
    const std::int64_t bytes =
        connection.number("PRAGMA page_count") * connection.number("PRAGMA page_size");
    if (bytes > mostBytesToCheck) {
        connection.number("SELECT max(id) FROM records");
        connection.number("SELECT max(number) FROM notices");
        return;
    }
    const std::string verdict = connection.text("PRAGMA quick_check(1)");
    if (verdict != "ok") {
        refuse(path, "is damaged: " + verdict);
    }
}

}  // namespace

void prepareSchema(Connection& connection, const std::string& path) {
    if (versionOf(connection, path) < schemaVersion) {
        migrate(connection, path);
    }
    checkForDamage(connection, path);
}

void requireSchema(Connection& connection, const std::string& path) {
    if (versionOf(connection, path) != schemaVersion) {
        throw SqliteFailure(SQLITE_CANTOPEN, path + " was replaced while the server runs");
    }
}

}  // namespace gatehouse
