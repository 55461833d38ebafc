// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/StorageMaintenance.h>

#include "ConnectionPool.h"
#include "DatabaseUrl.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The schema and all that is in it. Backups are PostgreSQL's own affair.
class PostgresqlMaintenance final : public StorageMaintenance {
public:
    /// Both outlive this.
    PostgresqlMaintenance(const std::vector<ServerAddress>& servers, ConnectionPool& pool)
        : servers_(servers), pool_(pool) {}

    Result<std::vector<Migration>> migrations() override;
    Status migrateTo(int number) override;
    Result<std::vector<Record>> everything(const RecordKey& after, std::size_t limit) override;
    Status backUp(const std::string& file) override;
    Status restore(const std::string& file) override;

private:
    const std::vector<ServerAddress>& servers_;
    ConnectionPool& pool_;
};

}  // namespace gatehouse
