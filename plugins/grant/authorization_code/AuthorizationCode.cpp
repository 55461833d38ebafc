// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/KeepsPlainNames.h>
#include <gatehouse/point/Grant.h>

namespace gatehouse {

/// Redeems the code a person's browser brought back (RFC 6749 section 4.1.3 with RFC 7636).
class AuthorizationCode final : public With<Grant, KeepsPlainNames> {
public:
    std::string_view type() const noexcept override { return "authorization_code"; }
    std::vector<std::string_view> parameters() const override {
        return {"code", "redirect_uri", "code_verifier"};
    }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto code = request.form().text("code");
        if (code.empty()) {
            return OAuthError::of(OAuthCode::invalidRequest, "The parameter code is missing");
        }
        auto authorization = request.openTicket(TicketKind::authorizationCode, code);
        if (!authorization) {
            return authorization.error();
        }
        return Entitlement::from(*std::move(authorization));
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::AuthorizationCode, "authorization_code", "0.1.0",
                 "Tokens for the code a person's browser brought back, with PKCE")
