// SPDX-License-Identifier: Apache-2.0
#include "PostgresqlStorage.h"

#include "BatchSteps.h"
#include "Migrator.h"
#include "RecordRows.h"
#include "SessionSetup.h"
#include "TlsFiles.h"

#include <algorithm>
#include <string>
#include <utility>

namespace gatehouse {
namespace {

constexpr Field fields[] = {
    {"url", Kind::url, required,
     "postgresql://USER:PASSWORD@HOST:5432/DATABASE; several hosts with commas; what stands behind "
     "? goes to libpq"},
    {"connections", Kind::number, byDefault("16"), "sessions of this node at most",
     between(1, 1000)},
    {"statement_timeout", Kind::duration, byDefault("5s"),
     "longest time a call may take; the server ends it then, too", between(100, 8000)},
};

/// For all that start() does.
constexpr seconds startLimit{60};

}  // namespace

Status PostgresqlStorage::configure(const Config& config, Host& host) {
    clock_ = &host.clock();
    log_ = &host.log();
    connections_ = static_cast<std::size_t>(config.number("connections"));
    statementTimeout_ = config.duration("statement_timeout");
    auto servers = serversOf(config.text("url"));
    if (!servers) {
        return Error::badInput(config.place("url") + ": " + servers.error().detail);
    }
    servers_ = *std::move(servers);
    maintenance_.emplace(servers_, pool_, *log_);
    return done();
}

Status PostgresqlStorage::check() const {
    for (const auto& server : servers_) {
        if (auto sound = checkTlsFiles(server); !sound) {
            return sound;
        }
    }
    return done();
}

Status PostgresqlStorage::start() {
    for (const auto& server : servers_) {
        if (!server.isVerified) {
            log_->write(Level::warning, "the database " + server.name +
                                            " is not asked to prove who it is: database.url sets "
                                            "a weaker sslmode than verify-full");
        }
    }
    try {
        Status prepared = prepareSchema();
        if (prepared) {
            pool_.open(servers_, sessionSetup(statementTimeout_), connections_);
            pool_.with(deadlineIn(startLimit), [](Connection&) { return true; });
        }
        return prepared;
    } catch (const PostgresFailure& failure) {
        return failure.error();
    }
}

void PostgresqlStorage::stop() noexcept {
    pool_.close();
}

Status PostgresqlStorage::prepareSchema() {
    const auto connection = Servers(servers_).connect();
    Migrator migrator(*connection, *log_);
    const int known = schemaSteps().back().number;
    for (const auto& name : migrator.up(known, deadlineIn(startLimit))) {
        log_->write(Level::info, "database brought forward: " + name);
    }
    const Migrator::State state = migrator.state();
    if (state.usable < state.number) {
        return Error::internal(
            "the database was brought forward by a newer version of Gatehouse (schema " +
            std::to_string(state.number) + ", this one knows up to " + std::to_string(known) +
            "); take a newer one, or with that version: gatehouse migrate down --to " +
            std::to_string(state.usable));
    }
    return done();
}

Result<std::vector<Outcome>> PostgresqlStorage::apply(const Context& context,
                                                      const std::vector<Batch>& batches) {
    if (batches.empty()) {
        return std::vector<Outcome>{};
    }
    const auto parameters = BatchSteps::parametersOf(batches, clock_->now());
    if (!parameters) {
        return parameters.error();
    }
    const auto rows = write(context, statement::apply, *parameters);
    if (!rows) {
        return rows.error();
    }
    std::vector<Outcome> outcomes(batches.size());
    for (int row = 0; row < rows->size(); ++row) {
        Outcome& refused = outcomes.at(static_cast<std::size_t>(rows->number(row, 0)));
        refused.failed = static_cast<std::size_t>(rows->number(row, 1));
        if (!rows->isNull(row, 2)) {
            refused.found = recordIn(*rows, row, 2);
        }
    }
    return outcomes;
}

Result<std::optional<Record>> PostgresqlStorage::find(const Context& context, std::string_view kind,
                                                      std::string_view key) const {
    const auto rows =
        read(context, statement::find, Parameters().add(kind).add(key).add(clock_->now()));
    if (!rows) {
        return rows.error();
    }
    return rows->size() == 0 ? std::nullopt : std::optional<Record>(recordIn(*rows, 0, 0));
}

Result<RecordPage> PostgresqlStorage::list(const Context& context, std::string_view kind,
                                           const Link& link, std::string_view after,
                                           std::size_t limit) const {
    Parameters parameters;
    // One more than asked for tells whether there is another page.
    parameters.add(kind).add(std::int64_t{context.issuer.id}).add(after).add(clock_->now());
    parameters.add(static_cast<std::int64_t>(limit) + 1);
    if (!link.name.empty()) {
        parameters.add(std::string_view(link.name)).add(std::string_view(link.value));
    }
    const auto rows =
        read(context, link.name.empty() ? statement::listAll : statement::listLinked, parameters);
    if (!rows) {
        return rows.error();
    }
    RecordPage page;
    for (int row = 0; row < rows->size() && page.records.size() < limit; ++row) {
        page.records.push_back(recordIn(*rows, row, 0));
    }
    if (static_cast<std::size_t>(rows->size()) > limit) {
        page.next = page.records.back().key;
    }
    return page;
}

Result<std::int64_t> PostgresqlStorage::count(const Context& context, std::string_view key,
                                              seconds window) {
    const TimePoint now = clock_->now();
    const auto rows =
        write(context, statement::count, Parameters().add(key).add(now).add(now + window));
    if (!rows) {
        return rows.error();
    }
    return rows->number(0, 0);
}

Result<std::vector<Change>> PostgresqlStorage::changesSince(const Context& context,
                                                            std::uint64_t number) const {
    const auto rows = read(context, statement::changes,
                           Parameters().add(static_cast<std::int64_t>(number)).add(clock_->now()));
    if (!rows) {
        return rows.error();
    }
    std::vector<Change> changes;
    for (int row = 0; row < rows->size(); ++row) {
        Change change;
        change.number = static_cast<std::uint64_t>(rows->number(row, 0));
        change.notice.topic = rows->bytes(row, 1);
        change.notice.key = rows->bytes(row, 2);
        change.notice.issuer = static_cast<IssuerId>(rows->number(row, 3));
        change.notice.expires = rows->time(row, 4);
        changes.push_back(std::move(change));
    }
    return changes;
}

Result<std::size_t> PostgresqlStorage::dropExpired(const Context& context, TimePoint before,
                                                   std::size_t atMost) {
    const auto rows = write(context, statement::dropExpired,
                            Parameters().add(before).add(static_cast<std::int64_t>(atMost)));
    if (!rows) {
        return rows.error();
    }
    return static_cast<std::size_t>(rows->number(0, 0));
}

Result<std::optional<TimePoint>> PostgresqlStorage::serverTime(const Context& context) const {
    const auto rows = read(context, statement::time, {});
    if (!rows) {
        return rows.error();
    }
    return std::optional(rows->time(0, 0));
}

Result<Rows> PostgresqlStorage::write(const Context& context, const char* statement,
                                      const Parameters& parameters) const {
    try {
        return run(deadlineOf(context), statement, parameters);
    } catch (const PostgresFailure& failure) {
        return failure.isInDoubt() ? Error::unknown(failure.what()) : failure.error();
    }
}

/// Once more on a new session when the server has ended the first: after a restart or a failover
/// nobody need notice.
Result<Rows> PostgresqlStorage::read(const Context& context, const char* statement,
                                     const Parameters& parameters) const {
    const Deadline deadline = deadlineOf(context);
    try {
        return run(deadline, statement, parameters);
    } catch (const PostgresFailure& failure) {
        if (!failure.isSessionLost()) {
            return failure.error();
        }
    }
    try {
        return run(deadline, statement, parameters);
    } catch (const PostgresFailure& failure) {
        return failure.error();
    }
}

Rows PostgresqlStorage::run(Deadline deadline, const char* statement,
                            const Parameters& parameters) const {
    return pool_.with(deadline, [&](Connection& connection) {
        return connection.run(statement, parameters, deadline);
    });
}

Deadline PostgresqlStorage::deadlineOf(const Context& context) const {
    if (context.deadline == noDeadline) {
        return deadlineIn(statementTimeout_);
    }
    return deadlineIn(
        std::clamp(context.deadline - clock_->steady(), milliseconds{0}, statementTimeout_));
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::PostgresqlStorage, "postgresql", "0.1.0",
                 "Keeps records in PostgreSQL, for several nodes", gatehouse::fields)
