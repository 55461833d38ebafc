// SPDX-License-Identifier: Apache-2.0
#include "Migrator.h"

#include <algorithm>
#include <charconv>

namespace gatehouse {
namespace {

constexpr const char* lockSql = "SELECT pg_advisory_lock(1195463749, 2)";
constexpr const char* unlockSql = "SELECT pg_advisory_unlock(1195463749, 2)";
constexpr const char* isThereSql = "SELECT 1 WHERE to_regclass('gatehouse_schema') IS NOT NULL";
constexpr const char* stateSql =
    "SELECT coalesce(max(number), 0), coalesce(max(oldest), 0) FROM gatehouse_schema";
constexpr const char* tableSql =
    "CREATE TABLE IF NOT EXISTS gatehouse_schema (number int PRIMARY KEY, name text NOT NULL,"
    " oldest int NOT NULL, applied timestamptz NOT NULL DEFAULT now())";

int numberIn(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// With the entry in the same transaction.
std::string upSql(const SchemaStep& migration) {
    return std::string(migration.up) +
           "; INSERT INTO gatehouse_schema (number, name, oldest) VALUES (" +
           std::to_string(migration.number) + ", '" + migration.name + "', " +
           std::to_string(migration.oldest) + ")";
}

std::string downSql(const SchemaStep& migration) {
    return std::string(migration.down) +
           "; DELETE FROM gatehouse_schema WHERE number = " + std::to_string(migration.number);
}

}  // namespace

Migrator::State Migrator::state(Deadline deadline) {
    if (connection_.execute(isThereSql, deadline).size() == 0) {
        return {};
    }
    const Rows rows = connection_.execute(stateSql, deadline);
    return {numberIn(rows.bytes(0, 0)), numberIn(rows.bytes(0, 1))};
}

std::vector<std::string> Migrator::up(int number, Deadline deadline) {
    std::vector<std::string> applied;
    // A role that may not change the schema can still serve.
    if (state(deadline).number >= number) {
        return applied;
    }
    lock(deadline);
    connection_.execute(tableSql, deadline);
    const int last = state(deadline).number;
    for (const auto& migration : schemaSteps()) {
        if (migration.number > last && migration.number <= number) {
            connection_.execute(upSql(migration), deadline);
            applied.emplace_back(migration.name);
        }
    }
    unlock(deadline);
    return applied;
}

void Migrator::down(int number, Deadline deadline) {
    lock(deadline);
    const int last = state(deadline).number;
    for (auto migration = schemaSteps().rbegin(); migration != schemaSteps().rend(); ++migration) {
        if (migration->number > number && migration->number <= last) {
            connection_.execute(downSql(*migration), deadline);
        }
    }
    unlock(deadline);
}

void Migrator::lock(Deadline deadline) {
    connection_.execute(lockSql, deadline);
}

void Migrator::unlock(Deadline deadline) {
    connection_.execute(unlockSql, deadline);
}

}  // namespace gatehouse
