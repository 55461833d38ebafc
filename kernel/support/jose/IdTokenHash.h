// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// `at_hash` and `c_hash` (OpenID Connect Core sections 3.1.3.6 and 3.3.2.11): the left half of the
/// hash that goes with the ID token's algorithm, base64url. EdDSA with Ed25519 goes with SHA-512.
std::string idTokenHash(std::string_view algorithm, std::string_view token);

}  // namespace gatehouse
