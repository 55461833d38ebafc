// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/SigningDefault.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "jose/ResponseMembers.h"

#include <string_view>
#include <vector>

namespace gatehouse {

constexpr ResponseMembers jarmMembers{"authorization_signed_response_alg",
                                      "authorization_encrypted_response_alg",
                                      "authorization_encrypted_response_enc"};

constexpr std::string_view defaultSigning = "RS256";  // JARM section 3

/// How a client wants answers that are JWTs (JARM section 3).
class JarmMembers final : public With<ClientMetadataRule, SigningDefault> {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;
    std::string_view member() const noexcept override { return jarmMembers.signing; }
    std::string_view algorithm() const noexcept override { return defaultSigning; }

private:
    Host* host_ = nullptr;
};

template <> PluginDescriptor descriptorOf<JarmMembers>();

}  // namespace gatehouse
