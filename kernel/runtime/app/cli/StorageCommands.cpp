// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Command.h"
#include "app/cli/LoneStorage.h"
#include "app/cli/Offline.h"
#include "app/cli/Output.h"
#include "app/cli/StorageCopy.h"
#include "config/Masking.h"
#include "config/StorageUrl.h"

#include <charconv>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

namespace gatehouse {

namespace {

std::optional<int> numberOf(const Arguments& arguments, const char* option) {
    if (!arguments.has(option)) {
        return std::nullopt;
    }
    const auto text = arguments.text(option);
    int number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || number < 0) {
        throw UsageError{"--" + std::string(option) + " wants the number of a migration"};
    }
    return number;
}

int appliedOf(const std::vector<Migration>& migrations) {
    int applied = 0;
    for (const auto& migration : migrations) {
        applied = migration.isApplied ? migration.number : applied;
    }
    return applied;
}

int show(const Arguments& arguments, StorageMaintenance& maintenance) {
    ValueList all;
    std::vector<std::vector<std::string>> rows;
    for (const auto& migration : valueOrFail(maintenance.migrations())) {
        all.emplace_back(ValueMap{{"number", migration.number},
                                  {"name", migration.name},
                                  {"applied", migration.isApplied}});
        rows.push_back({std::to_string(migration.number), migration.name,
                        migration.isApplied ? "applied" : "to come"});
    }
    if (arguments.has("json")) {
        printJson(all);
    } else {
        printTable({"MIGRATION", "NAME", "STATE"}, rows);
    }
    return ExitCode::done;
}

/// Starting a storage brings it to the layout of this version; so one of another layout, which was
/// to stay so, gets no event.
void auditIfCurrent(const Arguments& arguments, LoneStorage& lone, const std::string& target) {
    const auto known = valueOrFail(lone.maintenance().migrations());
    if (appliedOf(known) == static_cast<int>(known.size())) {
        lone.start();
        lone.audit(arguments, target);
        lone.stop();
    }
}

std::string migrationTarget(int wanted) {
    return "migration " + std::to_string(wanted);
}

int status(const Arguments& arguments) {
    const LoneStorage lone(arguments);
    return show(arguments, lone.maintenance());
}

int up(const Arguments& arguments) {
    LoneStorage lone(arguments);
    auto& maintenance = lone.maintenance();
    const auto known = valueOrFail(maintenance.migrations());
    const int applied = appliedOf(known);
    const int wanted = numberOf(arguments, "to").value_or(static_cast<int>(known.size()));
    if (wanted < applied) {
        throw UsageError{"later migrations are applied already; see migrate down"};
    }
    if (wanted > applied) {
        valueOrFail(maintenance.migrateTo(wanted));
        auditIfCurrent(arguments, lone, migrationTarget(wanted));
    }
    return show(arguments, maintenance);
}

int down(const Arguments& arguments) {
    LoneStorage lone(arguments);
    auto& maintenance = lone.maintenance();
    const int applied = appliedOf(valueOrFail(maintenance.migrations()));
    const int wanted = numberOf(arguments, "to").value_or(applied - 1);
    if (wanted > applied) {
        throw UsageError{"migration " + std::to_string(wanted) + " is not applied; see migrate up"};
    }
    if (wanted < 1) {
        throw CommandFailure{ExitCode::failed,
                             "the first migration cannot be taken back: everything would be lost"};
    }
    if (wanted < applied) {
        auditIfCurrent(arguments, lone, migrationTarget(wanted));  // afterwards it cannot be opened
    }
    valueOrFail(maintenance.migrateTo(wanted));
    return show(arguments, maintenance);
}

int backup(const Arguments& arguments) {
    LoneStorage lone(arguments);
    const auto& file = arguments.positional.front();
    valueOrFail(lone.maintenance().backUp(file));
    auditIfCurrent(arguments, lone, file);
    if (arguments.has("json")) {
        printJson(ValueMap{{"file", file}});
    } else {
        printLine(file + " holds all of the database as it was a moment ago.");
        printLine(
            "The root secret (security.jwt_secret, or root.secret beside the database) is not in "
            "it: keep it in another place. Without it the signing keys cannot be opened.");
    }
    return ExitCode::done;
}

/// The files of an SQLite database, which go away in the end.
class TrialDatabase {
public:
    explicit TrialDatabase(std::string url) : url_(std::move(url)) { remove(); }
    ~TrialDatabase() { remove(); }
    TrialDatabase(const TrialDatabase&) = delete;
    TrialDatabase& operator=(const TrialDatabase&) = delete;
    const std::string& url() const noexcept { return url_; }

private:
    void remove() const noexcept {
        const std::string file = databaseFile(url_);
        for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
            std::error_code ignored;
            std::filesystem::remove(file + suffix, ignored);
        }
    }

    const std::string url_;
};

/// Tried on a copy beside the database, as opening a database writes to it.
void requireUsableBackup(const Arguments& arguments, const LoneStorage& lone,
                         const std::string& file) {
    const TrialDatabase copy(lone.url() + ".restoring");
    valueOrFail(LoneStorage(arguments, copy.url()).maintenance().restore(file));
    try {
        Offline::requireUsable(arguments, copy.url());
    } catch (CommandFailure& failure) {
        if (!failure.text.empty()) {
            failure.text.insert(0, file + " cannot be used here, nothing was replaced: ");
        }
        throw;
    }
}

int restore(const Arguments& arguments) {
    LoneStorage lone(arguments);
    auto& maintenance = lone.maintenance();
    const auto& file = arguments.positional.front();
    if (isOneFile(storageOf(lone.url()))) {
        requireUsableBackup(arguments, lone, file);
    }
    valueOrFail(maintenance.restore(file));
    lone.start();
    lone.audit(arguments, file);
    if (arguments.has("json")) {
        printJson(ValueMap{{"file", file}});
    } else {
        printLine("The database is what " + file + " holds.");
    }
    return ExitCode::done;
}

void requireEmpty(const LoneStorage& storage) {
    if (!valueOrFail(storage.maintenance().everything({}, 1)).empty()) {
        throw CommandFailure{ExitCode::failed, "the storage to copy to is not empty"};
    }
}

int copy(const Arguments& arguments) {
    constexpr std::size_t step = 10'000;
    if (!arguments.has("from") || !arguments.has("to")) {
        throw UsageError{"--from and --to are wanted"};
    }
    LoneStorage from(arguments, arguments.text("from"));
    LoneStorage to(arguments, arguments.text("to"));
    valueOrFail(from.maintenance().requireUnused());
    if (appliedOf(valueOrFail(from.maintenance().migrations())) == 0) {
        throw CommandFailure{ExitCode::failed, "the storage to copy from is empty"};
    }
    from.start();
    to.start();
    requireEmpty(to);
    std::size_t shown = 0;
    const auto copied = copyStorage(from, to, [&](std::size_t records) {
        if (records / step > shown / step) {
            std::cerr << records << " records\n";
        }
        shown = records;
    });
    if (!(digestOf(from) == copied)) {
        throw CommandFailure{ExitCode::failed,
                             "the source was changed meanwhile: stop its servers, empty the target "
                             "and copy again"};
    }
    if (!(digestOf(to) == copied)) {
        throw CommandFailure{ExitCode::failed, "the copy differs from its source: do not use it"};
    }
    from.stop();
    valueOrFail(from.maintenance().requireUnused());
    finishCopy(to);
    to.audit(arguments, maskedUrl(from.url()) + " to " + maskedUrl(to.url()));
    if (arguments.has("json")) {
        printJson(ValueMap{{"records", static_cast<std::int64_t>(copied.records)}});
    } else {
        printLine(std::to_string(copied.records) +
                  " records copied; read again on both sides, they are the same.");
    }
    return ExitCode::done;
}

}  // namespace

std::vector<Command> storageCommands() {  // NOLINT(readability-function-size): a table
    const CommandOption to{"to", "NUMBER", "the last migration that is applied afterwards"};
    return {
        {"migrate status", "", "list the migrations of the database", "", {}, "", status},
        {"migrate up",
         "",
         "bring the database to the layout of this version",
         "A server does so by itself when it starts.",
         {to},
         "",
         up},
        {"migrate down",
         "",
         "take migrations back",
         "By itself the last one. Do this before an older version is installed; its message says "
         "which number it can read.",
         {to},
         "gatehouse migrate down --to 1",
         down},
        {"backup",
         "FILE",
         "write a copy of the embedded database, while it serves",
         "FILE must not be there yet. PostgreSQL has pg_dump.",
         {},
         "gatehouse backup /var/backups/gatehouse-$(date +%F).db",
         backup},
        {"restore",
         "FILE",
         "replace the embedded database by a backup",
         "Stop the server first. Before anything is replaced the file is checked, and a copy of it "
         "is tried with the root secret.",
         {},
         "gatehouse restore /var/backups/gatehouse-2026-01-31.db",
         restore},
        {"storage copy",
         "",
         "copy everything from one storage to another",
         "Stop the servers first. The target must be empty, and is of no use when the copy is "
         "broken off.\nAt the end both sides are read again and compared.",
         {{"from", "URL", "sqlite:PATH or postgresql://..."},
          {"to", "URL", "sqlite:PATH or postgresql://..."}},
         "gatehouse storage copy --from sqlite:/var/lib/gatehouse/gatehouse.db --to "
         "postgresql://gatehouse@db.example/gatehouse",
         copy},
    };
}

}  // namespace gatehouse
