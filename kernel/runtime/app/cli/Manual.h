// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/Command.h"
#include "config/Reference.h"

#include <string>
#include <vector>

namespace gatehouse {

// Manual pages, in the language of man(7), from the same tables as `--help`.

/// gatehouse(8): every command.
std::string commandManual(const std::vector<Command>& commands);
/// gatehouse.yaml(5): every section of the configuration.
std::string configurationManual(const std::vector<ReferenceEntry>& sections);

}  // namespace gatehouse
