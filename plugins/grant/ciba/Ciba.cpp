// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Promise.h>
#include <gatehouse/point/Grant.h>

namespace gatehouse {

/// Redeems what a client was promised, once the person that it has asked allowed it (OpenID Connect
/// CIBA section 10.1).
class Ciba final : public Grant {
public:
    std::string_view type() const noexcept override { return "urn:openid:params:grant-type:ciba"; }
    std::vector<std::string_view> parameters() const override { return {"auth_req_id"}; }
    Callers callers() const noexcept override { return Callers::confidential; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto id = request.form().text("auth_req_id");
        if (id.empty()) {
            return OAuthError::of(OAuthCode::invalidRequest,
                                  "The parameter auth_req_id is missing");
        }
        auto authorization = request.openTicket(Promise::ticket, id);
        if (!authorization) {
            return authorization.error();
        }
        return Entitlement::from(*std::move(authorization));
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::Ciba, "ciba", "0.1.0",
                 "Tokens of people who were asked on another device")
