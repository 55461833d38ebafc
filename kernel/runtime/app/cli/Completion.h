// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"

#include <string>
#include <vector>

namespace gatehouse {

// What a shell reads to complete our command lines, from the same tables as `--help`.

std::string bashCompletion(const std::vector<Command>& commands);
std::string zshCompletion(const std::vector<Command>& commands);
std::string fishCompletion(const std::vector<Command>& commands);

}  // namespace gatehouse
