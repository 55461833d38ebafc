// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/Digest.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace gatehouse {

enum class Scheme { rsaPkcs1, rsaPss, ecdsa, eddsa, hmac };

/// A row of the table of JWS algorithms (RFC 7518 section 3.1, RFC 8037 section 3.1). "none" is not
/// in it.
struct Algorithm {
    std::string_view name;
    Scheme scheme;
    Hash hash;  ///< unused for EdDSA
    std::string_view keyType;  ///< the JWK's `kty`
    std::string_view curve;  ///< the JWK's `crv`; empty when the key type has none
    std::size_t partSize;  ///< bytes of a coordinate, and of each half of an ECDSA signature
};

/// The algorithm of this name; nullptr for any other.
const Algorithm* findAlgorithm(std::string_view name) noexcept;

/// Names of all, those with key pairs first, RS256 the very first.
const std::vector<std::string_view>& supportedAlgorithms();

/// Names of those with key pairs: what a key can be made for.
const std::vector<std::string_view>& keyPairAlgorithms();

}  // namespace gatehouse
