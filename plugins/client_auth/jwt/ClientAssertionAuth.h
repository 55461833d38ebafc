// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/KeepsPlainNames.h>
#include <gatehouse/point/ClientAuthMethod.h>

#include <string>

namespace gatehouse {

/// A client that signs a JWT, with its private key or its secret (RFC 7523 section 2.2, OpenID
/// Connect Core section 9).
class ClientAssertionAuth final : public With<ClientAuthMethod, KeepsPlainNames> {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> methods() const override {
        return {"private_key_jwt", "client_secret_jwt"};
    }
    std::vector<std::string_view> signingAlgorithms() const override;
    std::optional<ClientProof> find(const HttpRequest& request, const Form& form) const override;
    Result<Verdict> verify(const Context& context, const ClientProof& proof,
                           const Client& client) const override;

private:
    std::string algorithmProblem(const ClientProof& proof, const Client& client) const;
    /// The claims, or in `refusal` why the signature does not hold.
    Result<std::optional<ValueMap>> claimsByKey(const ClientProof& proof, const Client& client,
                                                std::string& refusal) const;
    Result<std::optional<ValueMap>> claimsBySecret(const ClientProof& proof, const Client& client,
                                                   std::string& refusal) const;

    Host* host_ = nullptr;
};

}  // namespace gatehouse
