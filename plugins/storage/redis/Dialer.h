// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Connection.h"
#include "ServerSettings.h"
#include "TlsContext.h"

#include <memory>
#include <optional>
#include <string>

namespace gatehouse {

/// Opens connections to the master: the one of the URL, or the one that the sentinels name.
/// Threads: one at a time.
class Dialer {
public:
    /// Reads the certificates; throws RedisFailure.
    explicit Dialer(ServerSettings settings);

    /// Logged in, at the right database, at a master that evicts nothing. Throws RedisFailure,
    /// which names the server.
    std::unique_ptr<Connection> open();

private:
    Endpoint master();
    std::optional<Endpoint> askSentinel(const Endpoint& sentinel);
    std::unique_ptr<Connection> openAt(const Endpoint& server) const;
    void logIn(Connection& connection, Moment until) const;
    Moment limit() const { return std::chrono::steady_clock::now() + settings_.timeout; }
    const TlsContext* tls() const { return tls_ ? &*tls_ : nullptr; }

    ServerSettings settings_;
    std::optional<TlsContext> tls_;
};

}  // namespace gatehouse
