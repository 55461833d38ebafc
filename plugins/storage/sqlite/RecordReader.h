// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "Connection.h"
#include "Names.h"
#include "Statement.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Reads on one connection, with statements that are kept. One thread at a time. Failures are
/// thrown as SqliteFailure.
class RecordReader {
public:
    /// Both must outlive this.
    RecordReader(Connection& connection, Names& names);

    std::optional<Record> find(std::string_view kind, std::string_view key, TimePoint now);
    RecordPage list(IssuerId issuer, std::string_view kind, const Link& link,
                    std::string_view after, std::size_t limit, TimePoint now);
    std::vector<Change> changesSince(std::uint64_t number, TimePoint now);
    /// See StorageMaintenance::everything().
    std::vector<Record> everything(const RecordKey& after, std::size_t limit);

private:
    Record recordOf(std::string_view kind, const Statement::Rows& rows);
    RecordPage pageOf(std::string_view kind, Statement::Rows& rows, std::size_t limit);

    Connection& connection_;
    Names& names_;
    Statement find_;
    Statement listAll_;
    Statement listLinked_;
    Statement changes_;
    std::optional<Statement> everything_;  ///< made when first used
};

}  // namespace gatehouse
