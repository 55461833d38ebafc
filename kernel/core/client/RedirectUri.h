// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// Why a URI may not be registered as a redirect URI; empty when it may. It must be absolute,
/// without fragment (RFC 6749 section 3.1.2), https, or http on a loopback address (RFC 8252
/// section 7.3), or of a private-use scheme that is a reversed domain name (RFC 8252 section 7.1).
std::string redirectUriProblem(std::string_view uri);

}  // namespace gatehouse
