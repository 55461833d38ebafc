// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Percent-encodes all but the unreserved characters (RFC 3986 section 2.3).
std::string percentEncode(std::string_view text);

/// Decodes %XX; '+' stays. nullopt for an incomplete or wrong %XX, NUL, or bytes that are not
/// UTF-8.
std::optional<std::string> percentDecode(std::string_view text);

}  // namespace gatehouse
