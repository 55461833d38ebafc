// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>
#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

/// What clients that register themselves may have at most.
struct Policy {
    std::vector<std::string> scopes;
    std::vector<std::string> grants;
    std::vector<std::string> redirectHosts;  ///< "*.example.com" is every name below; empty: any

    /// Fault::badInput, beginning with the setting's name, for what can never match anything.
    Status check() const;
    /// The same, but for what the other says.
    Policy with(const Policy& other) const;
    /// Gives the metadata its scopes where they name none. Fault::badInput, beginning with the
    /// member's name, for what is not allowed.
    Status admit(ValueMap& metadata) const;
};

ValueMap policyValue(const Policy& policy);
Policy policyFrom(const ValueMap& value);

}  // namespace gatehouse
