// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "jose/ResponseMembers.h"

#include <string_view>
#include <vector>

namespace gatehouse {

constexpr ResponseMembers jarmMembers{"authorization_signed_response_alg",
                                      "authorization_encrypted_response_alg",
                                      "authorization_encrypted_response_enc"};

/// How a client wants answers that are JWTs (JARM section 3).
class JarmMembers final : public ClientMetadataRule {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

private:
    Host* host_ = nullptr;
};

template <> PluginDescriptor descriptorOf<JarmMembers>();

}  // namespace gatehouse
