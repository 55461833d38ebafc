// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

class ClaimsPolicy;

/// The claims that clients can be told, each as its kind wants it. `without`: a sentence for each
/// other.
ValueMap importedClaims(const ValueMap& claims, const ClaimsPolicy& policy,
                        std::vector<std::string>& without);

}  // namespace gatehouse
