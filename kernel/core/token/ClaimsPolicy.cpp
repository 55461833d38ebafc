// SPDX-License-Identifier: Apache-2.0
#include "token/ClaimsPolicy.h"

#include "text/Contains.h"

#include <algorithm>

namespace gatehouse {

namespace {

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

const std::vector<std::string>& ClaimsPolicy::standardScopes() {
    static const std::vector<std::string> names{"openid",  "profile", "email",
                                                "address", "phone",   "offline_access"};
    return names;
}

std::vector<std::string> ClaimsPolicy::scopes() const {
    auto names = standardScopes();
    for (const auto& rule : rules_) {
        if (!contains(names, rule.scope)) {
            names.push_back(rule.scope);
        }
    }
    return names;
}

std::vector<std::string> ClaimsPolicy::claims() const {
    std::vector<std::string> names{"sub", "iss", "auth_time", "acr", "amr"};
    for (const auto& rule : rules_) {
        names.push_back(rule.name);
    }
    return names;
}

const ClaimRule* ClaimsPolicy::find(std::string_view name) const {
    const auto found = std::find_if(rules_.begin(), rules_.end(),
                                    [&](const ClaimRule& rule) { return rule.name == name; });
    return found == rules_.end() ? nullptr : &*found;
}

ScopeSet ClaimsPolicy::scopesOf(const ValueMap& requested) const {
    ScopeSet scopes;
    for (const auto& claim : requested) {
        if (const auto* rule = find(claim.name)) {
            scopes.add(rule->scope);
        }
    }
    return scopes;
}

ValueMap ClaimsPolicy::within(const ScopeSet& scopes, const ValueMap& requested) const {
    ValueMap kept;
    for (const auto& claim : requested) {
        const auto* rule = find(claim.name);
        if (rule == nullptr || scopes.contains(rule->scope)) {
            kept.set(claim.name, claim.value);
        }
    }
    return kept;
}

ValueMap ClaimsPolicy::told(const ValueMap& all, const ScopeSet& scopes, ClaimTarget where,
                            const std::vector<std::string>& also) const {
    ValueMap selected;
    if (all.empty()) {
        return selected;
    }
    for (const auto& rule : rules_) {
        if ((contains(rule.targets, where) || contains(also, rule.name)) &&
            scopes.contains(rule.scope)) {
            add(selected, all, rule.name);
        }
    }
    return selected;
}

ValueMap ClaimsPolicy::asked(const ValueMap& all, const ValueMap& requested) const {
    ValueMap selected;
    for (const auto& claim : requested) {
        if (find(claim.name) != nullptr) {
            add(selected, all, claim.name);
        }
    }
    return selected;
}

}  // namespace gatehouse
