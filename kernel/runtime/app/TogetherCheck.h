// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// After configure(): what each plugin for itself cannot know to be wrong.
void checkTogether(const Configuration& configuration, const PluginRegistry& registry,
                   Problems& problems);

}  // namespace gatehouse
