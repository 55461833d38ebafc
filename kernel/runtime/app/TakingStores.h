// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "loader/PluginRegistry.h"

#include <functional>
#include <set>
#include <string>

namespace gatehouse {

/// The user stores whose people may have come from another server; see TakesPeople.
std::set<std::string, std::less<>> storesThatTakePeople(const PluginRegistry& registry);

}  // namespace gatehouse
