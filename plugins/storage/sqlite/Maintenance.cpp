// SPDX-License-Identifier: Apache-2.0
#include "Maintenance.h"

#include "DatabaseFile.h"
#include "Schema.h"
#include "SqliteFailure.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>
#include <system_error>

namespace gatehouse {
namespace {

constexpr int cacheKilobytes = 4096;

std::string reason(int number) {
    return std::generic_category().message(number);
}

/// What `work` returns, or what it throws as an error that names the file.
template <class Work> auto guarded(const std::string& path, const Work& work) -> decltype(work()) {
    try {
        return work();
    } catch (const SqliteFailure& failure) {
        return failure.errorOf(path);
    } catch (const std::exception& problem) {
        return Error::internal(problem.what());
    }
}

bool isThere(const std::string& path) {
    return ::access(path.c_str(), F_OK) == 0;
}

/// A database that was begun.
void removeFiles(const std::string& path) {
    for (const char* suffix : {"", "-journal"}) {
        ::unlink((path + suffix).c_str());
    }
}

/// The name and its folder's entry are on the disk too.
Status sync(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool isSynced = file >= 0 && ::fsync(file) == 0;
    const int problem = errno;
    if (file >= 0) {
        ::close(file);
    }
    return isSynced ? done() : Status(Error::unavailable(path + ": " + reason(problem)));
}

/// What the source holds, in a new file and on the disk.
Status writeAll(Connection& source, const std::string& file) {
    return guarded(file, [&]() -> Status {
        if (auto prepared = prepareFile(file); !prepared) {
            return prepared;
        }
        Statement(source.handle(), "VACUUM INTO CAST(?1 AS TEXT)").execute(file);
        return sync(file);
    });
}

/// Copies all pages from one database to another, in one transaction of the other.
void copyPages(Connection& from, Connection& to) {
    sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (copy == nullptr) {
        throw SqliteFailure(sqlite3_errcode(to.handle()), sqlite3_errmsg(to.handle()));
    }
    const int copied = sqlite3_backup_step(copy, -1);
    const int finished = sqlite3_backup_finish(copy);
    requireOk(copied == SQLITE_DONE ? finished : copied, to.handle(), "not copied");
}

/// A whole database of ours that this version can read?
Status checkBackup(const std::string& file) {
    const auto checked = guarded(file, [&]() -> Status {
        Connection backup(file);
        if (schemaVersion(backup, file, schemaSteps()) == 0) {
            return Error::badInput(file + " is empty");
        }
        const auto verdict = backup.text("PRAGMA integrity_check(1)");
        return verdict == "ok" ? done() : Status(Error::badInput(file + " is damaged: " + verdict));
    });
    return checked ? checked : Status(Error::badInput(checked.error().detail));
}

/// Leaving the write-ahead log is possible only for the one connection there is.
void requireAlone(Connection& connection, const std::string& path) {
    sqlite3_busy_timeout(connection.handle(), 0);
    sqlite3_exec(connection.handle(), "PRAGMA journal_mode = DELETE", nullptr, nullptr, nullptr);
    if (connection.text("PRAGMA journal_mode") == "wal") {
        throw SqliteFailure(SQLITE_BUSY, path + " is open in a server or another command");
    }
}

}  // namespace

Result<std::vector<Migration>> SqliteMaintenance::migrations() {
    return guarded(path_, [&]() -> Result<std::vector<Migration>> {
        if (!isThere(path_)) {
            return Error::unavailable(path_ + " is not there");
        }
        Connection connection(path_, Synchronous::full, cacheKilobytes);
        const auto version = schemaVersion(connection, path_, schemaSteps());
        std::vector<Migration> all;
        for (const auto& step : schemaSteps()) {
            const int number = static_cast<int>(all.size()) + 1;
            all.push_back({number, step.name, number <= version});
        }
        for (auto& [number, name] : laterSteps(connection, schemaSteps().size())) {
            all.push_back({number, std::move(name), true});
        }
        return all;
    });
}

Status SqliteMaintenance::migrateTo(int number) {
    return guarded(path_, [&]() -> Status {
        if (number < 1 || number > static_cast<int>(schemaSteps().size())) {
            return Error::badInput("there is no migration " + std::to_string(number));
        }
        if (auto prepared = prepareFile(path_); !prepared) {
            return prepared;
        }
        Connection connection(path_, Synchronous::full, cacheKilobytes);
        migrateSchema(connection, path_, schemaSteps(), number);
        return done();
    });
}

Result<std::vector<Record>> SqliteMaintenance::everything(const RecordKey& after,
                                                          std::size_t limit) {
    return guarded(path_, [&]() -> Result<std::vector<Record>> {
        return readers_.with([&](RecordReader& reader) { return reader.everything(after, limit); });
    });
}

/// Under another name until it is whole and on the disk, so that a file of the wanted name is a
/// good backup.
Status SqliteMaintenance::backUp(const std::string& file) {
    return guarded(path_, [&]() -> Status {
        const std::string part = file + ".part";
        if (isThere(file)) {
            return Error::badInput(file + " is there already");
        }
        if (!isThere(path_)) {
            return Error::unavailable(path_ + " is not there");
        }
        removeFiles(part);
        Connection source(path_, Synchronous::full, cacheKilobytes);
        const auto written = writeAll(source, part);
        if (!written || std::rename(part.c_str(), file.c_str()) != 0) {
            const int problem = errno;
            removeFiles(part);
            return written ? Status(Error::unavailable(file + ": " + reason(problem))) : written;
        }
        const auto slash = file.rfind('/');
        return sync(slash == std::string::npos ? "." : file.substr(0, slash + 1));
    });
}

Status SqliteMaintenance::restore(const std::string& file) {
    if (auto checked = checkBackup(file); !checked) {
        return checked;
    }
    return guarded(path_, [&]() -> Status {
        if (auto prepared = prepareFile(path_); !prepared) {
            return prepared;
        }
        Connection target(path_, Synchronous::full, cacheKilobytes);
        requireAlone(target, path_);
        Connection backup(file);
        copyPages(backup, target);
        return done();
    });
}

Status SqliteMaintenance::requireUnused() {
    return guarded(path_, [&]() -> Status {
        if (!isThere(path_)) {
            return Error::unavailable(path_ + " is not there");
        }
        Connection connection(path_, Synchronous::full, cacheKilobytes);
        requireAlone(connection, path_);
        return done();
    });
}

}  // namespace gatehouse
