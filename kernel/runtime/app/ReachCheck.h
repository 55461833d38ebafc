// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Host.h>

#include "client/HeldProfiles.h"
#include "config/CheckedConfig.h"
#include "config/IssuerList.h"
#include "config/Problems.h"
#include "loader/PluginRegistry.h"

#include <string_view>
#include <vector>

namespace gatehouse {

/// After configure(): which plugins can never do what they are there for. `mtls`: `server.mtls`.
/// `signing`: the algorithms that there are keys for; none when it is not known.
void checkReach(const PluginRegistry& registry, const CheckedConfig& mtls,
                const std::vector<IssuerEntry>& issuers, const HeldProfiles& held,
                const std::vector<std::string_view>& signing, Problems& problems);

}  // namespace gatehouse
