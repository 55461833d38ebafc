// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/point/ClientAuthMethod.h>

namespace gatehouse {

/// A public client: it names itself in the form and cannot prove it (RFC 6749 section 2.1).
class PublicClient final : public ClientAuthMethod {
public:
    std::vector<std::string_view> methods() const override { return {"none"}; }
    std::optional<ClientProof> find(const HttpRequest& request, const Form& form) const override;
    Result<Verdict> verify(const Context& context, const ClientProof& proof,
                           const Client& client) const override;
};

}  // namespace gatehouse
