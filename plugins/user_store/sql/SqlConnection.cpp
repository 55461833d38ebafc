// SPDX-License-Identifier: Apache-2.0
#include "SqlConnection.h"

#include "OdbcProcess.h"
#include "SqlSession.h"

namespace gatehouse {

std::unique_ptr<SqlConnection> SqlConnection::to(const SqlAddress& address, milliseconds timeout) {
    if (address.kind == SqlAddress::Kind::odbc) {
        return std::make_unique<OdbcProcess>(address, timeout);
    }
    return std::make_unique<SqlSession>(address, timeout);
}

std::vector<SqlValue> SqlConnection::inOrder(const SqlQuery& query, const SqlValues& values) {
    std::vector<SqlValue> ordered;
    for (const auto& name : query.names()) {
        ordered.push_back(values.at(name));
    }
    return ordered;
}

}  // namespace gatehouse
