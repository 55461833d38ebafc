// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/ConnectionTable.h"
#include "http/LoopShare.h"

#include <deque>

namespace gatehouse {

/// Brings the connections of one loop to TLS. Steps wait in line, so that in a storm signatures
/// take turns with answers, and connections that do not get on are bounded: the oldest goes. Until
/// its first byte a connection costs no more than a plain one. One thread.
class Handshakes {
public:
    enum class Outcome {
        waits,  ///< for the client
        agreed,
        misplaced,  ///< the client does not speak TLS
        failed  ///< close it
    };

    Handshakes(LoopShare& share, ConnectionTable& table) noexcept : share_(share), table_(table) {}

    /// A newcomer; the one that has to go for it, or null. Leaves Phase::handshaking by leave().
    ClientConnection* enter(ClientConnection& connection, ClientConnection::Moment now);
    void leave() noexcept { --share_.handshakes; }

    /// Something came for it: its next step waits in line.
    void await(ClientConnection& connection);
    bool areWaiting() const noexcept { return !waiting_.empty(); }
    /// The next in line; null when it is gone meanwhile. While areWaiting().
    ClientConnection* next();
    /// Its next step, which may take as long as a signature. Counts and logs how it ends.
    Outcome step(ClientConnection& connection);

private:
    Outcome agree(ClientConnection& connection);

    LoopShare& share_;
    ConnectionTable& table_;
    std::deque<ConnectionId> waiting_;
};

}  // namespace gatehouse
