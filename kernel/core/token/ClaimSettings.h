// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Config.h>
#include <gatehouse/Result.h>

#include "token/ClaimRule.h"

#include <vector>

namespace gatehouse {

/// The standard claims and those that `oauth.claims` declares. What is wrong comes one problem a
/// line, each with its place.
Result<std::vector<ClaimRule>> readClaimRules(const Config& config);

}  // namespace gatehouse
