// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AskedBinding.h>
#include <gatehouse/BindingAnswer.h>
#include <gatehouse/Host.h>
#include <gatehouse/RequiredBinding.h>
#include <gatehouse/point/TokenBinding.h>

#include "KnownKeys.h"
#include "ProofRules.h"
#include "ServerNonce.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Binds tokens to a key of the client's, of which each request carries a proof (RFC 9449).
class DpopBinding final : public With<TokenBinding, AskedBinding, BindingAnswer, RequiredBinding> {
public:
    Status configure(const Config& config, Host& host) override;
    std::string_view confirmation() const noexcept override { return "jkt"; }
    std::string_view tokenType() const noexcept override { return "DPoP"; }
    Result<std::optional<Possession>, OAuthError>
    bind(const Context& context, const HttpRequest& request, const Client& client) const override;
    Result<std::monostate, OAuthError> prove(const Context& context, const HttpRequest& request,
                                             std::string_view accessToken,
                                             const Value& bound) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

    std::string_view parameter() const noexcept override { return "dpop_jkt"; }
    Result<Value, OAuthError> read(std::string_view value) const override;
    Result<std::optional<Possession>, OAuthError> proven(const Context& context,
                                                         const HttpRequest& request) const override;

    std::string challenge(const OAuthError* error) const override;
    std::vector<Header> fields(const Context& context, const HttpRequest& request) const override;
    bool isRequired() const override { return isRequired_; }

private:
    /// Of the key that the proof of the request is by; nullopt: it has none. `bound`: of which it
    /// must be.
    Result<std::optional<Possession>, OAuthError> proofOf(const Context& context,
                                                          const HttpRequest& request,
                                                          const std::string& tokenHash,
                                                          const Value* bound) const;
    UseMark markOf(const std::string& thumbprint, const ValueMap& claims) const;

    Host* host_ = nullptr;
    std::vector<std::string> algorithms_;
    ProofTimes times_;
    bool isRequired_ = false;
    std::optional<ServerNonce> nonce_;
    mutable KnownKeys known_;
};

}  // namespace gatehouse
