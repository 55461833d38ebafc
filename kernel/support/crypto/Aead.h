// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Encrypts with AES-256-GCM under a key of 32 bytes: version byte 1, random nonce of 12 bytes,
/// ciphertext, tag of 16 bytes. `bound` is authenticated, not stored. Throws std::runtime_error for
/// a key of another size or when OpenSSL fails. At most 2^32 texts a key.
std::string sealAes256Gcm(const Secret& key, std::string_view plain, std::string_view bound);

/// nullopt: another key, bound to something else, damaged, or not sealed text at all.
std::optional<Secret> openAes256Gcm(const Secret& key, std::string_view sealed,
                                    std::string_view bound);

}  // namespace gatehouse
