// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimsPolicy.h"

#include <algorithm>

namespace gatehouse {

namespace {

struct ScopeClaims {
    std::string_view scope;
    std::vector<std::string_view> claims;
};

/// OpenID Connect Core section 5.4.
const std::vector<ScopeClaims>& table() {
    static const std::vector<ScopeClaims> rows{
        {"openid", {}},
        {"profile",
         {"name", "family_name", "given_name", "middle_name", "nickname", "preferred_username",
          "profile", "picture", "website", "gender", "birthdate", "zoneinfo", "locale",
          "updated_at"}},
        {"email", {"email", "email_verified"}},
        {"address", {"address"}},
        {"phone", {"phone_number", "phone_number_verified"}},
        {"offline_access", {}},
    };
    return rows;
}

/// The scope of a claim about the person, which a store may say; empty: `sub`, `iss`, `acr` ... are
/// the server's.
std::string_view scopeOf(std::string_view claim) {
    for (const auto& row : table()) {
        if (std::find(row.claims.begin(), row.claims.end(), claim) != row.claims.end()) {
            return row.scope;
        }
    }
    return {};
}

bool isEmpty(const Value& value) {
    return value.isNull() || (value.text() != nullptr && value.text()->empty());
}

void add(ValueMap& selected, const ValueMap& all, std::string_view name) {
    const Value* value = all.find(name);
    if (value != nullptr && !isEmpty(*value)) {
        selected.set(name, *value);
    }
}

}  // namespace

const std::vector<std::string>& ClaimsPolicy::scopes() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made;
        for (const auto& row : table()) {
            made.emplace_back(row.scope);
        }
        return made;
    }();
    return names;
}

const std::vector<std::string>& ClaimsPolicy::claims() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> made{"sub", "iss", "auth_time", "acr", "amr"};
        for (const auto& row : table()) {
            made.insert(made.end(), row.claims.begin(), row.claims.end());
        }
        return made;
    }();
    return names;
}

ScopeSet ClaimsPolicy::scopesOf(const ValueMap& requested) {
    ScopeSet scopes;
    for (const auto& claim : requested) {
        scopes.add(scopeOf(claim.name));
    }
    return scopes;
}

ValueMap ClaimsPolicy::within(const ScopeSet& scopes, const ValueMap& requested) {
    ValueMap kept;
    for (const auto& claim : requested) {
        const auto scope = scopeOf(claim.name);
        if (scope.empty() || scopes.contains(scope)) {
            kept.set(claim.name, claim.value);
        }
    }
    return kept;
}

ValueMap ClaimsPolicy::select(const ValueMap& all, const ScopeSet& scopes,
                              const ValueMap& requested) {
    ValueMap selected;
    for (const auto& row : table()) {
        if (!scopes.contains(row.scope)) {
            continue;
        }
        for (const auto name : row.claims) {
            add(selected, all, name);
        }
    }
    for (const auto& claim : requested) {
        if (!scopeOf(claim.name).empty()) {
            add(selected, all, claim.name);
        }
    }
    return selected;
}

}  // namespace gatehouse
