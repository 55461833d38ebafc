// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Context.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>
#include <gatehouse/Time.h>

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

class ClientRules;
class HeldProfiles;
struct StaticClient;

/// What the clients of an issuer's files are held against.
struct ClientCheck {
    const Issuer& issuer;
    const ClientRules& rules;
    std::vector<std::string> tokenFormats{};  ///< configured instances of token_format plugins;
                                              ///< none: any
    std::vector<std::string_view> signing{};  ///< algorithms that there are keys for; none: not
                                              ///< known
    milliseconds keysKept = milliseconds::max();  ///< published, when they were replaced
    const HeldProfiles* profiles = nullptr;  ///< nullptr: not looked at
};

/// Every problem of the clients registered by files, one a line with its place.
Status checkStaticClients(const std::vector<StaticClient>& clients, const ClientCheck& check);

/// The clients, with their secrets hashed; those whose metadata are wrong are left out.
std::vector<Client> staticClients(Host& host, const std::vector<StaticClient>& clients);

}  // namespace gatehouse
