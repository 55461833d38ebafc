// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Value.h>

#include <string>
#include <vector>

namespace gatehouse {

class ClientRules;

/// One thing that holds for a client, and who says so.
struct PolicyLine {
    std::string member;  ///< of the client's metadata, or what a setting is about
    Value value;
    std::string from;  ///< "registered", "its file", "profile NAME", "default", or the setting
};

/// What the configuration says for clients that say nothing.
struct ClientDefaults {
    std::vector<PolicyLine> lifetimes;  ///< see Lifetimes::lines()
    std::vector<std::string> tokenFormats;  ///< configured instances, the first for who names none
    std::vector<std::string> assertionAlgorithms;  ///< of client_auth plugins
};

/// All that holds for a client: what it is registered with, what its profile settles, then what
/// follows from that it is not registered with more.
std::vector<PolicyLine> effectivePolicy(const Client& client, const ClientRules& rules,
                                        const ClientDefaults& defaults,
                                        const std::vector<PolicyLine>& settled = {});

}  // namespace gatehouse
