// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>
#include <gatehouse/point/ClientAuthMethod.h>

namespace gatehouse {

/// A client that sends its secret, in the Authorization header or in the form (RFC 6749
/// section 2.3.1).
class ClientSecretAuth final : public ClientAuthMethod {
public:
    Status configure(const Config& config, Host& host) override;
    std::vector<std::string_view> methods() const override {
        return {"client_secret_basic", "client_secret_post"};
    }
    std::optional<ClientProof> find(const HttpRequest& request, const Form& form) const override;
    Result<Verdict> verify(const Context& context, const ClientProof& proof,
                           const Client& client) const override;

private:
    Host* host_ = nullptr;
};

}  // namespace gatehouse
