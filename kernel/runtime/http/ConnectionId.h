// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gatehouse {

/// Names a connection of one loop. The generation of a slot counts its connections, so that an
/// answer meant for a closed connection never reaches the one that came after it.
struct ConnectionId {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;
};

}  // namespace gatehouse
