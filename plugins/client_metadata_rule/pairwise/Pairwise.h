// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/RemoteCheck.h>
#include <gatehouse/SubjectForm.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "SectorDocument.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Pairwise subjects (OpenID Connect Core section 8.1): clients of two sectors know a person by two
/// names, from which nobody without the root secret can tell that it is one.
class Pairwise final : public With<ClientMetadataRule, SubjectForm, RemoteCheck> {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;

    Status checkRemote(const Context& context, const ValueMap& metadata) const override;

    std::string_view type() const noexcept override { return "pairwise"; }
    Result<std::string> sub(const Context& context, const Client& client,
                            std::string_view sub) const override;

private:
    Host* host_ = nullptr;
    std::optional<SectorDocument> document_;
};

}  // namespace gatehouse
