// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace gatehouse {

/// Where a request goes: an absolute http or https URL (RFC 9110 section 4.2) in its parts.
struct OutgoingUrl {
    bool isSecure = true;
    std::string host;  ///< lower case; an IPv6 address in brackets
    std::uint16_t port = 443;
    std::string target;  ///< path and query, at least "/"

    /// Fault::badInput for what is no such URL, or has user information or a fragment.
    static Result<OutgoingUrl> parse(std::string_view text);

    /// "https://host:port": what connections, limits and permissions are kept by.
    std::string origin() const;
    /// For the Host field: without the scheme's own port.
    std::string authority() const;
    /// The host without brackets.
    std::string_view bareHost() const noexcept;
};

}  // namespace gatehouse
