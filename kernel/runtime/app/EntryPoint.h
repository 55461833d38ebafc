// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include "config/Configuration.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Does the command line load it too?
bool isNeededOffline(const PluginEntry& entry);

/// "user_store" of user_store.local.
std::string_view pointOf(const PluginEntry& entry);

/// The instances of a point, as configured.
std::vector<std::string> namesOfEntries(const Point& point,
                                        const std::vector<PluginEntry>& entries);

}  // namespace gatehouse
