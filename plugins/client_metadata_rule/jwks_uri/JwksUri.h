// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/ClientKeySource.h>
#include <gatehouse/Host.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "jose/KeySetFetcher.h"
#include "jose/KnownKeySets.h"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Clients whose public keys lie at an address of theirs (RFC 7591 section 2, OpenID Connect
/// Registration section 2), so that they can change them without a word.
class JwksUri final : public With<ClientMetadataRule, ClientKeySource> {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;

    bool isFor(const ValueMap& metadata) const override;
    Result<std::shared_ptr<const Value>> keys(const Context& context, const Client& client,
                                              std::string_view kid) const override;

private:
    std::optional<KeySetFetcher> fetcher_;
    mutable std::optional<KnownKeySets> known_;
};

}  // namespace gatehouse
