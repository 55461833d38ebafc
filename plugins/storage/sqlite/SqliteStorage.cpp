// SPDX-License-Identifier: Apache-2.0
#include "SqliteStorage.h"

#include "DatabaseFile.h"
#include "SqliteFailure.h"

#include <sys/stat.h>

#include <algorithm>
#include <exception>
#include <filesystem>

namespace gatehouse {
namespace {

constexpr Field fields[] = {
    {"path", Kind::path, optional, "the database file; its folder must exist"},
    {"url", Kind::url, optional, "the same as sqlite:PATH; one of the two is required"},
    {"synchronous", Kind::text, byDefault("full"),
     "full: a commit survives a power cut; normal: only a crash of the server",
     oneOf("full|normal")},
};

/// Longest wait for another process that writes, when the caller would wait longer.
constexpr milliseconds longestLockWait{5000};
/// Records removed by one transaction of a clean-up.
constexpr std::size_t dropStep = 100;

bool isThere(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 && found.st_size > 0;
}

}  // namespace

Status SqliteStorage::configure(const Config& config, Host& host) {
    clock_ = &host.clock();
    log_ = &host.log();
    crypto_ = &host.crypto();
    counters_ = std::make_unique<Counters>(host.log(), host.metrics());
    synchronous_ = config.text("synchronous") == "normal" ? Synchronous::normal : Synchronous::full;
    if (config.has("path") == config.has("url")) {
        return Error::badInput(config.place("path") + ": give either path or url");
    }
    path_ = config.text("path");
    if (config.has("url")) {
        const auto path = pathOfUrl(config.text("url"));
        if (!path) {
            return Error::badInput(config.place("url") + ": " + path.error().detail);
        }
        path_ = *path;
    }
    maintenance_.emplace(path_, readers_);
    return done();
}

Status SqliteStorage::start() {
    auto prepared = prepareFile(path_);
    if (!prepared) {
        return prepared;
    }
    if (isWritableByGroup(path_)) {
        log_->write(Level::warning, "the database can be written by its group, as its folder can",
                    {{"path", path_}});
    }
    try {
        writer_ = std::make_unique<Writer>(path_, synchronous_, names_);
        readers_.open(path_);
    } catch (const SqliteFailure& failure) {
        return failure.errorOf(path_);
    }
    // As SQLite's own two: beside the file itself, when the path is a link.
    std::error_code gone;
    const auto file = std::filesystem::canonical(path_, gone);
    if (gone) {
        return Error::unavailable(path_ + ": " + gone.message());
    }
    marks_.emplace(file.string() + "-marks", *clock_);
    isStarted_ = true;
    return done();
}

void SqliteStorage::stop() noexcept {
    marks_.reset();
    readers_.close();
    const std::lock_guard<TimedMutex> lock(writerMutex_);
    writer_.reset();
    isStarted_ = false;
}

Result<std::vector<Outcome>> SqliteStorage::apply(const Context& context,
                                                  const std::vector<Batch>& batches) {
    if (batches.empty()) {
        return std::vector<Outcome>{};
    }
    return write(context, [&](Writer& writer, milliseconds limit) {
        return writer.apply(batches, clock_->now(), limit);
    });
}

Result<std::optional<Record>> SqliteStorage::find(const Context& /*context*/, std::string_view kind,
                                                  std::string_view key) const {
    return read([&](RecordReader& reader) { return reader.find(kind, key, clock_->now()); });
}

Result<RecordPage> SqliteStorage::list(const Context& context, std::string_view kind,
                                       const Link& link, std::string_view after,
                                       std::size_t limit) const {
    return read([&](RecordReader& reader) {
        return reader.list(context.issuer.id, kind, link, after, limit, clock_->now());
    });
}

Result<std::int64_t> SqliteStorage::count(const Context& /*context*/, std::string_view key,
                                          seconds window) {
    return counters_->count(key, window, clock_->steady());
}

Result<std::vector<Change>> SqliteStorage::changesSince(const Context& /*context*/,
                                                        std::uint64_t number) const {
    return read([&](RecordReader& reader) { return reader.changesSince(number, clock_->now()); });
}

/// In transactions of a few records each, so that a write never waits for the whole of it.
Result<std::size_t> SqliteStorage::dropExpired(const Context& context, TimePoint before,
                                               std::size_t atMost) {
    std::size_t dropped = counters_->dropExpired(clock_->steady(), atMost);
    while (dropped < atMost) {
        const std::size_t wanted = std::min(dropStep, atMost - dropped);
        const auto step = write(context, [&](Writer& writer, milliseconds limit) {
            return writer.dropExpired(before, wanted, limit);
        });
        if (!step) {
            return step.error();
        }
        dropped += *step;
        if (*step < wanted) {
            break;
        }
    }
    const auto tidied = write(context, [](Writer& writer, milliseconds) {
        writer.tidy();
        return std::monostate{};
    });
    return tidied ? Result<std::size_t>(dropped) : tidied.error();
}

Result<bool> SqliteStorage::once(const Context& context, std::string_view kind,
                                 std::string_view key, TimePoint until, TimePoint earliest) {
    if (!marks_) {
        return Error::unavailable(path_ + " is closed");
    }
    const auto digest = crypto_->sha256(std::string(kind).append(1, '\0').append(key));
    Mark mark;
    std::copy_n(digest.begin(), mark.size(), mark.begin());
    return marks_->once(mark, until, earliest, limitOf(context));
}

template <class Work>
auto SqliteStorage::read(const Work& work) const
    -> Result<decltype(work(std::declval<RecordReader&>()))> {
    try {
        return readers_.with(work);
    } catch (const SqliteFailure& failure) {
        return failure.error();
    } catch (const std::exception& problem) {
        return Error::internal(problem.what());
    }
}

template <class Work>
auto SqliteStorage::write(const Context& context, const Work& work)
    -> Result<decltype(work(std::declval<Writer&>(), milliseconds{}))> {
    const milliseconds limit = limitOf(context);
    const std::unique_lock<TimedMutex> lock(writerMutex_, limit);
    if (!lock) {
        return Error::unavailable("the database is busy");
    }
    try {
        openWriter();
        return work(*writer_, limit);
    } catch (const SqliteFailure& failure) {
        if (failure.breaksConnection()) {
            writer_.reset();
        }
        return failure.error();
    } catch (const std::exception& problem) {
        writer_.reset();
        return Error::internal(problem.what());
    }
}

void SqliteStorage::openWriter() {
    if (writer_) {
        return;
    }
    // Opening makes a missing file, and an empty one would be taken for a new database.
    if (!isStarted_ || !isThere(path_)) {
        throw SqliteFailure(SQLITE_CANTOPEN, path_ + " is closed or gone");
    }
    names_.forgetAll();
    writer_ = std::make_unique<Writer>(path_, synchronous_, names_);
}

milliseconds SqliteStorage::limitOf(const Context& context) const {
    if (context.deadline == noDeadline) {
        return longestLockWait;
    }
    return std::clamp(std::chrono::duration_cast<milliseconds>(context.deadline - clock_->steady()),
                      milliseconds{0}, longestLockWait);
}

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::SqliteStorage, "sqlite", "0.1.0",
                 "Keeps records in a file, with SQLite", gatehouse::fields)
