// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace gatehouse {

/// Can a name be read in one way only, though some of it is written from right to left? The Bidi
/// Rule (RFC 5893 section 2); true for a name that is written from left to right.
bool keepsBidiRule(const std::u32string& name) noexcept;

}  // namespace gatehouse
