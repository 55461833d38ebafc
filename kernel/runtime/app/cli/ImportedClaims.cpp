// SPDX-License-Identifier: Apache-2.0
#include "app/cli/ImportedClaims.h"

#include <gatehouse/User.h>

#include "json/Json.h"
#include "text/Printable.h"
#include "token/ClaimsPolicy.h"

#include <optional>

namespace gatehouse {

namespace {

bool isNothing(const Value& value) {
    return value.isNull() || (value.text() != nullptr && value.text()->empty()) ||
           (value.list() != nullptr && value.list()->empty());
}

/// "true" for true, ["a"] for "a", "a" for ["a"]: what other servers keep of a value.
std::optional<Value> fitted(ClaimKind kind, const Value& value) {
    if (claimProblem(kind, value).empty()) {
        return value;
    }
    if (value.list() != nullptr && value.list()->size() == 1 && kind != ClaimKind::list) {
        return fitted(kind, value.list()->front());
    }
    auto read = value.text() == nullptr ? std::nullopt : parseJson(*value.text());
    if (read && claimProblem(kind, *read).empty()) {
        return read;
    }
    const Value alone = ValueList{value};
    return kind == ClaimKind::list && claimProblem(kind, alone).empty() ? std::optional(alone)
                                                                        : std::nullopt;
}

std::string doesWithout(const std::string& claim, const std::string& why) {
    constexpr std::size_t longest = 64;
    return "does without the claim " + printable(claim.substr(0, longest)) + ", " + why;
}

}  // namespace

ValueMap importedClaims(const ValueMap& claims, const ClaimsPolicy& policy,
                        std::vector<std::string>& without) {
    ValueMap imported;
    for (const auto& [name, value] : claims) {
        const auto* rule = policy.find(name);
        if (isNothing(value)) {
            continue;
        }
        if (isServersClaim(name)) {
            without.push_back(doesWithout(name, "which is the server's to say"));
        } else if (rule == nullptr) {
            without.push_back(doesWithout(name, "which no client would be told: declare it in the "
                                                "configuration, oauth: claims"));
        } else if (auto fit = fitted(rule->kind, value)) {
            imported.set(name, *std::move(fit));
        } else {
            without.push_back(doesWithout(
                name, "which " + std::string(claimProblem(rule->kind, value)) + " here"));
        }
    }
    return imported;
}

}  // namespace gatehouse
