// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gatehouse {

/// The known name a misspelt one most likely meant ("did you mean ...?"); empty when none is near.
/// For messages only: its time grows with the product of the lengths.
std::string closest(std::string_view wrong, const std::vector<std::string>& known);

/// `; did you mean "base"?`, or nothing when no known name is near.
std::string suggestion(const std::string& wrong, const std::vector<std::string>& known);

}  // namespace gatehouse
