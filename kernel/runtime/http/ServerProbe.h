// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <cstdint>
#include <string>

namespace gatehouse {

struct ProbeAnswer {
    int status = 0;
    std::string body;  ///< its first 64 KiB
};

/// By what it speaks.
enum class Speaks { plain, tls };

/// Asks the server that listens there, as a balancer would: GET `path`. Certificates are not
/// verified: it is this machine's own server, and holds for other names. A server that listens on
/// all addresses is asked on its loopback. Fault::unavailable when nobody answers within 5 s.
Result<ProbeAnswer> askServer(const std::string& host, std::uint16_t port, const std::string& path,
                              Speaks speaks);

}  // namespace gatehouse
