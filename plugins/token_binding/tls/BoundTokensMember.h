// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Of a client, and of a server: RFC 8705 sections 3.4 and 3.3.
constexpr std::string_view boundTokensMember = "tls_client_certificate_bound_access_tokens";

/// Clients that want their tokens bound to their certificate.
class BoundTokensMember final : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override { return {boundTokensMember}; }
    Status admit(const Context& context, const ValueMap& metadata) const override;
};

template <> PluginDescriptor descriptorOf<BoundTokensMember>();

}  // namespace gatehouse
