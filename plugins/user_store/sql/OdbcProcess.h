// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ChildProgram.h"
#include "SqlConnection.h"

#include <string>
#include <vector>

namespace gatehouse {

/// A session over ODBC, in a process of its own: a driver that hangs is ended with it, and one that
/// crashes takes nothing along. Each question is a line of JSON, and so is each answer.
class OdbcProcess final : public SqlConnection {
public:
    OdbcProcess(const SqlAddress& address, milliseconds timeout);

    std::vector<ValueMap> rows(const SqlQuery& query, const SqlValues& values) override;
    SqlColumns columns(const std::string& query) override;
    void interrupt() noexcept override;

private:
    ValueMap ask(const ValueMap& question, milliseconds limit);
    void send(std::string_view line) const;
    std::string receive(milliseconds limit) const;

    ChildProgram child_;
    milliseconds timeout_;
};

}  // namespace gatehouse
