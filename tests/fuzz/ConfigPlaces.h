// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Result.h>

#include "config/ConfigTree.h"

#include <string_view>

namespace gatehouse::fuzz {

constexpr const char* fileName = "gatehouse.conf";

/// Whatever was read, or is wrong, stands somewhere in `text`; a tree is no larger than allowed.
void checkConfig(std::string_view text, const Result<ConfigNode, Problems>& read);

}  // namespace gatehouse::fuzz
