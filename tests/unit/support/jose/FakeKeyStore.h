// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/KeyStore.h>

#include "jose/SigningKey.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace gatehouse {

/// Keys in memory, changed by hand.
class FakeKeyStore final : public KeyStore {
public:
    std::vector<std::string_view> algorithms() const override { return {"RS256", "ES256"}; }

    Result<std::vector<PublicKey>> publicKeys(const Context& /*context*/) const override {
        ++asked;
        if (isAway) {
            return Error::unavailable("away");
        }
        return published;
    }

    std::uint64_t version(const Context& /*context*/) const noexcept override { return number; }

    Result<std::string> sign(const Context& /*context*/, std::string_view keyId,
                             std::string_view input) const override {
        for (std::size_t index = 0; index < published.size(); ++index) {
            if (published[index].id == keyId) {
                return keys[index].sign(input);
            }
        }
        return Error::internal("no such key");
    }

    Status rotate(const Context& /*context*/) override { return done(); }
    Status refresh(const Context& /*context*/) override { return done(); }

    /// Newest first, as a key store does.
    void add(const SigningKey& key, const std::string& id, KeyState state) {
        keys.insert(keys.begin(), key);
        PublicKey entry;
        entry.id = id;
        entry.algorithm = key.algorithm();
        entry.state = state;
        entry.jwk = key.publicJwk(id);
        published.insert(published.begin(), entry);
    }

    std::vector<SigningKey> keys;
    std::vector<PublicKey> published;
    std::atomic<std::uint64_t> number{0};
    bool isAway = false;
    mutable std::atomic<int> asked{0};
};

/// A key made once for the whole test program: RSA keys take long.
inline const SigningKey& sharedKey(std::string_view algorithm) {
    static const SigningKey rsa = *SigningKey::generate("RS256");
    static const SigningKey ec = *SigningKey::generate("ES256");
    return algorithm == "RS256" ? rsa : ec;
}

}  // namespace gatehouse
