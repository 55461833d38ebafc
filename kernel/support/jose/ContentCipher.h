// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include "jose/JweAlgorithm.h"

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

// The content of a JWE (RFC 7518 sections 5.2 and 5.3). A key has `encryption.keySize` bytes.

/// What encryption gives: `nonce` is the JWE's initialization vector.
struct CipherText {
    std::string nonce;
    std::string content;
    std::string tag;
};

/// With a random nonce; `bound` is authenticated beside the text. Throws std::runtime_error when
/// OpenSSL fails.
CipherText encryptContent(const JweEncryption& encryption, const Secret& key,
                          std::string_view plain, std::string_view bound);

/// nullopt: another key or header, or changed; which of it cannot be told.
std::optional<std::string> decryptContent(const JweEncryption& encryption, const Secret& key,
                                          const CipherText& text, std::string_view bound);

}  // namespace gatehouse
