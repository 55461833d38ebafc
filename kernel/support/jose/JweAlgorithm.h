// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "crypto/Digest.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace gatehouse {

/// A row of the table of JWE `alg` values (RFC 7518 section 4.1): how the content's key reaches who
/// decrypts.
struct JweAlgorithm {
    std::string_view name;
    std::string_view keyType;  ///< the JWK's `kty`: RSA with OAEP, EC with ECDH-ES
    const char* digest;  ///< of OAEP, as OpenSSL names it
    std::size_t wrapSize;  ///< bytes of the key that ECDH-ES agrees on to wrap the content's; 0:
                           ///< the agreed one is the content's
};

/// A row of the table of JWE `enc` values (RFC 7518 section 5.1).
struct JweEncryption {
    std::string_view name;
    std::size_t keySize;  ///< bytes; with CBC, the first half is the MAC's
    std::size_t nonceSize;
    std::size_t tagSize;
    const char* cipher;  ///< as OpenSSL names it
    bool isGcm;
    Hash hash;  ///< of the MAC beside CBC
};

/// nullptr for any other name.
const JweAlgorithm* findJweAlgorithm(std::string_view name) noexcept;
const JweEncryption* findJweEncryption(std::string_view name) noexcept;

/// The names of all.
const std::vector<std::string_view>& jweAlgorithms();
const std::vector<std::string_view>& jweEncryptions();

}  // namespace gatehouse
