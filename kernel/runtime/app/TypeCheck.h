// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/CheckedConfig.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

/// After configure(): kinds of response_type that two plugins bring, that answer in a mode that
/// there is not, or that `oauth` does not allow; a warning of those that it does.
void checkTypes(const CheckedConfig& oauth, const PluginRegistry& registry, Problems& problems);

}  // namespace gatehouse
