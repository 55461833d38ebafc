// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "SqlAddress.h"
#include "SqlQuery.h"
#include "SqlRows.h"
#include "lanes/Lanes.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse {

/// The database refused a statement, where SqlConnection's other failures mean that it is away.
struct SqlRefusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A session with a database. After any exception it is to be thrown away. Threads: one, but for
/// interrupt().
class SqlConnection : public LaneConnection {
public:
    /// Blocks for the address' connectTimeout; throws std::exception.
    static std::unique_ptr<SqlConnection> to(const SqlAddress& address, milliseconds timeout);

    /// A column is a member by its name in small letters, null included. Throws std::exception.
    virtual std::vector<ValueMap> rows(const SqlQuery& query, const SqlValues& values) = 0;
    virtual SqlColumns columns(const std::string& query) = 0;

protected:
    /// The values of a query's placeholders, in their order.
    static std::vector<SqlValue> inOrder(const SqlQuery& query, const SqlValues& values);
};

}  // namespace gatehouse
