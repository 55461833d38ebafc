// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Host.h>
#include <gatehouse/ReplayMarks.h>
#include <gatehouse/point/Storage.h>

#include "Connection.h"
#include "Maintenance.h"
#include "MarkFolder.h"
#include "Names.h"
#include "ReaderPool.h"
#include "Writer.h"
#include "limit/Counters.h"
#include "thread/TimedMutex.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace gatehouse {

/// Keeps records in a file, through SQLite: many readers beside one writer. A connection that has
/// failed for good is opened again at the next call. Other processes may use the file at the same
/// time, but for replay marks of minutes, which lie beside it.
class SqliteStorage final : public With<Storage, ReplayMarks> {
public:
    SqliteStorage() = default;
    SqliteStorage(const SqliteStorage&) = delete;
    SqliteStorage& operator=(const SqliteStorage&) = delete;
    ~SqliteStorage() override { stop(); }

    Status configure(const Config& config, Host& host) override;
    Status start() override;
    void stop() noexcept override;

    Result<std::vector<Outcome>> apply(const Context&, const std::vector<Batch>& batches) override;
    Result<std::optional<Record>> find(const Context&, std::string_view kind,
                                       std::string_view key) const override;
    Result<RecordPage> list(const Context&, std::string_view kind, const Link& link,
                            std::string_view after, std::size_t limit) const override;
    Result<std::int64_t> count(const Context&, std::string_view key, seconds window) override;
    Result<std::vector<Change>> changesSince(const Context&, std::uint64_t number) const override;
    Result<std::size_t> dropExpired(const Context&, TimePoint before, std::size_t atMost) override;
    StorageMaintenance* maintenance() noexcept override { return &*maintenance_; }
    Result<bool> once(const Context&, std::string_view kind, std::string_view key, TimePoint until,
                      TimePoint earliest) override;

private:
    template <class Work>
    auto read(const Work& work) const -> Result<decltype(work(std::declval<RecordReader&>()))>;
    template <class Work>
    auto write(const Context& context, const Work& work)
        -> Result<decltype(work(std::declval<Writer&>(), milliseconds{}))>;
    void openWriter();
    milliseconds limitOf(const Context& context) const;

    Log* log_ = nullptr;
    const Crypto* crypto_ = nullptr;
    const Clock* clock_ = nullptr;
    std::string path_;
    Synchronous synchronous_ = Synchronous::full;
    bool isStarted_ = false;

    mutable Names names_;
    TimedMutex writerMutex_;
    std::unique_ptr<Writer> writer_;
    mutable ReaderPool readers_{names_};
    std::unique_ptr<Counters> counters_;
    std::optional<SqliteMaintenance> maintenance_;  ///< from configure() on
    std::optional<MarkFolder> marks_;  ///< from start() to stop()
};

}  // namespace gatehouse
