// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Client.h>
#include <gatehouse/Host.h>
#include <gatehouse/Result.h>

#include <string>
#include <vector>

namespace gatehouse {

struct StaticClient;

/// Every problem of the clients registered by files, one a line with its place. `tokenFormats`: the
/// configured instances of token_format plugins, or none to take any.
Status checkStaticClients(const std::vector<StaticClient>& clients,
                          const std::vector<std::string>& tokenFormats);

/// The clients, with their secrets hashed; those whose metadata are wrong are left out.
std::vector<Client> staticClients(Host& host, const std::vector<StaticClient>& clients);

}  // namespace gatehouse
