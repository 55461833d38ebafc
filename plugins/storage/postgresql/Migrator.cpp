// SPDX-License-Identifier: Apache-2.0
#include "Migrator.h"

#include "Statements.h"

#include <Poco/Data/Statement.h>

#include <algorithm>
#include <utility>

using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;

namespace gatehouse {
namespace {

/// How long a statement may wait for a lock: whoever comes after it for the same table waits too.
constexpr const char* impatientSql = "SET lock_timeout = 1000";
constexpr const char* lockSql = "SELECT pg_advisory_lock(1195463749, 2)::text";
constexpr const char* unlockSql = "SELECT pg_advisory_unlock(1195463749, 2)::text";
constexpr const char* isThereSql = "SELECT 1 WHERE to_regclass('gatehouse_schema') IS NOT NULL";
constexpr const char* laterSql = "SELECT number, name FROM gatehouse_schema WHERE number > ";
/// Who holds our lock, or one of our tables for the longest time.
constexpr const char* holderSql = R"sql(
SELECT format('process %s of the database (%s from %s, as %s)', pid, coalesce(nullif(application_name, ''), 'unnamed'),
        CASE WHEN client_port < 0 THEN 'a local socket' ELSE coalesce(host(client_addr), 'an address only its role sees') END,
        usename)
    FROM pg_locks JOIN pg_stat_activity USING (pid)
    WHERE granted AND pid <> pg_backend_pid() AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND ((locktype = 'advisory' AND classid = 1195463749 AND objid = 2)
            OR relation IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace))
    ORDER BY locktype = 'advisory' DESC, xact_start LIMIT 1)sql";
constexpr const char* tableSql =
    "CREATE TABLE IF NOT EXISTS gatehouse_schema (number int PRIMARY KEY, name text NOT NULL,"
    " oldest int NOT NULL, applied timestamptz NOT NULL DEFAULT now())";

/// How long others may be in the way of one step, while every try waits for a second.
constexpr seconds patience{60};
constexpr seconds oneTry{1};

/// `oldest` of a step is the number that a program must know to use its result.
std::string stateSql(int known) {
    return "SELECT coalesce(max(number), 0), coalesce(min(number) FILTER (WHERE oldest > " +
           std::to_string(known) + ") - 1, max(number), 0) FROM gatehouse_schema";
}

/// Many commands as the one that a statement may have: all of it is one transaction.
std::string atOnce(const std::string& sql) {
    return "DO $atonce$ BEGIN EXECUTE $commands$" + sql + "$commands$; END $atonce$";
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

Migrator::State Migrator::state() {
    if (textOf(isThereSql).empty()) {
        return {};
    }
    return withStatements(connection_, [](Poco::Data::Session& session) {
        State state;
        session << stateSql(schemaSteps().back().number), into(state.number), into(state.usable),
            now;
        return state;
    });
}

std::vector<Migration> Migrator::all() {
    const int last = state().number;
    std::vector<Migration> all;
    for (const auto& step : schemaSteps()) {
        all.push_back({step.number, step.name, step.number <= last});
    }
    if (last > all.back().number) {
        addLater(all);
    }
    return all;
}

/// What a newer version has applied.
void Migrator::addLater(std::vector<Migration>& all) {
    std::vector<int> numbers;
    std::vector<std::string> names;
    withStatements(connection_, [&](Poco::Data::Session& session) {
        session << laterSql + std::to_string(all.back().number) + " ORDER BY number", into(numbers),
            into(names), now;
    });
    for (std::size_t index = 0; index < numbers.size(); ++index) {
        all.push_back({numbers[index], names[index], true});
    }
}

std::vector<std::string> Migrator::up(int number, Deadline deadline) {
    std::vector<std::string> applied;
    // A role that may not change the schema can still serve.
    if (state().number >= number) {
        return applied;
    }
    lock(deadline);
    execute(tableSql);
    const int last = state().number;
    for (const auto& migration : schemaSteps()) {
        if (migration.number > last && migration.number <= number) {
            executePatiently(atOnce(upSql(migration)), deadline);
            applied.emplace_back(migration.name);
        }
    }
    unlock();
    return applied;
}

void Migrator::down(int number, Deadline deadline) {
    lock(deadline);
    const int last = state().number;
    for (auto migration = schemaSteps().rbegin(); migration != schemaSteps().rend(); ++migration) {
        if (migration->number > number && migration->number <= last) {
            executePatiently(atOnce(downSql(*migration)), deadline);
        }
    }
    unlock();
}

void Migrator::lock(Deadline deadline) {
    execute(impatientSql);
    executePatiently(lockSql, deadline);
}

void Migrator::unlock() {
    execute(unlockSql);
}

/// Again and again, as it is rolled back when it does not get its locks within a second.
void Migrator::executePatiently(const std::string& sql, Deadline deadline) {
    const Deadline last = std::min(deadline, deadlineIn(patience)) - oneTry;
    std::string named;
    while (!isDone(sql)) {
        const std::string holder = whoIsInTheWay();
        if (leftUntil(last) == milliseconds{0}) {
            throw PostgresFailure(PostgresFailure::Kind::late,
                                  "the schema cannot be changed: " + holder + " is in the way");
        }
        if (holder != named) {
            log_.write(Level::warning, "the schema is to be changed and " + holder +
                                           " is in the way: waiting for it");
            named = holder;
        }
    }
}

/// False when others were in the way.
bool Migrator::isDone(const std::string& sql) {
    try {
        execute(sql);
        return true;
    } catch (const PostgresFailure& failure) {
        if (!failure.isBlocked()) {
            throw;
        }
        return false;
    }
}

std::string Migrator::whoIsInTheWay() {
    const std::string holder = textOf(holderSql);
    return holder.empty() ? "somebody who is gone now" : holder;
}

void Migrator::execute(const std::string& sql) {
    withStatements(connection_, [&](Poco::Data::Session& session) { session << sql, now; });
}

/// Of the first row; empty when there is none.
std::string Migrator::textOf(const char* sql) {
    return withStatements(connection_, [&](Poco::Data::Session& session) {
        std::vector<std::string> texts;
        session << sql, into(texts), now;
        return texts.empty() ? std::string() : texts.front();
    });
}

}  // namespace gatehouse
