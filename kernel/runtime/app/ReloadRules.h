// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"

#include <string>
#include <vector>

namespace gatehouse {

/// What of a new configuration a running server cannot take over: names of settings
/// ("server.port"), storages ("database") and plugins ("key_store.local"). Empty: a reload will do.
std::vector<std::string> needsRestart(const Configuration& running, const Configuration& wanted);

}  // namespace gatehouse
