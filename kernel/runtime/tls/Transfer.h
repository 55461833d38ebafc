// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace gatehouse {

/// How it went to move something over a connection that does not block.
enum class Transfer : std::uint8_t {
    some,  ///< it is done
    none,  ///< not now: the socket says when
    ended  ///< the connection is over
};

}  // namespace gatehouse
