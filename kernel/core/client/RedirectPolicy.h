// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>

#include <string_view>

namespace gatehouse {

/// Where a client's users may be sent. Pure.
class RedirectPolicy {
public:
    /// Redirect URIs are compared as text (RFC 9700 section 2.1); only the port of http on a
    /// loopback address literal, 127.0.0.1 or [::1], may differ (RFC 8252 section 7.3), and that of
    /// localhost where the client's `any_localhost_port` says so.
    static bool allows(const Client& client, std::string_view uri);
    /// Does it lead to whoever listens on the person's own machine?
    static bool isLoopback(std::string_view uri);
    /// It is allowed but for the port of localhost.
    static bool differsInLocalhostPort(const Client& client, std::string_view uri);
};

}  // namespace gatehouse
