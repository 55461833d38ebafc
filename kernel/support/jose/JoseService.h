// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/KeyStore.h>

#include "jose/CompactJws.h"
#include "jose/IssuerKeys.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The kernel's Jose: algorithms come from keys and callers, never from a token. Any thread.
class JoseService final : public Jose {
public:
    /// Both must outlive it.
    JoseService(KeyStore& store, Crypto& crypto) : store_(store), crypto_(crypto), keys_(store) {}

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

    /// Whose mac() an issuer's own HS256 tokens carry. Issuers do not share a key: one must not
    /// take another's token for its own.
    static std::string ownMacLabel(const Issuer& issuer);

private:
    std::string ownMac(const Context& context, std::string_view input) const;
    Result<bool> holds(const Context& context, const CompactJws& jws);

    KeyStore& store_;
    Crypto& crypto_;
    IssuerKeys keys_;
};

}  // namespace gatehouse
