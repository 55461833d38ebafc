// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/ReadsCertificates.h>
#include <gatehouse/RequiredBinding.h>
#include <gatehouse/point/TokenBinding.h>

#include <optional>
#include <string_view>

namespace gatehouse {

/// Tokens that are good with the client's certificate alone (RFC 8705 section 3), by its hash: who
/// issued it, and how long it is good, does not matter, since it only names the key that was there.
class TlsBinding final : public With<TokenBinding, ReadsCertificates, RequiredBinding> {
public:
    Status configure(const Config& config, Host& host) override;
    std::string_view confirmation() const noexcept override { return "x5t#S256"; }
    std::string_view tokenType() const noexcept override { return "Bearer"; }
    Result<std::optional<Possession>, OAuthError>
    bind(const Context& context, const HttpRequest& request, const Client& client) const override;
    Result<std::monostate, OAuthError> prove(const Context& context, const HttpRequest& request,
                                             std::string_view accessToken,
                                             const Value& bound) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;
    bool isRequired() const override { return isForAll_; }

private:
    Host* host_ = nullptr;
    bool isForAll_ = false;
};

}  // namespace gatehouse
