// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include "jose/JweAlgorithm.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// The keys between an agreement and a JWE's content (RFC 7518 sections 4.4 and 4.6).

/// The key that ECDH-ES agrees on from the shared secret Z: the content's own, or the one it is
/// wrapped with. nullopt when `apu` or `apv` of the header is no base64url.
std::optional<Secret> agreedKey(const Secret& shared, const JweAlgorithm& algorithm,
                                const JweEncryption& encryption, const ValueMap& header);

/// AES Key Wrap (RFC 3394) under a key of 16, 24 or 32 bytes.
std::string wrapKey(const Secret& wrapping, const Secret& key);
/// nullopt: wrapped with another key, or changed.
std::optional<Secret> unwrapKey(const Secret& wrapping, std::string_view wrapped);

}  // namespace gatehouse
