// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include "jose/SigningKey.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// A JWT signed with this key; `kid` may be empty.
std::string signedJwt(const SigningKey& key, std::string_view kid, const ValueMap& claims);

/// A JWT with an HMAC-SHA-256 by this secret; `algorithm` is only what its header says.
std::string macedJwt(std::string_view secret, std::string_view algorithm, const ValueMap& claims);

}  // namespace gatehouse
