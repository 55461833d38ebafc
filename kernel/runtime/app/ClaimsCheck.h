// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Problems.h"
#include "loader/PluginRegistry.h"

namespace gatehouse {

class ClaimsPolicy;

/// After configure(): a problem for each claim that a claims source or a rule whose notes are in
/// tokens must not give, since only the server says it, or the configuration or another plugin
/// gives it.
void checkClaims(const PluginRegistry& registry, const ClaimsPolicy& configured,
                 Problems& problems);

}  // namespace gatehouse
