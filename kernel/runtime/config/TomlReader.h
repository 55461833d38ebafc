// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "config/ConfigTree.h"

#include <string>
#include <string_view>

namespace gatehouse {

/// Reads one TOML document. Dates are refused outside quotes. Any bytes may be given; `file` is
/// only a name for messages. Throws nothing but std::bad_alloc.
Result<ConfigNode, Problems> readToml(std::string_view text, const std::string& file);

}  // namespace gatehouse
