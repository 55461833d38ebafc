// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

#include <vector>

namespace gatehouse {

/// All that a command takes: its own, then those of every command but where it has one of that
/// name.
std::vector<CommandOption> optionsOf(const Command& command);

}  // namespace gatehouse
