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

struct DpopProof;

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
    Result<std::optional<Possession>, OAuthError>
    proven(const Context& context, const HttpRequest& request, const Client& client) const override;

    std::string challenge(const OAuthError* error) const override;
    std::vector<Header> fields(const Context& context, const HttpRequest& request) const override;
    bool isRequired() const override { return isRequired_; }

private:
    /// What a proof has to fit, beside its request.
    struct Wanted {
        const Client* client = nullptr;  ///< whose algorithms it is by
        std::string tokenHash{};  ///< of the token that is shown
        const Value* bound = nullptr;  ///< to which key that is
    };

    /// Of the key that the proof of the request is by; nullopt: it has none.
    Result<std::optional<Possession>, OAuthError>
    proofOf(const Context& context, const HttpRequest& request, const Wanted& wanted) const;
    /// Which rule is broken; empty: none.
    std::string_view problemOf(const Context& context, const HttpRequest& request,
                               const DpopProof& proof, const Wanted& wanted) const;
    UseMark markOf(const std::string& thumbprint, const ValueMap& claims) const;

    Host* host_ = nullptr;
    std::vector<std::string> algorithms_;
    ProofTimes times_;
    bool isRequired_ = false;
    std::optional<ServerNonce> nonce_;
    mutable KnownKeys known_;
};

}  // namespace gatehouse
