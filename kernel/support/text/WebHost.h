// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <utility>

namespace gatehouse {

// The parts of "host:port" (RFC 3986 sections 3.2.2 and 3.2.3). Pure functions.

/// Host, with its brackets when it has some, and what stands behind its colon.
std::pair<std::string_view, std::optional<std::string_view>>
splitAuthority(std::string_view authority) noexcept;

/// A DNS name of labels (RFC 1123; "_" is seen in practice), an IPv4 address, or an IPv6 address in
/// brackets. What ends in a number is an address.
bool isWebHost(std::string_view host) noexcept;

/// 1 to 65535.
bool isWebPort(std::string_view port) noexcept;

}  // namespace gatehouse
