// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Services.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

#include <vector>

namespace gatehouse {

/// Warns of clients in files whose token_endpoint_auth_method no plugin brings as it is configured.
void checkMethods(const std::vector<StaticClient>& clients, const PluginRegistry& registry,
                  Problems& problems);

}  // namespace gatehouse
