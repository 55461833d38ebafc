// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Capability.h>
#include <gatehouse/Context.h>
#include <gatehouse/Result.h>
#include <gatehouse/Secret.h>

#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// What a key store has that also keeps keys to decrypt with (RFC 7516). They are among its
/// publicKeys(), with the `use` "enc", and live as the others do: each is for one algorithm, is
/// shown to the world while it is active, and decrypts until it is gone.
class KeyDecrypter {
public:
    static constexpr Capability capability{"key_store.decrypt", 1};

    virtual ~KeyDecrypter() = default;
    /// `alg` values (RFC 7518 section 4.1) it keeps a key for; static storage. Empty: the operator
    /// wants none.
    virtual std::vector<std::string_view> decryptionAlgorithms() const = 0;
    /// What only the private key can do. RSA-OAEP: what `input` was encrypted from. ECDH-ES, with
    /// or without wrapping: the shared secret Z with the point `input` of the key's curve,
    /// uncompressed (SEC 1 section 2.3.3). nullopt: `input` is not made for this key.
    /// Fault::unavailable: no such key.
    virtual Result<std::optional<Secret>> decrypt(const Context&, std::string_view keyId,
                                                  std::string_view input) const = 0;
};

}  // namespace gatehouse
