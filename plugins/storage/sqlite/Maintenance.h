// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/StorageMaintenance.h>

#include "ReaderPool.h"

#include <string>
#include <utility>
#include <vector>

namespace gatehouse {

/// The database file as a whole. Each call but everything() opens it anew.
class SqliteMaintenance final : public StorageMaintenance {
public:
    /// `readers` outlives this.
    SqliteMaintenance(std::string path, ReaderPool& readers)
        : path_(std::move(path)), readers_(readers) {}

    Result<std::vector<Migration>> migrations() override;
    Status migrateTo(int number) override;
    Result<std::vector<Record>> everything(const RecordKey& after, std::size_t limit) override;
    Status backUp(const std::string& file) override;
    Status restore(const std::string& file) override;
    Status requireUnused() override;

private:
    std::string path_;
    ReaderPool& readers_;
};

}  // namespace gatehouse
