// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// After configure(): a problem for each request source that answers for no parameter, for one that
/// the server reads itself, or for one of another source.
void checkSources(const PluginRegistry& registry, Problems& problems);

}  // namespace gatehouse
