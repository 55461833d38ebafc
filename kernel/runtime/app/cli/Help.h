// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

#include <string>
#include <vector>

namespace gatehouse {

/// The list of commands, a line each.
std::string overviewText(const std::vector<Command>& commands);
/// All about one command.
std::string helpText(const Command& command);

}  // namespace gatehouse
