// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/ConfigTree.h"
#include "file/GivenFile.h"

#include <optional>
#include <string>

namespace gatehouse {

/// Does the name end in .yaml, .yml or .toml?
bool isConfigFileName(const std::string& path);

/// Of at most 4 MiB, and kept as Keeping::own wants it.
FileWish configFileWish();

/// What GivenFile and GivenFolder say of `path`, with their place apart.
Problem givenProblem(const std::string& path, const std::string& said);

/// Reads a .yaml, .yml or .toml file. Nothing when something is wrong with it.
std::optional<ConfigNode> readConfigFile(const std::string& path, Problems& problems);

/// The same for a file that was read already.
std::optional<ConfigNode> readConfigText(const Result<GivenFile>& file, const std::string& path,
                                         Problems& problems);

}  // namespace gatehouse
