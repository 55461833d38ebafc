// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <optional>
#include <string>

namespace gatehouse {

/// What a plugin gave, as it will be read from the record or token that it becomes a part of;
/// nullopt: that could not be read any more.
std::optional<ValueMap> readAgain(const std::string& json);

}  // namespace gatehouse
