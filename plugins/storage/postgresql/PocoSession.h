// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DatabaseUrl.h"

#include <Poco/Data/PostgreSQL/SessionImpl.h>
#include <Poco/Data/Session.h>

#include <optional>
#include <string>

namespace gatehouse {

/// A session of Poco::Data::PostgreSQL without what Poco 1.11 leaves behind: it forgets a
/// connection that could not be made, or that broke, without freeing it (37 KB each).
class PocoSession {
public:
    /// Blocks for as long as the server's connect_timeout for each of its addresses. Throws
    /// PostgresFailure.
    explicit PocoSession(const ServerAddress& server);
    PocoSession(const PocoSession&) = delete;
    PocoSession& operator=(const PocoSession&) = delete;
    ~PocoSession();

    Poco::Data::Session& session() noexcept { return *session_; }
    PGconn* handle() const noexcept { return handle_; }

private:
    void open(const std::string& text);

    std::optional<Poco::Data::Session> session_;
    PGconn* handle_ = nullptr;
};

}  // namespace gatehouse
