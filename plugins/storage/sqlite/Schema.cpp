// SPDX-License-Identifier: Apache-2.0
#include "Schema.h"

#include "SqliteFailure.h"
#include "Statement.h"

#include <algorithm>

namespace gatehouse {
namespace {

/// "GATE": tells our files from other programs'.
constexpr std::int64_t applicationId = 0x47415445;

/// Files up to so many bytes are checked for damage when they are opened.
constexpr std::int64_t mostBytesToCheck = 8 << 20;

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw SqliteFailure(SQLITE_MISMATCH, path + ": " + why);
}

/// Files from before there was a second step have no such table.
bool hasStepTable(Connection& connection) {
    return connection.number("SELECT count(*) FROM sqlite_master WHERE name = 'schema_steps'") != 0;
}

/// The last step whose result a program that knows `known` can use.
std::int64_t lastUsable(Connection& connection, std::int64_t known) {
    if (!hasStepTable(connection)) {
        return known;
    }
    Statement usable(connection.handle(),
                     "SELECT coalesce(max(number), 0) FROM schema_steps WHERE oldest <= ?1");
    auto rows = usable.run(known);
    return rows.next() ? std::max(rows.number(0), known) : known;
}

/// Takes the one step from `version` towards `wanted`.
void step(Connection& connection, const std::string& path, const std::vector<SchemaStep>& steps,
          std::int64_t version, std::int64_t wanted) {
    const bool isUp = version < wanted;
    const std::int64_t number = isUp ? version + 1 : version;
    if (number > static_cast<std::int64_t>(steps.size())) {
        refuse(path, "migration " + std::to_string(number) +
                         " is a newer version's: take it back with that version");
    }
    const SchemaStep& one = steps.at(static_cast<std::size_t>(number - 1));
    const char* sql = isUp ? one.up : one.down;
    if (sql == nullptr) {
        refuse(path, "the step \"" + std::string(one.name) + "\" cannot be taken back");
    }
    connection.execute(sql);
    connection.execute("CREATE TABLE IF NOT EXISTS schema_steps (number INTEGER PRIMARY KEY,"
                       " name TEXT NOT NULL, oldest INTEGER NOT NULL)");
    Statement entry(
        connection.handle(),
        isUp ? "INSERT INTO schema_steps (number, name, oldest) VALUES (?1, CAST(?2 AS TEXT), ?3)"
             : "DELETE FROM schema_steps WHERE number = ?1");
    if (isUp) {
        entry.execute(number, std::string_view(one.name), std::int64_t{one.oldest});
    } else {
        entry.execute(number);
    }
    const auto reached = std::to_string(isUp ? number : number - 1);
    connection.execute(("PRAGMA user_version = " + reached).c_str());
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

std::int64_t schemaVersion(Connection& connection, const std::string& path,
                           const std::vector<SchemaStep>& steps) {
    const std::int64_t version = connection.number("PRAGMA user_version");
    const bool isOurs = connection.number("PRAGMA application_id") == applicationId;
    const bool isEmpty = connection.number("SELECT count(*) FROM sqlite_master") == 0;
    if (!isOurs && !isEmpty) {
        refuse(path, "is the database of another program");
    }
    const std::int64_t usable = lastUsable(connection, static_cast<std::int64_t>(steps.size()));
    if (usable < version) {
        refuse(path, "was brought forward by a newer version of Gatehouse (schema " +
                         std::to_string(version) + ", this one knows up to " +
                         std::to_string(steps.size()) +
                         "); take a newer one, or with that version: gatehouse migrate down --to " +
                         std::to_string(usable));
    }
    return version;
}

std::vector<std::pair<int, std::string>> laterSteps(Connection& connection, std::size_t known) {
    std::vector<std::pair<int, std::string>> later;
    if (hasStepTable(connection)) {
        Statement select(connection.handle(),
                         "SELECT number, name FROM schema_steps WHERE number > ?1 ORDER BY number");
        auto rows = select.run(static_cast<std::int64_t>(known));
        while (rows.next()) {
            later.emplace_back(static_cast<int>(rows.number(0)), rows.bytes(1));
        }
    }
    return later;
}

void migrateSchema(Connection& connection, const std::string& path,
                   const std::vector<SchemaStep>& steps, std::int64_t wanted) {
    while (schemaVersion(connection, path, steps) != wanted) {
        connection.execute("BEGIN IMMEDIATE");
        try {
            const auto version =
                schemaVersion(connection, path, steps);  // another may have been faster
            if (version != wanted) {
                step(connection, path, steps, version, wanted);
                connection.execute(
                    ("PRAGMA application_id = " + std::to_string(applicationId)).c_str());
            }
            connection.execute("COMMIT");
        } catch (...) {
            sqlite3_exec(connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
            throw;
        }
    }
}

void prepareSchema(Connection& connection, const std::string& path) {
    const auto known = static_cast<std::int64_t>(schemaSteps().size());
    if (schemaVersion(connection, path, schemaSteps()) < known) {
        migrateSchema(connection, path, schemaSteps(), known);
    }
    checkForDamage(connection, path);
}

void requireSchema(Connection& connection, const std::string& path) {
    const bool isOurs = connection.number("PRAGMA application_id") == applicationId;
    const auto known = static_cast<std::int64_t>(schemaSteps().size());
    if (!isOurs || connection.number("PRAGMA user_version") < known) {
        throw SqliteFailure(SQLITE_CANTOPEN, path + " was replaced while the server runs");
    }
}

}  // namespace gatehouse
