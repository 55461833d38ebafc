// SPDX-License-Identifier: Apache-2.0
#include "authorization/rule/OwnRule.h"
#include "token/ScopePolicy.h"

#include <algorithm>

namespace gatehouse {

namespace {

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
    request.scopes = scope.empty() ? ScopePolicy::byDefault(*request.client)
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
