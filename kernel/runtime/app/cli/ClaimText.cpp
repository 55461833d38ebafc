// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ClaimText.h"

#include <gatehouse/User.h>

#include "app/cli/Arguments.h"
#include "json/Json.h"
#include "text/Suggest.h"
#include "token/ClaimsPolicy.h"

namespace gatehouse {

namespace {

bool isTextual(ClaimKind kind) {
    return kind == ClaimKind::text || kind == ClaimKind::url || kind == ClaimKind::email ||
           kind == ClaimKind::date;
}

const ClaimRule& ruleOf(const std::string& name, const ClaimsPolicy& policy) {
    if (isServersClaim(name)) {
        throw UsageError{"the claim " + name + " is the server's to say, not a person's"};
    }
    const auto* rule = policy.find(name);
    if (rule == nullptr) {
        throw UsageError{"no client would be told the claim " + name +
                         suggestion(name, policy.claims()) +
                         "; a claim of your own is declared in the configuration, oauth: claims"};
    }
    return *rule;
}

Value valueOf(const ClaimRule& rule, const std::string& text) {
    Value value = text;
    if (!isTextual(rule.kind)) {
        value = parseJson(text).value_or(Value{});
    }
    if (const auto problem = claimProblem(rule.kind, value); !problem.empty()) {
        throw UsageError{"the claim " + rule.name + " " + std::string(problem)};
    }
    return value;
}

}  // namespace

ValueMap claimsFrom(const std::vector<std::string>& texts, const ClaimsPolicy& policy) {
    ValueMap claims;
    for (const auto& text : texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            throw UsageError{"--claim takes NAME=VALUE, not \"" + text + "\""};
        }
        const auto name = text.substr(0, equals);
        const auto& rule = ruleOf(name, policy);
        claims.set(rule.name, valueOf(rule, text.substr(equals + 1)));
    }
    return claims;
}

}  // namespace gatehouse
