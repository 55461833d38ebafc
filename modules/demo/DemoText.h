// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <string>

namespace gatehouse {

/// JSON over several lines, for people to read.
std::string indentedJson(const Value& value);

/// Claims as rows of a table: name and value.
ValueList claimRows(const ValueMap& claims);

}  // namespace gatehouse
