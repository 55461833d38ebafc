// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/KeepsPlainNames.h>
#include <gatehouse/facade/Clients.h>
#include <gatehouse/point/ClientAuthMethod.h>

#include <string>

namespace gatehouse {

/// A client that signs a JWT, with its private key or its secret (RFC 7523 section 2.2, OpenID
/// Connect Core section 9).
class ClientAssertionAuth final : public With<ClientAuthMethod, KeepsPlainNames> {
public:
    Status configure(const Config& config, Host& host) override;
    Status start() override;
    std::vector<std::string_view> methods() const override {
        return {"private_key_jwt", "client_secret_jwt"};
    }
    std::vector<std::string_view> signingAlgorithms() const override;
    std::optional<ClientProof> find(const HttpRequest& request, const Form& form) const override;
    Result<Verdict> verify(const Context& context, const ClientProof& proof,
                           const Client& client) const override;

private:
    /// The claims, or in `refusal` why the signature does not hold.
    Result<std::optional<ValueMap>> claimsByKey(const Context& context, const ClientProof& proof,
                                                const Client& client, std::string_view kid,
                                                std::string& refusal) const;
    Result<std::optional<ValueMap>> claimsBySecret(const ClientProof& proof, const Client& client,
                                                   std::string& refusal) const;

    Host* host_ = nullptr;
    const Clients* clients_ = nullptr;
};

}  // namespace gatehouse
