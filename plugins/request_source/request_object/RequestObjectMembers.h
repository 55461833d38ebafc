// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string_view>
#include <vector>

namespace gatehouse {

constexpr std::string_view requireMember = "require_signed_request_object";
/// Ours: what longest_life says for all.
constexpr std::string_view lifeMember = "request_object_longest_life_secs";

/// What a client says of its request objects (OpenID Connect Registration section 2, RFC 9101
/// section 10.5).
class RequestObjectMembers final : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
};

template <> PluginDescriptor descriptorOf<RequestObjectMembers>();

}  // namespace gatehouse
