// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "http/NetworkAddress.h"

#include <string_view>

namespace gatehouse {

/// What an address is that is not a public one's (RFC 6890 and the registries it began): "a
/// loopback address". Empty: anybody's on the internet. An IPv4 address inside an IPv6 one
/// (mapped, NAT64, 6to4, Teredo) is judged as what it is.
std::string_view specialKind(const NetworkAddress& address);

}  // namespace gatehouse
