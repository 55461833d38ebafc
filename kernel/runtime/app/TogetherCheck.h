// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Time.h>

#include "config/Configuration.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// How long a replaced key stays published.
milliseconds keysKept(const PluginRegistry& registry);

/// After configure(): what each plugin for itself cannot know to be wrong.
void checkTogether(const Configuration& configuration, const PluginRegistry& registry,
                   Problems& problems);

}  // namespace gatehouse
