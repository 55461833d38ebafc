// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/Outgoing.h>
#include <gatehouse/point/ClientSource.h>

#include "limit/SiteTurns.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Clients whose id is the address of a document about them
/// (draft-ietf-oauth-client-id-metadata-document). One document at once from each site and few in
/// all, and not for long: workers wait meanwhile.
class MetadataDocuments final : public ClientSource {
public:
    Status configure(const Config& config, Host& host) override;
    bool isFor(std::string_view clientId) const override;
    Result<ClientDescription> describe(const Context& context,
                                       std::string_view clientId) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

private:
    static constexpr std::size_t mostAtOnce = 3;

    OutgoingCalls* calls_ = nullptr;
    mutable std::optional<SiteTurns> turns_;
    std::vector<std::string> allowedHosts_;
    std::vector<std::string> deniedHosts_;
    std::vector<std::string> scopes_;
    seconds refetchAfter_{0};
    seconds keepFor_{0};
};

}  // namespace gatehouse
