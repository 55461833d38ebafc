// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Scope.h>
#include <gatehouse/Value.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The client metadata member of the policy.
constexpr std::string_view idJagMember = "id_jag";

/// What a client may be given for one other authorization server. Who has none is given nothing.
struct IdJagPolicy {
    std::string clientId;  ///< of the client, at the other server
    std::string relyingParty;  ///< the other server as a client here, whose name for the person is
                               ///< told; empty: that of the client
    ScopeSet scopes;  ///< no others
    std::vector<std::string> resources;  ///< no others

    /// `audience`: the other server's issuer.
    static std::optional<IdJagPolicy> of(const Client& client, std::string_view audience);
};

/// What is wrong with a value of the member; empty: nothing.
std::string idJagProblem(const Value& value);

}  // namespace gatehouse
