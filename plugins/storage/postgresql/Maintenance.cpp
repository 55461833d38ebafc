// SPDX-License-Identifier: Apache-2.0
#include "Maintenance.h"

#include "Migrator.h"
#include "RecordRows.h"
#include "SessionSetup.h"

#include <thread>
#include <utility>

namespace gatehouse {
namespace {

constexpr seconds patience{60};
/// A step may go through a big table.
constexpr std::chrono::hours longestMigration{24};
/// A session that was closed is still listed for a moment.
constexpr seconds goodbye{2};

/// Other sessions of servers and commands. Whoever may not see their names does not see these.
constexpr const char* sessionsSql =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND application_name IN ('gatehouse', current_setting('application_name'))";

/// What `work` returns for a migrator on a connection of its own.
template <class Work>
auto withMigrator(const std::vector<ServerAddress>& servers, Log& log, const Work& work)
    -> decltype(work(std::declval<Migrator&>(), Deadline{})) {
    try {
        ConnectionPool pool;
        pool.open(servers, {}, 1);
        const auto connection = pool.connect(deadlineIn(patience));
        Migrator migrator(*connection, log);
        return work(migrator, deadlineIn(longestMigration));
    } catch (const PostgresFailure& failure) {
        return failure.error();
    }
}

}  // namespace

Status PostgresqlMaintenance::requireUnused() {
    try {
        ConnectionPool pool;
        pool.open(servers_, {}, 1);
        const auto connection = pool.connect(deadlineIn(patience));
        const Deadline end = deadlineIn(goodbye);
        while (connection->execute(sessionsSql, deadlineIn(patience)).size() > 0) {
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
    return withMigrator(
        servers_, log_,
        [](Migrator& migrator, Deadline deadline) -> Result<std::vector<Migration>> {
            return migrator.all(deadline);
        });
}

Status PostgresqlMaintenance::migrateTo(int number) {
    return withMigrator(servers_, log_, [number](Migrator& migrator, Deadline deadline) -> Status {
        const int known = schemaSteps().back().number;
        const auto last = migrator.all(deadline).back();
        if (last.number > known) {
            return Error::badInput("migration " + std::to_string(last.number) + " (" + last.name +
                                   ") is a newer version's: take it back with that version");
        }
        if (number < 1 || number > known) {
            return Error::badInput("there is no migration " + std::to_string(number));
        }
        if (migrator.state(deadline).number < number) {
            migrator.up(number, deadline);
        } else {
            migrator.down(number, deadline);
        }
        return done();
    });
}

Result<std::vector<Record>> PostgresqlMaintenance::everything(const RecordKey& after,
                                                              std::size_t limit) {
    const auto parameters = Parameters()
                                .add(std::string_view(after.kind))
                                .add(std::string_view(after.key))
                                .add(static_cast<std::int64_t>(limit));
    try {
        const Deadline deadline = deadlineIn(patience);
        const Rows rows = pool_.with(deadline, [&](Connection& connection) {
            return connection.run(statement::everything, parameters, deadline);
        });
        std::vector<Record> records;
        records.reserve(static_cast<std::size_t>(rows.size()));
        for (int row = 0; row < rows.size(); ++row) {
            records.push_back(recordIn(rows, row, 0));
        }
        return records;
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
