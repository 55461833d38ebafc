// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "loader/PluginFile.h"

#include <string>
#include <vector>

namespace gatehouse {

/// Extension points that a library's code asks a Host for, as far as the types named in it tell,
/// and that no `needs` of its plugins lists. Asking for one of them throws, perhaps not before the
/// first request.
std::vector<std::string> unlistedPoints(const PluginPath& path, const Library& plugins);

}  // namespace gatehouse
