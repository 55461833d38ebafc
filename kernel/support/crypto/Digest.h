// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace gatehouse {

// Hashes on contexts that each thread keeps. All throw std::runtime_error when OpenSSL fails (no
// memory).

enum class Hash { sha256, sha384, sha512 };

/// 32, 48 or 64 bytes.
std::string digest(Hash hash, std::string_view data);
inline std::string sha256(std::string_view data) {
    return digest(Hash::sha256, data);
}
inline std::string sha384(std::string_view data) {
    return digest(Hash::sha384, data);
}
inline std::string sha512(std::string_view data) {
    return digest(Hash::sha512, data);
}

/// HMAC (RFC 2104) of the hash's size.
std::string hmac(Hash hash, std::string_view key, std::string_view data);
inline std::string hmacSha256(std::string_view key, std::string_view data) {
    return hmac(Hash::sha256, key, data);
}

/// Compares in constant time; lengths may be learned.
bool constantTimeEqual(std::string_view left, std::string_view right) noexcept;

/// HKDF with SHA-256 (RFC 5869), no salt: `size` bytes (at most 8160) for a label, from a root of
/// high entropy.
Secret hkdfSha256(const Secret& root, std::string_view label, std::size_t size);

}  // namespace gatehouse
