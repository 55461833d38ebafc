// SPDX-License-Identifier: Apache-2.0
#include "Schema.h"

#include "SqliteFailure.h"

namespace gatehouse {
namespace {

/// "GATE": tells our files from other programs'.
constexpr std::int64_t applicationId = 0x47415445;

/// Files up to so many bytes are checked for damage when they are opened.
constexpr std::int64_t mostBytesToCheck = 8 << 20;

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
    throw SqliteFailure(SQLITE_MISMATCH, path + ": " + why);
}

/// Takes the one step from `version` towards `wanted`.
void step(Connection& connection, const std::string& path, const std::vector<SchemaStep>& steps,
          std::int64_t version, std::int64_t wanted) {
    const bool isUp = version < wanted;
    const SchemaStep& one = steps.at(static_cast<std::size_t>(isUp ? version : version - 1));
    const char* sql = isUp ? one.up : one.down;
    if (sql == nullptr) {
        refuse(path, "the step \"" + std::string(one.name) + "\" cannot be taken back");
    }
    connection.execute(sql);
    const auto reached = std::to_string(isUp ? version + 1 : version - 1);
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
    if (version > static_cast<std::int64_t>(steps.size())) {
        refuse(path, "was written by a newer version of Gatehouse (schema " +
                         std::to_string(version) + ", this one knows up to " +
                         std::to_string(steps.size()) +
                         "); with that version: gatehouse migrate down --to " +
                         std::to_string(steps.size()));
    }
    return version;
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
    migrateSchema(connection, path, schemaSteps(), static_cast<std::int64_t>(schemaSteps().size()));
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
