// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"

#include <algorithm>
#include <array>

namespace gatehouse {

namespace {

/// What a client gets that names no scope: all it may have, without what belongs to OpenID Connect
/// alone.
ScopeSet defaultScopes(const Client& client) {
    constexpr std::array<std::string_view, 6> identity{"openid",  "profile", "email",
                                                       "address", "phone",   "offline_access"};
    ScopeSet scopes;
    for (const auto& scope : client.scopes) {
        if (std::find(identity.begin(), identity.end(), scope) == identity.end()) {
            scopes.add(scope);
        }
    }
    return scopes;
}

/// RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ).
bool isScopeText(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
}

/// RFC 6749 section 3.3: values the client may not have are left out, and the token response says
/// what remained.
Objection check(const RuleInput& input, AuthorizationRequest& request) {
    const auto scope = input.form.text("scope");
    if (!isScopeText(scope)) {
        return OAuthError::of(OAuthCode::invalidScope,
                              "The scope has a character it must not have");
    }
    request.scopes = scope.empty() ? defaultScopes(*request.client)
                                   : ScopeSet::parse(scope).within(request.client->scopes);
    if (request.scopes.empty()) {
        return OAuthError::of(OAuthCode::invalidScope,
                              "None of the requested scopes can be granted");
    }
    return {};
}

}  // namespace

constexpr OwnRule scopeRule{"scope", {"scope"}, check};

}  // namespace gatehouse
