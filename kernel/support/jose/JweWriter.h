// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "jose/JweAlgorithm.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Is this public JWK one to encrypt to with the algorithm, by `kty`, `use`, `key_ops` and `alg`
/// (RFC 7517 section 4)?
bool encryptsWith(const ValueMap& jwk, const JweAlgorithm& algorithm);

/// A compact JWE for the owner of this public JWK. `contentType` is the header's `cty`; empty:
/// none. Fault::badInput when the JWK is none that keyFromJwk() takes. Throws std::runtime_error
/// when OpenSSL fails.
Result<std::string> encryptJwe(const ValueMap& jwk, const JweAlgorithm& algorithm,
                               const JweEncryption& encryption, std::string_view contentType,
                               std::string_view plain);

}  // namespace gatehouse
