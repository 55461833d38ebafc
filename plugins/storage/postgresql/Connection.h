// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DatabaseUrl.h"
#include "Deadline.h"
#include "Parameters.h"
#include "Rows.h"

#include <libpq-fe.h>

#include <memory>
#include <string>

namespace gatehouse {

/// A session with a server. It never waits past a deadline, whatever the server does. After a
/// failure other than one that is rolled back it is of no use any more. One thread at a time.
/// Failures are thrown as PostgresFailure.
class Connection {
public:
    Connection(const ServerAddress& server, Deadline deadline);

    /// Runs a statement that this session has prepared; answers only when the server has
    /// committed.
    Rows run(const char* statement, const Parameters& parameters, Deadline deadline);
    /// Runs a text of SQL: all of it is one transaction. The rows are those of its last statement.
    Rows execute(const std::string& sql, Deadline deadline);
    /// False when the server has hung up meanwhile.
    bool isAlive() const;

private:
    struct Finish {
        void operator()(PGconn* handle) const noexcept { PQfinish(handle); }
    };

    void connect(const std::string& name, Deadline deadline);
    Rows collect(Deadline deadline);
    void flush(Deadline deadline);
    void waitFor(short events, Deadline deadline) const;
    [[noreturn]] void throwLost() const;

    std::unique_ptr<PGconn, Finish> handle_;
};

}  // namespace gatehouse
