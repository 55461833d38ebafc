// SPDX-License-Identifier: Apache-2.0
#include "Maintenance.h"

#include "Migrator.h"
#include "RecordPages.h"
#include "Servers.h"
#include "Statements.h"

#include <Poco/Data/Statement.h>

#include <thread>
#include <utility>

using Poco::Data::Keywords::into;
using Poco::Data::Keywords::now;

namespace gatehouse {
namespace {

constexpr seconds patience{60};
/// A step may go through a big table.
constexpr std::chrono::hours longestMigration{24};
/// A session that was closed is still listed for a moment.
constexpr seconds goodbye{2};

/// Other sessions of servers and commands. Whoever may not see their names does not see these.
constexpr const char* sessionsSql =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
    "pg_backend_pid()"
    " AND application_name IN ('gatehouse', current_setting('application_name'))";

/// What `work` returns for a migrator on a connection of its own.
template <class Work>
auto withMigrator(const std::vector<ServerAddress>& servers, Log& log, const Work& work)
    -> decltype(work(std::declval<Migrator&>(), Deadline{})) {
    try {
        const auto connection = Servers(servers).connect();
        Migrator migrator(*connection, log);
        return work(migrator, deadlineIn(longestMigration));
    } catch (const PostgresFailure& failure) {
        return failure.error();
    }
}

int otherSessions(Connection& connection) {
    return withStatements(connection, [](Poco::Data::Session& session) {
        int count = 0;
        session << sessionsSql, into(count), now;
        return count;
    });
}

}  // namespace

Status PostgresqlMaintenance::requireUnused() {
    try {
        const auto connection = Servers(servers_).connect();
        const Deadline end = deadlineIn(goodbye);
        while (otherSessions(*connection) > 0) {
            if (leftUntil(end) == milliseconds{0}) {
                return Error::unavailable("the database is open in a server or another command");
            }
            std::this_thread::sleep_for(milliseconds{50});
        }
        return done();
    } catch (const PostgresFailure& failure) {
        return failure.error();
    }
}

Result<std::vector<Migration>> PostgresqlMaintenance::migrations() {
    return withMigrator(servers_, log_,
                        [](Migrator& migrator, Deadline) -> Result<std::vector<Migration>> {
                            return migrator.all();
                        });
}

Status PostgresqlMaintenance::migrateTo(int number) {
    return withMigrator(servers_, log_, [number](Migrator& migrator, Deadline deadline) -> Status {
        const int known = schemaSteps().back().number;
        const auto last = migrator.all().back();
        if (last.number > known) {
            return Error::badInput("migration " + std::to_string(last.number) + " (" + last.name +
                                   ") is a newer version's: take it back with that version");
        }
        if (number < 1 || number > known) {
            return Error::badInput("there is no migration " + std::to_string(number));
        }
        if (migrator.state().number < number) {
            migrator.up(number, deadline);
        } else {
            migrator.down(number, deadline);
        }
        return done();
    });
}

Result<std::vector<Record>> PostgresqlMaintenance::everything(const RecordKey& after,
                                                              std::size_t limit) {
    try {
        return pool_.with(deadlineIn(patience), [&](Connection& connection) {
            return recordsBehind(connection, after, limit);
        });
    } catch (const PostgresFailure& failure) {
        return failure.error();
    }
}

Status PostgresqlMaintenance::backUp(const std::string& /*file*/) {
    return Error::badInput("PostgreSQL has its own tools for this: pg_dump, or pg_basebackup");
}

Status PostgresqlMaintenance::restore(const std::string& /*file*/) {
    return Error::badInput("PostgreSQL has its own tools for this: pg_restore");
}

}  // namespace gatehouse
