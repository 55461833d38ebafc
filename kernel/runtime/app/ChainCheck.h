// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// What two plugins of a chain may not both have: a member of client metadata, a name in `cnf`.
void checkChains(const PluginRegistry& registry, Problems& problems);

}  // namespace gatehouse
