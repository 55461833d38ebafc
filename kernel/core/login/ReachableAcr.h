// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "authorization/AuthorizationRequest.h"
#include "login/AuthenticationClass.h"
#include "login/LoginPlan.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace gatehouse {

/// What `acr` a request wants, and whether a login can have it. Pure.
class ReachableAcr {
public:
    struct Proof {
        std::vector<std::set<Factor>> factors;  ///< what it can prove: the most last
        bool mayBeLeft = false;  ///< people who are known may go on without
    };
    /// By step.
    using Proofs = std::map<std::string, Proof, std::less<>>;

    ReachableAcr(const LoginPlan& plan, const Proofs& proofs) : plan_(plan), proofs_(proofs) {}

    /// The `acr` that a login for this request aims at: the first of those it wants that the plan
    /// reaches. Empty: none is wanted, or none of them is reached. `acr_values` count where a
    /// condition of the plan names them (OpenID Connect Core section 5.5.1.1).
    std::string wanted(const AuthorizationRequest& request) const;
    /// All that a login can have, whoever asks.
    std::vector<std::string> all() const;

private:
    bool reaches(std::string_view acr, const std::string* client) const;
    bool mayBeLeft(const LoginStage& stage) const;
    bool isConditional(std::string_view acr) const;

    const LoginPlan& plan_;
    const Proofs& proofs_;
};

}  // namespace gatehouse
