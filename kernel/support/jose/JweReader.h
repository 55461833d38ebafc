// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>
#include <gatehouse/Value.h>

#include "jose/CompactJwe.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// What only who has the private key can do, see DecryptionKey::open().
using KeyOpener = std::function<std::optional<Secret>(std::string_view input)>;

/// The content of a JWE for the key with this public JWK. nullopt: encrypted for another, or
/// changed. Which part is wrong, neither the answer nor its time tells: where no key comes out, a
/// random one is tried (RFC 7516 section 11.5).
std::optional<std::string> decryptJwe(const CompactJwe& jwe, const ValueMap& jwk,
                                      const KeyOpener& open);

}  // namespace gatehouse
