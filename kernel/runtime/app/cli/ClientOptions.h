// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "app/cli/Command.h"

#include <vector>

namespace gatehouse {

/// Options of `client add` and `client update` that stand for client metadata.
const std::vector<CommandOption>& clientOptions();

/// What was given of them, and `--id`. Throws UsageError.
ValueMap clientMetadataFrom(const Arguments& arguments);

}  // namespace gatehouse
