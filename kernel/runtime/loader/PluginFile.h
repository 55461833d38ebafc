// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>

#include "loader/PluginFolders.h"
#include "loader/Refusal.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Everything that one library holds.
using Library = std::vector<const PluginDescriptor*>;

struct OpenedPlugin {
    const PluginDescriptor* plugin;
    const Library* library;  ///< the plugin is one of it
};

/// Opens a plugin's library with local symbols and checks what it says of itself: entry point, SDK
/// version, build tag, extension points, names, one of which is the file's. What comes back is good
/// until the process ends, since libraries are never closed; what was loaded from a file once
/// stays, whatever the file becomes. Main thread only.
Result<OpenedPlugin, Refusal> openPlugin(const PluginPath& path);

/// A plugin's full name: "user_store.ldap".
std::string fullName(const PluginDescriptor& plugin);

}  // namespace gatehouse
