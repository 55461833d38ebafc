// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/LoopShare.h"

#include <sys/socket.h>

#include <cstddef>
#include <optional>

namespace gatehouse {

/// Accepts connections for one loop, and spreads them evenly over all. One thread.
class Acceptor {
public:
    enum class Outcome { accepted, givenAway, nothing, exhausted };

    Acceptor(LoopShare& share, std::size_t self) noexcept : share_(share), self_(self) {}

    /// Takes one connection off one of the queues, each in its turn. One for another loop is handed
    /// on.
    Outcome acceptOne(std::optional<AcceptedSocket>& accepted);

private:
    int takeOne(sockaddr_storage& peer);
    std::size_t chooseLoop() const noexcept;

    LoopShare& share_;
    std::size_t self_;
    std::size_t socket_ = 0;  // asked last
};

}  // namespace gatehouse
