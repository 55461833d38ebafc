// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string_view>
#include <vector>

namespace gatehouse {

constexpr std::string_view requireMember = "require_pushed_authorization_requests";

/// Whether a client has to push its requests (RFC 9126 section 6).
class ParMembers final : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override { return {requireMember}; }
    Status admit(const Context& context, const ValueMap& metadata) const override;
};

template <> PluginDescriptor descriptorOf<ParMembers>();

}  // namespace gatehouse
