// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/Storage.h>

#include "Connection.h"
#include "Names.h"
#include "RecordReader.h"
#include "Statement.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Checks and writes single batches inside the transaction of its caller. One thread at a time.
/// Failures are thrown as SqliteFailure.
class BatchWriter {
public:
    /// Both must outlive this.
    BatchWriter(Connection& connection, Names& names);

    /// Stores the names a batch uses, so that it can be written later; outside a transaction.
    void learnNames(const Batch& batch);
    /// Everything is checked before anything is written: a batch that is refused leaves nothing to
    /// take back.
    Outcome apply(const Batch& batch, TimePoint now);
    /// Removes at most so many expired records and notices.
    std::size_t dropExpired(TimePoint before, std::size_t atMost);

private:
    struct Row {
        std::int64_t id;
        std::int64_t kind;
        std::int64_t issuer;
        std::string key;
        std::string links;
    };

    std::optional<Outcome> refusal(const Batch& batch, TimePoint now);
    void put(const Record& record, TimePoint now);
    void replace(std::int64_t kind, const Record& record, const std::string& links, TimePoint now);
    void erase(const RecordKey& place);
    void eraseFamily(std::string_view family);
    std::size_t eraseRows(Statement::Rows& rows);
    void eraseRow(const Row& row);
    void addLinks(std::int64_t kind, const Record& record, std::string_view blob);
    void eraseLinks(const Row& row);
    std::string linksOf(const Record& record);
    std::int64_t idOf(std::string_view name) { return names_.findOrAdd(connection_, name); }

    Connection& connection_;
    Names& names_;
    RecordReader reader_;
    Statement insert_;
    Statement head_;
    Statement update_;
    Statement updatePayload_;
    Statement erase_;
    Statement family_;
    Statement expired_;
    Statement insertLink_;
    Statement eraseLink_;
    Statement insertNotice_;
    Statement dropNotices_;
};

}  // namespace gatehouse
