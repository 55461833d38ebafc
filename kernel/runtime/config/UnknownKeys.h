// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/ConfigTree.h"

#include <string>
#include <vector>

namespace gatehouse {

/// A problem for each key of the map that is not known.
void refuseUnknownKeys(const ConfigNode& map, const std::vector<std::string>& known,
                       const std::string& label, Problems& problems);

/// The keys that a configuration file has at its top.
const std::vector<std::string>& topKeys();

/// "label: ", or nothing for no label.
std::string beginning(const std::string& label);

}  // namespace gatehouse
