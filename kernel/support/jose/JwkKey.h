// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include "crypto/OpenSsl.h"

#include <string_view>

namespace gatehouse {

// Between JWK members (RFC 7518 section 6, RFC 8037 section 2) and OpenSSL's public keys.

/// The public key; private members are not looked at. Fault::badInput for an unknown type or curve,
/// RSA below 2048 or above 8192 bits or with an exponent that is even, below 3 or above 64 bits,
/// coordinates of the wrong length, a point off its curve, an Ed25519 point of small order.
Result<Key> keyFromJwk(const ValueMap& jwk);

/// kty and the public members, of a key of this type and curve.
Result<ValueMap> jwkFromKey(EVP_PKEY* key, std::string_view keyType, std::string_view curve);

}  // namespace gatehouse
