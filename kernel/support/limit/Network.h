// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// The first `groups` groups of 16 bits of an address that isIpv6(), in the form of RFC 5952; other
/// addresses as they are.
std::string networkOf(std::string_view address, std::size_t groups);

/// Has it the networks of IPv6? Behind a translator people come from one prefix, each with what is
/// an IPv4 address (RFC 6052 section 2.1).
inline bool isIpv6(std::string_view address) {
    constexpr std::string_view translated = "64:ff9b::";
    return address.find(':') != std::string_view::npos &&
           address.substr(0, translated.size()) != translated;
}

}  // namespace gatehouse
