// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gatehouse {

/// `value`, any bytes, as it stands in a filter (RFC 4515 section 3).
std::string escapedForFilter(std::string_view value);

/// `(attribute=value)`, the value escaped.
std::string filterFor(std::string_view attribute, std::string_view value);

/// `pattern` with each name, as "{dn}", replaced by its value, escaped.
std::string filled(std::string_view pattern,
                   const std::vector<std::pair<std::string_view, std::string_view>>& values);

}  // namespace gatehouse
