// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// After configure(): a problem for each URL that two modules answer, naming both.
void checkUrls(const PluginRegistry& registry, Problems& problems);

}  // namespace gatehouse
