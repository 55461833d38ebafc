// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// After configure(): a problem for each response mode that has no name, or that of another.
void checkModes(const PluginRegistry& registry, Problems& problems);

}  // namespace gatehouse
