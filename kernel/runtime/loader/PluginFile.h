// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>
#include <gatehouse/Result.h>

#include "loader/PluginFolders.h"
#include "loader/Refusal.h"

#include <string>

namespace gatehouse {

/// Opens a plugin's library with local symbols and checks what it says of itself: entry point, SDK
/// version, build tag, extension point, name. The descriptor is good until the process ends, since
/// libraries are never closed; what was loaded from a file once stays, whatever the file becomes.
/// Main thread only.
Result<const PluginDescriptor*, Refusal> openPlugin(const PluginPath& path);

/// A plugin's full name: "user_store.ldap".
std::string fullName(const PluginDescriptor& plugin);

}  // namespace gatehouse
