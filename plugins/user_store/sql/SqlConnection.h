// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "SqlAddress.h"
#include "SqlQuery.h"
#include "lanes/Lanes.h"

#include <Poco/Data/Session.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace gatehouse {

/// The database refused a statement, where SqlConnection's other failures mean that it is away.
struct SqlRefusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A session of Poco::Data. After any exception it is to be thrown away. Threads: one, but for
/// interrupt().
class SqlConnection final : public LaneConnection {
public:
    /// Blocks for the address' connectTimeout; throws std::exception.
    SqlConnection(const SqlAddress& address, milliseconds timeout);
    SqlConnection(const SqlConnection&) = delete;
    SqlConnection& operator=(const SqlConnection&) = delete;
    ~SqlConnection() override;

    /// A column is a member by its name in small letters, null included. Throws std::exception.
    std::vector<ValueMap> rows(const SqlQuery& query, const SqlValues& values);
    /// The columns of a query, with whether they are whole numbers.
    std::vector<std::pair<std::string, bool>> columns(const std::string& query);

    /// A call that hangs fails.
    void interrupt() noexcept override;

private:
    Poco::Data::Statement prepare(const SqlQuery& query, std::vector<SqlValue>& bound);

    SqlAddress::Kind kind_;
    std::optional<Poco::Data::Session> session_;
    int socket_ = -1;
};

}  // namespace gatehouse
