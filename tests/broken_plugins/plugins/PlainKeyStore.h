// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/KeyStore.h>

namespace gatehouse {

/// A key store with nothing wrong, and no keys.
class PlainKeyStore : public KeyStore {
public:
    std::vector<std::string_view> algorithms() const override { return {}; }
    Result<std::vector<PublicKey>> publicKeys(const Context& /*context*/) const override {
        return std::vector<PublicKey>{};
    }
    Result<std::string> sign(const Context& /*context*/, std::string_view /*keyId*/,
                             std::string_view /*input*/) const override {
        return std::string();
    }
    Status rotate(const Context& /*context*/) override { return done(); }
    Status refresh(const Context& /*context*/) override { return done(); }
};

}  // namespace gatehouse
