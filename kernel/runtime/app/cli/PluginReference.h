// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Arguments.h"
#include "loader/PluginFolders.h"

namespace gatehouse {

/// Where a command's configuration looks for plugins.
PluginFolders pluginFoldersOf(const Arguments& arguments);
/// Prints what is installed in the plugin folders.
int listPlugins(const Arguments& arguments);
/// Prints a JSON Schema of the configuration file, made from the tables of all that is installed.
int printSchema(const Arguments& arguments);
/// Prints the settings of the plugin named first, from its own table.
int showPlugin(const Arguments& arguments);

}  // namespace gatehouse
