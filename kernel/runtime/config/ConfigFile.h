// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "config/ConfigTree.h"

#include <string>

namespace gatehouse {

/// Does the name end in .yaml, .yml or .toml?
bool isConfigFileName(const std::string& path);

/// Reads a .yaml, .yml or .toml file of at most 4 MiB.
Result<ConfigNode, Problems> readConfigFile(const std::string& path);

}  // namespace gatehouse
