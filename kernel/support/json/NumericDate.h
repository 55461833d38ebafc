// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Value.h>

#include <cstdint>
#include <optional>

namespace gatehouse {

/// A NumericDate (RFC 7519 section 2): seconds, a fraction is cut off. nullopt: `value` is null, no
/// number, negative, or farther away than anybody's clock.
std::optional<std::int64_t> numericDate(const Value* value);

}  // namespace gatehouse
