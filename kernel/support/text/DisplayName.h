// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace gatehouse {

/// What is wrong with a name that a stranger wants people to see; empty: nothing. None is longer
/// than 100 bytes, and none has characters that nobody sees or that change the order of others.
std::string displayNameProblem(std::string_view name);

}  // namespace gatehouse
