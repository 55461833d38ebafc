// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/Grant.h>

#include <utility>

namespace gatehouse {

/// Exchanges a refresh token for fresh tokens and its successor (RFC 6749 section 6, RFC 9700
/// section 4.14).
class RefreshToken final : public Grant {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        grace_ = std::chrono::duration_cast<seconds>(config.duration("grace"));
        idle_ = std::chrono::duration_cast<seconds>(config.duration("idle_lifetime"));
        return done();
    }
    std::string_view type() const noexcept override { return "refresh_token"; }
    std::vector<std::string_view> parameters() const override { return {"refresh_token", "scope"}; }

    Result<Entitlement, OAuthError> decide(const TokenRequest& request) const override {
        const auto token = request.form().text("refresh_token");
        if (token.empty()) {
            return OAuthError::of(OAuthCode::invalidRequest,
                                  "The parameter refresh_token is missing");
        }
        auto authorization = request.openRefreshToken(token, grace_, idle_);
        if (!authorization) {
            return authorization.error();
        }
        Entitlement entitlement = Entitlement::from(*std::move(authorization));
        auto scopes = narrowedScopes(request.form(), entitlement.authorization.scopes);
        if (!scopes) {
            return scopes.error();
        }
        entitlement.authorization.scopes = *std::move(scopes);
        entitlement.idToken = entitlement.authorization.scopes.contains("openid");
        return entitlement;
    }

private:
    seconds grace_{};
    seconds idle_{};
};

constexpr Field fields[] = {
    {"grace", Kind::duration, byDefault("30s"),
     "how long the refresh token before is still answered, with the same successor; 0s turns it "
     "off",
     between(0, 600'000)},
    {"idle_lifetime", Kind::duration, byDefault("0s"),
     "how long a refresh token may lie unused; 0s: as long as oauth.refresh_token_ttl_secs says"},
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::RefreshToken, "refresh_token", "0.1.0",
                 "Fresh tokens for a refresh token, which is replaced each time", gatehouse::fields)
