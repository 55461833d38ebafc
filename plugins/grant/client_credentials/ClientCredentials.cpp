// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/Grant.h>

namespace gatehouse {

/// A client acting for itself (RFC 6749 section 4.4): no person, so no ID token and no refresh
/// token.
class ClientCredentials final : public Grant {
public:
    std::string_view type() const noexcept override { return "client_credentials"; }
    std::vector<std::string_view> parameters() const override { return {"scope"}; }
    Callers callers() const noexcept override { return Callers::confidential; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        auto scopes = request.requestedScopes();
        if (!scopes) {
            return scopes.error();
        }
        return Entitlement::of(Subject::of(request.client()), *std::move(scopes));
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::ClientCredentials, "client_credentials", "0.1.0",
                 "Tokens for a client acting for itself")
