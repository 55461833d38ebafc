// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/IssuerList.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

#include <vector>

namespace gatehouse {

/// After configure(): a problem for each URL that two modules answer, naming both, and for each
/// issuer whose path begins as a module's URLs do.
void checkUrls(const PluginRegistry& registry, const std::vector<IssuerEntry>& issuers,
               Problems& problems);

}  // namespace gatehouse
