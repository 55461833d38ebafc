// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace gatehouse {

/// Compresses a text that is not empty (RFC 1950).
std::string deflated(std::string_view text);

/// nullopt: damaged, or longer than `limit` bytes.
std::optional<std::string> inflated(std::string_view packed, std::size_t limit);

}  // namespace gatehouse
