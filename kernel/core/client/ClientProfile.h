// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/EffectivePolicy.h"

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// Profiles of OAuth that a client can be held to, each stricter than the one before: "mcp",
/// "oauth2.1", "fapi2", "fapi2_message_signing".
std::vector<std::string> clientProfiles();

/// The stricter of two; empty is none.
std::string_view stricterProfile(std::string_view one, std::string_view other);

/// What a profile settles where a client says nothing.
struct SettledMember {
    std::string_view member;
    Value value;
    std::string_view otherwise;  ///< a member that would do in its place
    bool isNeeded;  ///< a plugin has to understand it
};

/// All that a profile settles. `signing`: the algorithms that there are keys for.
std::vector<SettledMember> settledMembers(std::string_view profile,
                                          const std::vector<std::string_view>& signing);

/// Does the profile admit this value of a client's member, or of one entry of it?
bool isAdmitted(std::string_view profile, std::string_view member, const Value& value);

/// What a server that keeps strictly to this profile would refuse of the client, a line each: the
/// member, what is wrong, and which section wants it otherwise. Empty: nothing.
std::vector<std::string> profileProblems(std::string_view profile,
                                         const std::vector<PolicyLine>& policy);

}  // namespace gatehouse
