// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/Configuration.h"

#include <string>
#include <vector>

namespace gatehouse {

/// A plugin with its checked settings; both must live during the call.
struct ExplainedPlugin {
    const PluginEntry* entry;
    const CheckedConfig* settings;
};

/// The effective configuration for people, each value with where it came from, secrets masked.
/// `plugins` holds what was checked of database, redis, modules and plugins, in the order to show.
std::string explainText(const Configuration& configuration,
                        const std::vector<ExplainedPlugin>& plugins);
/// The same as a JSON object: {"server": {"port": {"value": "1314", "source": "default"}, ...},
/// ..., "plugins": [...]}.
std::string explainJson(const Configuration& configuration,
                        const std::vector<ExplainedPlugin>& plugins);

}  // namespace gatehouse
