// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SqlConnection.h"

#include <Poco/Data/Session.h>

#include <optional>
#include <string>
#include <vector>

namespace gatehouse {

/// A session of Poco::Data with PostgreSQL, MariaDB, MySQL or SQLite.
class SqlSession final : public SqlConnection {
public:
    SqlSession(const SqlAddress& address, milliseconds timeout);
    SqlSession(const SqlSession&) = delete;
    SqlSession& operator=(const SqlSession&) = delete;
    ~SqlSession() override;

    std::vector<ValueMap> rows(const SqlQuery& query, const SqlValues& values) override;
    SqlColumns columns(const std::string& query) override;
    void interrupt() noexcept override;

private:
    SqlAddress::Kind kind_;
    std::optional<Poco::Data::Session> session_;
    int socket_ = -1;
};

}  // namespace gatehouse
