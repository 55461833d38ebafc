// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Plugin.h>

#include <string_view>
#include <vector>

namespace gatehouse {

/// Every extension point that a library may implement, in alphabetical order.
const std::vector<Point>& knownPoints();

/// The extension point of this name, or nullptr.
const Point* knownPoint(std::string_view name);

/// Whether it is a point that the kernel itself implements: the core, and the facades of the SDK.
bool isBuiltIn(std::string_view point);

}  // namespace gatehouse
