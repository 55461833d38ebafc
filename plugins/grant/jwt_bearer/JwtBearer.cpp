// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/point/Grant.h>

#include <utility>

namespace gatehouse {

/// Tokens for an assertion of an issuer that is trusted (RFC 7523 section 2.1, RFC 7521): about a
/// person, or about the service that shows it. They live no longer than it does, and nothing
/// refreshes them.
class JwtBearer final : public Grant {
public:
    std::string_view type() const noexcept override {
        return "urn:ietf:params:oauth:grant-type:jwt-bearer";
    }
    std::vector<std::string_view> parameters() const override { return {"assertion", "scope"}; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto assertion = request.form().text("assertion");
        if (assertion.empty()) {
            return OAuthError::of(OAuthCode::invalidRequest, "The parameter assertion is missing");
        }
        auto vouched = request.openAssertion(assertion);
        if (!vouched) {
            return vouched.error();
        }
        auto scopes =
            narrowedScopes(request.form(), vouched->scopes.within(request.client().scopes));
        if (!scopes) {
            return scopes.error();
        }
        Entitlement entitlement;
        entitlement.authorization.subject = std::move(vouched->subject);
        entitlement.authorization.scopes = *std::move(scopes);
        entitlement.authorization.audience = std::move(vouched->audience);
        entitlement.authorization.expires = vouched->expires;
        return entitlement;
    }
};

/// Nothing else would be believed.
constexpr const char* needs[] = {"trusted_issuer"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::JwtBearer, "jwt_bearer", "0.1.0",
                 "Tokens for assertions of other issuers", gatehouse::needs)
