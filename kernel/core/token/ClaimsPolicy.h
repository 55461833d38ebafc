// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Scope.h>
#include <gatehouse/Value.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Which of a person's claims a client gets (OpenID Connect Core sections 5.1, 5.4 and 5.5). Pure.
class ClaimsPolicy {
public:
    /// Scopes that this server knows the meaning of.
    static const std::vector<std::string>& scopes();
    /// Every claim that can be asked for.
    static const std::vector<std::string>& claims();
    /// The scopes that stand for the claims that `requested` (a member of the claims parameter)
    /// names: what a person allows is a scope.
    static ScopeSet scopesOf(const ValueMap& requested);
    /// `requested` without a person's claims that none of the scopes stands for.
    static ValueMap within(const ScopeSet& scopes, const ValueMap& requested);
    /// Those of `all` that the scopes stand for, and those that `requested` names. null and "" are
    /// never given.
    static ValueMap select(const ValueMap& all, const ScopeSet& scopes, const ValueMap& requested);
};

}  // namespace gatehouse
