// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse::testkit {

/// Signs, encrypts and believes nothing: sign() answers "<algorithm>.<type>.<payload>",
/// encryptFor() "<alg>.<enc>.<cty>.<plain>", every verification and decryption says nullopt. A test
/// that needs tokens puts a real one into FakeHost, or one that overrides some of it.
class FakeJose : public Jose {
public:
    Result<std::string> sign(const Context&, std::string_view algorithm, std::string_view type,
                             std::string_view payload) override {
        return std::string(algorithm) + "." + std::string(type) + "." + std::string(payload);
    }
    Result<std::optional<VerifiedJwt>> verify(const Context&, std::string_view /*text*/) override {
        return std::optional<VerifiedJwt>{};
    }
    std::optional<VerifiedJwt> verifyWith(const Value& /*jwks*/,
                                          const std::vector<std::string>& /*allowed*/,
                                          std::string_view /*text*/) override {
        return std::nullopt;
    }
    std::optional<VerifiedJwt> verifyWith(const Secret& /*secret*/,
                                          const std::vector<std::string>& /*allowed*/,
                                          std::string_view /*text*/) override {
        return std::nullopt;
    }
    std::optional<VerifiedJwt> peek(std::string_view /*text*/) const override {
        return std::nullopt;
    }
    Result<std::string> encryptFor(const Value& /*jwks*/, std::string_view algorithm,
                                   std::string_view encryption, std::string_view contentType,
                                   std::string_view plain) override {
        return std::string(algorithm) + "." + std::string(encryption) + "." +
               std::string(contentType) + "." + std::string(plain);
    }
    Result<std::optional<DecryptedJwe>> decrypt(const Context&,
                                                std::string_view /*text*/) override {
        return std::optional<DecryptedJwe>{};
    }
    std::vector<std::string_view> decryptionAlgorithms() const override { return {}; }
    std::vector<std::string_view> signingAlgorithms() const override { return {"RS256", "ES256"}; }
};

}  // namespace gatehouse::testkit
