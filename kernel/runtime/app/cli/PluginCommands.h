// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The commands that installed plugins bring. `words`: the whole command line, which may name the
/// configuration that says where plugins are.
std::vector<Command> commandsOfPlugins(const std::vector<std::string>& words);

}  // namespace gatehouse
