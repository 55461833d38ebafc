// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// The built-in that holds the rules; modules need it.
constexpr Point corePoint{"core", 1, Cardinality::one};

/// Every extension point this server has, in alphabetical order.
const std::vector<Point>& knownPoints();

/// The point of this name, or nullptr.
const Point* knownPoint(std::string_view name);

}  // namespace gatehouse
