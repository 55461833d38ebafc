// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/ResponseForm.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "jose/ResponseMembers.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// ID tokens that are encrypted for their client, and UserInfo that is signed, encrypted, or both:
/// signed, then encrypted (OpenID Connect Core sections 5.3.2, 10.2 and 16.14).
class JwtResponses final : public With<ClientMetadataRule, ResponseForm> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

    Result<std::optional<std::string>> idToken(const Context& context, const Client& client,
                                               const std::string& signedToken) const override;
    Result<std::optional<std::string>> userinfo(const Context& context, const Client& client,
                                                const ValueMap& claims) const override;

private:
    Result<std::optional<std::string>> encrypted(const Context& context, const Client& client,
                                                 const ResponseMembers& members,
                                                 std::string_view contentType,
                                                 const std::string& text) const;
    Result<std::string> sign(const Context& context, const Client& client,
                             std::string_view algorithm, ValueMap claims) const;

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
};

}  // namespace gatehouse
