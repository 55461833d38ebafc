// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

class ClaimsPolicy;

/// Claims from "name=value" texts, each of the kind that its rule says. Throws UsageError, also for
/// a claim that no client would ever be told.
ValueMap claimsFrom(const std::vector<std::string>& texts, const ClaimsPolicy& policy);

}  // namespace gatehouse
