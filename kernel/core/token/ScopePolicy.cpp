// SPDX-License-Identifier: Apache-2.0
#include "token/ScopePolicy.h"

#include "token/ClaimsPolicy.h"

#include <algorithm>

namespace gatehouse {

namespace {

bool isOfPerson(std::string_view scope) {
    const auto& scopes = ClaimsPolicy::standardScopes();
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

}  // namespace

bool ScopePolicy::isToken(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c >= 0x21 && c <= 0x7e && c != '"' && c != '\\';
    });
}

ScopeSet ScopePolicy::byDefault(const Client& client) {
    ScopeSet scopes;
    for (const auto& scope : client.scopes) {
        if (!isOfPerson(scope)) {
            scopes.add(scope);
        }
    }
    return scopes;
}

Result<ScopeSet, OAuthError> ScopePolicy::requested(const Client& client, const Subject& subject,
                                                    std::string_view scope) {
    if (scope.empty()) {
        return byDefault(client);
    }
    auto granted = ScopeSet::parse(scope);
    if (granted.empty()) {
        return OAuthError::of(OAuthCode::invalidScope, "The scope parameter names no scope");
    }
    for (const auto& value : granted) {
        if (!client.scopes.contains(value) || (isOfPerson(value) && !subject.isPerson())) {
            return OAuthError::of(OAuthCode::invalidScope,
                                  "A requested scope is not allowed for this client",
                                  "the client is not registered for a scope it asked for, or the "
                                  "scope needs a person");
        }
    }
    return granted;
}

}  // namespace gatehouse
