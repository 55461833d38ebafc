// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// The first `groups` groups of 16 bits of an IPv6 address in the form of RFC 5952; other addresses
/// as they are.
std::string networkOf(std::string_view address, std::size_t groups);

inline bool isIpv6(std::string_view address) {
    return address.find(':') != std::string_view::npos;
}

}  // namespace gatehouse
