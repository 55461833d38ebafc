// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include <memory>

namespace gatehouse {

/// The Jose that plugins are lent. They may keep a reference before there is a key store; until one
/// is given, every call says that there is none. give() comes before the first call from another
/// thread.
class LentJose final : public Jose {
public:
    void give(std::unique_ptr<Jose> jose) { jose_ = std::move(jose); }

    Result<std::string> sign(const Context& context, std::string_view algorithm,
                             std::string_view type, std::string_view payload) override;
    Result<std::optional<VerifiedJwt>> verify(const Context& context,
                                              std::string_view text) override;
    std::optional<VerifiedJwt> verifyWith(const Value& jwks,
                                          const std::vector<std::string>& allowed,
                                          std::string_view text) override;
    std::optional<VerifiedJwt> verifyWith(const Secret& secret,
                                          const std::vector<std::string>& allowed,
                                          std::string_view text) override;
    std::optional<VerifiedJwt> peek(std::string_view text) const override;
    Result<std::string> encryptFor(const Value& jwks, std::string_view algorithm,
                                   std::string_view encryption, std::string_view contentType,
                                   std::string_view plain) override;
    Result<std::optional<DecryptedJwe>> decrypt(const Context& context,
                                                std::string_view text) override;
    std::vector<std::string_view> decryptionAlgorithms() const override;
    std::vector<std::string_view> signingAlgorithms() const override;

private:
    std::unique_ptr<Jose> jose_;
};

}  // namespace gatehouse
