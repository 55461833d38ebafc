// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/EffectivePolicy.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Profiles of OAuth that a client can be held against: "oauth2.1", "fapi2".
std::vector<std::string> clientProfiles();

/// What a server that keeps strictly to this profile would refuse of the client, a line each: the
/// member, what is wrong, and which section wants it otherwise. Empty: nothing.
std::vector<std::string> profileProblems(std::string_view profile,
                                         const std::vector<PolicyLine>& policy);

}  // namespace gatehouse
