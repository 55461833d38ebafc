// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/AssertionKind.h>
#include <gatehouse/Host.h>
#include <gatehouse/OperatorsWord.h>
#include <gatehouse/RequestedToken.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/facade/People.h>
#include <gatehouse/facade/Tokens.h>
#include <gatehouse/point/ClientMetadataRule.h>

#include "IdJagPolicy.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Identity assertion JWT authorization grants (draft-ietf-oauth-identity-assertion-authz-grant):
/// an application that people sign in to here gets, for its ID token, an assertion to show at
/// another authorization server that trusts this one; and those of others are held to the draft.
class IdJag final : public With<ClientMetadataRule, OperatorsWord, RequestedToken, AssertionKind> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<std::string_view> members() const override { return {idJagMember}; }
    Status admit(const Context& context, const ValueMap& metadata) const override;
    void describe(const Issuer& issuer, ValueMap& metadata) const override;

    std::string_view tokenType() const noexcept override {
        return "urn:ietf:params:oauth:token-type:id-jag";
    }
    Result<Entitlement, OAuthError> give(const TokenRequest& request) const override;

    std::string_view typ() const noexcept override { return "oauth-id-jag+jwt"; }
    Status narrow(const Context& context, const Client& client, Vouched& vouched) const override;

private:
    Result<OtherToken, OAuthError> make(const TokenRequest& request,
                                        const Authorization& authorization) const;
    Result<std::string> sign(const TokenRequest& request, const Authorization& authorization,
                             const IdJagPolicy& policy, const std::vector<std::string>& resources,
                             const OtherToken& token) const;
    Result<std::string> subOf(const TokenRequest& request, const IdJagPolicy& policy,
                              const Subject& subject) const;

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
    const People* people_ = nullptr;
    const Tokens* tokens_ = nullptr;
    seconds life_{};
};

}  // namespace gatehouse
