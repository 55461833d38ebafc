// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/KeyStore.h>

#include <utility>

namespace gatehouse {

/// Throws when it is to read its keys again.
class ThrowingKeyStore final : public KeyStore {
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
    Status refresh(const Context& /*context*/) override {
        if (std::exchange(hasRead_, true)) {
            throw 7;
        }
        return done();
    }

private:
    bool hasRead_ = false;
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ThrowingKeyStore, "throws_in_refresh", "1.0.0", "Throws at refresh")
