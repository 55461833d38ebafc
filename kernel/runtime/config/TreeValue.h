// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include "config/ConfigTree.h"

namespace gatehouse {

/// A tree as JSON values: unquoted true, false and numbers are what they look like (YAML 1.2 core
/// schema, without its octal and hexadecimal numbers); all else is text.
Value treeValue(const ConfigNode& node);
ValueMap mapValue(const ConfigNode& node);

}  // namespace gatehouse
