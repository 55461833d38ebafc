// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The client metadata member of the policy.
constexpr std::string_view exchangeMember = "token_exchange";

/// What a client may exchange. Who has no policy exchanges nothing.
struct ExchangePolicy {
    std::vector<std::string> from;  ///< clients whose tokens it takes, and `iss` of others' JWTs
    std::vector<std::string> audience;  ///< what it may ask for; empty: what the token is for
    bool impersonates = false;  ///< without an actor_token
    bool delegates = false;  ///< with one

    static std::optional<ExchangePolicy> of(const Client& client);
    /// What is left of an audience.
    std::vector<std::string> allowed(const std::vector<std::string>& audience) const;
};

/// What is wrong with a value of the member; empty: nothing.
std::string policyProblem(const Value& value);

}  // namespace gatehouse
