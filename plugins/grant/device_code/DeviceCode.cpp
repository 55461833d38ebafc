// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Promise.h>
#include <gatehouse/point/Grant.h>

namespace gatehouse {

/// Redeems what a device was promised, once its person allowed it (RFC 8628 section 3.4).
class DeviceCode final : public Grant {
public:
    std::string_view type() const noexcept override {
        return "urn:ietf:params:oauth:grant-type:device_code";
    }
    std::vector<std::string_view> parameters() const override { return {"device_code"}; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto code = request.form().text("device_code");
        if (code.empty()) {
            return OAuthError::of(OAuthCode::invalidRequest,
                                  "The parameter device_code is missing");
        }
        auto authorization = request.openTicket(Promise::ticket, code);
        if (!authorization) {
            return authorization.error();
        }
        return Entitlement::from(*std::move(authorization));
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::DeviceCode, "device_code", "0.1.0",
                 "Tokens for devices whose person signs in elsewhere")
