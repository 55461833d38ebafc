// SPDX-License-Identifier: Apache-2.0
#include "login/MadeAnswer.h"

#include <algorithm>
#include <utility>

namespace gatehouse {

Result<std::monostate, OAuthError> MadeAnswer::addAccessToken(seconds longest) {
    const auto& [wish, tokens, granted, batch] = parts_;
    if (!authorization().confirmation.empty()) {  // as AnswerMaker says, nothing is proven here
        return OAuthError::of(OAuthCode::invalidRequest,
                              "The tokens of this answer cannot be bound as the request says");
    }
    auto given = tokens.giveAccessToken(wish.context, client(), granted, longest,
                                        {"implicit", wish.remoteAddress}, batch);
    if (!given) {
        return given.error();
    }
    const TokenSet& set = given->tokens;
    add("access_token", set.accessToken);
    add("token_type", set.tokenType);
    add("expires_in", std::to_string(set.expiresIn.count()));
    if (set.scopes.text() != ScopeSet::parse(wish.askedScope).text()) {
        add("scope", set.scopes.text());
    }
    answer_.tokens.push_back(std::move(given->event));
    return std::monostate{};
}

Result<std::monostate, OAuthError> MadeAnswer::addIdToken() {
    if (!authorization().scopes.contains("openid")) {
        return OAuthError::of(OAuthCode::invalidScope, "An ID token needs the scope openid");
    }
    auto idToken = parts_.tokens.giveIdToken(context(), client(), parts_.granted,
                                             {parameter("access_token"), parameter("code")});
    if (!idToken) {
        return idToken.error();
    }
    add("id_token", *std::move(idToken));
    return std::monostate{};
}

std::string_view MadeAnswer::parameter(std::string_view name) const {
    const auto found = std::find_if(answer_.parameters.begin(), answer_.parameters.end(),
                                    [&](const Form::Field& field) { return field.first == name; });
    return found == answer_.parameters.end() ? std::string_view() : found->second;
}

}  // namespace gatehouse
