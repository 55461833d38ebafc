// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Services.h"
#include "config/Configuration.h"

#include <vector>

namespace gatehouse {

/// The clients of the configuration's clients folder, as the core takes them.
std::vector<StaticClient> staticClientsOf(const Configuration& configuration, Problems& problems);

}  // namespace gatehouse
