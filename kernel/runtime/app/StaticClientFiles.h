// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "Services.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The clients that the files of a folder register, as the core takes them; none for no folder.
/// `members`: those of plugins. Warns of those whose method no plugin brings.
std::vector<StaticClient> clientsIn(const std::string& folder,
                                    const std::vector<std::string>& members,
                                    const PluginRegistry& registry, Problems& problems);

/// The same for those who need all of them to be right. Fault::badInput has every problem, one a
/// line with its place.
Result<std::vector<StaticClient>> staticClientsOf(const std::string& folder,
                                                  const std::vector<std::string>& members);

}  // namespace gatehouse
