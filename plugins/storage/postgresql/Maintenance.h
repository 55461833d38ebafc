// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/StorageMaintenance.h>

#include "ConnectionPool.h"
#include "DatabaseUrl.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The schema and all that is in it. Backups are PostgreSQL's own affair.
class PostgresqlMaintenance final : public StorageMaintenance {
public:
    /// All outlive this.
    PostgresqlMaintenance(const std::vector<ServerAddress>& servers, ConnectionPool& pool, Log& log)
        : servers_(servers), pool_(pool), log_(log) {}

    Result<std::vector<Migration>> migrations() override;
    Status migrateTo(int number) override;
    Result<std::vector<Record>> everything(const RecordKey& after, std::size_t limit) override;
    Status backUp(const std::string& file) override;
    Status restore(const std::string& file) override;
    Status requireUnused() override;

private:
    const std::vector<ServerAddress>& servers_;
    ConnectionPool& pool_;
    Log& log_;
};

}  // namespace gatehouse
