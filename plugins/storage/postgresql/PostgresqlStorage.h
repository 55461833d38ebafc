// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Checkable.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/Storage.h>

#include "ConnectionPool.h"
#include "DatabaseUrl.h"
#include "Maintenance.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace gatehouse {

/// Keeps records in PostgreSQL, for any number of nodes. Each call is one round trip. Batches are
/// applied by a function in the database; a write whose outcome is not known (the connection broke,
/// the time was up) is Fault::unknown and is not tried again.
class PostgresqlStorage final : public With<Storage, Checkable> {
public:
    Status configure(const Config& config, Host& host) override;
    Status check() const override;
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
    Result<std::optional<TimePoint>> serverTime(const Context&) const override;
    StorageMaintenance* maintenance() noexcept override { return &*maintenance_; }

private:
    Status prepareSchema();
    Result<Rows> write(const Context& context, const char* statement,
                       const Parameters& parameters) const;
    Result<Rows> read(const Context& context, const char* statement,
                      const Parameters& parameters) const;
    Rows run(Deadline deadline, const char* statement, const Parameters& parameters) const;
    Deadline deadlineOf(const Context& context) const;

    const Clock* clock_ = nullptr;
    Log* log_ = nullptr;
    std::vector<ServerAddress> servers_;
    std::size_t connections_ = 0;
    milliseconds statementTimeout_{};
    mutable ConnectionPool pool_;
    std::optional<PostgresqlMaintenance> maintenance_;  ///< from configure() on
};

}  // namespace gatehouse
