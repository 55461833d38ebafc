// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Deadline.h"
#include "Parameters.h"
#include "PocoSession.h"
#include "Rows.h"

#include <string>

namespace gatehouse {

/// A session with a server. What has no deadline are statements of Poco's. They block until the
/// server answers, are prepared at each use and cannot carry a NUL, so run() and execute() go to
/// the same session's native handle: they never wait past their deadline, whatever the server does.
/// After a failure other than one that is rolled back a session is of no use any more. One thread
/// at a time. Failures are thrown as PostgresFailure.
class Connection {
public:
    /// Blocks, as PocoSession does: for the pool's own thread, and for commands.
    explicit Connection(const ServerAddress& server);

    Poco::Data::Session& statements() noexcept { return session_.session(); }
    /// Runs a statement that this session has prepared; answers only when the server has
    /// committed.
    Rows run(const char* statement, const Parameters& parameters, Deadline deadline);
    /// Runs a text of SQL: all of it is one transaction. The rows are those of its last statement.
    Rows execute(const std::string& sql, Deadline deadline);
    /// False when the server has hung up meanwhile.
    bool isAlive() const;

private:
    Rows collect(Deadline deadline);
    void flush(Deadline deadline);
    void waitFor(short events, Deadline deadline) const;
    [[noreturn]] void throwLost() const;

    PocoSession session_;
    PGconn* handle_;
};

}  // namespace gatehouse
