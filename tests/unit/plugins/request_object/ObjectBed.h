// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/KeyDecrypter.h>
#include <gatehouse/point/KeyStore.h>
#include <gatehouse/testkit/FacadeBed.h>
#include <gatehouse/testkit/FakeConfig.h>
#include <gatehouse/testkit/FakeRequestInHand.h>

#include "RequestObjectSource.h"
#include "crypto/KeyedCrypto.h"
#include "jose/DecryptionKey.h"
#include "jose/JoseService.h"
#include "jose/SigningKey.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// An issuer with one key to encrypt to, and none that signs.
class OneEncryptionKey final : public With<KeyStore, KeyDecrypter> {
public:
    std::vector<std::string_view> algorithms() const override { return {}; }
    Result<std::vector<PublicKey>> publicKeys(const Context&) const override;
    Result<std::string> sign(const Context&, std::string_view, std::string_view) const override {
        return Error::unavailable("no keys");
    }
    Status rotate(const Context&) override { return done(); }
    Status refresh(const Context&) override { return done(); }
    std::vector<std::string_view> decryptionAlgorithms() const override { return {"ECDH-ES"}; }
    Result<std::optional<Secret>> decrypt(const Context&, std::string_view,
                                          std::string_view input) const override {
        return key.open(input);
    }

    DecryptionKey key = *DecryptionKey::generate("ECDH-ES");
};

/// A source, and the client "site" that signs with ES256.
struct ObjectBed : testkit::FacadeBed {
    ObjectBed() { host.use(jose); }

    std::unique_ptr<RequestObjectSource> make(const ValueMap& settings = {});
    /// What a good object says, now.
    ValueMap claims(const ValueMap& changes = {}) const;
    /// An object, signed by the client unless by another key.
    std::string object(const ValueMap& claims, const ValueMap& header = {}) const;
    static std::string signedBy(const SigningKey& key, const ValueMap& claims,
                                const ValueMap& header = {});
    std::string encrypted(std::string_view object, std::string_view encryption = "A256GCM");
    /// A request of the client with these fields.
    static std::unique_ptr<testkit::FakeRequestInHand>
    request(const std::vector<Form::Field>& fields, const ValueMap& metadata = {});

    static const SigningKey& key();
    static ValueMap jwks();

    OneEncryptionKey keys;
    KeyedCrypto crypto{Secret(std::string(32, 'r'))};
    JoseService jose{keys, crypto};
    std::string issuer = "https://id.example.org";
};

}  // namespace gatehouse
