// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/IntrospectionForm.h>
#include <gatehouse/SigningDefault.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Introspection answers that are JWTs, signed and, where a resource server is registered so, then
/// encrypted (RFC 9701).
class JwtIntrospection final : public With<ClientMetadataRule, IntrospectionForm, SigningDefault> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<std::string_view> members() const override;
    Status admit(const Context& context, const ValueMap& metadata) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

    Result<std::optional<FormedAnswer>> introspection(const Context& context,
                                                      const HttpRequest& request,
                                                      const Client& client,
                                                      const std::string& json) const override;
    std::string_view member() const noexcept override {
        return "introspection_signed_response_alg";
    }
    std::string_view algorithm() const noexcept override { return "RS256"; }

private:
    Result<std::string> sign(const Context& context, const Client& client,
                             const std::string& json) const;
    Result<std::string> encrypted(const Context& context, const Client& client,
                                  const std::string& jwt) const;

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
};

}  // namespace gatehouse
