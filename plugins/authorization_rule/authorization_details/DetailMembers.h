// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ClientMetadataRule.h>

#include "DetailType.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// The types of authorization details that there are, and for which of them a client is registered
/// (RFC 9396 section 10).
class DetailMembers final : public ClientMetadataRule {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> members() const override { return {typesMember}; }
    Status admit(const Context& context, const ValueMap& metadata) const override;

    const DetailTypes& types() const noexcept { return types_; }

private:
    DetailTypes types_;
};

template <> PluginDescriptor descriptorOf<DetailMembers>();

}  // namespace gatehouse
