// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

// Members of a JSON object by the kind that is expected; one of another kind is as good as absent.

/// The whole number under `name`, or `otherwise`.
std::int64_t numberOf(const ValueMap& object, std::string_view name, std::int64_t otherwise = 0);
/// The texts of a list, or the one text; empty when `value` is neither.
std::vector<std::string> textsOf(const Value* value);
/// The object under `name`, or an empty one.
ValueMap objectOf(const ValueMap& object, std::string_view name);
/// A list of texts as a JSON value.
ValueList listOfTexts(const std::vector<std::string>& texts);

/// The member is there and is true.
bool isTrue(const ValueMap& map, std::string_view name);

}  // namespace gatehouse
