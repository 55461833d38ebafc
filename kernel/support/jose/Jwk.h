// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// The SHA-256 thumbprint (RFC 7638; RFC 8037 section 2 for OKP), base64url. Empty when a required
/// member is missing or its type unknown.
std::string thumbprint(const ValueMap& jwk);

/// Has it members that must never be published or sent: a private or a symmetric key?
bool isPrivateJwk(const ValueMap& jwk) noexcept;

}  // namespace gatehouse
