// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// After configure(): a problem where two login steps, or one and the server, answer for a value of
/// `prompt`; a warning for each that some issuers do not offer.
void checkSteps(const Configuration& configuration, const PluginRegistry& registry,
                Problems& problems);

}  // namespace gatehouse
