// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include "loader/PluginFolders.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Extension points that a plugin's code asks its Host for, as far as the types named in its
/// library tell, and that its `needs` do not list. Asking for one of them throws, perhaps not
/// before the first request.
std::vector<std::string> unlistedPoints(const PluginPath& path, const PluginDescriptor& plugin);

}  // namespace gatehouse
