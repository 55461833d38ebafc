// SPDX-License-Identifier: Apache-2.0
#include <gatehouse/Scope.h>
#include <gatehouse/point/ResponseType.h>

namespace gatehouse {

/// An ID token (OpenID Connect Core sections 3.2 and 3.3).
class IdTokenType final : public ResponseType {
public:
    std::string_view kind() const noexcept override { return "id_token"; }
    std::string_view grant() const noexcept override { return "implicit"; }
    bool standsAlone() const noexcept override { return true; }
    bool comesLast() const noexcept override { return true; }

    /// Sections 3.2.2.1 and 3.3.2.11: without a nonce, an ID token could be played in.
    Result<std::monostate, OAuthError> check(const Form& parameters) const override {
        if (!ScopeSet::parse(parameters.text("scope")).contains("openid")) {
            return OAuthError::of(OAuthCode::invalidScope, "An ID token needs the scope openid");
        }
        if (!parameters.has("nonce")) {
            return OAuthError::of(OAuthCode::invalidRequest, "The nonce parameter is missing");
        }
        return std::monostate{};
    }
    Result<std::monostate, OAuthError> addTo(AnswerInMaking& answer) const override {
        return answer.addIdToken();
    }
};

}  // namespace gatehouse

GATEHOUSE_PLUGIN(gatehouse::IdTokenType, "id_token", "0.1.0",
                 "ID tokens in the authorization answer, for sites that need them")
