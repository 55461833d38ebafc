// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gatehouse/Secret.h>

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// RFC 4648 section 6, without padding.
std::string base32(std::string_view bytes);

/// As people and other servers write it: lower case, blanks and padding do not matter. nullopt:
/// other characters, bits of no byte, or empty.
std::optional<Secret> fromBase32(std::string_view text);

}  // namespace gatehouse
