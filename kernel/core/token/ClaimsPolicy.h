// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Scope.h>
#include <gatehouse/Value.h>

#include "token/ClaimRule.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Which of a person's claims a client gets (OpenID Connect Core sections 5.1, 5.4 and 5.5): only
/// those it has a rule for, whatever a user store says beside. Threads: any.
class ClaimsPolicy {
public:
    explicit ClaimsPolicy(std::vector<ClaimRule> rules = standardClaims())
        : rules_(std::move(rules)) {}

    /// The scopes OpenID Connect gives a meaning.
    static const std::vector<std::string>& standardScopes();
    /// Those and the scopes of declared claims.
    std::vector<std::string> scopes() const;
    /// Every claim that can be asked for: the server's, and those about people.
    std::vector<std::string> claims() const;
    /// nullptr: no client is ever told it.
    const ClaimRule* find(std::string_view name) const;
    /// The scopes that stand for the claims that `requested` (a member of the claims parameter)
    /// names: what a person allows is a scope.
    ScopeSet scopesOf(const ValueMap& requested) const;
    /// `requested` without a person's claims that none of the scopes stands for.
    ValueMap within(const ScopeSet& scopes, const ValueMap& requested) const;
    /// Those of `all` that the scopes stand for and that are told there, or named in `also`. null
    /// and "" are never given.
    ValueMap told(const ValueMap& all, const ScopeSet& scopes, ClaimTarget where,
                  const std::vector<std::string>& also = {}) const;
    /// Those of `all` that `requested` names.
    ValueMap asked(const ValueMap& all, const ValueMap& requested) const;

private:
    std::vector<ClaimRule> rules_;
};

}  // namespace gatehouse
