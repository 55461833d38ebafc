// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Host.h>
#include <gatehouse/point/ResponseType.h>

namespace gatehouse {

namespace {

constexpr Field fields[] = {
    {"ttl_secs", Kind::number, byDefault("600"),
     "longest life of such an access token, seconds; never longer than "
     "oauth.access_token_ttl_secs",
     between(1, 86'400)},
};

}  // namespace

/// An access token beside a code or an ID token (OAuth 2.0 Multiple Response Type Encoding
/// Practices section 5). By itself it would say nothing of who signed in, and be anybody's (RFC
/// 9700 section 2.1.2).
class TokenType final : public ResponseType {
public:
    Status configure(const Config& config, Host& /*host*/) override {
        longest_ = seconds{config.number("ttl_secs")};
        return done();
    }

    std::string_view kind() const noexcept override { return "token"; }
    std::string_view grant() const noexcept override { return "implicit"; }
    bool standsAlone() const noexcept override { return false; }
    Result<std::monostate, OAuthError> check(const Form& /*parameters*/) const override {
        return std::monostate{};
    }
    Result<std::monostate, OAuthError> addTo(AnswerInMaking& answer) const override {
        return answer.addAccessToken(longest_);
    }

private:
    seconds longest_{600};
};

constexpr const char* needs[] = {"token_format"};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::TokenType, "token", "0.1.0",
                 "Access tokens in the authorization answer, for sites that need them",
                 gatehouse::fields, gatehouse::needs)
