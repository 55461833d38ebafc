// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>
#include <gatehouse/Time.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Where a server listens.
struct Endpoint {
    std::string host;
    std::uint16_t port = 6379;

    /// "host:port", for messages.
    std::string text() const;
};

/// How to reach the Redis of this storage.
struct ServerSettings {
    Endpoint server;  ///< not used when there are sentinels
    std::string user;
    Secret password;
    unsigned database = 0;
    bool isTls = false;
    std::string caFile;  ///< empty: the system's authorities
    std::vector<Endpoint> sentinels;
    std::string masterName;
    Secret sentinelPassword;
    milliseconds timeout{2000};  ///< for a call, and for opening a connection
};

/// redis[s]://[USER[:PASSWORD]@]HOST[:PORT][/DATABASE]; the rest of the settings is as by default.
/// The error never holds the password.
Result<ServerSettings> settingsOfUrl(const std::string& url);
/// "host:port", "[::1]:port" or "host".
Result<Endpoint> endpointOf(std::string_view text, std::uint16_t defaultPort);

}  // namespace gatehouse
