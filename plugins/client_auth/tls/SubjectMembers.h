// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Clients that say whose certificate is theirs (RFC 8705 section 2.1.2): in one way.
class SubjectMembers final : public ClientMetadataRule {
public:
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
};

template <> PluginDescriptor descriptorOf<SubjectMembers>();

}  // namespace gatehouse
