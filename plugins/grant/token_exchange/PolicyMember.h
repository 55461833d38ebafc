// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/OperatorsWord.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Clients that may exchange tokens, and which: the operator says so, no client of itself.
class PolicyMember final : public With<ClientMetadataRule, OperatorsWord> {
public:
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
};

template <> PluginDescriptor descriptorOf<PolicyMember>();

}  // namespace gatehouse
