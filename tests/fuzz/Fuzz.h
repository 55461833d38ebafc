// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace gatehouse::fuzz {

/// What a target does with each input; every program has one. `input` is exactly as long as it
/// says, so that the address sanitizer sees a byte too far.
void run(std::string_view input);

/// Says which property is broken and ends the program when it does not hold.
void ensure(bool holds, const char* property);

}  // namespace gatehouse::fuzz
